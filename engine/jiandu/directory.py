"""Who holds which office: units and people, asked by day, because people change office."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol, cast, get_args

from jiandu.errors import GuideError
from jiandu.findings import Finding, Place, in_order
from jiandu.source import read_file

Level = Literal["county", "city", "province", "national"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A procuratorate. `short` is its name in document numbers (`城中检`); `superior` the unit above it, if known."""

    id: str
    title: str
    short: str
    superior: str | None
    level: Level


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the staff of `unit`."""

    id: str
    name: str
    unit: str


class Directory(Protocol):
    """What the engine asks about people; an embedding system answers from its own records."""

    def person(self, id_: str, /) -> Person | None:
        """The person of that id."""
        ...

    def unit(self, id_: str, /) -> Unit | None:
        """The unit of that id."""
        ...

    def roles(self, person_id: str, unit_id: str, on: date) -> frozenset[str]:
        """The roles the person held in that unit on that legal day; none for a stranger."""
        ...


@dataclass(frozen=True, slots=True)
class _Office:
    """A role held in a unit, from the first to the last day, both included; None leaves that end open."""

    role: str
    unit: str
    since: date | None
    until: date | None

    def held(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A directory written down in a file, for small offices, practice and tests."""

    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    _offices: Mapping[str, tuple[_Office, ...]] = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> "PeopleFile":
        """The directory of a people file. Raises GuideError with all findings (unknown units, reversed terms, units
        superior to themselves), and UsageError for a file that cannot be read."""
        source = read_file(path)
        return cls.from_data(source.data, source.place)

    @classmethod
    def from_data(cls, data: Any, place: "_PlaceOf") -> "PeopleFile":
        """The directory that such data describe; `place` says where in the file a path stands."""
        reading = _Reading(place)
        try:
            people_file = reading.people_file(data)
        except _MisshapenError as wrong:
            reading.wrong("people-shape", wrong.path, wanted=wrong.wanted)
        if reading.findings:
            raise GuideError(in_order(reading.findings))
        return people_file

    def person(self, id_: str, /) -> Person | None:
        return self.people.get(id_)

    def unit(self, id_: str, /) -> Unit | None:
        return self.units.get(id_)

    def roles(self, person_id: str, unit_id: str, on: date) -> frozenset[str]:
        offices = self._offices.get(person_id, ())
        return frozenset(office.role for office in offices if office.unit == unit_id and office.held(on))


_Path = tuple[str | int, ...]
_PlaceOf = Callable[[_Path], Place]


class _MisshapenError(Exception):
    """Not the shape of a people file: what stands at `path` is not what is `wanted` there."""

    def __init__(self, path: _Path, wanted: str) -> None:
        super().__init__(path, wanted)
        self.path, self.wanted = path, wanted


@dataclass(slots=True)
class _Reading:
    place: _PlaceOf
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, rule: str, path: _Path, **facts: object) -> None:
        self.findings.append(Finding(rule, self.place(path), facts))

    def people_file(self, data: Any) -> PeopleFile:
        match data:
            case {"jiandu": 1, "units": dict(units), "people": dict(people)}:
                pass
            case _:
                raise _MisshapenError((), "jiandu: 1, units, people")
        read_units = {id_: self._unit(said, ("units", id_)) for id_, said in _named(units, ("units",))}
        self._superiors(read_units)
        read_people, offices = {}, {}
        for id_, said in _named(people, ("people",)):
            path: _Path = ("people", id_)
            read_people[id_] = person = self._person(said, path, read_units)
            offices[id_] = tuple(self._offices(said.get("roles", []), person.unit, (*path, "roles"), read_units))
        return PeopleFile(read_units, read_people, offices)

    def _unit(self, said: Any, path: _Path) -> Unit:
        match said:
            case {"title": str(title), "short": str(short), "level": str(level)} if level in get_args(Level):
                superior = _text_or_none(said, "superior", path)
                return Unit(str(path[-1]), title, short, superior, cast(Level, level))
        raise _MisshapenError(path, "title, short, level (county, city, province, national)")

    def _superiors(self, units: Mapping[str, Unit]) -> None:
        for id_, unit in units.items():
            if unit.superior is None:
                continue
            path = ("units", id_, "superior")
            self._known(unit.superior, path, units)
            if circle := _circle(id_, units):
                self.wrong("people-superior-cycle", path, units=circle)

    def _person(self, said: Any, path: _Path, units: Mapping[str, Unit]) -> Person:
        match said:
            case {"name": str(name), "unit": str(unit)}:
                self._known(unit, (*path, "unit"), units)
                return Person(str(path[-1]), name, unit)
        raise _MisshapenError(path, "name, unit, roles")

    def _offices(self, said: Any, own_unit: str, path: _Path, units: Mapping[str, Unit]) -> Iterator[_Office]:
        if not isinstance(said, list):
            raise _MisshapenError(path, "[{role, from, until, unit}]")
        for index, office in enumerate(said):
            yield self._office(office, own_unit, (*path, index), units)

    def _office(self, said: Any, own_unit: str, path: _Path, units: Mapping[str, Unit]) -> _Office:
        match said:
            case {"role": str(role)}:
                unit = _text_or_none(said, "unit", path)
                since, until = _day_or_none(said, "from", path), _day_or_none(said, "until", path)
            case _:
                raise _MisshapenError(path, "role, from, until, unit")
        if unit is not None:
            self._known(unit, (*path, "unit"), units)
        if since and until and until < since:
            self.wrong("people-term-reversed", (*path, "until"), since=since, until=until)
        return _Office(role, unit or own_unit, since, until)

    def _known(self, unit: str, path: _Path, units: Mapping[str, Unit]) -> None:
        if unit not in units:
            self.wrong("people-unknown-unit", path, unit=unit)


def _circle(first: str, units: Mapping[str, Unit]) -> tuple[str, ...]:
    """The units from `first` upwards and back to it; empty if the way up does not come back to it."""
    way = [first]
    while (unit := units.get(way[-1])) and unit.superior is not None:
        if unit.superior == first:
            return (*way, first)
        if unit.superior in way:
            return ()
        way.append(unit.superior)
    return ()


def _named(entries: dict[Any, Any], path: _Path) -> Iterator[tuple[str, Any]]:
    for id_, said in entries.items():
        if not isinstance(id_, str):
            raise _MisshapenError((*path, id_), f'"{id_}"')
        yield id_, said


def _text_or_none(said: dict[str, Any], key: str, path: _Path) -> str | None:
    if (value := said.get(key)) is None or isinstance(value, str):
        return value
    raise _MisshapenError((*path, key), f'"{value}"')


def _day_or_none(said: dict[str, Any], key: str, path: _Path) -> date | None:
    if (value := said.get(key)) is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _MisshapenError((*path, key), "2026-05-06") from None
    if day.isoformat() != value:
        raise _MisshapenError((*path, key), day.isoformat())
    return day
