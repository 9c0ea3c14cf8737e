"""One line of the trail: what an act did, as bytes that carry the hash of the line before.

The entry holds what may stay for ever; free text, attachment names and persons outside the office stand in the body
beside it, of which the entry keeps only a salted digest. A record can so be taken out of sight, and the chain stays
whole.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jiandu.canonical import digest, encode

VERSION = 1
ALGORITHM = "sha-256"
SEALING = frozenset({"v", "alg", "seq", "prev", "body"})
"""The keys that sealing adds; content may not bring them."""

_SALT = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry ready to be kept: its bytes, their hash, and what is kept beside it: the body with its salt, and
    the mark of the engine where it has a key."""

    case: str
    seq: int
    act: str
    entry: bytes
    hash: str
    salt: str
    body: bytes
    mac: str | None = None


def seal(content: Mapping[str, Any], *, seq: int, prev: str | None, body: Mapping[str, Any], salt: str) -> Sealed:
    """The entry of `content` as line `seq` of its case, after the line whose hash is `prev` (the first: None).

    Raises `NotCanonicalError` for a value outside the canonical profile, `ValueError` where `content` brings a key
    that only sealing may set or `salt` is not 32 hexadecimal digits, `KeyError` without `case` or `act`.
    """
    if twice := SEALING & content.keys():
        raise ValueError(f"only sealing sets {', '.join(sorted(twice))}")
    inner = encode(dict(body))
    added = {"v": VERSION, "alg": ALGORITHM, "seq": seq, "prev": prev, "body": body_digest(salt, inner)}
    entry = encode({**content, **added})
    return Sealed(content["case"], seq, content["act"], entry, leaf_hash(entry), salt, inner)


def leaf_hash(entry: bytes) -> str:
    """SHA-256 over a zero byte and the entry: the leaf hash of RFC 6962, and `prev` of the next entry."""
    return digest(b"\x00" + entry)


def body_digest(salt: str, body: bytes) -> str:
    """SHA-256 over the salt's hexadecimal digits and the body. Raises `ValueError` for what is no salt."""
    if not _SALT.fullmatch(salt):
        raise ValueError("a salt is 32 hexadecimal digits")
    return digest(salt.encode("ascii") + body)


def opened(entry: bytes) -> dict[str, Any]:
    """The content of an entry's or a body's bytes. Raises `ValueError` for bytes that are not a JSON object."""
    content = json.loads(entry.decode("utf-8"))
    if type(content) is not dict:
        raise ValueError("not a JSON object")
    return content
