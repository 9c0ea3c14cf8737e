"""Level 1: every attack inside the trail is found and named; what cannot be found is said in the report."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.catalogue import say, sections
from jiandu.trail import Chain, Report, Row, leaf_hash, verify_chain, verify_trail
from trail.samples import FIRST, SECOND, chain, forged, head, row, sealed, trail

WORDS = sections("trail")["trail"]

WHOLE = trail()
OTHER = trail(SECOND)


def found(rows, top="own", case=FIRST):
    """The faults in short: code and seq."""
    top = head(WHOLE) if top == "own" else top
    return [(fault.code, fault.seq) for fault in verify_chain(case, rows, top)]


def put(place: int, **changes) -> list[Row]:
    """The whole trail with a changed row."""
    rows = list(WHOLE)
    rows[place - 1] = rows[place - 1]._replace(**changes)
    return rows


def test_an_untouched_trail_has_no_faults():
    assert found(WHOLE) == []


def test_an_entry_changed_in_place_is_one_fault_that_names_it():
    entry = WHOLE[2].entry.replace(b"accept", b"reject")
    assert found(put(3, entry=entry)) == [("entry-altered", 3)]


def test_an_entry_changed_with_its_own_hash_breaks_the_link_after_it():
    changed = forged(WHOLE[2], name="reject")
    assert found([*WHOLE[:2], changed, *WHOLE[3:]]) == [("link-broken", 4)]


def test_the_newest_entry_changed_with_its_own_hash_is_not_the_one_the_register_names():
    assert found([*WHOLE[:4], forged(WHOLE[4], name="reject")]) == [("head-mismatch", 5)]


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
def test_a_removed_entry_is_missing(seq):
    assert found(WHOLE[: seq - 1] + WHOLE[seq:]) == [("entry-missing", seq)]


def test_several_removed_in_a_row_are_one_fault_with_both_ends():
    faults = list(verify_chain(FIRST, [WHOLE[0], WHOLE[4]], head(WHOLE)))
    assert [(fault.code, fault.seq, fault.facts["last"]) for fault in faults] == [("entry-missing", 2, 4)]
    assert faults[0].text("en") == f"Entry 2–4 of case {FIRST} is missing."


@pytest.mark.parametrize("left", [0, 1, 4])
def test_removed_newest_entries_are_missed_while_the_register_counts_them(left):
    assert found(WHOLE[:left]) == [("newest-missing", left + 1)]


def test_two_entries_in_each_others_place_are_both_named():
    rows = [*WHOLE[:2], WHOLE[3]._replace(seq=3), WHOLE[2]._replace(seq=4), WHOLE[4]]
    assert found(rows) == [("entry-misplaced", 3), ("entry-misplaced", 4)]


def test_two_newest_entries_in_each_others_place_are_both_named():
    rows = [*WHOLE[:3], WHOLE[4]._replace(seq=4), WHOLE[3]._replace(seq=5)]
    assert found(rows) == [("entry-misplaced", 4), ("entry-misplaced", 5)]


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_entries_swapped_between_cases_are_named_in_both(seq):
    def swapped(case, own, other):
        rows = list(own)
        rows[seq - 1] = other[seq - 1]._replace(case=case)
        return found(rows, head(own), case)

    assert swapped(FIRST, WHOLE, OTHER) == [("entry-misplaced", seq)]
    assert swapped(SECOND, OTHER, WHOLE) == [("entry-misplaced", seq)]


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_an_entry_that_is_there_twice_is_named(seq):
    assert found([*WHOLE[:seq], *WHOLE[seq - 1 :]]) == [("entry-twice", seq)]


def test_a_copy_of_an_entry_at_the_end_is_not_taken_for_a_new_one():
    assert found([*WHOLE, WHOLE[2]._replace(seq=6)]) == [("entry-misplaced", 6)]


@pytest.mark.parametrize("seq", [0, -3, 2, 9, "3", None, 3.0, b"3", 2**60])
def test_an_entry_under_another_seq_is_one_fault(seq):
    rows = sorted(put(3, seq=seq), key=lambda row: row.seq if type(row.seq) is int else 99)
    assert [code for code, _ in found(rows)] == ["entry-misplaced"]


@pytest.mark.parametrize("column", Row._fields[:-1])
def test_a_number_too_long_to_be_written_out_is_no_obstacle(column):
    report = verify_trail([Chain(FIRST, (10**5000, "x"), put(3, **{column: 10**5000}))])
    assert report.found == 2
    assert report.text("en").isascii()


@pytest.mark.parametrize("case", [SECOND, "", None, 7, b"x"])
def test_an_entry_under_another_case_is_one_fault(case):
    assert found(put(3, case=case)) == [("entry-misplaced", 3)]


def test_another_act_id_beside_an_entry_is_named():
    assert found(put(3, act=WHOLE[0].act)) == [("act-altered", 3)]


@pytest.mark.parametrize(
    "changes",
    [{"body": b"{}"}, {"body": "{}"}, {"salt": "0" * 32}, {"salt": None}, {"salt": "x"}, {"salt": 5}, {"body": 5}],
)
def test_a_changed_body_or_salt_is_named(changes):
    assert found(put(3, **changes)) == [("body-altered", 3)]


@pytest.mark.parametrize("changes", [{"body": None}, {"body": None, "salt": None}])
def test_a_missing_body_is_named(changes):
    assert found(put(3, **changes)) == [("body-missing", 3)]


def test_bodies_swapped_between_entries_are_both_named():
    one, two = WHOLE[1], WHOLE[2]
    rows = [
        WHOLE[0],
        one._replace(salt=two.salt, body=two.body),
        two._replace(salt=one.salt, body=one.body),
        *WHOLE[3:],
    ]
    assert found(rows) == [("body-altered", 2), ("body-altered", 3)]


@pytest.mark.parametrize("entry", [None, 5, "text", 0.5])
def test_an_entry_of_another_type_is_malformed(entry):
    assert found(put(3, entry=entry)) == [("entry-malformed", 3)]


@pytest.mark.parametrize(
    "entry",
    [b"", b"[]", b"\xff\xfe", b"{}", b"[" * 100_000, b'{"v":' + b"9" * 10_000 + b"}", b"\xef\xbb\xbf{}"],
)
def test_bytes_with_a_right_hash_that_are_no_entry_are_malformed(entry):
    rows = put(3, entry=entry, hash=leaf_hash(entry))
    assert found(rows[:3], (3, rows[2].hash)) == [("entry-malformed", 3)]


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"alg": "sm3"},
        {"seq": 0},
        {"seq": "3"},
        {"prev": "x"},
        {"case": None},
        {"act": 1},
        {"recorded_at": "now"},
        {"recorded_at": None},
        {"body": None},
    ],
)
def test_an_entry_of_an_unknown_form_is_malformed(changes):
    newest = forged(WHOLE[4], **changes)
    assert found([*WHOLE[:4], newest], (5, newest.hash)) == [("entry-malformed", 5)]


@pytest.mark.parametrize("hash_", ["", "0" * 64, WHOLE[2].hash.upper(), None, 5, b"x"])
def test_a_changed_hash_is_one_fault(hash_):
    assert found(put(3, hash=hash_)) == [("entry-altered", 3)]


def test_a_first_entry_that_continues_another_is_a_broken_link():
    assert found([row(sealed(FIRST, 1, "0" * 64))], None)[0] == ("link-broken", 1)


def test_an_entry_recorded_before_the_one_ahead_of_it_is_one_fault():
    rows = trail(changes={3: {"recorded_at": "2026-05-06T00:00:00.000Z"}})
    assert found(rows, head(rows)) == [("time-backwards", 3)]


def test_an_entry_added_behind_the_register_is_found():
    added = row(sealed(FIRST, 6, WHOLE[4].hash))
    assert found([*WHOLE, added]) == [("head-behind", 6)]


@pytest.mark.parametrize("top", [(5, "0" * 64), (5, None), ("5", WHOLE[4].hash), (5,), "x", (None, None)])
def test_a_register_that_names_another_newest_entry_is_found(top):
    assert found(WHOLE, top) == [("head-mismatch", 5)]


def test_entries_of_a_case_that_the_register_does_not_know_are_found():
    assert found(WHOLE, None) == [("case-missing", 5)]


def test_a_rewritten_whole_is_not_found_at_level_1_and_the_report_says_so():
    rows = trail(changes={3: {"name": "reject"}})
    report = verify_trail([chain(rows)])
    assert report.found == 0
    assert say("trail-limits-1", "en") in report.text("en")


def test_newest_entries_removed_together_with_the_head_are_not_found_at_level_1():
    assert found(WHOLE[:3], head(WHOLE[:3])) == []


def test_two_causes_are_told_as_two():
    rows = put(2, body=b"{}")
    rows[3] = rows[3]._replace(entry=b"{}")
    assert found(rows) == [("body-altered", 2), ("entry-altered", 4)]


COLUMNS = ("entry", "hash", "salt", "body", "act")


@given(st.data())
def test_any_changed_byte_in_any_column_is_one_fault_that_names_case_and_seq(data):
    place = data.draw(st.integers(1, len(WHOLE)))
    column = data.draw(st.sampled_from(COLUMNS))
    before = getattr(WHOLE[place - 1], column)
    raw = bytearray(before.encode() if isinstance(before, str) else before)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    after = bytes(raw).decode(errors="surrogateescape") if isinstance(before, str) else bytes(raw)
    faults = list(verify_chain(FIRST, put(place, **{column: after}), head(WHOLE)))
    assert [(fault.case, fault.seq) for fault in faults] == [(FIRST, place)]


@given(st.lists(st.integers(0, 4), unique=True, min_size=1), st.booleans())
def test_any_removal_is_found(gone, reverse):
    rows = [row for place, row in enumerate(WHOLE) if place not in gone]
    assert found(rows[::-1] if reverse else rows) != []


@given(st.permutations(WHOLE).filter(lambda rows: rows != WHOLE))
def test_any_other_order_of_the_entries_is_found(rows):
    assert found([row._replace(seq=seq) for seq, row in enumerate(rows, 1)]) != []


anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.binary()
    | st.lists(st.integers())
    | st.builds(bytearray)
)
near = st.sampled_from(WHOLE + OTHER)


@given(st.lists(st.builds(Row, *[anything] * 8) | near), anything | st.tuples(anything, anything), anything)
def test_rows_of_any_types_never_raise(rows, top, case):
    report = verify_trail([Chain(case, top, rows)])
    assert "\n" in report.text("zh")


@given(st.lists(st.tuples(near, st.sampled_from(Row._fields), anything)))
def test_rows_changed_in_any_column_to_any_type_never_raise(changes):
    rows = [row._replace(**{column: value}) for row, column, value in changes]
    for fault in verify_chain(FIRST, rows, head(WHOLE)):
        assert fault.text("zh").isprintable()
        assert fault.text("en").isprintable()


def test_a_report_counts_cases_entries_and_faults_and_keeps_the_first():
    broken = [row._replace(body=None) for row in OTHER]
    report = verify_trail([chain(WHOLE), chain(broken)], kept=2)
    assert (report.level, report.cases, report.entries, report.found, len(report.faults)) == (1, 2, 10, 5, 2)
    assert say("trail-more", "en", {"more": 3}) in report.text("en").splitlines()


def test_a_report_reads_in_both_languages():
    report = Report((1,), 2, 3, 0, ())
    assert report.text("zh").splitlines()[0] == "已核对 2 件案件的 3 条记录，未发现问题。"
    assert report.text("en").splitlines()[0] == "Cases checked: 2; entries: 3; nothing wrong was found."


def test_a_long_trail_is_checked_without_being_held():
    sample = trail(length=200)

    def stretched():
        prev = None
        for seq in range(1, 5001):
            line = row(sealed(FIRST, seq, prev, recorded_at="2026-05-06T01:30:00.000Z"))
            prev = line.hash
            yield line

    list(verify_chain(FIRST, sample, head(sample)))
    tracemalloc.start()
    try:
        faults = list(verify_chain(FIRST, stretched(), (5000, "?")))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [fault.code for fault in faults] == ["head-mismatch"]
    assert peak < 200_000


def test_every_fault_has_its_sentence_and_every_sentence_its_fault():
    told = {fault.code for rows, top in _one_of_each() for fault in verify_chain(FIRST, rows, top)}
    of_a_replay = {"case-differs"}
    assert told == {code for code in WORDS if not code.startswith("trail-")} - of_a_replay


def _one_of_each():
    top = head(WHOLE)
    backwards = trail(changes={3: {"recorded_at": "2026-05-06T00:00:00.000Z"}})
    yield put(3, entry=b""), top
    yield put(3, entry=None), top
    yield WHOLE[:2] + WHOLE[3:], top
    yield put(3, seq=9), top
    yield [*WHOLE, WHOLE[4]], top
    yield [*WHOLE[:2], forged(WHOLE[2], name="x"), *WHOLE[3:]], top
    yield put(3, act=""), top
    yield backwards, head(backwards)
    yield put(3, body=b""), top
    yield put(3, body=None), top
    yield WHOLE[:3], top
    yield WHOLE, (4, WHOLE[3].hash)
    yield WHOLE, (5, "")
    yield WHOLE, None
