"""A story as it is written: who takes part, what happens day by day, what must be true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from jiandu import shape
from jiandu.case import Actor, Request
from jiandu.directory import Person, Unit
from jiandu.errors import GuideError
from jiandu.findings import Finding, Place
from jiandu.source import read_file
from jiandu.source.cursor import Cursor

OWN = Unit("630102", "城东区人民检察院", "城东", "630100", "county")
"""The procuratorate of a story that names none."""


ABOVE = (
    Unit("630100", "西宁市人民检察院", "西宁", "630000", "city"),
    Unit("630000", "青海省人民检察院", "青", None, "province"),
)
"""The procuratorates above it."""
VERBS = (
    *("expect", "open", "do", "amend", "assign", "extend", "suspend", "resume"),
    *("link", "note", "rescind", "tick", "adopt", "calendar"),
)
"""What an item may be; `assign` before what it assigns, so that the verb is found first."""


NAMED = ("do", "amend", "extend", "link")
"""The verbs that stand before the name of what they are about."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a story: an act (the opening too), or an expectation."""

    cursor: Cursor

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.cursor.value_place

    @property
    def data(self) -> Mapping[str, Any]:
        """What is written."""
        found: Mapping[str, Any] = self.cursor.data
        return found

    @property
    def day(self) -> date | None:
        """Its legal day."""
        if "at" in self.data:
            return datetime.fromisoformat(self.data["at"]).date()
        return date.fromisoformat(self.data["day"]) if "day" in self.data else None

    @property
    def recorded_on(self) -> date | None:
        """The day on which it is entered, where that is not the day of the act."""
        written = self.data.get("recorded_on")
        return date.fromisoformat(written) if written else None

    @property
    def verb(self) -> str:
        """What it is: an act of some kind, an expectation, or the loading of a calendar."""
        return next(verb for verb in VERBS if verb in self.data)

    def request(self, guide: str, names: Mapping[str, str]) -> Request:
        """What is asked of the engine; `names` are the ids of the cases by the names of the story."""
        data, verb = self.data, self.verb
        attached = {field: attachment(name) for field, name in data.get("attach", {}).items()}
        given = data["adopt"] if verb == "adopt" else data
        named = (
            data[verb] if isinstance(data[verb], str) and verb in ("do", "amend", "extend", "link", "suspend") else verb
        )
        other = data.get("other", "")
        return Request(
            name=guide if verb in ("open", "adopt") else named,
            day=self.day or date.min,
            at=datetime.fromisoformat(data["at"]) if "at" in data else None,
            record=given if verb == "adopt" else {**data.get("record", {}), **attached},
            card=given.get("card", {}),
            assigns={
                role: _persons(who) for role, who in {**given.get("assigns", {}), **given.get("holders", {})}.items()
            },
            paper=data.get("paper"),
            to=data.get("to"),
            of=data.get("of"),
            people=tuple(data.get("people", ())),
            reason=data.get("note", data.get("reason", "")),
            ground=data["suspend"] if verb == "suspend" else data.get("ground", ""),
            other=names.get(other, other),
        )


def _persons(who: str | list[str]) -> tuple[str, ...]:
    return (who,) if isinstance(who, str) else tuple(who)


@dataclass(frozen=True, slots=True)
class Story:
    """A story with all that came before it in the stories it begins with."""

    id: str
    guide: str
    title: str
    file: str
    place: Place
    cast: Mapping[str, Actor]
    unit: Unit
    above: tuple[Unit, ...]
    items: tuple[Item, ...]
    own: int
    """The number of the first item that is its own, not of the story it begins with."""

    @property
    def directory(self) -> "Cast":
        """The people of the story, as an engine asks for them."""
        return Cast(self)


@dataclass(frozen=True, slots=True)
class Cast:
    """A Directory of the people of a story; their roles never change."""

    story: Story

    def person(self, id_: str, /) -> Person | None:
        """The person of that name."""
        actor = self.story.cast.get(id_)
        return Person(id_, id_, actor.unit or self.story.unit.id) if actor else None

    def unit(self, id_: str, /) -> Unit | None:
        """A procuratorate of the story; any other is like that of the case."""
        known = (unit for unit in (self.story.unit, *self.story.above) if unit.id == id_)
        return next(known, replace(self.story.unit, id=id_) if id_.isdigit() else None)

    def roles(self, person_id: str, unit_id: str, on: date) -> frozenset[str]:  # noqa: ARG002 (the protocol asks with a day)
        """The roles the story gives the person, whatever the day."""
        actor = self.story.cast.get(person_id)
        return actor.roles if actor and actor.unit == unit_id else frozenset()


def attachment(name: str) -> dict[str, str]:
    """An attachment of that name, as a host would describe the file."""
    return {"name": name, "digest": sha256(name.encode()).hexdigest()}


def find_stories(folder: Path, guide: str | None = None) -> Iterator[Path]:
    """The story files below a folder of guides, in order; of one guide, or of all."""
    home = folder / "scenarios"
    yield from sorted((home / guide if guide else home).rglob("*.yaml"))


def read_story(path: Path, file: str | None = None) -> Story:
    """The story in a file, and before it the one that it begins with, from the same folder.

    Raises GuideError with findings about its shape, UsageError for files that cannot be read.
    """
    own, *earlier = _chain(path, file)
    before: Story | None = None
    for root, where in reversed(earlier):
        before = _told(root, where, before)
    return _told(*own, before)


def _chain(path: Path, file: str | None) -> list[tuple[Cursor, Path]]:
    """The text of the story, of the one that it begins with, and so on, however many there are."""
    found, seen = [(_root(path, file), path)], {path.stem}
    while (begins := found[-1][0].at("begins")).data is not None:
        if begins.data in seen:
            raise GuideError((Finding("story-circle", begins.value_place, {"name": begins.data}),))
        other = path.with_name(f"{begins.data}.yaml")
        if not other.is_file():
            raise GuideError((Finding("unknown-story", begins.value_place, {"name": begins.data}),))
        seen.add(begins.data)
        found.append((_root(other, None), other))
    return found


def _root(path: Path, file: str | None) -> Cursor:
    source = read_file(path, file)
    if findings := shape.check(source, "scenario"):
        raise GuideError(findings)
    return Cursor(source)


def _told(root: Cursor, path: Path, whole: Story | None) -> Story:
    """The story of a text, after what came before it."""
    before = _cut(whole, root.at("until")) if whole else None
    items = tuple(Item(entry) for entry in root.at("story").each())
    unit = _unit(root, before)
    superiors = _above(root, unit)
    cast = {**(before.cast if before else {}), **_cast(root, unit, superiors)}
    earlier = before.items if before else ()
    story = Story(
        path.stem, root.data["guide"], root.data["title"], root.source.file, root.at("title").place, cast, unit,
        superiors, (*earlier, *items), len(earlier),
    )  # fmt: skip
    _check_cast(story, items)
    return story


def _cut(story: Story, until: Cursor) -> Story:
    """The story up to and including the last doing of an act, or everything up to and including a day."""
    stop = until.data
    if stop is None:
        return story
    if stop[0].isdigit():
        return replace(story, items=tuple(item for item in story.items if item.day and item.day.isoformat() <= stop))
    found = [
        index for index, item in enumerate(story.items) if item.data.get("do") == stop and "refused" not in item.data
    ]
    if not found:
        raise GuideError((Finding("unknown-act", until.value_place, {"name": stop}),))
    return replace(story, items=story.items[: found[-1] + 1])


def _unit(root: Cursor, before: Story | None) -> Unit:
    """The unit of the story: of its level, and with the id that it gives."""
    own, level = root.at("units", "own").data, root.data.get("level")
    told = before.unit if before else OWN
    if level is not None:
        told = next(unit for unit in (OWN, *ABOVE) if unit.level == level)
    return replace(told, id=str(own)) if own is not None else told


def _above(root: Cursor, unit: Unit) -> tuple[Unit, ...]:
    """The units above, nearest first, by the ids that the story gives them."""
    levels = [one.level for one in (OWN, *ABOVE)]
    above = ABOVE[levels.index(unit.level) :]
    ids = {one: root.at("units", name).data for one, name in zip(above, ("superior", "province"), strict=False)}
    if above and (province := root.at("units", "province").data) is not None:
        ids[above[-1]] = province
    return tuple(replace(one, id=str(ids[one])) if ids.get(one) is not None else one for one in above)


def _cast(root: Cursor, unit: Unit, above: tuple[Unit, ...]) -> dict[str, Actor]:
    units = {"superior": above[0].id, "province": above[-1].id} if above else {}
    units |= {name: str(entry.data) for name, entry in root.at("units").entries()}
    return {name: _actor(name, entry.data, unit, units) for name, entry in root.at("cast").entries()}


def _actor(name: str, said: Any, unit: Unit, units: Mapping[str, str]) -> Actor:
    if isinstance(said, str):
        return Actor(name, frozenset((said,)), unit.id)
    roles = said.get("roles") or [said["role"]]
    where = str(said.get("unit", "own"))
    return Actor(name, frozenset(roles), unit.id if where == "own" else units.get(where, where))


def _check_cast(story: Story, items: tuple[Item, ...]) -> None:
    findings = tuple(
        Finding("unknown-person-in-story", item.cursor.at("as").value_place, {"name": item.data["as"]})
        for item in items
        if "as" in item.data and item.data["as"] not in story.cast
    )
    if findings:
        raise GuideError(findings)
