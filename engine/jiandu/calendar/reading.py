"""From the data of a calendar file to days off and make-up days; what makes no sense becomes findings with places."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from jiandu.canonical import NotCanonicalError, encode
from jiandu.errors import GuideError
from jiandu.findings import Finding, Place, in_order

Path = tuple[str | int, ...]
PlaceOf = Callable[[Path], Place]

_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Table:
    """What a calendar file says about days."""

    id: str
    title: str
    known_from: date
    known_until: date
    off: dict[date, str]
    work: frozenset[date]


class _MisshapenError(Exception):
    """Not the shape of a calendar: what stands at `path` is not what is `wanted` there."""

    def __init__(self, path: Path, wanted: str) -> None:
        super().__init__(path, wanted)
        self.path, self.wanted = path, wanted


def read(data: Any, place: PlaceOf) -> tuple[Table, bytes]:
    """The table of days and the canonical bytes of the data. Raises GuideError with all findings; of misshapen data
    with the first alone, since the schema of calendars says the rest."""
    reading = _Reading(place)
    try:
        table, content = reading.table(data), _bytes(data)
    except _MisshapenError as wrong:
        reading.wrong("calendar-shape", wrong.path, wanted=wrong.wanted)
    if reading.findings:
        raise GuideError(in_order(reading.findings))
    return table, content


@dataclass(slots=True)
class _Reading:
    place: PlaceOf
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, rule: str, path: Path, **facts: object) -> None:
        self.findings.append(Finding(rule, self.place(path), facts))

    def table(self, data: Any) -> Table:
        match data:
            case {"jiandu": 1, "id": str(id_), "title": str(title), "years": dict(years)}:
                known_from, known_until = self._span(data, "known_from", "known_until", ())
            case _:
                raise _MisshapenError((), "jiandu: 1, id, title, known_from, known_until, years")
        off: dict[date, str] = {}
        work: set[date] = set()
        for year, said in years.items():
            self._year(year, said, off, work)
        self._missing_years(known_from, known_until, years)
        return Table(id_, title, known_from, known_until, off, frozenset(work))

    def _year(self, year: Any, said: Any, off: dict[date, str], work: set[date]) -> None:
        path: Path = ("years", year)
        if not (isinstance(year, str) and _YEAR.fullmatch(year)):
            raise _MisshapenError(path, '"2026"')
        match said:
            case {"off": list(holidays), "work": list(days)}:
                pass
            case _:
                raise _MisshapenError(path, "notice, off, work")
        for day, name, where in self._off_days(int(year), holidays, (*path, "off")):
            self._once(day, where, off, work)
            off[day] = name
        for day, where in self._work_days(int(year), days, (*path, "work")):
            self._once(day, where, off, work)
            work.add(day)

    def _off_days(self, year: int, holidays: list[Any], path: Path) -> Iterator[tuple[date, str, Path]]:
        for index, holiday in enumerate(holidays):
            where = (*path, index)
            match holiday:
                case {"name": str(name)}:
                    first, last = self._span(holiday, "from", "to", where)
                case _:
                    raise _MisshapenError(where, "name, from, to")
            if self._of_year(first, year, (*where, "from")) and self._of_year(last, year, (*where, "to")):
                for ahead in range((last - first).days + 1):
                    yield first + timedelta(days=ahead), name, where

    def _work_days(self, year: int, days: list[Any], path: Path) -> Iterator[tuple[date, Path]]:
        for index, written in enumerate(days):
            where = (*path, index)
            day = _day(written, where)
            if day.weekday() < 5:
                self.wrong("calendar-work-weekday", where, day=day)
            if self._of_year(day, year, where):
                yield day, where

    def _once(self, day: date, where: Path, off: dict[date, str], work: set[date]) -> None:
        if day in off or day in work:
            self.wrong("calendar-day-twice", where, day=day)

    def _of_year(self, day: date, year: int, where: Path) -> bool:
        if day.year == year or (day.year, day.month) == (year - 1, 12):
            return True
        self.wrong("calendar-other-year", where, day=day, year=year)
        return False

    def _span(self, data: dict[str, Any], begin: str, end: str, path: Path) -> tuple[date, date]:
        first, last = _day(data.get(begin), (*path, begin)), _day(data.get(end), (*path, end))
        if last < first:
            self.wrong("calendar-span", (*path, end), begin=first, end=last)
        return first, last

    def _missing_years(self, known_from: date, known_until: date, years: dict[str, Any]) -> None:
        for year in range(known_from.year, known_until.year + 1):
            if str(year) not in years:
                self.wrong("calendar-year-missing", ("known_until",), year=year, until=known_until)


def _bytes(data: Any) -> bytes:
    try:
        return encode(data)
    except NotCanonicalError as wrong:
        raise _MisshapenError(wrong.path, "canonical JSON") from None


def _day(written: Any, path: Path) -> date:
    try:
        day = date.fromisoformat(written)
    except (TypeError, ValueError):
        raise _MisshapenError(path, "2026-05-06") from None
    if day.isoformat() != written:
        raise _MisshapenError(path, day.isoformat())
    return day
