"""What a condition is true of: every combination of representative values of the facts that it reads.

A choice is each of its codes or empty; a number, a day, a period stands on either side of every bound and on it; a
paper has come so far and no further; a limit runs, is overdue, ran out, is over, or never began. What cannot be
together is left out: an answer without a service, an overdue limit whose day is still to come. Over such values a
question is answered exactly. Where they are too many it is not answered at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from jiandu.calendar import Period
from jiandu.guide.conditions import (
    LEVELS,
    Clock,
    ClockKind,
    Condition,
    Constant,
    Fact,
    FactKind,
    Group,
    Has,
    Node,
    Records,
    Reference,
    Related,
    Test,
    compiled,
    parts,
)
from jiandu.guide.model import Act, Field, Guide

BUDGET = 20_000
"""So many combinations are looked at for one question."""
STAGES = ("none", "drafted", "signed", "released", "served", "answered")
TODAY = date(2026, 5, 6)
DAY = timedelta(days=1)
COUNTS = "#"
"""Begins the name of a number of records or related cases, which stands for the whole of what is asked of them."""

Name = tuple[str, ...]
"""A fact: its kind and what it is about."""


@dataclass(frozen=True, slots=True)
class Values:
    """One combination, seen as a case is."""

    of: Mapping[Name, Any]

    @property
    def today(self) -> date:
        """The day of the act."""
        day: date = self.of.get(("today",), TODAY)
        return day

    def field(self, name: str) -> Any:
        """The value of a card field."""
        return self.of[("field", name)]

    def record(self, act: str, name: str) -> Any:
        """A value in the record of an act."""
        return self.of[("record", act, name)]

    def day(self, act: str) -> Any:
        """The day of an act."""
        return self.of[("day", act)]

    def fact(self, kind: FactKind, name: str, to: str) -> int:
        """How often a fact is true."""
        if ("paper", name) in self.of and kind not in ("ever", "entered"):
            reached = STAGES.index(self.of[("paper", name)]) >= STAGES.index("served" if kind == "done" else kind)
            return BUDGET if reached and self.of.get(("to", name, to), True) else 0
        count: int = self.of[(kind, name)]
        return count

    def clock(self, kind: ClockKind, deadline: str) -> bool:
        """How a time limit stands."""
        stands = self.of[("clock", deadline)]
        return stands == kind or (kind == "missed" and stands == "overdue")

    def due(self, deadline: str) -> Any:
        """The due day of a time limit."""
        return self.of[("due", deadline)]

    def unit(self, name: str) -> Any:
        """A fact about the unit."""
        return self.of[("unit", name)]

    def parent(self, name: str) -> Any:
        """A field of the case that opened this one."""
        return self.of[("parent", name)]

    def records(self, act: str) -> Sequence[Mapping[str, Any]]:
        """Nobody asks: a number stands for them."""
        raise NotImplementedError(act)

    def related(self, relation: str) -> Sequence[Mapping[str, Any]]:
        """Nobody asks: a number stands for them."""
        raise NotImplementedError(relation)


def asked(condition: Condition) -> Callable[[Values], bool]:
    """The condition as a question about such values."""
    return compiled(_counted(condition.node)).holds


def cases(
    guide: Guide, conditions: Sequence[Condition], known: frozenset[str] = frozenset(), acting: str = ""
) -> list[Values] | None:
    """Every combination of what the conditions read; None where there are too many.

    `known` are card fields that cannot be empty there; `acting` is the act that is seen as if done.
    """
    nodes = [part for condition in conditions for part in parts(_counted(condition.node))]
    names = Names(guide, nodes)
    facts = {name: names.values(name, known, acting) for name in names.read}
    size = 1
    for values in facts.values():
        size *= len(values)
    if size > BUDGET:
        return None
    found = (dict(zip(facts, chosen, strict=True)) for chosen in product(*facts.values()))
    return [Values(one) for one in found if _together(guide, one)]


def reads(guide: Guide, condition: Condition) -> frozenset[Name]:
    """The facts that a condition reads."""
    return frozenset(Names(guide, list(parts(_counted(condition.node)))).read)


def leaves(condition: Condition) -> int:
    """How many single questions a condition puts."""
    return sum(1 for part in parts(condition.node) if not isinstance(part, Group))


def _counted(node: Node) -> Node:
    """The condition with a number in the place of records and related cases."""
    if isinstance(node, Group):
        return Group(node.kind, tuple(map(_counted, node.parts)), node.place)
    if isinstance(node, Records):
        name = f"{COUNTS}{node.act} {node.where} {node.distinct}"
        return Test(Reference("field", name, type="integer"), node.comparison, Constant(node.n), node.place)
    if isinstance(node, Related):
        return Fact("ever", (f"{COUNTS}{node.relation} {node.where} {node.every} {node.at_least}",), node.place, 1)
    return node


class Names:
    """The facts that some conditions read, with the constants each is held against."""

    def __init__(self, guide: Guide, nodes: Sequence[Node]) -> None:
        self.guide = guide
        self.read: dict[Name, set[Any]] = {}
        self.shifts: set[Period] = set()
        for node in nodes:
            for name, constants in self._of(node):
                self.read.setdefault(name, set()).update(constants)

    def _of(self, node: Node) -> Iterator[tuple[Name, list[Any]]]:
        if isinstance(node, Has):
            yield from ((("field", name), []) for name in node.fields)
        elif isinstance(node, Clock):
            yield from ((("clock", name), [node.kind]) for name in node.names)
        elif isinstance(node, Fact):
            yield from ((name, [node.at_least, node.kind]) for one in node.names for name in self._facts(node, one))
        elif isinstance(node, Test):
            yield from self._test(node)

    def _facts(self, node: Fact, name: str) -> Iterator[Name]:
        papers = name in self.guide.documents or name not in self.guide.acts
        if node.kind in ("ever", "entered") or not papers:
            yield (node.kind, name)
        else:
            yield ("paper", name)
            yield from [("to", name, node.to)] if node.to else []

    def _test(self, node: Test) -> Iterator[tuple[Name, list[Any]]]:
        operands = [one for one in (node.left, *node.options) if isinstance(one, Reference)]
        self.shifts |= {one.shift for one in operands if one.shift}
        constants = [one.value for one in node.options if isinstance(one, Constant)]
        for one in operands:
            yield _name(one), constants

    def values(self, name: Name, known: frozenset[str], acting: str) -> tuple[Any, ...]:
        """The representative values of a fact."""
        kind, about, constants = name[0], name[-1], self.read[name]
        if kind in ("field", "record"):
            definition = self._definition(name)
            given = self._filled(definition, constants) if definition else _around(constants, 0)
            return given if about in known or definition is None else (None, *given)
        if kind in ("day", "due", "today"):
            return (*([] if kind == "today" else [None]), *self._days(constants))
        if kind == "paper":
            sent = {"released"} if ("clock", f"{about}.reply") in self.read else set()
            wanted = {"none", *sent, *("served" if one == "done" else one for one in constants)}
            return tuple(stage for stage in STAGES if stage in wanted)
        if kind == "clock":
            never = {"overdue"} if self.guide.deadlines[about].right else set()
            return ("none", *sorted(constants - never), "ended")
        if kind == "to":
            return (True, False)
        if kind == "unit":
            return LEVELS if about == "level" else (*constants, "another")
        if kind == "parent":
            return (None, *constants, "another")
        counts = _around(constants, 0)
        return (
            counts[counts[0] == 0 :] if kind in ("done", "ever") and about == acting else (*range(counts[0]), *counts)
        )

    def _definition(self, name: Name) -> Field | None:
        if name[-1].startswith(COUNTS):
            return None
        return self.guide.fields[name[1]] if name[0] == "field" else self.guide.acts[name[1]].record[name[2]]

    def _filled(self, definition: Field, constants: set[Any]) -> tuple[Any, ...]:
        """The values of a field that is filled."""
        if definition.many or definition.type == "checklist":
            others = [code for code in definition.choices if code not in constants] or ["another"]
            some = [*sorted(constants, key=str)[:4], others[0]]
            chosen = (c for n in range(1, len(some) + 1) for c in combinations(some, n))
            return tuple(dict(enumerate(c)) if definition.type == "checklist" else c for c in chosen)
        if definition.type in ("integer", "amount"):
            low = definition.min if definition.min is not None else (0 if definition.type == "amount" else None)
            return _around(constants, low, definition.max)
        if definition.type in ("boolean", "choice"):
            return tuple(definition.choices) or (True, False)
        if definition.type == "date":
            return self._days(constants)
        if definition.type == "period":
            around = {Period(max(1, p.n + n), p.unit) for p in constants for n in (-1, 0, 1)}
            return tuple(sorted(around, key=str)) or (Period(1, "days"), Period(2, "days"))
        return (*constants, "one", "another")

    def _days(self, constants: set[Any]) -> tuple[date, ...]:
        """Days on either side of each other, of every constant and of every distance that is asked for."""
        bounds = {TODAY} | {one for one in constants if isinstance(one, date)}
        bounds |= {moved for shift in self.shifts for moved in (shift.after(TODAY), shift.before(TODAY))}
        return tuple(sorted({day + DAY * n for day in bounds for n in (-1, 0, 1)}))


def _name(one: Reference) -> Name:
    if one.kind == "record":
        return ("record", one.name, one.part)
    return ("today",) if one.kind in ("today", "act_day") else (one.kind, one.name)


def _around(constants: set[Any], low: int | None, high: int | None = None) -> tuple[int, ...]:
    around = {n + step for n in constants if isinstance(n, int) for step in (-1, 0, 1)} or {1}
    return tuple(n for n in sorted(around) if (low is None or n >= low) and (high is None or n <= high))


def _together(guide: Guide, of: Mapping[Name, Any]) -> bool:
    """Whether the values can be true of one case."""
    return all(_agrees(guide, of, name, value) for name, value in of.items() if len(name) > 1)


def _agrees(guide: Guide, of: Mapping[Name, Any], name: Name, value: Any) -> bool:
    kind, about = name[0], name[1]
    if kind == "record":
        return _recorded(guide.acts[about], of, name[2], value)
    if kind == "day":
        return bool(value) == bool(of.get(("done", about), value is not None))
    if kind == "done":
        return bool(of.get(("ever", about), value) >= value)
    if kind == "due":
        return _in_time(of.get(("clock", about)), value, of.get(("today",)))
    if kind == "clock" and about.endswith(".reply") and value != "none":
        return _stage(of, about.removesuffix(".reply"), 3) >= 3
    if kind == "paper" and about in guide.openers:
        return STAGES.index(value) <= _stage(of, guide.openers[about].document, 5)
    return True


def _recorded(act: Act, of: Mapping[Name, Any], part: str, value: Any) -> bool:
    """A record is there when the act is done, and then it is whole."""
    done = of.get(("done", act.name))
    if act.verb == "answer" and ("paper", act.step) in of:
        done = of[("paper", act.step)] == "answered"
    return done is None or (bool(done) if value is not None else not (done and act.record[part].required))


def _stage(of: Mapping[Name, Any], paper: str, default: int) -> int:
    return STAGES.index(of[("paper", paper)]) if ("paper", paper) in of else default


def _in_time(stands: str | None, due: date | None, today: date | None) -> bool:
    if stands is None or due is None or stands == "none":
        return stands is None or (stands == "none") == (due is None)
    late = today is not None and today > due
    return today is None or stands in ("missed", "ended") or (stands == "overdue") == late
