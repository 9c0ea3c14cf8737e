"""Signing notes: the one thing that needs the extra `sign` (cryptography). To verify, nothing is needed."""

import base64
import secrets
from dataclasses import dataclass
from typing import Protocol, Self

from jiandu.trail.standalone import ED25519, Key

_PRIVATE = "PRIVATE+KEY+"


class Signer(Protocol):
    """Whoever signs notes: a key in a file, or a service that keeps one."""

    @property
    def key(self) -> Key:
        """By which the signatures are verified."""
        ...

    def signature(self, text: bytes) -> bytes:
        """The signature over the text of a note."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Ed25519Signer:
    """A key at hand. Raises ImportError, at first use, without cryptography."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> Self:
        """A new key. The name goes into every note: no blank and no `+`, best a URL without its scheme."""
        if not name or "+" in name or any(mark.isspace() for mark in name):
            raise ValueError("not the name of a key")
        return cls(name, secrets.token_bytes(32))

    @classmethod
    def of(cls, text: str) -> Self:
        """The key that a file holds, in the form in which C2SP tools keep it. Raises ValueError for any other text."""
        name, id_, written = text.strip().removeprefix(_PRIVATE).split("+", 2)
        raw = base64.b64decode(written, validate=True)
        found = cls(name, raw[1:])
        if not text.startswith(_PRIVATE) or len(raw) != 33 or raw[:1] != ED25519 or found.key.id.hex() != id_:
            raise ValueError("not a key that signs notes")
        return found

    def written(self) -> str:
        """The key as its file holds it: a secret."""
        return f"{_PRIVATE}{self.name}+{self.key.id.hex()}+{base64.b64encode(ED25519 + self.seed).decode()}"

    @property
    def key(self) -> Key:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Key(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def signature(self, text: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text)


def signed_note(text: str, signer: Signer) -> str:
    """The note of a text, which ends with a line end and has no blank line, with one signature."""
    key = signer.key
    signature = base64.b64encode(key.id + signer.signature(text.encode())).decode()
    return f"{text}\n— {key.name} {signature}\n"


def notes_of(text: str) -> list[str]:
    """The notes that stand one after another in a file."""
    found, lines = list[str](), list[str]()
    for line in text.removesuffix("\n").split("\n"):
        if lines and lines[-1].startswith("— ") and not line.startswith("— "):
            found.append("\n".join([*lines, ""]))
            lines = []
        lines.append(line)
    return [*found, "\n".join([*lines, ""])] if any(map(str.strip, lines)) else found
