"""What may take a place in the log, and what is found of one, whatever stands in the rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.catalogue import sections
from jiandu.trail import Keyring
from jiandu.trail.log import Leaf, Log, Waiting, admitted, opening, verify_logs
from jiandu.trail.note import Ed25519Signer, signed_note
from jiandu.trail.standalone import Checkpoint, leaf
from trail import brute
from trail.samples import FIRST, SECOND, trail
from trail.test_verify import anything

SIGNER = Ed25519Signer("jiandu/test", b"\x07" * 32)
OPENING = opening("jiandu/test", "2026-05-06T01:30:00.000Z")
ROWS = trail(FIRST, 4) + trail(SECOND, 3)
KEYS = Keyring.of("k1 " + "a1" * 32)
LEAVES = [
    Leaf(0, None, None, leaf(OPENING), None),
    *(Leaf(at, row.case, row.seq, leaf(row.entry), row.entry) for at, row in enumerate(ROWS, 1)),
]
WAITING = [Waiting(row.case, row.seq, row.entry, row.hash, KEYS.mark(row.entry), None) for row in ROWS]


def note(size=8, root=None, origin="jiandu/test"):
    root = root or brute.mth([OPENING, *(row.entry for row in ROWS)][:size])
    return signed_note(str(Checkpoint(origin, size, root)), SIGNER)


def found(leaves=LEAVES, *notes):
    report = verify_logs([Log(1, "jiandu/test", OPENING, leaves)], notes or [note(), note(5)], SIGNER.key)
    assert all(fault.text(language) for fault in report.faults for language in ("zh", "en"))
    return {fault.code for fault in report.faults}


def codes(rows, macs=KEYS):
    return [fault.code if fault else None for _, fault in admitted(rows, macs)]


def test_a_log_that_is_as_it_was_signed_has_no_faults():
    assert found() == set()


def test_every_entry_that_follows_gets_a_place():
    assert codes(WAITING) == [None] * 7


def test_an_entry_follows_what_the_log_has_and_not_what_stands_beside_it():
    late = WAITING[2]._replace(before=leaf(ROWS[1].entry))
    assert codes([late, WAITING[3]]) == [None, None]
    assert codes([late._replace(before=leaf(b"other")), WAITING[3]]) == ["link-broken"]
    assert codes([WAITING[1]]) == ["link-broken"], "the one before has no place"
    assert codes([WAITING[0]._replace(before=leaf(b"x"))]) == ["link-broken"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"entry": None}, "entry-malformed"),
        ({"entry": b"[]", "hash": leaf(b"[]").hex()}, "entry-malformed"),
        ({"entry": b"{}"}, "entry-altered"),
        ({"hash": "x"}, "entry-altered"),
        ({"seq": 9}, "link-broken"),
        ({"case": SECOND}, "link-broken"),
        ({"mac": None}, "mac-missing"),
        ({"mac": "k1:00"}, "mac-wrong"),
        ({"mac": "k2:00"}, "mac-unknown"),
    ],
)
def test_an_entry_that_is_not_what_it_says_gets_no_place_nor_what_comes_after_it(changes, code):
    assert codes([WAITING[0]._replace(**changes), *WAITING[1:4]])[0] == code
    assert codes([*WAITING[:1], WAITING[1]._replace(**changes), *WAITING[2:4]])[1] == code


def test_without_keys_no_mark_is_asked_for_and_with_a_lost_one_nobody_can_tell():
    assert codes([row._replace(mac=None) for row in WAITING], None) == [None] * 7
    assert codes(WAITING, Keyring.of("k1 lost\nk2 " + "b2" * 32)) == [None] * 7


def test_each_fault_of_a_log_is_told_by_its_name():
    gap = [*LEAVES[:3], *LEAVES[4:]]
    told = {
        "log-leaf-missing": found(gap),
        "log-entry-missing": found([*LEAVES[:3], LEAVES[3]._replace(entry=None), *LEAVES[4:]]),
        "log-leaf-altered": found([*LEAVES[:3], LEAVES[3]._replace(hash=b"x"), *LEAVES[4:]]),
        "log-shorter": found(LEAVES[:6]),
        "root-mismatch": found([LEAVES[0], *reversed([row._replace(idx=8 - row.idx) for row in LEAVES[1:]])]),
        "log-forked": found(LEAVES, note(), note(8, b"r" * 32)),
        "log-missing": found(LEAVES, note(origin="jiandu/other")),
        "checkpoint-unsigned": found(LEAVES, note() + "x"),
    }
    assert {code for code, codes in told.items() if code not in codes} == set()
    elsewhere = {"log-not-shorter", "log-unplaced", "mac-missing", "mac-wrong", "mac-unknown", "mac-lost"}
    assert told.keys() | elsewhere == sections("trail")["log"].keys()


@given(st.lists(st.builds(Leaf, *[anything] * 5) | st.sampled_from(LEAVES)), st.binary(), st.lists(st.text()))
def test_leaves_of_any_types_never_raise(leaves, first, notes):
    report = verify_logs([Log(1, "jiandu/test", first, leaves)], [*notes, note()], SIGNER.key)
    assert all(fault.text("zh").isprintable() for fault in report.faults)


@given(st.lists(st.builds(Waiting, *[anything] * 6) | st.sampled_from(WAITING)))
def test_rows_of_any_types_that_ask_for_a_place_never_raise(rows):
    for row, fault in admitted(rows, KEYS):
        assert fault is None or fault.text("en")
        assert fault or row in WAITING


@given(st.lists(st.tuples(st.sampled_from(range(8)), st.sampled_from(Leaf._fields), anything), max_size=3))
def test_leaves_changed_in_any_column_to_any_type_never_raise_and_never_pass(changes):
    leaves = list(LEAVES)
    for at, column, value in changes:
        leaves[at] = leaves[at]._replace(**{column: value})
    same = all(
        (a.idx, a.hash, a.entry) == (b.idx, b.hash, b.entry) for a, b in zip(leaves[1:], LEAVES[1:], strict=True)
    )
    first = (leaves[0].idx, leaves[0].hash) == (0, LEAVES[0].hash)
    assert (found(leaves) == set()) == (same and first)
