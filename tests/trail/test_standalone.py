"""The verifier of a bundle: whatever stands in a member is a fault and never an exception."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiandu.canonical import digest
from jiandu.export.bundle import Bundle
from jiandu.trail import standalone
from jiandu.trail.note import Ed25519Signer, signed_note
from jiandu.trail.standalone import Checkpoint, Proof, faults, leaf
from trail import brute
from trail.samples import FIRST, trail

SIGNER = Ed25519Signer("jiandu/test", b"\x07" * 32)
TEXTS = {digest(text): text for text in (b"guide", b"calendar")}
GUIDE, CALENDAR = TEXTS
SAID = {seq: {"guide": GUIDE, "calendar": CALENDAR} for seq in range(1, 6)}
ROWS = trail(FIRST, 5, SAID)
ENTRIES = [row.entry for row in ROWS]
NOTE = signed_note(str(Checkpoint("jiandu/test", 5, brute.mth(ENTRIES))), SIGNER)
PROOFS = [Proof(at, tuple(brute.path(at, ENTRIES)), NOTE) for at in range(5)]


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("bundle") / "b.zip"
    Bundle(ROWS, TEXTS, "<html>", PROOFS, SIGNER).write(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def found(members: dict[str, bytes]) -> list[str]:
    return list(faults(members.__getitem__))


def signed_anew(members: dict[str, bytes], signer: Ed25519Signer = SIGNER) -> dict[str, bytes]:
    """What somebody makes of a bundle who has the key, or a key of his own."""
    told = {name: content for name, content in members.items() if name != "manifest.txt"}
    told["key.txt"] = f"{signer.key}\n".encode()
    lines = "".join(f"{digest(content)}  {name}\n" for name, content in sorted(told.items()))
    return {**told, "manifest.txt": signed_note(f"jiandu bundle 1\n{lines}", signer).encode()}


def test_a_bundle_is_as_it_was_written(members: dict[str, bytes]) -> None:
    assert found(members) == []
    assert members["verify.py"] == Path(standalone.__file__).read_bytes()


def test_an_entry_is_held_to_the_log_even_where_the_list_is_signed_anew(members: dict[str, bytes]) -> None:
    other = members["entries.jsonl"].replace(b'"name":"accept"', b'"name":"reject"')
    assert any("不在所签名的日志中" in fault for fault in found(signed_anew({**members, "entries.jsonl": other})))
    less = b"".join(members["entries.jsonl"].splitlines(keepends=True)[1:])
    assert any("不相衔接" in fault for fault in found(signed_anew({**members, "entries.jsonl": less})))
    body = members["bodies.jsonl"].replace("情况属实".encode(), "情况不实".encode())
    assert any("正文被改动" in fault for fault in found(signed_anew({**members, "bodies.jsonl": body})))
    assert any("文本被改动" in fault for fault in found(signed_anew({**members, f"texts/{GUIDE}": b"other"})))


def test_a_bundle_made_with_another_key_is_told_by_who_has_the_right_one(members: dict[str, bytes]) -> None:
    thief = Ed25519Signer("jiandu/test", b"\x08" * 32)
    forged = signed_note(str(Checkpoint("jiandu/test", 5, brute.mth(ENTRIES))), thief)
    proofs = {f"proofs/{n}.tlog-proof": str(proof._replace(note=forged)).encode() for n, proof in enumerate(PROOFS, 1)}
    other = signed_anew({**members, **proofs}, thief)
    assert found(other) == []
    assert len(list(faults(other.__getitem__, SIGNER.key))) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_members_of_any_bytes_are_faults_and_never_raise(members: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(members)))
    content = members[name]
    at, to = sorted((data.draw(st.integers(0, len(content))), data.draw(st.integers(0, len(content)))))
    other = content[:at] + data.draw(st.binary(max_size=20)) + content[to:]
    assert (found({**members, name: other}) == []) == (other == content)
    for signed in (signed_anew({**members, name: other}), {**members, "manifest.txt": b"jiandu bundle 1\n"}):
        assert isinstance(found(signed), list)


def test_the_hash_of_a_leaf_is_that_of_the_definition() -> None:
    assert leaf(ENTRIES[0]) == brute.mth(ENTRIES[:1])
