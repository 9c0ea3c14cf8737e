"""The official calendar: what it knows, and what a calendar file may not say."""

import hashlib
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import chinese_calendar
import holidays
import pytest

from jiandu.calendar import WEEKEND, Calendar
from jiandu.errors import GuideError
from jiandu.shipped import folder

CN = Calendar.shipped()
DAYS = [date(2024, 1, 1) + timedelta(days=ahead) for ahead in range(366 + 365 + 365)]
ONE_YEAR: dict[str, Any] = {
    "jiandu": 1,
    "id": "test",
    "title": "试用历法",
    "known_from": "2026-01-01",
    "known_until": "2026-12-25",
    "years": {
        "2026": {
            "notice": {"title": "通知", "published_on": "2025-11-04"},
            "off": [{"name": "元旦", "from": "2026-01-01", "to": "2026-01-03"}],
            "work": ["2026-01-04"],
        }
    },
}


def test_the_shipped_calendar_agrees_with_chinesecalendar_on_every_day() -> None:
    assert [day for day in DAYS if CN.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_the_shipped_calendar_agrees_with_holidays_on_every_day() -> None:
    official = holidays.country_holidays("CN", years=[2024, 2025, 2026])
    assert [day for day in DAYS if CN.is_working(day) != official.is_working_day(day)] == []


def test_a_day_off_has_a_name_and_a_working_day_none() -> None:
    assert CN.holiday(date(2026, 2, 21)) == "春节"
    assert CN.holiday(date(2026, 3, 7)) == WEEKEND
    assert CN.holiday(date(2026, 2, 28)) is None
    assert CN.holiday(date(2026, 3, 9)) is None


def test_what_is_known_ends_before_the_weekend_that_the_next_notice_could_move() -> None:
    assert (CN.known_from, CN.known_until) == (date(2024, 1, 1), date(2026, 12, 25))


def test_a_calendar_comes_back_from_its_content() -> None:
    again = Calendar.from_content(CN.content)
    assert again == CN
    assert again.content == CN.content
    assert [again.holiday(day) for day in DAYS] == [CN.holiday(day) for day in DAYS]


def test_the_digest_is_that_of_the_content() -> None:
    assert CN.digest == hashlib.sha256(CN.content).hexdigest()


def test_calendars_that_say_something_else_differ() -> None:
    other = deepcopy(ONE_YEAR)
    other["years"]["2026"]["work"] = []
    assert Calendar.from_data(ONE_YEAR) == Calendar.from_data(deepcopy(ONE_YEAR)) != Calendar.from_data(other)


def test_the_shipped_file_is_read_once() -> None:
    assert Calendar.shipped() is Calendar.shipped()
    assert Calendar.load(folder("guides") / "calendars" / "cn.yaml") == CN


def test_a_notice_may_move_days_of_the_december_before_its_year() -> None:
    data = changed(work=["2025-12-28"])
    assert Calendar.from_data(data).is_working(date(2025, 12, 28))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("calendar-day-twice", {"work": ["2026-01-03"]}),
        ("calendar-day-twice", {"work": ["2026-01-04", "2026-01-04"]}),
        ("calendar-work-weekday", {"work": ["2026-01-05"]}),
        ("calendar-other-year", {"work": ["2027-01-02"]}),
        ("calendar-other-year", {"off": [{"name": "元旦", "from": "2025-11-30", "to": "2026-01-01"}]}),
        ("calendar-span", {"off": [{"name": "元旦", "from": "2026-01-03", "to": "2026-01-01"}]}),
        ("calendar-shape", {"off": [{"name": "元旦", "from": "2026-01-03"}]}),
        ("calendar-shape", {"off": ["元旦"]}),
        ("calendar-shape", {"work": ["20260104"]}),
        ("calendar-shape", {"work": [1.5]}),
        ("calendar-shape", {"work": None}),
        ("calendar-shape", {"notice": {"weight": 1.5}}),
    ],
)
def test_a_year_that_makes_no_sense_is_no_calendar(rule: str, change: dict[str, Any]) -> None:
    assert rule in faults(changed(**change))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("calendar-year-missing", {"known_until": "2027-01-31"}),
        ("calendar-span", {"known_until": "2025-12-31"}),
        ("calendar-shape", {"known_until": "soon"}),
        ("calendar-shape", {"years": []}),
        ("calendar-shape", {"years": {2026: {}}}),
        ("calendar-shape", {"years": {"2026": []}}),
        ("calendar-shape", {"years": {"9" * 5000: {}}}),
        ("calendar-shape", {"jiandu": 2}),
    ],
)
def test_a_file_that_makes_no_sense_is_no_calendar(rule: str, change: dict[str, Any]) -> None:
    assert rule in faults(ONE_YEAR | change)


@pytest.mark.parametrize("data", [None, [], "cn", 1, {}])
def test_data_of_another_shape_are_no_calendar(data: Any) -> None:
    assert faults(data) == ["calendar-shape"]


def test_every_fault_is_said_in_both_languages_with_its_place() -> None:
    with pytest.raises(GuideError) as raised:
        Calendar.from_data(changed(work=["2026-01-04", "2026-01-05", "2026-01-04"]))
    assert [str(finding.place) for finding in raised.value.findings] == [
        "calendar.years.2026.work.1:1:1",
        "calendar.years.2026.work.2:1:1",
    ]
    assert raised.value.findings[0].what("zh") == "2026年1月5日（星期一）不是周末，不必列为调休上班日"
    assert raised.value.findings[0].fix("en") == "Check the day for a slip"


def changed(**year: Any) -> dict[str, Any]:
    """The calendar of one year with parts of that year replaced."""
    data = deepcopy(ONE_YEAR)
    data["years"]["2026"] |= year
    return data


def faults(data: Any) -> list[str]:
    with pytest.raises(GuideError) as raised:
        Calendar.from_data(data)
    assert all(finding.what("zh") and finding.what("en") for finding in raised.value.findings)
    return [finding.rule for finding in raised.value.findings]
