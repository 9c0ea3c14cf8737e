"""The grammar of conditions: from YAML to a tree whose every name is known and every comparison makes sense."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from jiandu.calendar import Period
from jiandu.findings import Finding
from jiandu.guide.conditions import (
    LEVELS,
    Clock,
    Comparison,
    Condition,
    Constant,
    Fact,
    Group,
    Has,
    Node,
    Records,
    Reference,
    Related,
    Test,
    Wanted,
    compiled,
    depth,
    parts,
)
from jiandu.names import closest
from jiandu.source.cursor import Cursor

if TYPE_CHECKING:
    from jiandu.guide.model import Field

FACTS = ("done", "ever", "entered", "signed", "released", "served", "answered")
CLOCKS = ("running", "overdue", "missed")
COMPARISONS = ("at_least", "at_most", "more_than", "less_than", "includes", "any_is")
BOUNDS: tuple[Comparison, ...] = ("at_least", "at_most", "more_than", "less_than")
ORDERED = ("integer", "amount", "date", "level")
UNKNOWN = "unknown"
"""The type of what stands on the card of another guide."""
SAME_AS_WRITTEN = ("string", "choice", "boolean", "integer", "amount", "person", "department", "organ", UNKNOWN)
"""Types whose values stand on every card as they are written."""
MOST_PARTS = 64
DEEPEST = 16
"""How far a condition may nest."""
UNIT_FACTS = {"level": "level", "id": "string"}


@dataclass(slots=True)
class Names:
    """Every name that a guide defines, and the findings about names that it does not."""

    states: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    """All acts by full name, and the steps that send papers."""
    records: "dict[str, Mapping[str, Field]]" = field(default_factory=dict)
    senders: set[str] = field(default_factory=set)
    openers: dict[str, str] = field(default_factory=dict)
    """The act that begins the paper of a step, by step: it holds what the step records."""
    fields: "dict[str, Field]" = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    deadlines: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)
    """Acts of which some condition counts the records."""
    findings: list[Finding] = field(default_factory=list)

    def report(self, rule: str, cursor: Cursor, *, at_value: bool = True, message: str = "", **facts: object) -> None:
        """Note that something is wrong at the cursor."""
        self.findings.append(Finding(rule, cursor.value_place if at_value else cursor.place, facts, message=message))

    def known(self, kind: str, name: str, cursor: Cursor, among: Collection[str], *, key: bool = False) -> bool:
        """Whether `among` has the name; if not, reports `unknown-<kind>` with the nearest name there is."""
        if name in among:
            return True
        guess = closest(name, among, len(self.findings))
        self.findings.append(
            Finding(
                f"unknown-{kind}",
                cursor.place if key else cursor.value_place,
                {"name": name, "guess": guess or ""},
                message=f"unknown-{kind}.guess" if guess else "",
            )
        )
        return False


class WrongConditionError(Exception):
    """A condition with a fault that has been reported."""


def read_condition(cursor: Cursor, names: Names, acting: str = "") -> Condition | None:
    """The condition at the cursor, compiled; None where there is none or it is wrong (which is reported).

    `acting` names the act whose rule it is: its own day and record are those of the act being judged.
    """
    if cursor.data is None:
        return None
    try:
        node = _Grammar(names, acting).mapping(cursor)
    except WrongConditionError:
        return None
    if sum(1 for _ in parts(node)) > MOST_PARTS:
        names.report("too-complex", cursor, at_value=False, most=MOST_PARTS)
    elif depth(node) > DEEPEST:
        names.report("too-complex", cursor, at_value=False, message="too-complex-depth", most=DEEPEST)
    return compiled(node)


@dataclass(frozen=True, slots=True)
class _Grammar:
    names: Names
    acting: str

    def mapping(self, cursor: Cursor) -> Node:
        entries = [(key, value) for key, value in cursor.entries() if not (key == "to" and "served" in cursor)]
        return self.joined([self.entry(key, value, cursor) for key, value in entries], cursor)

    @staticmethod
    def joined(nodes: list[Node], cursor: Cursor) -> Node:
        return nodes[0] if len(nodes) == 1 else Group("all", tuple(nodes), cursor.place)

    def entry(self, key: str, value: Cursor, around: Cursor) -> Node:
        if key in ("all", "any"):
            return Group(key, tuple(self.mapping(part) for part in value.each()), value.place)  # type: ignore[arg-type]
        if key == "not":
            return Group("not", (self.mapping(value),), value.place)
        if key in FACTS:
            return self.fact(key, value, around)
        if key in CLOCKS:
            return self.clock(key, value)
        if key == "has":
            return self.has(value)
        if key == "records":
            return self.joined([self.records(act, entry) for act, entry in value.entries()], value)
        if key == "related":
            return self.joined([self.related(name, entry) for name, entry in value.entries()], value)
        return self.test(key, value)

    def fact(self, kind: str, value: Cursor, around: Cursor) -> Node:
        counted = isinstance(value.data, dict)
        least = next(iter(value.data.values()))["at_least"] if counted else 1
        named = [(name, entry) for name, entry in value.entries()] if counted else [(e.data, e) for e in value.each()]
        known = [self._fact_name(kind, name, entry, key=counted) for name, entry in named]
        to = around.at("to").data if kind == "served" else None
        if to is not None:
            known.append(self.names.known("role", to, around.at("to"), self.names.roles))
        self._all(known)
        return Fact(kind, tuple(name for name, _ in named), value.place, least, to or "")  # type: ignore[arg-type]

    def _fact_name(self, kind: str, name: str, cursor: Cursor, *, key: bool) -> bool:
        if kind in ("done", "ever"):
            return self.names.known("act", name, cursor, self.names.acts, key=key)
        if kind == "entered":
            return self.names.known("state", name, cursor, self.names.states, key=key)
        return self.names.known("document", name, cursor, self.names.documents | self.names.senders, key=key)

    def clock(self, kind: str, value: Cursor) -> Node:
        self._all([self.names.known("deadline", e.data, e, self.names.deadlines) for e in value.each()])
        return Clock(kind, value.names, value.place)  # type: ignore[arg-type]

    def has(self, value: Cursor) -> Node:
        self._all([self.names.known("field", e.data, e, self.names.fields) for e in value.each()])
        return Has(value.names, value.place)

    def records(self, act: str, value: Cursor) -> Node:
        self._all([self.names.known("act", act, value, self.names.acts, key=True)])
        act = self.names.openers.get(act, act)
        self.names.counted.add(act)
        distinct, record = value.at("distinct"), dict(self.names.records.get(act, {}))
        if distinct.data not in (None, "day"):
            self._plain(distinct.data, distinct, record)
        where, of = self._wanted(value.at("where"), record), distinct.data or ""
        bounds = [(name, value.data[name]) for name in BOUNDS if name in value] or [("at_least", 1)]
        counts: list[Node] = [Records(act, where, of, name, n, value.place) for name, n in bounds]
        return self.joined(counts, value)

    def related(self, relation: str, value: Cursor) -> Node:
        self._all([self.names.known("relation", relation, value, self.names.relations, key=True)])
        every = "every" in value
        where = self._wanted(value.at("every" if every else "where"), None)
        return Related(relation, where, every, value.data.get("at_least", 0 if every else 1), value.place)

    def _wanted(self, cursor: Cursor, record: "dict[str, Field] | None") -> Wanted:
        """Names and wanted values; another guide's card is not known here, so its names are taken as they are."""
        found = []
        for name, entry in cursor.entries():
            if record is not None:
                field_ = self._plain(name, entry, record, key=True)
                left = Reference("record", name, type=field_.type)
                for each in entry.each():
                    self.constant(each, left, field_)
            found.append((name, tuple(each.data for each in entry.each())))
        return tuple(found)

    def _plain(self, name: str, cursor: Cursor, record: "dict[str, Field]", *, key: bool = False) -> "Field":
        """The record field of that name, of which a condition may compare every value as it is."""
        self._all([self.names.known("field", name, cursor, record, key=key)])
        found = record[name]
        if found.private:
            self._wrong("condition-free-text", cursor, name=name)
        self._single(found, cursor, name)
        return found

    def test(self, path: str, value: Cursor) -> Node:
        left, field_ = self.reference(path, value, key=True)
        data = value.data
        if isinstance(data, list):
            self._single(field_, value, path)
            return Test(left, "one_of", tuple(self.operand(e, left, field_) for e in value.each()), value.place)
        if isinstance(data, dict) and data.keys() & set(COMPARISONS):
            return self.joined([self._compare(left, field_, name, bound) for name, bound in value.entries()], value)
        self._single(field_, value, path)
        return Test(left, "is", self.operand(value, left, field_), value.place)

    def _single(self, field_: "Field | None", cursor: Cursor, name: str) -> None:
        """A list is no single value: it can only be asked what it includes."""
        if field_ is not None and field_.many:
            self._wrong("condition-many", cursor, name=name)

    def _compare(self, left: Reference, field_: "Field | None", name: str, bound: Cursor) -> Node:
        if name == "any_is":
            if field_ is None or field_.type != "checklist":
                self._wrong("condition-type", bound, message="condition-no-checklist", name=left.name)
        elif name == "includes":
            if field_ is None or not field_.many:
                self._wrong("condition-not-many", bound, name=left.name)
        else:
            self._single(field_, bound, left.name)
            if left.type not in ORDERED:
                self._wrong("condition-type", bound, message="condition-order", name=left.name, comparison=name)
        return Test(left, name, self.operand(bound, left, field_), bound.place)  # type: ignore[arg-type]

    def reference(self, path: str, cursor: Cursor, *, key: bool = False) -> "tuple[Reference, Field | None]":
        act, _, part = path.rpartition(".")
        if path == "today":
            return Reference("today", type="date"), None
        if path == "act.day" or (part == "day" and act == self.acting and act):
            return Reference("act_day", type="date"), None
        if act == "unit" and part in UNIT_FACTS:
            return Reference("unit", part, type=UNIT_FACTS[part]), None
        if act == "parent":
            return Reference("parent", part, type=UNKNOWN), None
        if not act:
            self._all([self.names.known("field", path, cursor, self.names.fields, key=key)])
            found = self.names.fields[path]
            return Reference("field", path, type=found.type), found
        self._all([self.names.known("act", act, cursor, self.names.acts, key=key)])
        if part == "day":
            return Reference("day", act, type="date"), None
        return self._recorded(act, part, cursor, key=key)

    def _recorded(self, act: str, part: str, cursor: Cursor, *, key: bool) -> "tuple[Reference, Field | None]":
        act = self.names.openers.get(act, act)
        record = dict(self.names.records.get(act, {}))
        self._all([self.names.known("field", part, cursor, record, key=key)])
        found = record[part]
        if found.private:
            self._wrong("condition-free-text", cursor, key=key, name=f"{act}.{part}")
        return Reference("record", act, part, type=found.type), found

    def operand(self, cursor: Cursor, left: Reference, field_: "Field | None") -> Constant | Reference:
        data = cursor.data
        if data == "today" and left.type == "date":
            return Reference("today", type="date")
        if isinstance(data, dict):
            return self._moved(cursor, left)
        return Constant(self.constant(cursor, left, field_))

    def _moved(self, cursor: Cursor, left: Reference) -> Reference:
        if "due" in cursor:
            self._all([self.names.known("deadline", cursor.data["due"], cursor.at("due"), self.names.deadlines)])
            found = Reference("due", cursor.data["due"], type="date")
        else:
            found, field_ = self.reference(cursor.data["field"], cursor.at("field"))
            self._single(field_, cursor.at("field"), cursor.data["field"])
        if not _alike(found.type, left.type):
            self._wrong("condition-type", cursor, message="condition-two-types", name=left.name, other=found.name)
        written = cursor.data.get("plus") or cursor.data.get("minus")
        if written is None:
            return found
        if found.type != "date":
            self._wrong("condition-type", cursor, message="condition-shift", name=found.name)
        shift = Period.parse(written)
        if shift.unit not in ("days", "months"):
            self._wrong("condition-type", cursor, message="condition-shift-unit")
        return Reference(found.kind, found.name, found.part, found.type, shift, "minus" in cursor)

    def constant(self, cursor: Cursor, left: Reference, field_: "Field | None") -> Any:
        wanted = _CONSTANTS.get(left.type, _text)
        value = wanted(cursor.data)
        if value is None:
            self._wrong("condition-type", cursor, name=f"{left.name}.{left.part}".rstrip("."), value=cursor.data)
        if field_ is not None and field_.type in ("choice", "checklist") and value not in field_.choices:
            guess = closest(str(value), field_.choices, len(self.names.findings))
            self._wrong(
                "value-not-in-choices",
                cursor,
                message="value-not-in-choices.guess" if guess else "",
                value=value,
                name=field_.title,
                guess=guess or "",
            )
        return value

    def _all(self, known: list[bool]) -> None:
        if not all(known):
            raise WrongConditionError

    def _wrong(self, rule: str, cursor: Cursor, *, key: bool = False, message: str = "", **facts: object) -> None:
        self.names.report(rule, cursor, at_value=not key, message=message, **facts)
        raise WrongConditionError


def _alike(one: str, other: str) -> bool:
    """Whether values of the two types can be compared with each other."""
    if UNKNOWN in (one, other):
        return {one, other} <= set(SAME_AS_WRITTEN)
    return one == other or {one, other} == {"integer", "amount"}


def _as_written(value: object) -> object:
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if type(value) is int else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _period(value: object) -> Period | None:
    try:
        return Period.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _level(value: object) -> int | None:
    return LEVELS.index(value) if isinstance(value, str) and value in LEVELS else None


_CONSTANTS: Mapping[str, Callable[[object], Any]] = {
    "integer": _whole,
    "amount": _whole,
    "boolean": _truth,
    "date": _day,
    "period": _period,
    "level": _level,
    UNKNOWN: _as_written,
}
