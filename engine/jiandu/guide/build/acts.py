"""Acts: steps, transitions, and the general acts that powers allow."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jiandu.catalogue import said
from jiandu.guide.build import papers
from jiandu.guide.build.reader import Reader
from jiandu.guide.model import Act, Opens, People, Rule
from jiandu.source.cursor import Cursor

POWERS = ("amend", "assign", "note", "extend", "suspend", "link", "migrate", "adopt", "rescind")
"""The general acts that a guide gives to roles; `resume` goes with `suspend`."""


def acts(reader: Reader) -> dict[str, Act]:
    """Every act of the guide by its name, in the order of the text."""
    found: dict[str, Act] = {}
    for name, (cursor, state) in reader.steps.items():
        found |= {act.name: act for act in _step(reader, name, cursor, state)}
    for name, (cursor, state) in reader.moves.items():
        found[name] = _transition(reader, name, cursor, state)
    return found


def _step(reader: Reader, name: str, cursor: Cursor, state: str) -> Iterator[Act]:
    step = replace(
        _common(reader, name, cursor, state),
        before=_before(reader, cursor, state),
        repeat=cursor.data.get("repeat", False),
        event=cursor.data.get("event", False),
        at_most=cursor.data.get("at_most"),
    )
    if "sends" not in cursor:
        yield step
    elif document := reader.documents.get(cursor.data["sends"]):
        yield from papers.paper_acts(reader, step, document, cursor)


def _transition(reader: Reader, name: str, cursor: Cursor, state: str) -> Act:
    data, to, outcome = cursor.data, cursor.at("to"), cursor.at("outcome")
    reader.names.known("state", to.data, to, reader.names.states)
    reader.deciding(cursor.at("by"))
    return replace(
        _common(reader, name, cursor, state),
        to=to.data,
        event=data.get("event", False),
        resumes=data.get("resumes", False),
        reopens=data.get("reopens", False),
        outcome=_outcome(reader, outcome) if isinstance(outcome.data, str) else "",
        outcome_field=_outcome_field(reader, outcome.at("field")) if isinstance(outcome.data, dict) else "",
    )


def _role(reader: Reader, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = reader.sections["roles"][name].data if name in reader.sections["roles"] else {}
    return found


def _outcome(reader: Reader, cursor: Cursor) -> str:
    reader.names.known("outcome", cursor.data, cursor, reader.sections["outcomes"])
    return str(cursor.data)


def _outcome_field(reader: Reader, cursor: Cursor) -> str:
    if reader.names.known("field", cursor.data, cursor, reader.names.fields):
        for code in reader.names.fields[cursor.data].choices:
            reader.names.known("outcome", code, cursor, reader.sections["outcomes"])
    return str(cursor.data)


def _common(reader: Reader, name: str, cursor: Cursor, state: str) -> Act:
    data = cursor.data
    return Act(
        name,
        reader.text(cursor.at("title")),
        cursor.place,
        states=(state,) if state else reader.states(cursor.at("during"), cursor.at("except")),
        owner=state,
        step=name,
        by=reader.roles(cursor.at("by")),
        not_by=reader.acts(cursor.at("not_by")),
        when=reader.condition(cursor.at("when")),
        rules=tuple(rule for key, c in cursor.at("rules").entries() for rule in _rules(reader, key, c, name)),
        after=reader.acts(cursor.at("after")),
        assigns=_assigned(reader, cursor.at("assigns")),
        numbers_case=data.get("numbers") == "case",
        fills=reader.fields(cursor.at("fills")),
        record=reader.names.records.get(name, {}),
        sets=_sets(reader, cursor.at("sets")),
        opens=_opens(reader, cursor.at("opens"), cursor.at("record")),
        people=_people(reader, cursor.at("people")),
        document=data.get("sends", ""),
        basis=reader.basis(cursor),
    )


def _sets(reader: Reader, cursor: Cursor) -> Mapping[str, Any]:
    for key, entry in cursor.entries():
        if reader.names.known("field", key, entry, reader.names.fields, key=True):
            reader.fits(reader.names.fields[key], entry)
    return dict(cursor.data or {})


def _assigned(reader: Reader, cursor: Cursor) -> str:
    if cursor.data is None:
        return ""
    if reader.names.known("role", cursor.data, cursor, reader.names.roles) and "assigned" not in _role(
        reader, cursor.data
    ):
        reader.names.report("role-not-assigned", cursor, name=cursor.data)
    return str(cursor.data)


def _rules(reader: Reader, key: str, cursor: Cursor, acting: str) -> Iterator[Rule]:
    """A rule, or each of its versions."""
    versions = tuple(cursor.at("versions").each())
    for version in versions or (cursor,):
        must = reader.condition(version.at("must") if "must" in version else cursor.at("must"), acting)
        if must is None:
            continue
        basis = reader.basis(version) or reader.basis(cursor)
        unsure = bool(basis) and all(citation.mark == "unverified" for citation in basis)
        since, until = reader.span(version) if versions else (None, None)
        yield Rule(
            key,
            must=must,
            says=reader.text(version.at("says") if "says" in version else cursor.at("says")),
            place=cursor.place,
            if_=reader.condition(cursor.at("if"), acting),
            warns=unsure or cursor.data.get("enforce") == "warn",
            basis=basis,
            since=since,
            until=until,
        )


def _opens(reader: Reader, cursor: Cursor, record: Cursor) -> Opens | None:
    if cursor.data is None:
        return None
    relation = cursor.at("related") if isinstance(cursor.data, dict) else cursor
    reader.names.known("relation", relation.data, relation, reader.names.relations)
    each = cursor.at("for_each", "record")
    parts = _parts(reader, each, record)
    return Opens(
        relation.data,
        each=each.data or "",
        unit_field=reader.field_of_type(cursor.at("unit", "field"), "department", "organ", "string"),
        fills={key: _filling(reader, entry, parts) for key, entry in cursor.at("with").entries()},
        choose=tuple(
            (condition, str(option.at("guide").data))
            for option in cursor.at("choose").each()
            if (condition := reader.condition(option.at("when"))) is not None
        ),
    )


def _parts(reader: Reader, each: Cursor, record: Cursor) -> Collection[str] | None:
    """The parts of the entries that each get a case; none where the act opens one alone, None where nobody knows."""
    if each.data is None:
        return ()
    if not reader.names.known("field", each.data, each, dict(record.entries())):
        return None
    field = record.at(each.data)
    if not field.data.get("many"):
        reader.names.report("each-of-one", each, name=each.data)
    return tuple(name for name, _ in field.at("fields").entries())


def _filling(reader: Reader, cursor: Cursor, parts: Collection[str] | None) -> tuple[str, Any]:
    if not isinstance(cursor.data, dict):
        return "constant", cursor.data
    if "field" in cursor:
        reader.names.known("field", cursor.data["field"], cursor.at("field"), reader.names.fields)
        return "field", cursor.data["field"]
    if parts is not None:
        reader.names.known("field", cursor.data["each"], cursor.at("each"), parts)
    return "each", cursor.data["each"]


def _people(reader: Reader, cursor: Cursor) -> People | None:
    if cursor.data is None:
        return None
    return People(cursor.data["at_least"], reader.roles(cursor.at("of")), reader.roles(cursor.at("including")))


def _before(reader: Reader, cursor: Cursor, state: str) -> tuple[str, ...]:
    before = cursor.at("before")
    if cursor.data.get("optional"):
        return ()
    if before.data is None:
        written = reader.sections["states"][state].at("transitions").entries() if state else ()
        return tuple(name for name, move in written if not move.data.get("event"))
    return tuple(act for entry in before.each() for act in _preceded(reader, entry))


def _preceded(reader: Reader, entry: Cursor) -> Iterable[str]:
    if entry.data in reader.names.states and entry.data not in reader.names.acts:
        return [name for name, (move, _) in reader.moves.items() if move.data.get("to") == entry.data]
    reader.names.known("act", entry.data, entry, reader.names.acts | reader.names.states)
    return [entry.data]


def powers(reader: Reader) -> dict[str, Act]:
    """The general acts by verb, opening a case among them."""
    found = {"open": _opening(reader)}
    for verb, cursor in reader.sections["powers"].items():
        if verb != "backdate":
            found[verb] = _general(reader, verb, cursor)
    if "suspend" in found:
        found["resume"] = replace(found["suspend"], name="resume", title=said("act-resume"), step="resume")
    return found


def _general(reader: Reader, verb: str, cursor: Cursor) -> Act:
    place, states = cursor.place, reader.open_states
    return Act(verb, said(f"act-{verb}"), place, states, owner="", step=verb, by=reader.roles(cursor))


def _opening(reader: Reader) -> Act:
    cursor, initial = reader.root.at("open"), reader.root.at("initial")
    reader.names.known("state", initial.data, initial, reader.names.states)
    return Act(
        "open",
        said("act-open"),
        cursor.place,
        states=(),
        owner="",
        step="open",
        by=reader.roles(cursor.at("by")),
        fills=reader.fields(cursor.at("fills")),
        to=initial.data,
        basis=reader.basis(cursor),
    )
