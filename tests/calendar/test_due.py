"""When time limits end."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from jiandu.calendar import Calendar, Period, TraceStep, due_hours

from .golden import DUE_DAYS, STICKY_DUE_DAYS, rows

CN = Calendar.shipped()
D = date.fromisoformat
P = Period.parse


@pytest.mark.parametrize(("start", "length", "raw_end", "due"), rows(DUE_DAYS))
def test_a_limit_ends_on_the_day_law_and_practice_say(start: str, length: str, raw_end: str, due: str) -> None:
    found = CN.due(D(start), P(length))
    assert (str(found.raw_end), str(found.due), found.provisional) == (raw_end, due, False)


@pytest.mark.parametrize(("start", "length", "raw_end", "due"), rows(STICKY_DUE_DAYS))
def test_a_court_period_from_a_months_last_day_ends_on_a_months_last_day(
    start: str, length: str, raw_end: str, due: str
) -> None:
    found = CN.due(D(start), P(length), months="month_end_sticky")
    assert (str(found.raw_end), str(found.due), found.provisional) == (raw_end, due, False)


def test_custody_ends_on_the_day_itself_even_in_a_holiday() -> None:
    found = CN.due(D("2026-02-10"), P("7 days"), roll="none")
    assert (found.raw_end, found.due) == (D("2026-02-17"), D("2026-02-17"))


def test_an_extension_adds_to_the_end_by_counting_and_not_to_the_rolled_day() -> None:
    found = CN.due(D("2026-02-10"), P("7 days"), extensions=[P("10 days")])
    assert (found.raw_end, found.due) == (D("2026-02-27"), D("2026-02-27"))


def test_months_of_length_and_extension_are_applied_once_to_their_total() -> None:
    assert CN.due(D("2026-01-31"), P("1 month"), extensions=[P("1 month")]).due == D("2026-03-31")


def test_extensions_of_several_units_give_the_same_day_in_whichever_order_they_were_granted() -> None:
    granted = [P("10 days"), P("1 month"), P("2 working days")]
    forwards = CN.due(D("2026-01-31"), P("15 days"), extensions=granted)
    assert forwards.due == CN.due(D("2026-01-31"), P("15 days"), extensions=granted[::-1]).due == D("2026-03-27")


def test_a_pause_over_the_holiday_shifts_by_calendar_days_and_the_end_rolls_once() -> None:
    found = CN.due(D("2026-02-10"), P("10 days"), pauses=[(D("2026-02-14"), D("2026-02-24"))])
    assert (found.raw_end, found.due) == (D("2026-03-02"), D("2026-03-02"))


def test_days_that_lie_in_two_pauses_count_once() -> None:
    first, second = (D("2026-03-10"), D("2026-03-16")), (D("2026-03-12"), D("2026-03-20"))
    assert CN.due(D("2026-03-09"), P("10 days"), pauses=[second, first]).raw_end == D("2026-03-29")


def test_a_pause_counts_only_from_the_start_of_the_limit() -> None:
    before_and_into = [(D("2026-03-01"), D("2026-03-05")), (D("2026-03-06"), D("2026-03-11"))]
    assert CN.due(D("2026-03-09"), P("10 days"), pauses=before_and_into).raw_end == D("2026-03-21")


def test_a_pause_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        CN.due(D("2026-03-09"), P("10 days"), pauses=[(D("2026-03-20"), D("2026-03-12"))])


@pytest.mark.parametrize("extensions", [[], [P("24 hours")]])
def test_hours_are_no_length_between_days(extensions: list[Period]) -> None:
    length = P("10 days") if extensions else P("24 hours")
    with pytest.raises(ValueError, match="24 hours"):
        CN.due(D("2026-03-09"), length, extensions=extensions)


@pytest.mark.parametrize(
    ("start", "length"),
    [
        ("2026-11-21", "3 months"),
        ("2026-12-31", "2 months"),
        ("2026-12-20", "7 working days"),
        ("2023-12-20", "7 days"),
    ],
)
def test_a_day_the_calendar_does_not_know_makes_the_due_day_provisional(start: str, length: str) -> None:
    found = CN.due(D(start), P(length))
    assert found.provisional
    assert found.trace[-1].code == "trace-provisional"


def test_outside_the_known_days_weekends_alone_are_off() -> None:
    assert CN.due(D("2026-11-21"), P("3 months")).due == D("2027-02-22")


def test_a_limit_that_looks_at_no_calendar_day_is_never_provisional() -> None:
    assert not CN.due(D("2026-11-21"), P("3 months"), roll="none").provisional


def test_the_last_settled_day_is_no_provisional_one() -> None:
    assert not CN.due(CN.known_until - timedelta(days=7), P("7 days")).provisional


def test_24_hours_count_from_the_hour_after_the_one_they_begin_in() -> None:
    china = timezone(timedelta(hours=8))
    twenty_past_ten = datetime(2026, 5, 6, 10, 20, tzinfo=china)
    assert due_hours(twenty_past_ten, 24) == datetime(2026, 5, 7, 11, tzinfo=china)
    assert due_hours(datetime(2026, 5, 6, 10, tzinfo=china), 24) == datetime(2026, 5, 7, 11, tzinfo=china)
    assert due_hours(twenty_past_ten, 24).tzinfo is UTC


def test_hours_need_an_instant_with_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        due_hours(datetime(2026, 5, 6, 10, 20), 24)


def test_the_trace_says_every_step_in_chinese() -> None:
    trace = CN.due(D("2026-02-07"), P("3 days"), extensions=[P("7 days")]).trace
    assert [step.text("zh") for step in trace] == [
        "起算日：2026年2月7日（星期六），当日不计入期间",
        "期间：3日",
        "延长：7日",
        "期间至2026年2月17日（星期二）届满",
        *(
            f"2026年2月{17 + ahead}日（星期{name}）逢春节放假，顺延至次日"
            for ahead, name in enumerate("二三四五六日一")
        ),
        "最后期限：2026年2月24日（星期二）",
        "放假调休依据：国务院办公厅部分节假日安排",
    ]


def test_the_trace_says_every_step_in_english() -> None:
    trace = CN.due(D("2026-02-12"), P("2 working days"), pauses=[(D("2026-02-12"), D("2026-02-13"))]).trace
    assert [step.text("en") for step in trace] == [
        "Counted from Thursday 12 February 2026; that day itself does not count",
        "Length: 2 working days",
        "Saturday 14 February 2026 is a make-up day: a working day",
        "The period ends on Saturday 14 February 2026",
        "Paused from Thursday 12 February 2026 to Friday 13 February 2026: 1 day more",
        "The period ends on Sunday 15 February 2026",
        *(step.text("en") for step in trace[6:15]),
        "Due on Tuesday 24 February 2026",
        f"Days off by calendar cn, SHA-256 {CN.digest}",
    ]
    assert trace[6].text("en") == "Sunday 15 February 2026 (Spring Festival) is a day off: moved to the day after"


def test_a_step_names_a_holiday_the_catalogue_does_not_know_as_it_stands() -> None:
    step = TraceStep("trace-roll-day", {"day": D("2015-09-03"), "holiday": "抗战胜利纪念日"})
    assert step.text("zh") == "2015年9月3日（星期四）逢抗战胜利纪念日放假，顺延至次日"


def test_a_step_becomes_plain_data() -> None:
    step = CN.due(D("2026-05-02"), P("7 days")).trace[1]
    assert step.to_json() == {"code": "trace-length", "length": "7 days"}


def test_chinese_traces_hold_no_english() -> None:
    limits = [
        CN.due(D("2026-01-31"), P("1 month"), roll="none"),
        CN.due(D("2026-02-28"), P("1 month"), months="month_end_sticky"),
        CN.due(D("2026-12-20"), P("9 working days"), pauses=[(D("2026-12-21"), D("2026-12-23"))]),
    ]
    sentences = "".join(step.text("zh") for due in limits for step in due.trace)
    assert not [letter for letter in sentences if letter.isascii() and letter.isalpha()]
