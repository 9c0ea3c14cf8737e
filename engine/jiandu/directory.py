"""Who holds which office: units and people, asked by day, because people change office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from jiandu import shape
from jiandu.errors import GuideError
from jiandu.findings import Finding, in_order
from jiandu.source import Source, read_file
from jiandu.source.cursor import Cursor

Level = Literal["county", "city", "province", "national"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A procuratorate. `short` is its name in document numbers (`城中`); `superior` the unit above it, if known."""

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
        """The directory of a people file. Raises GuideError with all findings (its shape, unknown units, reversed
        terms, units superior to themselves), and UsageError for a file that cannot be read."""
        return cls.read(read_file(path))

    @classmethod
    def read(cls, source: Source) -> "PeopleFile":
        """The directory that a text describes. Raises GuideError with all findings."""
        findings = shape.check(source, "people") or in_order(list(_wrong(Cursor(source))))
        if findings:
            raise GuideError(findings)
        root = Cursor(source)
        units = {id_: _unit(id_, said) for id_, said in root.at("units").entries()}
        people = {
            id_: Person(id_, said.data["name"], str(said.data["unit"])) for id_, said in root.at("people").entries()
        }
        return cls(units, people, {id_: tuple(_offices(said)) for id_, said in root.at("people").entries()})

    def person(self, id_: str, /) -> Person | None:
        return self.people.get(id_)

    def unit(self, id_: str, /) -> Unit | None:
        return self.units.get(id_)

    def roles(self, person_id: str, unit_id: str, on: date) -> frozenset[str]:
        offices = self._offices.get(person_id, ())
        return frozenset(office.role for office in offices if office.unit == unit_id and office.held(on))


def _unit(id_: str, said: Cursor) -> Unit:
    data = said.data
    return Unit(id_, data["title"], data["short"], _id(data.get("superior")), data["level"])


def _offices(person: Cursor) -> Iterator[_Office]:
    for office in person.at("roles").each():
        data = office.data
        yield _Office(
            data["role"], str(data.get("unit", person.data["unit"])), _day(data.get("from")), _day(data.get("until"))
        )


def _id(written: str | int | None) -> str | None:
    """An id as a text; digits need no quotes."""
    return None if written is None else str(written)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _wrong(root: Cursor) -> Iterator[Finding]:
    """What makes no sense in a people file of the right shape."""
    units = root.at("units")
    circles = _circles({id_: _id(said.data.get("superior")) for id_, said in units.entries()})
    for id_, said in units.entries():
        yield from _known(said.at("superior"), units)
        if id_ in circles:
            yield Finding("people-superior-cycle", said.at("superior").place, {"units": circles[id_]})
    for _, person in root.at("people").entries():
        yield from _known(person.at("unit"), units)
        for office in person.at("roles").each():
            yield from _known(office.at("unit"), units)
            since, until = _day(office.data.get("from")), _day(office.data.get("until"))
            if since and until and until < since:
                yield Finding("people-term-reversed", office.at("until").place, {"since": since, "until": until})


def _known(unit: Cursor, units: Cursor) -> Iterator[Finding]:
    if unit.data is not None and str(unit.data) not in units:
        yield Finding("people-unknown-unit", unit.place, {"unit": unit.data})


def _circles(superiors: Mapping[str, str | None]) -> Mapping[str, tuple[str, ...]]:
    """The way from each unit upwards and back to it, of those from which the way up comes back."""
    found: dict[str, tuple[str, ...]] = {}
    past: set[str] = set()
    for first in superiors:
        way: list[str] = []
        unit: str | None = first
        while unit is not None and unit in superiors and unit not in past:
            past.add(unit)
            way.append(unit)
            unit = superiors[unit]
        around = way[way.index(unit) :] if unit in way else []
        found |= {one: (*around[n:], *around[:n], one) for n, one in enumerate(around)}
    return found
