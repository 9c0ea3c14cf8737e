"""Sealing an act: what is added, what is hashed, what is refused."""

import hashlib
import json

import jsonschema
import pytest
import rfc8785

from jiandu.canonical import NotCanonicalError
from jiandu.shipped import schema
from jiandu.trail import body_digest, leaf_hash, opened, seal
from trail.samples import FIRST, content, sealed, trail

SALT = "0123456789abcdef" * 2


def test_an_entry_carries_version_algorithm_place_link_and_digest_of_its_body():
    line = seal(content(FIRST, 2), seq=2, prev="f" * 64, body={"record": {"text": "证言"}}, salt=SALT)
    entry = opened(line.entry)
    assert {name: entry[name] for name in ("v", "alg", "seq", "prev")} == {
        "v": 1,
        "alg": "sha-256",
        "seq": 2,
        "prev": "f" * 64,
    }
    assert entry["body"] == hashlib.sha256(SALT.encode() + line.body).hexdigest() == body_digest(SALT, line.body)
    assert (line.case, line.seq, line.act) == (FIRST, 2, entry["act"])
    assert opened(line.body) == {"record": {"text": "证言"}}


def test_the_hash_of_an_entry_is_its_leaf_hash_in_a_tree_of_rfc_6962():
    line = sealed(FIRST, 1, None)
    assert line.hash == leaf_hash(line.entry) == hashlib.sha256(b"\x00" + line.entry).hexdigest()


def test_a_strangers_tool_makes_the_same_bytes_of_an_entry_and_its_body():
    for row in trail():
        assert rfc8785.dumps(json.loads(row.entry)) == row.entry
        assert rfc8785.dumps(json.loads(row.body)) == row.body


def test_sealing_is_a_pure_function():
    act = content(FIRST, 1)
    before = json.dumps(act)
    one, two = (seal(act, seq=1, prev=None, body={}, salt=SALT) for _ in range(2))
    assert one == two
    assert json.dumps(act) == before


def test_the_same_body_under_another_salt_has_another_digest():
    digests = {body_digest(f"{n:032x}", b"{}") for n in range(10)}
    assert len(digests) == 10


@pytest.mark.parametrize("name", ["v", "alg", "seq", "prev", "body"])
def test_content_cannot_bring_what_only_sealing_sets(name):
    with pytest.raises(ValueError, match=name):
        seal({**content(FIRST, 1), name: "1"}, seq=1, prev=None, body={}, salt=SALT)


@pytest.mark.parametrize("salt", ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "０" * 32])
def test_what_is_no_salt_is_refused(salt):
    with pytest.raises(ValueError, match="salt"):
        seal(content(FIRST, 1), seq=1, prev=None, body={}, salt=salt)


@pytest.mark.parametrize(
    ("part", "value"), [("content", 0.5), ("content", "e\u0301"), ("body", 2**53), ("body", "\udc00")]
)
def test_content_outside_the_canonical_profile_is_refused(part, value):
    act = {**content(FIRST, 1), **({"extra": value} if part == "content" else {})}
    with pytest.raises(NotCanonicalError):
        seal(act, seq=1, prev=None, body={"extra": value} if part == "body" else {}, salt=SALT)


@pytest.mark.parametrize("missing", ["case", "act"])
def test_content_without_its_case_or_act_is_refused(missing):
    act = content(FIRST, 1)
    del act[missing]
    with pytest.raises(KeyError, match=missing):
        seal(act, seq=1, prev=None, body={}, salt=SALT)


@pytest.mark.parametrize("entry", [b"", b"[]", b"{", b"\xff", b"null", b'"x"'])
def test_bytes_that_are_no_object_cannot_be_opened(entry):
    with pytest.raises(ValueError, match=r".*"):
        opened(entry)


def test_every_entry_fits_the_schema():
    validator = jsonschema.Draft202012Validator(schema("entry"))
    validator.check_schema(schema("entry"))
    for row in [*trail(), *trail(changes={2: {"practice": True, "at": "2026-05-06T01:30:00.000Z", "key": "k-1"}})]:
        validator.validate(json.loads(row.entry))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"prev": None},
        {"seq": 0},
        {"practice": False},
        {"recorded_at": "2026-05-06"},
        {"extra": 1},
        {"effects": [{}]},
        {"by": {"id": "x"}},
        {"kind": "undo"},
        {"body": "A" * 64},
    ],
)
def test_an_entry_of_another_form_does_not_fit_the_schema(change):
    entry = json.loads(trail()[1].entry) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema("entry")).validate(entry)


def test_every_key_of_the_schema_is_explained_in_both_languages():
    def explained(part):
        for name, value in part.get("properties", {}).items():
            assert value["title"], name
            assert value["description"], name
            explained(value)
            explained(value.get("items", {}))

    explained(schema("entry"))
