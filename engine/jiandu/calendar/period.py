"""A length of time as the law states it: so many days, working days, months or hours."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast

from jiandu.catalogue import Language, say
from jiandu.clock import LEGAL_ZONE

Unit = Literal["days", "working days", "months", "hours"]
MonthRule = Literal["corresponding_day", "month_end_sticky"]
"""Where a month ends: on the corresponding day (民法典 202), or, for a start on a month's last day, on the last day
of the month it reaches (刑诉解释 202, courts). Where there is no such day, both say the month's last."""

_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FORM = re.compile(r"([1-9][0-9]{0,3}) (day|working day|month|hour)s?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """`n` of a unit, 1 to 9999. Half a month is 15 days.

    >>> str(Period.parse("15 days")), Period.parse("5 working days").words("zh")
    ('15 days', '5个工作日')
    """

    n: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period written as `15 days`, `5 working days`, `1 month`, `24 hours`. Raises ValueError otherwise."""
        if not (found := _FORM.fullmatch(text)):
            raise ValueError(f"no period: {text!r}")
        return cls(int(found[1]), cast(Unit, found[2] + "s"))

    def __str__(self) -> str:
        return f"{self.n} {self.unit[:-1] if self.n == 1 else self.unit}"

    def words(self, language: Language) -> str:
        """The period as people write it: `15日`, `5个工作日`, `3个月`, `24小时`."""
        return str(self) if language == "en" else say(f"period-{self.unit.replace(' ', '-')}", "zh", {"n": self.n})

    def after(self, day: date, months: MonthRule = "corresponding_day") -> date:
        """The last day of a period of days or months that starts on `day`, which does not count; nothing is rolled.

        Raises ValueError for hours and working days: those need an instant, these a calendar.
        """
        return self._away(day, 1, months)

    def before(self, day: date, months: MonthRule = "corresponding_day") -> date:
        """The latest day that lies the whole period before `day` (三日前): plain subtraction, never rolled."""
        return self._away(day, -1, months)

    def _away(self, day: date, direction: Literal[1, -1], months: MonthRule) -> date:
        if self.unit == "days":
            return day + timedelta(days=direction * self.n)
        if self.unit == "months":
            return month_away(day, direction * self.n, months)
        raise ValueError(f"a day plus or minus {self} is no matter of plain counting")


def month_away(day: date, n: int, rule: MonthRule) -> date:
    """The day `n` months after `day` (before it, if negative) by the rule. Applied once: 31 January and twice one
    month make 28 March, two months 31 March."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    last = last_of_month(year, month + 1)
    if day.day > last or (rule == "month_end_sticky" and day.day == last_of_month(day.year, day.month)):
        return date(year, month + 1, last)
    return date(year, month + 1, day.day)


def last_of_month(year: int, month: int) -> int:
    """The number of the last day of a month."""
    return 29 if month == 2 and isleap(year) else _LAST_DAYS[month - 1]


def due_hours(start: datetime, n: int) -> datetime:
    """The end, in UTC, of `n` hours from an aware instant: the hour in which it falls does not count (刑诉法 105), so
    10:20 and 10:00 both count from 11:00. Hours do not roll. Raises ValueError for an instant without its zone.
    """
    if start.tzinfo is None:
        raise ValueError("an instant without its zone")
    hour = start.astimezone(LEGAL_ZONE).replace(minute=0, second=0, microsecond=0)
    return (hour + timedelta(hours=1 + n)).astimezone(UTC)
