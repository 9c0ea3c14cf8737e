"""From a start and a length to a due day, with every step on record.

Arithmetic is on legal days. The day of the start does not count. Periods of one unit are added up and applied once;
the length's own unit comes first, then months, days and working days of the extensions: what was granted in which
order makes no difference. Pauses shift, and only the very end is rolled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from jiandu.calendar.period import MonthRule, Period, Unit, last_of_month
from jiandu.calendar.trace import Fact, TraceStep

if TYPE_CHECKING:
    from jiandu.calendar.table import Calendar

Roll = Literal["next_working_day", "none"]
Pause = tuple[date, date]

_ORDER: tuple[Unit, ...] = ("months", "days", "working days", "hours")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """When a time limit ends.

    `raw_end` is the end by counting alone, extensions and pauses included; `due` the last day in time, rolled off days
    off. `provisional`: the calendar does not know every day that had to be looked at, so a new notice may change it.
    """

    raw_end: date
    due: date
    provisional: bool
    trace: tuple[TraceStep, ...]


def reckon(
    calendar: "Calendar", start: date, periods: Sequence[Period], pauses: Sequence[Pause], roll: Roll, months: MonthRule
) -> Due:
    """The due day of a limit; `periods` are its length and then its extensions."""
    course = _Course(calendar, start, [TraceStep("trace-start", {"day": start})])
    for index, unit in enumerate(_units(periods)):
        course.count([period for period in periods if period.unit == unit], unit, months, first=index == 0)
    course.pause(start, pauses)
    raw_end = course.day
    course.roll(roll)
    return course.result(raw_end)


def _units(periods: Sequence[Period]) -> tuple[Unit, ...]:
    own = periods[0].unit
    used = {period.unit for period in periods[1:]} - {own}
    return (own, *(unit for unit in _ORDER if unit in used))


@dataclass(slots=True)
class _Course:
    """A reckoning on its way: the day reached, the steps so far, and whether every day looked at is a known one."""

    calendar: "Calendar"
    day: date
    steps: list[TraceStep]
    looked: bool = False
    known: bool = True

    def note(self, code: str, **facts: Fact) -> None:
        self.steps.append(TraceStep(code, facts))

    def count(self, periods: Sequence[Period], unit: Unit, months: MonthRule, *, first: bool) -> None:
        """Moves by the total of periods of one unit."""
        for index, period in enumerate(periods):
            self.note("trace-length" if first and index == 0 else "trace-extension", length=period)
        total = sum(period.n for period in periods)
        if unit == "working days":
            self._count_working_days(total)
        elif unit == "months":
            self._count_months(Period(total, unit), months)
        else:
            self.day = Period(total, unit).after(self.day)
        self.note("trace-ends-on", day=self.day)

    def pause(self, start: date, pauses: Sequence[Pause]) -> None:
        """Shifts the end by the days of the pauses, days that lie in several counted once."""
        for begin, end in _union(start, pauses):
            self.note("trace-pause", since=begin, until=end, length=Period((end - begin).days, "days"))
            self.day += end - begin
        if pauses:
            self.note("trace-ends-on", day=self.day)

    def roll(self, roll: Roll) -> None:
        """Moves an end on a day off to the next working day."""
        if roll == "none":
            self.note("trace-no-roll")
            return
        first = self.day
        while (holiday := self.calendar.holiday(self.day)) is not None:
            self.note("trace-roll-day", day=self.day, holiday=holiday)
            self.day += _DAY
        self._note_make_up()
        self._look(first, self.day)

    def result(self, raw_end: date) -> Due:
        self.note("trace-due", day=self.day)
        if self.looked:
            known_by = self.calendar
            self.note("trace-calendar", id=known_by.id, title=known_by.title, digest=known_by.digest)
        if not self.known:
            self.note("trace-provisional", since=self.calendar.known_from, until=self.calendar.known_until)
        return Due(raw_end, self.day, not self.known, tuple(self.steps))

    def _count_working_days(self, n: int) -> None:
        first = self.day + _DAY
        while n:
            self.day += _DAY
            holiday = self.calendar.holiday(self.day)
            if holiday is None:
                n -= 1
                self._note_make_up()
            else:
                self.note("trace-skipped-day", day=self.day, holiday=holiday)
        self._look(first, self.day)

    def _count_months(self, total: Period, rule: MonthRule) -> None:
        start, self.day = self.day, total.after(self.day, rule)
        if self.day.day < start.day:
            self.note("trace-month-end")
        elif rule == "month_end_sticky" and start.day == last_of_month(start.year, start.month):
            self.note("trace-month-end-sticky")

    def _note_make_up(self) -> None:
        if self.day.weekday() < 5:
            return
        step = TraceStep("trace-make-up-day", {"day": self.day})
        if step not in self.steps:  # the end of a count of working days is met again when it might roll
            self.steps.append(step)

    def _look(self, first: date, last: date) -> None:
        self.looked = True
        self.known = self.known and self.calendar.known_from <= first and last <= self.calendar.known_until


def _union(start: date, pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses in order, cut off at the start and with overlapping ones made one. Raises ValueError for a pause that
    ends before it begins."""
    joined: list[Pause] = []
    for begin, end in sorted(pauses):
        if end < begin:
            raise ValueError(f"a pause ends before it begins: {begin} to {end}")
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > max(begin, start):
            joined.append((max(begin, start), end))
    return joined
