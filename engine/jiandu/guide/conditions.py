"""Conditions: data, never code. A tree of tests over a case, compiled once to closures.

Two-valued: a test of an absent field is false. `View` is all that a condition can see of a case.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, Protocol

from jiandu.calendar import Period
from jiandu.findings import Place

LEVELS = ("county", "city", "province", "national")
"""Levels of procuratorates in their order."""

Comparison = Literal["is", "one_of", "at_least", "at_most", "more_than", "less_than", "includes", "any_is"]
FactKind = Literal["done", "ever", "entered", "signed", "released", "served", "answered"]
ClockKind = Literal["running", "overdue", "missed"]


class View(Protocol):
    """What a condition can ask about a case on the day of an act."""

    @property
    def today(self) -> date:
        """The day of the act."""
        ...

    def field(self, name: str) -> Any:
        """The value of a card field; None when absent."""
        ...

    def record(self, act: str, name: str) -> Any:
        """A value in the latest record of an act, if it counts; None when absent."""
        ...

    def day(self, act: str) -> date | None:
        """The day on which an act was done, if it counts."""
        ...

    def fact(self, kind: FactKind, name: str, to: str) -> int:
        """How often the fact is true: acts done, states entered, papers that have come so far."""
        ...

    def clock(self, kind: ClockKind, deadline: str) -> bool:
        """Whether the newest run of a deadline runs, is overdue, or ran out."""
        ...

    def due(self, deadline: str) -> date | None:
        """The due day of the newest run."""
        ...

    def unit(self, name: str) -> Any:
        """A fact about the unit that handles the case: `level` or `id`."""
        ...

    def parent(self, name: str) -> Any:
        """A card field of the case that opened this one."""
        ...

    def records(self, act: str) -> Sequence[Mapping[str, Any]]:
        """Every record of an act in the latest visit of its state, each with its `day`."""
        ...

    def related(self, relation: str) -> Sequence[Mapping[str, Any]]:
        """The cases of a relation: `closed`, `finished`, `outcome`, and the card fields that conditions name."""
        ...


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the guide."""

    value: Any


@dataclass(frozen=True, slots=True)
class Reference:
    """A value looked up in the case, moved by `shift` if it is a day (`minus` makes the shift go back)."""

    kind: Literal["field", "record", "day", "act_day", "today", "due", "unit", "parent"]
    name: str = ""
    part: str = ""
    type: str = ""
    shift: Period | None = None
    back: bool = False


@dataclass(frozen=True, slots=True)
class Test:
    """One operand held against another, or against a list."""

    left: Reference
    comparison: Comparison
    right: Constant | Reference | tuple[Constant | Reference, ...]
    place: Place

    @property
    def options(self) -> tuple[Constant | Reference, ...]:
        """What it is held against: one operand, or those of the list."""
        return self.right if isinstance(self.right, tuple) else (self.right,)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something has happened: every name at least `at_least` times."""

    kind: FactKind
    names: tuple[str, ...]
    place: Place
    at_least: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline runs, is overdue, or ran out."""

    kind: ClockKind
    names: tuple[str, ...]
    place: Place


Wanted = tuple[tuple[str, tuple[Any, ...]], ...]
"""Names and, for each, the values of which one is wanted."""


@dataclass(frozen=True, slots=True)
class Records:
    """So many records of an act, those that fit `where`; of each value of `distinct` one counts."""

    act: str
    where: Wanted
    distinct: str
    comparison: Comparison
    n: int
    place: Place


@dataclass(frozen=True, slots=True)
class Related:
    """So many cases of a relation that fit `where`; with `every`, all of them have to."""

    relation: str
    where: Wanted
    every: bool
    at_least: int
    place: Place


@dataclass(frozen=True, slots=True)
class Has:
    """Fields that are filled."""

    fields: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined: all of them, any of them, or none."""

    kind: Literal["all", "any", "not"]
    parts: tuple["Node", ...]
    place: Place


Node = Test | Fact | Clock | Records | Related | Has | Group
Tested = Callable[[View], bool]
Valued = Callable[[View], Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition: `holds` answers it, `node` is what was written."""

    node: Node
    holds: Tested = field(repr=False, compare=False)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.node.place

    def moments(self, view: View) -> Iterator[date]:
        """The days on which the passing of time alone may change the answer."""
        return _moments(self.node, view)


def compiled(node: Node) -> Condition:
    """The condition, ready to be asked."""
    return Condition(node, _closure(node))


def depth(node: Node) -> int:
    """How many groups stand around its innermost test, and that test."""
    return 1 + (max((depth(part) for part in node.parts), default=0) if isinstance(node, Group) else 0)


def parts(node: Node) -> Iterator[Node]:
    """Every node below and including this one, in the order of the text."""
    yield node
    if isinstance(node, Group):
        for part in node.parts:
            yield from parts(part)


_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
    "includes": operator.contains,
    "any_is": lambda points, value: value in points.values(),
}


def _closure(node: Node) -> Tested:
    if isinstance(node, Test):
        return _test(node)
    if isinstance(node, Fact):
        kind, names, least, to = node.kind, node.names, node.at_least, node.to
        return lambda view: all(view.fact(kind, name, to) >= least for name in names)
    if isinstance(node, Clock):
        clock, deadlines = node.kind, node.names
        return lambda view: all(view.clock(clock, name) for name in deadlines)
    if isinstance(node, Records):
        return _records(node)
    if isinstance(node, Related):
        return _related(node)
    if isinstance(node, Has):
        fields = node.fields
        return lambda view: all(view.field(name) not in (None, "", ()) for name in fields)
    return _group(node)


def _group(node: Group) -> Tested:
    tests = tuple(_closure(part) for part in node.parts)
    if node.kind == "all":
        return lambda view: all(test(view) for test in tests)
    if node.kind == "any":
        return lambda view: any(test(view) for test in tests)
    return lambda view: not all(test(view) for test in tests)


def _records(node: Records) -> Tested:
    compare = _ORDER[node.comparison]

    def holds(view: View) -> bool:
        fitting = [record for record in view.records(node.act) if _fits(record, node.where)]
        if node.distinct:
            return compare(len({record.get(node.distinct) for record in fitting}), node.n)
        return compare(len(fitting), node.n)

    return holds


def _related(node: Related) -> Tested:
    def holds(view: View) -> bool:
        cases = view.related(node.relation)
        fitting = sum(_fits(case, node.where) for case in cases)
        return fitting >= node.at_least and (not node.every or fitting == len(cases))

    return holds


def _fits(values: Mapping[str, Any], where: Wanted) -> bool:
    return all(values.get(name) in wanted for name, wanted in where)


def _test(node: Test) -> Tested:
    left = _value(node.left)
    if isinstance(node.right, tuple):
        among = tuple(_value(option) for option in node.right)
        return lambda view: (found := left(view)) is not None and any(found == option(view) for option in among)
    right, compare = _value(node.right), _ORDER[node.comparison]

    def holds(view: View) -> bool:
        ours, theirs = left(view), right(view)
        return ours is not None and theirs is not None and compare(ours, theirs)

    return holds


def _value(operand: Constant | Reference) -> Valued:
    if isinstance(operand, Constant):
        constant = operand.value
        return lambda _: constant
    found, shift, back = _lookup(operand), operand.shift, operand.back
    if shift is None:
        return found

    def moved(view: View) -> Any:
        value = found(view)
        if value is None:
            return None
        return shift.before(value) if back else shift.after(value)

    return moved


def _lookup(reference: Reference) -> Valued:
    name, part = reference.name, reference.part
    lookups: Mapping[str, Valued] = {
        "field": lambda view: view.field(name),
        "record": lambda view: view.record(name, part),
        "day": lambda view: view.day(name),
        "act_day": lambda view: view.today,
        "today": lambda view: view.today,
        "due": lambda view: view.due(name),
        "unit": lambda view: view.unit(name),
        "parent": lambda view: view.parent(name),
    }
    found = lookups[reference.kind]
    if reference.type == "level":
        return lambda view: LEVELS.index(level) if (level := found(view)) in LEVELS else None
    return found


def _moments(node: Node, view: View) -> Iterator[date]:
    for part in parts(node):
        if isinstance(part, Clock):
            bounds = [view.due(name) for name in part.names]
        elif isinstance(part, Test):
            bounds = [day for option in part.options for day in _bounds(part.left, option, view)]
        else:
            continue
        for bound in bounds:
            if bound is not None and bound < date.max:
                yield bound
                yield bound + timedelta(days=1)


def _bounds(left: Reference, right: Constant | Reference, view: View) -> tuple[date | None, date | None]:
    return _bound(left, right, view), _bound(right, left, view)


def _bound(moving: Constant | Reference, fixed: Constant | Reference, view: View) -> date | None:
    """The day on which `moving`, which follows the calendar, reaches `fixed`; None where it does not move."""
    if not isinstance(moving, Reference) or moving.kind not in ("today", "act_day"):
        return None
    value = _value(fixed)(view)
    if not isinstance(value, date):
        return None
    if moving.shift is None:
        return value
    try:
        return moving.shift.after(value) if moving.back else moving.shift.before(value)
    except (OverflowError, ValueError):  # before the first or after the last day there is
        return None
