"""Periods: reading, writing and plain counting."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.calendar import Period, day_words
from jiandu.calendar.period import Unit

D = date.fromisoformat


@given(st.integers(1, 9999), st.sampled_from(["days", "working days", "months", "hours"]))
def test_a_written_period_reads_back_as_itself(n: int, unit: Unit) -> None:
    period = Period(n, unit)
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize("text", ["15 days", "1 day", "5 working days", "1 working day", "3 months", "24 hours"])
def test_a_period_writes_itself_as_it_was_written(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "15", "0 days", "-1 days", "1.5 months", "10000 days", "２ days", "3  days", "2 weeks"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("15 days", "15日", "15 days"),
        ("5 working days", "5个工作日", "5 working days"),
        ("3 months", "3个月", "3 months"),
        ("24 hours", "24小时", "24 hours"),
        ("1 month", "1个月", "1 month"),
    ],
)
def test_a_period_is_said_as_people_write_it(text: str, chinese: str, english: str) -> None:
    period = Period.parse(text)
    assert (period.words("zh"), period.words("en")) == (chinese, english)


@pytest.mark.parametrize(
    ("day", "text", "after", "before"),
    [
        ("2026-05-06", "3 days", "2026-05-09", "2026-05-03"),
        ("2026-03-31", "1 month", "2026-04-30", "2026-02-28"),
        ("2024-02-29", "12 months", "2025-02-28", "2023-02-28"),
        ("2026-12-15", "1 month", "2027-01-15", "2026-11-15"),
        ("2026-01-15", "1 month", "2026-02-15", "2025-12-15"),
    ],
)
def test_a_day_moves_by_plain_counting(day: str, text: str, after: str, before: str) -> None:
    period = Period.parse(text)
    assert (str(period.after(D(day))), str(period.before(D(day)))) == (after, before)


def test_months_from_a_months_last_day_stick_to_it_by_the_rule_of_courts() -> None:
    one = Period.parse("1 month")
    assert one.after(D("2026-02-28"), "month_end_sticky") == D("2026-03-31")
    assert one.before(D("2026-02-28"), "month_end_sticky") == D("2026-01-31")


def test_three_days_before_a_hearing_never_roll() -> None:
    assert Period.parse("3 days").before(D("2026-05-06")) == D("2026-05-03")


@pytest.mark.parametrize("text", ["5 working days", "24 hours"])
def test_a_day_does_not_move_by_working_days_or_hours(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Period.parse(text).after(D("2026-05-06"))


def test_days_are_said_with_their_weekday() -> None:
    assert day_words(D("2026-05-06"), "zh") == "2026年5月6日（星期三）"
    assert day_words(D("2026-05-06"), "en") == "Wednesday 6 May 2026"
    assert day_words(D("2026-02-15"), "zh") == "2026年2月15日（星期日）"
