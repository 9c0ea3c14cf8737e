"""A repeated key gives the first answer; with other content it is refused; only accepted acts are remembered."""

from dataclasses import replace

import pytest

from guides_for_tests.office import CLERK, OFFICER, Office, at_once, refusal
from jiandu.case import Actor, Case
from jiandu.errors import ConflictError, RefusedError


def test_a_repeated_key_gives_the_first_answer_however_far_the_case_has_gone(office: Office) -> None:
    case = office.open(key="open-1")
    first = office.do(case, "take", key="t-1")
    office.do(case, "go")
    assert office.do(case, "take", key="t-1") == first
    assert office.open(key="open-1") == case
    assert len(office.engine.history(case.id, by=CLERK)) == 3


def test_it_does_so_on_a_later_day_where_no_day_was_named(office: Office) -> None:
    case = office.open()
    first = office.do(case, "take", key="t")
    office.wait(3)
    assert office.do(case, "take", key="t") == first


@pytest.mark.parametrize(
    "other", [{"record": {"note": "别"}}, {"day": None}, {"paper": "notice#1"}, {"card": {"kind": "y"}}]
)
def test_another_request_under_the_same_key_is_refused(office: Office, other: dict) -> None:
    case, day = office.open(), office.clock.instant.date()
    written = {"record": {"note": "注"}, "day": day}
    office.do(case, "read", OFFICER, key="r", **written)
    assert office.codes(case, "read", OFFICER, key="r", **{**written, **other}) == ["key-reused"]
    assert office.codes(case, "review", OFFICER, key="r", day=day) == ["key-reused"]


def test_a_key_belongs_to_a_person_and_a_case(office: Office) -> None:
    one, two = office.open(), office.open()
    for case in (one, two):
        assert office.do(case, "once", key="x").seq == 2
    assert office.do(one, "read", OFFICER, key="x").seq == 3


def test_a_key_of_a_refused_act_is_free(office: Office) -> None:
    case = office.open()
    assert office.codes(case, "shelve", key="x") == ["not-offered"]
    assert office.do(case, "take", key="x").seq == 2


def test_what_cannot_be_written_down_is_refused_with_a_key_as_without(office: Office) -> None:
    case, deep = office.open(), []
    for _ in range(5000):
        deep = [deep]
    for wrong in ("e\u0301", "\ud800", 1.5, 2**60, deep, {1: 2}):
        for key in (None, "k"):
            assert office.codes(case, "read", OFFICER, key=key, record={"note": wrong}) == ["record-invalid"]
            assert refusal(lambda w=wrong, k=key: office.open(key=k, card={"note": w})) == ["card-invalid"]


def test_the_same_request_from_eight_threads_is_done_once_and_answered_eight_times(office: Office) -> None:
    case = office.open()
    answers = at_once(*[lambda: office.do(case, "once", key="x")] * 8)
    assert all(isinstance(answer, Case) for answer in answers), answers
    assert {answer.seq for answer in answers} == {2}
    opened = at_once(*[lambda: office.open(key="y")] * 8)
    assert len({answer.id for answer in opened}) == 1


def test_the_same_request_with_the_same_expectation_is_answered_too(office: Office) -> None:
    case = office.open()
    answers = at_once(*[lambda: office.do(case, "once", key="x", expect_seq=1)] * 6)
    assert {answer.seq if isinstance(answer, Case) else answer for answer in answers} == {2}


def test_an_act_on_a_case_that_has_moved_on_is_a_conflict(office: Office) -> None:
    case = office.open()
    office.do(case, "read", OFFICER)
    with pytest.raises(ConflictError):
        office.do(case, "once", expect_seq=case.seq)
    assert office.do(case, "once", expect_seq=2).seq == 3


def test_one_of_two_that_expect_the_same_case_is_faster(office: Office) -> None:
    case = office.open()
    found = at_once(*[lambda: office.do(case, "read", OFFICER, expect_seq=1)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Case", "ConflictError"]


def test_two_who_do_the_same_step_at_once_do_it_once(office: Office) -> None:
    other = Actor("k2", CLERK.roles, "u1")
    for _ in range(10):
        case = office.open()
        found = at_once(lambda c=case: office.do(c, "once"), lambda c=case: office.do(c, "once", other))
        [refused] = [one for one in found if not isinstance(one, Case)]
        assert isinstance(refused, RefusedError)
        assert [reason.code for reason in refused.reasons] == ["already-done"]


def test_four_eyes_are_not_met_by_one_person_in_two_sessions(office: Office) -> None:
    twin = replace(OFFICER)
    for _ in range(10):
        case = office.open()
        at_once(lambda c=case: office.do(c, "read", OFFICER), lambda c=case: office.do(c, "review", twin))
        acts = office.engine.case(case.id, by=CLERK).acts
        assert not ("review" in acts and "read" in acts and acts["read"].seq < acts["review"].seq)


def test_acts_that_do_not_hinder_each_other_all_come_through(office: Office) -> None:
    case = office.open()
    found = at_once(*[lambda: office.do(case, "read", OFFICER)] * 6)
    assert sorted(one.seq for one in found) == [2, 3, 4, 5, 6, 7]
