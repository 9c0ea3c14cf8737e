"""What holds of every due day."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jiandu.calendar import Calendar, Due, MonthRule, Period, Roll

from .replay import replay

CN = Calendar.shipped()
starts = st.dates(date(2023, 6, 1), date(2027, 6, 1))
lengths = st.builds(Period, st.integers(1, 60), st.sampled_from(["days", "working days", "months"]))
extensions = st.lists(lengths, max_size=3)
pauses = st.lists(
    st.tuples(starts, st.integers(0, 90)).map(lambda pause: (pause[0], pause[0] + timedelta(days=pause[1]))), max_size=4
)
month_rules = st.sampled_from(["corresponding_day", "month_end_sticky"])
limits = st.fixed_dictionaries({"extensions": extensions, "pauses": pauses, "months": month_rules})


@given(starts, lengths, limits)
def test_a_due_day_is_a_working_day_on_or_after_the_end_by_counting(
    start: date, length: Period, limit: dict[str, Any]
) -> None:
    due = CN.due(start, length, **limit)
    assert start < due.raw_end <= due.due
    assert CN.is_working(due.due)
    assert not any(CN.is_working(due.raw_end + timedelta(days=ahead)) for ahead in range((due.due - due.raw_end).days))


@given(starts, starts, lengths, extensions, month_rules)
def test_a_later_start_never_ends_earlier(
    first: date, second: date, length: Period, granted: list[Period], rule: MonthRule
) -> None:
    early, late = sorted((first, second))
    assert CN.due(early, length, extensions=granted, months=rule).due <= (
        CN.due(late, length, extensions=granted, months=rule).due
    )


@given(starts, lengths, pauses, st.tuples(starts, st.integers(0, 90)))
def test_one_more_pause_never_shortens(
    start: date, length: Period, known: list[tuple[date, date]], more: tuple[date, int]
) -> None:
    pause = (more[0], more[0] + timedelta(days=more[1]))
    assert CN.due(start, length, pauses=known).raw_end <= CN.due(start, length, pauses=[*known, pause]).raw_end


@given(starts, lengths, pauses)
def test_pauses_shift_by_the_days_of_their_union(start: date, length: Period, known: list[tuple[date, date]]) -> None:
    paused = {begin + timedelta(days=n) for begin, end in known for n in range((end - begin).days)}
    shift = CN.due(start, length, pauses=known).raw_end - CN.due(start, length).raw_end
    assert shift.days == len([day for day in paused if day >= start])


@given(starts, lengths, limits)
def test_without_rolling_the_end_by_counting_is_the_due_day(start: date, length: Period, limit: dict[str, Any]) -> None:
    due = CN.due(start, length, roll="none", **limit)
    assert due.due == due.raw_end == CN.due(start, length, **limit).raw_end


@given(starts, lengths, limits)
def test_the_same_question_has_the_same_answer(start: date, length: Period, limit: dict[str, Any]) -> None:
    assert CN.due(start, length, **limit) == Calendar.from_content(CN.content).due(start, length, **limit)


@given(starts, lengths, limits, st.sampled_from(["next_working_day", "none"]))
def test_the_due_day_can_be_reckoned_again_from_the_trace_alone(
    start: date, length: Period, limit: dict[str, Any], roll: Roll
) -> None:
    due = CN.due(start, length, roll=roll, **limit)
    assert from_trace(due, sticky=limit["months"] == "month_end_sticky") == (due.raw_end, due.due)


@given(starts, lengths, limits)
def test_every_step_can_be_said_in_both_languages(start: date, length: Period, limit: dict[str, Any]) -> None:
    for step in CN.due(start, length, **limit).trace:
        assert step.text("zh")
        assert step.text("en")


@given(starts, lengths)
def test_a_due_day_within_the_known_days_is_settled(start: date, length: Period) -> None:
    due = CN.due(start, length)
    settled = CN.known_from <= start and due.due <= CN.known_until
    assert not (settled and due.provisional)
    assert due.provisional or CN.known_from <= due.raw_end


def from_trace(due: Due, *, sticky: bool) -> tuple[date, date]:
    return replay([step.to_json() for step in due.trace], sticky=sticky)
