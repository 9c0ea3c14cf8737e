"""Signed notes and checkpoints are those of C2SP, and Ed25519 is that of RFC 8032, with a library and without."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.trail import standalone
from jiandu.trail.note import Ed25519Signer, notes_of, signed_note
from jiandu.trail.standalone import (
    Checkpoint,
    Key,
    Proof,
    checkpoint_of,
    key_of,
    opened_note,
    proof_of,
    signed,
    signed_alone,
)

RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
            "24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
            "eeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
            "8dc027beceea1ec40a"
        ),
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493
SIGNER = Ed25519Signer("jiandu/test", b"\x07" * 32)
NOTE = signed_note(str(Checkpoint("jiandu/test", 9, b"r" * 32)), SIGNER)


@pytest.mark.parametrize("verify", [signed, signed_alone])
@pytest.mark.parametrize(
    ("seed", "public", "message", "signature"), [tuple(map(bytes.fromhex, row)) for row in RFC_8032]
)
def test_the_vectors_of_the_rfc_are_signed_by_their_keys(verify, seed, public, message, signature):
    signer = Ed25519Signer("x", seed)
    assert signer.key.public == public
    assert signer.signature(message) == signature
    assert verify(public, message, signature)
    assert not verify(public, message + b"x", signature)
    more = int.from_bytes(signature[32:], "little") + ORDER
    assert not verify(public, message, signature[:32] + more.to_bytes(32, "little")), "s must be below the order"


@given(st.binary(max_size=40), st.integers(0, 63), st.integers(1, 255))
def test_no_other_byte_in_a_signature_is_taken_and_both_ways_agree(message, place, other):
    signature = bytearray(SIGNER.signature(message))
    assert signed_alone(SIGNER.key.public, message, bytes(signature))
    signature[place] ^= other
    assert not signed_alone(SIGNER.key.public, message, bytes(signature))
    assert not signed(SIGNER.key.public, message, bytes(signature))


@given(st.binary(max_size=70), st.binary(max_size=70))
def test_bytes_that_are_no_key_or_no_signature_never_raise(public, signature):
    assert not signed_alone(public, b"m", signature)
    assert not signed(public, b"m", signature)


def test_a_note_is_written_as_c2sp_says():
    text, _, below = NOTE.rpartition("\n\n")
    assert text == "jiandu/test\n9\n" + base64.b64encode(b"r" * 32).decode()
    dash, name, written = below.split(" ")
    assert (dash, name, below[-1]) == ("—", "jiandu/test", "\n")
    assert len(base64.b64decode(written)) == 4 + 64
    assert checkpoint_of(opened_note(NOTE, SIGNER.key)) == ("jiandu/test", 9, b"r" * 32)


def test_signatures_of_others_are_ignored_and_a_wrong_one_of_ours_is_not():
    witness = signed_note(NOTE.rpartition("\n\n")[0] + "\n", Ed25519Signer("witness", b"\x08" * 32))
    both = NOTE + witness.rpartition("\n\n")[2]
    assert opened_note(both, SIGNER.key) == opened_note(NOTE, SIGNER.key)
    wrong = base64.b64encode(SIGNER.key.id + bytes(64)).decode()
    with pytest.raises(ValueError, match="not signed"):
        opened_note(f"{NOTE}— jiandu/test {wrong}\n", SIGNER.key)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_a_note_with_another_byte_is_not_signed(place, other):
    raw = bytearray(NOTE.encode())
    raw[place] ^= other
    with pytest.raises(ValueError, match=r"."):
        opened_note(raw.decode(errors="surrogateescape").encode(errors="replace").decode(), SIGNER.key)


@pytest.mark.parametrize(
    "text", ["", "a", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "\n1\nAAAA\n", "a\n1\nAAAA\n", "a\n1\n" + "A" * 43 + "\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        checkpoint_of(text)


def test_a_key_is_handed_on_as_c2sp_tools_write_it():
    assert key_of(f"{SIGNER.key}\n") == SIGNER.key
    assert Ed25519Signer.of(SIGNER.written()) == SIGNER
    assert str(SIGNER.key).startswith(f"jiandu/test+{SIGNER.key.id.hex()}+")
    assert "\x07" not in repr(SIGNER)


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+AAAA", str(SIGNER.key)[:-4], SIGNER.written(), "a b+1+AQ=="])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        key_of(text)


def test_notes_one_after_another_are_read_one_by_one():
    other = signed_note(str(Checkpoint("jiandu/test", 10, b"s" * 32)), SIGNER)
    assert notes_of(NOTE + other) == [NOTE, other]
    assert notes_of("") == notes_of("\n") == []
    assert notes_of("rubbish") == ["rubbish\n"]


def test_a_proof_is_handed_on_and_read_again():
    proof = Proof(3, (b"a" * 32, b"b" * 32), NOTE)
    assert proof_of(str(proof)) == proof
    assert str(proof).startswith("c2sp.org/tlog-proof@v1\nindex 3\n")


@pytest.mark.parametrize(
    "text", ["", "x", "c2sp.org/tlog-proof@v1\nindex x\n\n", "c2sp.org/tlog-proof@v1\nindex 1\n?\n\n"]
)
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        proof_of(text)


def test_a_key_of_another_name_is_another_key():
    assert Key("a", SIGNER.key.public).id != SIGNER.key.id
    assert standalone.ED25519 == b"\x01"
