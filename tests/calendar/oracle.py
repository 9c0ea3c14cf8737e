"""Due days by walking one day after another, over the days of the package chinesecalendar: knows nothing of jiandu.

Slow and plain on purpose. From 2027 on, where no notice is out, weekends alone are days off.
"""

from datetime import date, timedelta

import chinese_calendar

DAY = timedelta(days=1)
LAST_KNOWN = date(2026, 12, 31)


def is_off(day: date) -> bool:
    return chinese_calendar.is_holiday(day) if day <= LAST_KNOWN else day.weekday() > 4


OFF = {day: is_off(day) for day in (date(2024, 1, 1) + DAY * ahead for ahead in range(366 * 4))}


def after_days(start: date, n: int) -> date:
    day = start
    for _ in range(n):
        day += DAY
    return day


def after_months(start: date, n: int, *, sticky: bool) -> date:
    """Walks until `n` months have turned, then until the number of the start's day, or the month's last day."""
    day, turned = start, 0
    to_the_last = sticky and ends_month(start)
    while True:
        turned += ends_month(day)
        day += DAY
        if turned == n and (ends_month(day) or (day.day == start.day and not to_the_last)):
            return day


def ends_month(day: date) -> bool:
    return (day + DAY).month != day.month


def after_working_days(start: date, n: int) -> date:
    day = start
    while n > 0:
        day += DAY
        if not OFF[day]:
            n -= 1
    return day


def rolled(day: date) -> date:
    while OFF[day]:
        day += DAY
    return day
