"""Who asks: the person that a bearer token of the host's names. jiandu issues no tokens and keeps no secret.

One algorithm is pinned, and only one with a public key: `none`, and a public key taken for a shared secret, cannot be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt

from jiandu.errors import UsageError
from jiandu.serve.body import parse

ALGORITHMS = ("ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512")
LEEWAY = 30
"""Seconds by which the clocks of two machines may differ."""
LONGEST = 200
"""Characters of a person's id."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a token must be to count here. `keys` are by their id; a single one is taken for tokens that name none."""

    keys: Mapping[str | None, Any]
    algorithm: str
    issuer: str
    audience: str
    claim: str = "sub"

    @classmethod
    def load(cls, file: Path, *, algorithm: str, issuer: str, audience: str, claim: str = "sub") -> "Tokens":
        """With the public keys of a PEM file or a JWKS. Raises UsageError: `file-missing`, `file-unreadable`,
        `token-algorithm`, `token-keys`."""
        if algorithm not in ALGORITHMS:
            raise UsageError("token-algorithm", name=algorithm, choices=ALGORITHMS)
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            raise UsageError("file-missing", file=str(file)) from None
        except OSError:
            raise UsageError("file-unreadable", file=str(file)) from None
        keys = _keys(content, algorithm)
        weak = jwt.get_algorithm_by_name(algorithm).check_key_length
        if not keys or any(hasattr(key, "private_bytes") or weak(key) for key in keys.values()):
            raise UsageError("token-keys", file=str(file), algorithm=algorithm)
        return cls(keys, algorithm, issuer, audience, claim)

    @property
    def auth(self) -> str:
        """What the trail says of how the person is known."""
        return f"jwt:{self.issuer}"

    def person(self, header: str | None) -> str:
        """The id of the person whom the header `Authorization` names. Raises UsageError: `token-missing`,
        `token-expired`, `token-invalid`."""
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise UsageError("token-missing")
        try:
            person = self._claims(token)[self.claim]
        except jwt.ExpiredSignatureError:
            raise UsageError("token-expired") from None
        except (jwt.PyJWTError, KeyError, ValueError, RecursionError):
            raise UsageError("token-invalid") from None
        if not isinstance(person, str) or not 0 < len(person) <= LONGEST:
            raise UsageError("token-invalid")
        return person

    def _claims(self, token: str) -> Mapping[str, Any]:
        kid = jwt.get_unverified_header(token).get("kid")
        key = self.keys[kid] if kid in self.keys or len(self.keys) > 1 else next(iter(self.keys.values()))
        return jwt.decode(
            token,
            key,
            algorithms=[self.algorithm],
            audience=self.audience,
            issuer=self.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "aud", "iss", self.claim]},
        )


def _keys(content: bytes, algorithm: str) -> dict[str | None, Any]:
    """The keys of that algorithm; none where the content is no set of keys."""
    kind = jwt.get_algorithm_by_name(algorithm)
    try:
        if not content.lstrip().startswith(b"{"):
            return {None: kind.prepare_key(content)}
        fitting = (one for one in parse(content)["keys"] if one.get("alg", algorithm) == algorithm)
        return {one.get("kid"): kind.from_jwk(one) for one in fitting if one.get("use", "sig") == "sig"}
    except (jwt.PyJWTError, UsageError, KeyError, AttributeError, TypeError, ValueError):
        return {}
