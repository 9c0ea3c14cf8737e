"""The one way a value becomes bytes: a restricted profile of JSON that any RFC 8785 tool reproduces.

Strings are NFC and free of lone surrogates, integers lie within ±(2^53−1), there are no floats, keys are
ASCII. Inside this profile sorted compact JSON is RFC 8785, so a stranger's tool gets the same bytes.
Standard library alone: the trail's verifier stands on it.
"""

import hashlib
import json
import unicodedata
from typing import Any

LARGEST = 2**53 - 1


class NotCanonicalError(ValueError):
    """A value outside the profile; `path` leads to it."""

    def __init__(self, path: tuple[str | int, ...], why: str) -> None:
        super().__init__(f"{'.'.join(map(str, path)) or 'value'}: {why}")
        self.path, self.why = path, why


def encode(value: Any) -> bytes:
    """The canonical bytes of `value`. Raises `NotCanonicalError` outside the profile."""
    _check(value, ())
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(content: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _check(value: Any, path: tuple[str | int, ...]) -> None:
    if value is None or value is True or value is False:
        return
    if type(value) is str:
        _check_text(value, path)
    elif type(value) is int:
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonicalError(path, "an integer beyond ±(2^53-1)")
    elif type(value) is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonicalError(path, "a key that is not ASCII text")
            _check_text(key, path)
            _check(item, (*path, key))
    elif type(value) in (list, tuple):
        for index, item in enumerate(value):
            _check(item, (*path, index))
    else:
        raise NotCanonicalError(path, f"a {type(value).__name__} has no canonical form")


def _check_text(text: str, path: tuple[str | int, ...]) -> None:
    if text.isascii():
        return
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonicalError(path, "text that is not in normal form C")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonicalError(path, "text with a lone surrogate") from None
