"""Every start day of three years against an oracle that walks day by day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jiandu.calendar import Calendar, Period
from jiandu.calendar.period import MonthRule

from . import oracle

CN = Calendar.shipped()
STARTS = [date(2024, 1, 1) + timedelta(days=ahead) for ahead in range(366 + 365 + 365)]


@pytest.mark.parametrize("n", [7, 10, 15])
def test_days_from_every_start_agree_with_the_day_loop(n: int) -> None:
    agrees(Period(n, "days"), lambda start: oracle.after_days(start, n))


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("rule", ["corresponding_day", "month_end_sticky"])
def test_months_from_every_start_agree_with_the_day_loop(n: int, rule: MonthRule) -> None:
    agrees(Period(n, "months"), lambda start: oracle.after_months(start, n, sticky=rule == "month_end_sticky"), rule)


@pytest.mark.parametrize("n", [1, 5, 7])
def test_working_days_from_every_start_agree_with_the_day_loop(n: int) -> None:
    agrees(Period(n, "working days"), lambda start: oracle.after_working_days(start, n))


def agrees(length: Period, end: Callable[[date], date], rule: MonthRule = "corresponding_day") -> None:
    found = {start: CN.due(start, length, months=rule) for start in STARTS}
    ends = {start: end(start) for start in STARTS}
    assert {start: due.raw_end for start, due in found.items()} == ends
    assert {start: due.due for start, due in found.items()} == {start: oracle.rolled(ends[start]) for start in STARTS}
