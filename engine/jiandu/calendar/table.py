"""The official calendar: which days are worked, and when time limits end."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jiandu.calendar.period import MonthRule, Period
from jiandu.calendar.reading import PlaceOf, read
from jiandu.calendar.reckoning import Due, Pause, Roll, reckon
from jiandu.canonical import digest
from jiandu.findings import Place
from jiandu.shipped import folder
from jiandu.source import read_file

WEEKEND = "weekend"
"""What `Calendar.holiday` answers for a Saturday or Sunday that belongs to no named break."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and make-up working days, settled from `known_from` to `known_until`; outside, weekends alone are off.

    Two calendars are equal when they say the same, which is when they have the same `digest`.
    """

    id: str = field(compare=False)
    title: str = field(compare=False)
    known_from: date = field(compare=False)
    known_until: date = field(compare=False)
    content: bytes = field(repr=False, compare=False)
    digest: str
    _off: Mapping[date, str] = field(repr=False, compare=False)
    _work: frozenset[date] = field(repr=False, compare=False)

    @classmethod
    def from_data(cls, data: Any, place: PlaceOf | None = None) -> "Calendar":
        """The calendar that the data of a calendar file describe; `place` says where in it a path stands.

        Raises GuideError: a day twice, a span that ends before it begins, a year promised and missing.
        """
        table, content = read(data, place or _nowhere)
        return cls(
            table.id, table.title, table.known_from, table.known_until, content, digest(content), table.off, table.work
        )

    @classmethod
    def from_content(cls, content: bytes) -> "Calendar":
        """The calendar whose `content` was kept, in a database say."""
        return cls.from_data(json.loads(content))

    @classmethod
    def load(cls, path: Path) -> "Calendar":
        """The calendar of a file. Raises GuideError, and UsageError for a file that cannot be read."""
        source = read_file(path)
        return cls.from_data(source.data, source.place)

    def known_only(self, until: date) -> "Calendar":
        """The same calendar as if nothing after `until` had been published."""
        data = {**json.loads(self.content), "known_until": until.isoformat()}
        data["years"] = {year: said for year, said in data["years"].items() if int(year) <= until.year}
        return self.from_data(data)

    @staticmethod
    def shipped() -> "Calendar":
        """The calendar that comes with jiandu, `guides/calendars/cn.yaml`; read once."""
        return _shipped()

    def is_working(self, day: date) -> bool:
        """Whether a day is worked: Monday to Friday unless it is a day off, and every make-up day."""
        return self.holiday(day) is None

    def holiday(self, day: date) -> str | None:
        """Why a day is off: a holiday's Chinese name, or `weekend`; None for a working day."""
        if day.weekday() < 5:
            return self._off.get(day)
        return None if day in self._work else self._off.get(day, WEEKEND)

    def due(
        self,
        start: date,
        length: Period,
        *,
        extensions: Sequence[Period] = (),
        pauses: Sequence[Pause] = (),
        roll: Roll = "next_working_day",
        months: MonthRule = "corresponding_day",
    ) -> Due:
        """When a limit of `length` that `start` sets off ends (刑诉法 105, 民法典 201 to 203).

        The start does not count. Extensions add to the end by counting, never to a rolled one; closed pauses, each from
        a day to a day, shift it by calendar days; an end on a day off moves to the next working day unless `roll` is
        `none` (custody). Raises ValueError for hours and for a pause that ends before it begins.
        """
        return reckon(self, start, (length, *extensions), pauses, roll, months)


@cache
def _shipped() -> Calendar:
    return Calendar.load(folder("guides") / "calendars" / "cn.yaml")


def _nowhere(path: tuple[str | int, ...]) -> Place:
    """A place for data that came from no file: the path itself takes the name of the file."""
    return Place(".".join(("calendar", *map(str, path))), 1, 1)
