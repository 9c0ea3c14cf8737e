"""The engine's own mark on every entry: a MAC with a key that the database does not hold.

Whoever can write to the database, but has not the key, can add no entry that passes for the engine's.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

_LINE = re.compile(r"([a-z0-9._-]{1,16}) ([0-9a-f]{64,128}|lost)")


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """Keys by their ids; the last one marks, the others only tell. One that was lost is there without its bytes."""

    keys: Mapping[str, bytes | None]

    @classmethod
    def of(cls, text: str) -> Self:
        """The keys of a text, a line each: `id hexadecimal` or, for one that is gone, `id lost`. Raises ValueError."""
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        found = {match[1]: match[2] for line in lines if (match := _LINE.fullmatch(line.strip()))}
        if not found or len(found) != len(lines) or next(reversed(found.values())) == "lost":
            raise ValueError("not a list of keys")
        return cls({id_: None if key == "lost" else bytes.fromhex(key) for id_, key in found.items()})

    def mark(self, entry: bytes) -> str:
        """The mark of an entry: the id of the newest key and HMAC-SHA-256 over the entry's bytes."""
        id_ = next(reversed(list(self.keys)))
        return f"{id_}:{_mac(self.keys[id_] or b'', entry)}"

    def fault(self, entry: bytes, mark: object) -> str | None:
        """The code of what is wrong with a mark; `mac-lost` where its key is gone and nobody can tell."""
        if type(mark) is not str:
            return "mac-missing"
        id_, _, said = mark.partition(":")
        if id_ not in self.keys:
            return "mac-unknown"
        if (key := self.keys[id_]) is None:
            return "mac-lost"
        return None if hmac.compare_digest(_mac(key, entry).encode(), said.encode(errors="replace")) else "mac-wrong"


def _mac(key: bytes, entry: bytes) -> str:
    return hmac.new(key, entry, hashlib.sha256).hexdigest()
