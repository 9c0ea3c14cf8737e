"""A service for tests: a real uvicorn on a free port, people with tokens, and a key that nobody else has."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jiandu.engine import Engine
from jiandu.serve import Limits, Tokens, application

ISSUER, AUDIENCE = "https://login.example", "jiandu"
PEOPLE = """
jiandu: 1
units:
  u1: {title: 某县院, short: 某县, level: county, superior: u0}
  u0: {title: 某市院, short: 某市, level: city}
  u2: {title: 邻县院, short: 邻县, level: county, superior: u0}
people:
  k: {name: 书记员甲, unit: u1, roles: [{role: clerk}]}
  o: {name: 检察官乙, unit: u1, roles: [{role: officer}]}
  b: {name: 领导丙, unit: u1, roles: [{role: boss}]}
  n: {name: 邻居丁, unit: u2, roles: [{role: clerk}]}
"""


@cache
def key() -> EllipticCurvePrivateKey:
    """The key of the host's login."""
    return generate_private_key(SECP256R1())


def public(private: Any) -> bytes:
    """The public key that belongs to it, as PEM."""
    pem: bytes = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem


def token(person: str | None, private: Any = None, algorithm: str = "ES256", **claims: Any) -> str:
    """A token of the host's login; claims that are None are left out."""
    said = {"sub": person, "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 600, **claims}
    return jwt.encode({name: value for name, value in said.items() if value is not None}, private or key(), algorithm)


def tokens(folder: Path) -> Tokens:
    """What the service asks of a token."""
    (folder / "key.pem").write_bytes(public(key()))
    return Tokens.load(folder / "key.pem", algorithm="ES256", issuer=ISSUER, audience=AUDIENCE)


@dataclass
class Service:
    """A service that runs, and its engine."""

    url: str
    engine: Engine

    def client(self, person: str | None = None, **headers: str) -> httpx.Client:
        """Somebody who asks; with a token where the person is named."""
        named = {"Authorization": f"Bearer {token(person)}"} if person else {}
        return httpx.Client(base_url=self.url, headers={"Accept-Language": "en", **named, **headers}, trust_env=False)

    def opened(self, guide: str = "letters", **card: Any) -> str:
        """The path of a new case."""
        with self.client("k") as clerk:
            answer = clerk.post("/cases", json={"guide": guide, "unit": "u1", "card": card})
            assert answer.status_code == 201, answer.text
            return answer.headers["Location"]


@contextmanager
def serving(engine: Engine, tokens: Tokens, limits: Limits | None = None) -> Iterator[Service]:
    """The service, until the block ends."""
    with running(application(engine, tokens, limits)) as url:
        yield Service(url, engine)


@contextmanager
def running(application: Any) -> Iterator[str]:
    """The address at which an application is served, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(application, log_config=None, access_log=False, lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
