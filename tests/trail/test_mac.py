"""The engine's mark: who has not the key writes nothing that passes for the engine's."""

import hashlib
import hmac

import pytest
from hypothesis import given

from jiandu.trail import Keyring, Row, verify_chain, verify_trail
from jiandu.trail.verify import Chain
from trail.samples import FIRST, chain, forged, head, trail
from trail.test_verify import anything

OLD, NEW = "k1 " + "a1" * 32, "k2 " + "b2" * 32
KEYS = Keyring.of(f"# 2026\n{OLD}\n\n{NEW}\n")
MARKED = [row._replace(mac=KEYS.mark(row.entry)) for row in trail()]


def found(rows: list[Row], macs: Keyring = KEYS) -> list[tuple[str, int]]:
    return [(fault.code, fault.seq) for fault in verify_chain(FIRST, rows, head(rows), macs)]


def test_a_mark_is_the_hmac_of_the_entry_under_the_newest_key():
    id_, mac = str(MARKED[2].mac).split(":")
    assert (id_, mac) == ("k2", hmac.new(b"\xb2" * 32, MARKED[2].entry, hashlib.sha256).hexdigest())


def test_marked_entries_reach_level_2():
    report = verify_trail([chain(MARKED)], macs=KEYS)
    assert (report.levels, report.level, report.found) == ((1, 2), 2, 0)


def test_an_entry_written_with_sql_is_found_though_its_chain_is_whole():
    added = forged(MARKED[4], seq=6, prev=MARKED[4].hash, by={"id": "somebody.else"})._replace(seq=6, mac=None)
    assert found([*MARKED, added]) == [("mac-missing", 6)]
    assert found([*MARKED, added._replace(mac=MARKED[4].mac)]) == [("mac-wrong", 6)]
    assert found([*MARKED, added._replace(mac="k9:" + "0" * 64)]) == [("mac-unknown", 6)]
    own = Keyring.of("k2 " + "cc" * 32)
    assert found([*MARKED, added._replace(mac=own.mark(added.entry))]) == [("mac-wrong", 6)]


def test_entries_of_an_older_key_are_still_told_after_another_took_its_place():
    before = Keyring.of(OLD)
    rows = [row._replace(mac=before.mark(row.entry)) for row in MARKED[:2]] + MARKED[2:]
    assert found(rows) == []
    assert found(rows, before) == [("mac-unknown", seq) for seq in (3, 4, 5)]


def test_marks_of_a_lost_key_are_counted_and_are_no_faults():
    lost = Keyring.of(f"k2 lost\nk3 {'c3' * 32}")
    report = verify_trail([chain(MARKED)], macs=lost)
    assert (report.found, report.notes) == (0, (("trail-lost", {"lost": 5}),))
    assert "5" in report.text("zh").splitlines()[1]


@pytest.mark.parametrize(
    "text", ["", "k1", "k1 xy", "K1 " + "a1" * 32, OLD.replace("a1", "a", 1), f"{OLD}\n{OLD}", "k1 lost"]
)
def test_what_is_no_list_of_keys_is_refused(text):
    with pytest.raises(ValueError, match="not a list of keys"):
        Keyring.of(text)


def test_a_key_is_not_shown():
    assert "a1" not in repr(KEYS)
    assert "\\xa1" not in repr(KEYS)


@given(anything)
def test_a_mark_of_any_type_is_a_fault_and_never_raises(mark):
    rows = [*MARKED[:2], MARKED[2]._replace(mac=mark), *MARKED[3:]]
    report = verify_trail([Chain(FIRST, head(rows), rows)], macs=KEYS)
    assert report.found == 1
    assert report.text("zh")
