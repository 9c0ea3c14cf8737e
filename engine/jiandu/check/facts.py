"""What is followed of a case, and the guide's conditions as questions about it.

Followed are the state, card fields and records as far as something reads them, acts done in the latest visit, papers by
how far the newest has come and whether older ones are out, the newest run of each time limit that matters, steps owed.
People, free days, numbers of records and other cases are not: what is said of them may be so or not.
"""

from collections.abc import Iterator
from typing import Any

from jiandu.check.slots import ALWAYS, FREE, NEVER, NO, YES, Cond, Slot, atom, every, no, some
from jiandu.check.values import Names, Values
from jiandu.guide.conditions import (
    Clock,
    Condition,
    Constant,
    Fact,
    Group,
    Has,
    Node,
    Records,
    Reference,
    Test,
    Tested,
    compiled,
    parts,
)
from jiandu.guide.model import Act, Document, Field, Guide

STAGES = ("none", "drafted", "signed", "released", "partly", "partly answered", "served", "answered")
"""How far the newest paper of a step has come in the latest visit."""
OUT = ("released", "served", "answered")
"""How far older papers may have come."""
RUNS = ("none", "running", "early", "overdue", "duty done", "ended", "late")
"""How the newest run stands; `early`: running, its duty done on the due day itself."""
PLACES = ("field", "record")


class Facts:
    """The slots of a guide, and the questions its conditions put to them."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.slots: dict[tuple[str, ...], Slot] = {}
        self.size = 0
        self._tests: dict[tuple[str, ...], list[Tested]] = {}
        self.nodes = [node for condition in conditions(guide) for node in parts(condition.node)]
        self.state = self._slot(("state",), tuple(guide.states))
        for act in guide.acts.values():
            self._act(act)
        self._visits()
        for name in self._followed():
            self._slot(name, self._classes(name))
        for deadline in guide.deadlines.values():
            if deadline.duty or self._clocked(deadline.id):
                self._slot(("clock", deadline.id), RUNS)
                self._slot(("duty", deadline.id), ("no", "yes", "maybe"))

    # slots

    def _slot(self, name: tuple[str, ...], values: tuple[Any, ...]) -> Slot:
        if name not in self.slots:
            self.slots[name] = Slot(name, values, self.size)
            self.size += len(values)
        return self.slots[name]

    def _act(self, act: Act) -> None:
        if act.verb:
            if act is self.guide.openers[act.step]:
                self._slot(("paper", act.step), STAGES)
                self._slot(("outdated", act.step), (False, True))
                for how in OUT:
                    self._slot(("out", act.step, how), (False, True))
        else:
            self._slot(("done", act.name), ("none", "fresh", "stale"))
        ever = any(isinstance(n, Fact) and n.kind == "ever" and act.name in n.names for n in self.nodes)
        if ever:
            self._slot(("ever", act.name), (False, True))

    def _visits(self) -> None:
        guide = self.guide
        for name in guide.states:
            self._slot(("entered", name), (False, True))
        passed = [step for act in guide.acts.values() if act.event for step in guide.awaited.get(act.name, ())]
        for step in passed:
            self._slot(("owed", step.step), (False, True))
        for relation in guide.related.values():
            if relation.holds:
                self._slot(("held", relation.id), (False, True))
        if "assign" not in guide.powers:
            for role in guide.roles.values():
                if role.assigned:
                    self._slot(("holder", role.id), (False, True))

    def _followed(self) -> Iterator[tuple[str, ...]]:
        """The card fields and records that something reads, and the level of the unit."""
        guide = self.guide
        for node in self.nodes:
            if isinstance(node, Has):
                yield from (("field", name) for name in node.fields)
            if isinstance(node, Test):
                yield from (_named(one) for one in _operands(node) if one.kind in PLACES or one.name == "level")
        yield from (("field", f.id) for f in guide.fields.values() if f.required_from)
        events = (
            e for d in guide.deadlines.values() for e in (*d.counts_from.events, *d.met_by.events, *d.void_by.events)
        )
        yield from (("field", event.name) for event in events if event.kind == "field")
        yield from (("field", act.outcome_field) for act in guide.acts.values() if act.outcome_field)

    def _classes(self, name: tuple[str, ...]) -> tuple[Any, ...]:
        """Values that no condition can tell apart are one: the first of them stands for all."""
        tests = [n for n in self.nodes if isinstance(n, Test) and _plain(n) and _named(n.left) == name]
        values: tuple[Any, ...] = (None, "present")
        if tests:
            values = Names(self.guide, tests).values(name, frozenset(), "")
        found: dict[Any, Any] = {}
        asked = [compiled(test).holds for test in tests]
        for value in values:
            answers = (value is None, *(holds(Values({name: value})) for holds in asked))
            found.setdefault(answers, value)
        return tuple(found.values())

    def _clocked(self, name: str) -> bool:
        due = any(o.kind == "due" and o.name == name for n in self.nodes if isinstance(n, Test) for o in _operands(n))
        return due or any(isinstance(n, Clock) and name in n.names for n in self.nodes)

    def definition(self, name: tuple[str, ...]) -> Field:
        """The field that a slot of a card or a record is about."""
        return self.guide.fields[name[1]] if name[0] == "field" else self.guide.acts[name[1]].record[name[2]]

    def alike(self, name: tuple[str, ...], one: Any, other: Any) -> bool:
        """Whether no condition can tell two values of a field apart."""
        if name not in self._tests:
            tests = [n for n in self.nodes if isinstance(n, Test) and _plain(n) and _named(n.left) == name]
            self._tests[name] = [compiled(test).holds for test in tests]
        holds = self._tests[name]
        return (one is None) == (other is None) and all(
            h(Values({name: one})) == h(Values({name: other})) for h in holds
        )

    def has(self, name: tuple[str, ...], *values: Any) -> Cond:
        """Whether the slot has one of these values."""
        return atom(self.slots[name], self.slots[name].bits(*values)) if name in self.slots else NEVER

    # conditions

    def asked(self, condition: Condition | None) -> Cond:
        """A condition as a question; none is always true."""
        return ALWAYS if condition is None else self._node(condition.node)

    def _node(self, node: Node) -> Cond:
        if isinstance(node, Group):
            found = [self._node(part) for part in node.parts]
            return some(found) if node.kind == "any" else every(found) if node.kind == "all" else no(every(found))
        if isinstance(node, Has):
            return every(self.present(("field", name)) for name in node.fields)
        if isinstance(node, Clock):
            return every(self.clock(node.kind, name) for name in node.names)
        if isinstance(node, Fact):
            return every([*(self._fact(node, name) for name in node.names), *([FREE] if node.at_least > 1 else [])])
        if isinstance(node, Test):
            return self._test(node)
        if isinstance(node, Records) and node.comparison in ("at_least", "more_than", "is") and node.n > 0:
            return every([self.done(node.act), FREE])
        return FREE

    def present(self, name: tuple[str, ...]) -> Cond:
        """Whether a field or record is filled."""
        slot = self.slots[name]
        return atom(slot, slot.mask & ~slot.bits(None))

    def clock(self, kind: str, name: str) -> Cond:
        """How the newest run of a limit stands."""
        stands = {"running": ("running", "early"), "overdue": ("overdue", "duty done")}
        found = self.has(("clock", name), *stands.get(kind, ("overdue", "duty done", "late")))
        paused = kind == "running" and bool(self.guide.deadlines[name].pauses)
        return every([found, FREE]) if paused else found

    def done(self, name: str) -> Cond:
        """Whether an act or a step was done in the latest visit and counts."""
        if name in self.guide.acts:
            act = self.guide.acts[name]
            return FREE if act.verb else self.has(("done", name), "fresh")
        return every([self._complete(name), self.has(("outdated", name), NO)])

    def _complete(self, step: str) -> Cond:
        """Whether nothing is left to do with the newest paper of a step."""
        document = self.document(step)
        ready = (document.ready,) if self.alone(document) else ()
        return self.has(("paper", step), "served", "answered", *ready)

    @staticmethod
    def alone(document: Document) -> bool:
        """Whether it is addressed to nobody, and so complete as soon as it is ready."""
        return not (document.recipients or document.addressed_field)

    def document(self, step: str) -> Document:
        """The document that a step sends."""
        return self.guide.documents[self.guide.openers[step].document]

    def _fact(self, node: Fact, name: str) -> Cond:
        if node.kind == "entered":
            return self.has(("entered", name), YES)
        if node.kind == "ever":
            if name in self.guide.acts:
                return self.has(("ever", name), YES)
            complete = OUT if self.alone(self.document(name)) else OUT[1:]
            return some([self._complete(name), *(self.has(("out", name, how), YES) for how in complete)])
        if node.kind == "done":
            return self.done(name)
        if name not in self.guide.documents:
            return self._come(node.kind, name, node.to)
        steps = [a.step for a in self.guide.openers.values() if a.document == name]
        older = {"answered": OUT[2:], "served": OUT[1:]}.get(node.kind, OUT)
        out = [every([self.has(("out", s, how), YES), FREE if node.to else ALWAYS]) for s in steps for how in older]
        return some([*(self._come(node.kind, step, node.to) for step in steps), *out])

    def _come(self, kind: str, step: str, to: str) -> Cond:
        """Whether the newest paper of a step has come so far."""
        document, stages = self.document(step), STAGES
        first: str = {"served": "served", "signed": "signed", "released": "released"}.get(kind, "")
        if (kind == "signed" and not document.signed_by) or (kind == "released" and not document.released_by):
            first = document.ready
        if kind == "answered":
            return self.has(("paper", step), "answered", "partly answered")
        come = self.has(("paper", step), *stages[stages.index(first) :])
        if not to:
            return come
        sure = ALWAYS if to in document.recipients else (FREE if document.addressed_field else NEVER)
        return some([every([come, sure]), every([self.has(("paper", step), "partly", "partly answered"), FREE])])

    def _test(self, node: Test) -> Cond:
        name = _named(node.left)
        if _plain(node) and name in self.slots:
            holds = compiled(node).holds
            slot = self.slots[name]
            return atom(slot, slot.where(lambda value: holds(Values({name: value}))))
        return every([*(self._there(one) for one in _operands(node)), FREE])

    def _there(self, one: Reference) -> Cond:
        """Whether there is such a value at all: without one a test is false."""
        if one.kind in PLACES:
            return self.present(_named(one))
        if one.kind == "day":
            return self.done(one.name)
        if one.kind == "due":
            return self.has(("clock", one.name), *RUNS[1:])
        return ALWAYS


def conditions(guide: Guide) -> Iterator[Condition]:
    """Every condition that bears on the way of a case."""
    for act in guide.acts.values():
        found = (act.when, *(c for rule in act.rules if not rule.warns for c in (rule.if_, rule.must)))
        yield from (condition for condition in found if condition is not None)
    yield from (deadline.when for deadline in guide.deadlines.values() if deadline.when is not None)
    yield from (statement.condition for statement in guide.statements)


def _named(one: Reference) -> tuple[str, ...]:
    return ("record", one.name, one.part) if one.kind == "record" else (one.kind, one.name)


def _operands(node: Test) -> list[Reference]:
    return [one for one in (node.left, *node.options) if isinstance(one, Reference)]


def _plain(node: Test) -> bool:
    """Whether a test holds a field against constants."""
    plain = node.left.kind in PLACES or (node.left.kind, node.left.name) == ("unit", "level")
    return plain and all(isinstance(one, Constant) for one in node.options) and node.left.shift is None
