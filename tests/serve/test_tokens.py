"""Whose token counts: attacks on signature, algorithm, claims and keys, against the service as it runs."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from guides_for_tests.office import LETTERS
from jiandu.clock import FixedClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.errors import UsageError
from jiandu.guide.library import Library
from jiandu.serve import Tokens
from jiandu.source import read
from service import AUDIENCE, ISSUER, PEOPLE, Service, key, public, serving, token, tokens


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Who may ask has nothing to do with the kind of the database."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "letters.yaml").write_text(LETTERS, encoding="utf-8")
    people, clock = PeopleFile.read(read(PEOPLE.encode(), "people.yaml")), FixedClock(datetime(2026, 3, 2, tzinfo=UTC))
    engine = Engine("sqlite://", guides=Library(folder), directory=people, clock=clock)
    with serving(engine, tokens(folder)) as service:
        yield service


def asked(service: Service, authorization: str | None) -> httpx.Response:
    with service.client() as client:
        return client.get("/guides", headers={"Authorization": authorization} if authorization is not None else {})


def part(data: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def unsigned(algorithm: str) -> str:
    said = {"sub": "k", "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 600}
    return f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part(said)}."


def signed_with_the_public_key() -> str:
    """The confusion of HS256 and a public key: anybody knows the public key."""
    head = unsigned("HS256").rstrip(".")
    made = hmac.new(public(key()), head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"


def with_own_key() -> str:
    """A token that brings the key along by which it wants to be judged."""
    own = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(own.public_key()))
    said = {"sub": "k", "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 600}
    return jwt.encode(said, own, "ES256", headers={"jwk": jwk, "jku": "http://127.0.0.1/keys", "kid": "../../key.pem"})


def changed() -> str:
    head, _, signature = token("k").split(".")
    return f"{head}.{part({'sub': 'b', 'iss': ISSUER, 'aud': AUDIENCE, 'exp': time.time() + 600})}.{signature}"


ATTACKS: dict[str, Callable[[], str]] = {
    "no signature, algorithm none": lambda: unsigned("none"),
    "no signature, algorithm nOnE": lambda: unsigned("nOnE"),
    "no signature, the right algorithm": lambda: unsigned("ES256"),
    "the public key as a secret": signed_with_the_public_key,
    "a key of the attacker's": lambda: token("k", ec.generate_private_key(ec.SECP256R1())),
    "a key that comes along": with_own_key,
    "another algorithm": lambda: token("k", ed25519.Ed25519PrivateKey.generate(), "EdDSA"),
    "claims changed after signing": changed,
    "no expiry": lambda: token("k", exp=None),
    "an expiry that is no number": lambda: token("k", exp="never"),
    "no audience": lambda: token("k", aud=None),
    "another audience": lambda: token("k", aud="payroll"),
    "no issuer": lambda: token("k", iss=None),
    "an issuer that begins like ours": lambda: token("k", iss=ISSUER[:-1]),
    "an issuer that goes on like ours": lambda: token("k", iss=f"{ISSUER}.evil"),
    "no person": lambda: token(None),
    "a person that is no text": lambda: token(None, sub=["k"]),
    "a person without end": lambda: token("k" * 5000),
    "not valid yet": lambda: token("k", nbf=time.time() + 600),
    "no token at all": lambda: "…".encode().hex(),
    "two dots": lambda: "..",
    "a head that nests": lambda: base64.urlsafe_b64encode(b"[" * 5000).decode() + ".e30.",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_forged_token_counts_for_nothing(service: Service, attack: str) -> None:
    answer = asked(service, f"Bearer {ATTACKS[attack]()}")
    assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Basic azpr", "k"])
def test_without_a_token_nobody_is_anybody(service: Service, authorization: str | None) -> None:
    answer = asked(service, authorization)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-missing")


def test_a_token_that_has_expired_says_so(service: Service) -> None:
    assert asked(service, f"Bearer {token('k', exp=time.time() - 60)}").json()["code"] == "token-expired"


def test_a_person_whom_the_directory_does_not_know_is_refused(service: Service) -> None:
    answer = asked(service, f"Bearer {token('nobody')}")
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (403, "unknown-person")


def test_the_right_token_counts_whatever_the_case_of_its_scheme(service: Service) -> None:
    assert asked(service, f"bearer {token('k')}").status_code == 200


def jwks(*keys: tuple[str, Any], **more: str) -> bytes:
    named = [json.loads(jwt.algorithms.ECAlgorithm.to_jwk(one)) | {"kid": kid} | more for kid, one in keys]
    return json.dumps({"keys": named}).encode()


def loaded(folder: Path, content: bytes, algorithm: str = "ES256", **how: str) -> Tokens:
    (folder / "keys").write_bytes(content)
    return Tokens.load(folder / "keys", algorithm=algorithm, issuer=ISSUER, audience=AUDIENCE, **how)


def test_keys_are_changed_by_having_two_for_a_while(tmp_path: Path) -> None:
    old, new = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    known = loaded(tmp_path, jwks(("old", old.public_key()), ("new", new.public_key())))
    said = {"sub": "k", "iss": ISSUER, "aud": AUDIENCE, "exp": time.time() + 600}
    for kid, one in (("old", old), ("new", new)):
        assert known.person("Bearer " + jwt.encode(said, one, "ES256", headers={"kid": kid})) == "k"
    for kid in ("old", "other"):
        with pytest.raises(UsageError, match="does not count"):
            known.person("Bearer " + jwt.encode(said, new, "ES256", headers={"kid": kid}))
    with pytest.raises(UsageError, match="does not count"):
        known.person("Bearer " + jwt.encode(said, new, "ES256"))


def test_the_person_may_stand_in_another_claim(tmp_path: Path) -> None:
    known = loaded(tmp_path, public(key()), claim="staff")
    assert known.person(f"Bearer {token('x', staff='k')}") == "k"
    with pytest.raises(UsageError, match="does not count"):
        known.person(f"Bearer {token('x')}")


def private() -> bytes:
    return key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("content", "algorithm"),
    [
        (private, "ES256"),
        (lambda: jwks(("a", key())), "ES256"),
        (lambda: jwks(("a", key().public_key()), use="enc"), "ES256"),
        (lambda: jwks(("a", key().public_key()), alg="ES384"), "ES256"),
        (lambda: json.dumps({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}).encode(), "ES256"),
        (lambda: b'{"keys": []}', "ES256"),
        (lambda: b'{"keys": 1}', "ES256"),
        (lambda: b'{"keys": [1]}', "ES256"),
        (lambda: b"{", "ES256"),
        (lambda: b"", "ES256"),
        (lambda: b"\xff\xfe", "ES256"),
        (lambda: public(key()), "RS256"),
        (lambda: public(rsa.generate_private_key(65537, 2048)), "ES256"),
        (lambda: public(rsa.generate_private_key(65537, 1024)), "RS256"),
    ],
)
def test_a_file_without_a_fitting_public_key_is_refused(
    tmp_path: Path, content: Callable[[], bytes], algorithm: str
) -> None:
    with pytest.raises(UsageError) as refused:
        loaded(tmp_path, content(), algorithm)
    assert refused.value.code == "token-keys"


@pytest.mark.parametrize("algorithm", ["HS256", "none", "NONE", "", "es256"])
def test_an_algorithm_with_a_shared_secret_cannot_be_chosen(tmp_path: Path, algorithm: str) -> None:
    with pytest.raises(UsageError) as refused:
        loaded(tmp_path, public(key()), algorithm)
    assert refused.value.code == "token-algorithm"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    for file, code in ((tmp_path / "none", "file-missing"), (tmp_path, "file-unreadable")):
        with pytest.raises(UsageError) as refused:
            Tokens.load(file, algorithm="ES256", issuer=ISSUER, audience=AUDIENCE)
        assert refused.value.code == code
