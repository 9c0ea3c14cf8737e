"""From a text of the right shape to a guide: every name known, every condition compiled, or every fault reported."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from jiandu.canonical import digest, encode
from jiandu.catalogue import said
from jiandu.errors import GuideError
from jiandu.findings import in_order
from jiandu.guide.build import acts, deadlines, papers
from jiandu.guide.build.reader import Reader
from jiandu.guide.bundle import Bundle
from jiandu.guide.model import (
    ANY_MEMBER,
    Act,
    Guide,
    Migration,
    Relation,
    Role,
    Secrecy,
    Setting,
    State,
    Statement,
    Suspension,
)
from jiandu.source.cursor import Cursor


def build(bundle: Bundle) -> Guide:
    """The guide of the bundle. Raises GuideError with all findings about its names and conditions."""
    reader = Reader(bundle)
    reader.documents.update({k: papers.document(reader, k, c) for k, c in reader.sections["documents"].items()})
    for name, (cursor, _) in (*reader.steps.items(), *reader.moves.items()):
        papers.collect(reader, name, cursor)
    guide = _guide(reader)
    if reader.names.findings:
        raise GuideError(in_order(reader.names.findings))
    return guide


def _guide(reader: Reader) -> Guide:
    root, data = reader.root, reader.root.data
    found = acts.acts(reader)
    states = {key: _state(reader, key, c) for key, c in reader.sections["states"].items()}
    effective = data["effective"]
    backdate = reader.sections["powers"].get("backdate")
    settings = {key: _setting(reader, key, c) for key, c in reader.sections["settings"].items()}
    return Guide(
        id=data["id"],
        version=data["version"],
        title=reader.text(root.at("title")),
        status=data["status"],
        effective_from=date.fromisoformat(effective["from"]),
        effective_to=date.fromisoformat(effective["to"]) if "to" in effective else None,
        number=data.get("number", ""),
        initial=data["initial"],
        outcomes={code: reader.text(c) for code, c in reader.sections["outcomes"].items()},
        roles={key: _role(reader, key, c) for key, c in reader.sections["roles"].items()} | _any_member(reader),
        fields=reader.names.fields,
        documents=reader.documents,
        states=states,
        acts=found,
        deadlines=deadlines.deadlines(reader),
        powers=acts.powers(reader),
        backdate=reader.counted_back(backdate) if backdate else None,
        settings=settings,
        settings_digest=digest(encode({name: setting.value for name, setting in settings.items()})),
        related={key: _relation(reader, key, c) for key, c in reader.sections["related"].items()},
        suspension=_suspension(reader, root.at("suspension")),
        secrecy=_secrecy(reader, root.at("secrecy")),
        statements=tuple(_statements(reader)),
        migrations=tuple(_migration(reader, c) for c in root.at("migrate").each()),
        text=reader.bundle.content,
        digest=reader.bundle.digest,
        offered={state: tuple(act for act in found.values() if state in act.states) for state in states},
        awaited=_awaited(found),
        counted=frozenset(reader.names.counted),
        openers=_openers(found),
        citations=reader.citations,
    )


def _role(reader: Reader, key: str, cursor: Cursor) -> Role:
    data = cursor.data
    unit, quorum = data.get("unit", "own"), data.get("quorum")
    by_field = isinstance(unit, dict)
    return Role(
        key,
        reader.text(cursor.at("title")),
        cursor.place,
        assigned=data.get("assigned", ""),
        also=reader.roles(cursor.at("also")),
        outside=data.get("outside", False),
        unit="own" if by_field else unit,
        unit_field=reader.field_of_type(cursor.at("unit", "field"), "department", "organ", "string")
        if by_field
        else "",
        recorded_by=reader.roles(cursor.at("recorded_by")),
        collective=data.get("collective", False),
        advisory=data.get("advisory", False),
        quorum=quorum if isinstance(quorum, int) else 0,
    )


def _any_member(reader: Reader) -> dict[str, Role]:
    return {ANY_MEMBER: Role(ANY_MEMBER, said("role-any-member"), reader.root.place)}


def _state(reader: Reader, key: str, cursor: Cursor) -> State:
    why = cursor.at("why")
    return State(
        key,
        reader.text(cursor.at("title")),
        cursor.place,
        stage=cursor.data.get("stage", ""),
        why=reader.text(why) if why.data else None,
        final=key in reader.final,
        basis=reader.basis(cursor),
    )


def _setting(reader: Reader, key: str, cursor: Cursor) -> Setting:
    data = cursor.data
    value = reader.bundle.settings.get(key, data["default"])
    return Setting(
        key, reader.text(cursor.at("title")), data["type"], cursor.place, data["default"], value, data["mark"]
    )


def _relation(reader: Reader, key: str, cursor: Cursor) -> Relation:
    return Relation(key, reader.text(cursor.at("title")), cursor.data["guide"], cursor.data.get("holds", False))


def _suspension(reader: Reader, cursor: Cursor) -> Suspension | None:
    if cursor.data is None:
        return None
    return Suspension(reader.texts(cursor.at("grounds")), reader.states(cursor.at("from")))


def _secrecy(reader: Reader, cursor: Cursor) -> Secrecy | None:
    if cursor.data is None:
        return None
    when, readers = reader.condition(cursor.at("when")), reader.roles(cursor.at("readers"))
    return Secrecy(when, readers, cursor.place, reader.basis(cursor)) if when else None


def _statements(reader: Reader) -> Iterator[Statement]:
    for cursor in reader.root.at("statements").each():
        never = "never" in cursor
        if condition := reader.condition(cursor.at("never" if never else "always")):
            yield Statement(condition, never, reader.text(cursor.at("says")), cursor.place)


def _migration(reader: Reader, cursor: Cursor) -> Migration:
    among: Mapping[str, Collection[str]] = {
        "states": reader.names.states, "acts": reader.names.acts, "fields": reader.names.fields,
    }  # fmt: skip
    for section, names in among.items():
        for _, entry in cursor.at(section).entries():
            reader.names.known(section.removesuffix("s"), entry.data, entry, names)
    data: Mapping[str, Any] = cursor.data
    return Migration(data["from"], data.get("states", {}), data.get("acts", {}), data.get("fields", {}))


def _awaited(found: Mapping[str, Act]) -> dict[str, tuple[Act, ...]]:
    waiting: dict[str, list[Act]] = {}
    for step in found.values():
        for name in step.before:
            waiting.setdefault(name, []).append(step)
    return {name: tuple(steps) for name, steps in waiting.items()}


def _openers(found: Mapping[str, Act]) -> dict[str, Act]:
    first: dict[str, Act] = {}
    for act in found.values():
        first.setdefault(act.step, act)
    return first
