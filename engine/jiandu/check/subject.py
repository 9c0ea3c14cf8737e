"""What a rule looks at: the guide as it is understood, and the texts it was read from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jiandu.catalogue import Text
from jiandu.check.graph import Graph
from jiandu.check.questions import Question, questions
from jiandu.findings import Place
from jiandu.guide.bundle import Bundle
from jiandu.guide.conditions import Clock, Group, Has, Node, Reference, Test, parts
from jiandu.guide.model import Act, Event, Guide, Role
from jiandu.source.cursor import Cursor

if TYPE_CHECKING:
    from jiandu.check.explore import Explored, Explorer

STAGES = {"signed": "sign", "released": "release", "served": "serve", "answered": "answer", "done": "serve"}
"""The act that brings a paper to each stage."""


@dataclass(frozen=True)
class Subject:
    """A guide about to be judged, with its texts."""

    guide: Guide
    bundle: Bundle
    thorough: bool = False
    """Whether there are minutes to look at it."""

    @cached_property
    def graph(self) -> Graph:
        """The way of a case through the guide."""
        return Graph(self.guide)

    @cached_property
    def root(self) -> Cursor:
        """The guide's own text."""
        return Cursor(self.bundle.guide)

    @property
    def openers(self) -> Iterator[Act]:
        """Each step and transition once: of a paper's step the act that begins it."""
        return (act for act in self.guide.acts.values() if act is self.guide.openers[act.step])

    def own(self, place: Place) -> bool:
        """Whether something stands in the guide's own file and not in a lexicon."""
        return place.file == self.bundle.guide.file

    def outside(self, role: str) -> bool:
        """Whether a role is another organ that does nothing here, and for which nobody enters what it decides."""
        known = self.guide.roles[role]
        return known.outside and not known.recorded_by and not known.also

    @cached_property
    def deeds(self) -> tuple[tuple[Text, Place, tuple[str, ...]], ...]:
        """Whatever some role has to do: title, place and roles of each act, power and extension."""
        guide = self.guide
        acts = [(act.title, act.place, act.by) for act in (*guide.acts.values(), *guide.powers.values()) if act.by]
        return (*acts, *((d.title, d.place, d.extend.by) for d in guide.deadlines.values() if d.extend))

    @cached_property
    def acting(self) -> frozenset[str]:
        """The roles that do something, take part in it, stand in for those who do, or enter what they decide."""
        guide = self.guide
        named = {role for _, _, roles in self.deeds for role in roles}
        named |= {role for act in guide.acts.values() if act.people for role in act.people.of}
        return frozenset({other for role in named for other in (role, *self._behind(guide.roles[role]))})

    @staticmethod
    def _behind(role: Role) -> tuple[str, ...]:
        return (*role.also, *role.recorded_by)

    def bringing(self, event: Event) -> tuple[Act, ...] | None:
        """The acts that bring an event about; None where it hangs on no single act."""
        acts = (self.guide.powers["open"], *self.guide.acts.values())
        if event.kind in ("missed", "opened"):
            return None
        if event.kind == "entered":
            return tuple(act for act in acts if act.to == event.name)
        if event.kind == "field":
            return tuple(act for act in acts if event.name in (*act.fills, *act.sets))
        named = tuple(act for act in acts if event.name in (act.name, act.step, act.document))
        verb = STAGES[event.kind]
        return tuple(act for act in named if act.verb == verb) or named

    def senders(self, document: str) -> tuple[Act, ...]:
        """The acts that begin a paper of a kind."""
        return tuple(act for act in self.openers if act.document == document)

    def conditions(self, act: Act) -> Iterator[Node]:
        """Every part of the conditions of an act: its `when` and its rules."""
        for condition in (act.when, *(part for rule in act.rules for part in (rule.if_, rule.must))):
            yield from parts(condition.node) if condition else ()

    def bars(self, act: Act) -> Iterator[Node]:
        """What has to hold in every case for an act to be possible, in its single parts."""
        for condition in (act.when, *(rule.must for rule in act.rules if rule.if_ is None and not rule.warns)):
            yield from _joined(condition.node) if condition else ()

    def on_time(self, act: Act) -> frozenset[str]:
        """The deadlines that the conditions of an act speak of."""
        return frozenset(name for node in self.conditions(act) for name in _deadlines(node))

    @cached_property
    def awaited_by(self) -> Mapping[str, frozenset[str]]:
        """For each step the acts named in its `after`, and those named in theirs."""
        guide = self.guide
        direct = {step: {self.guide.acts[n].step if n in guide.acts else n for n in act.after}
                  for step, act in guide.openers.items()}  # fmt: skip
        found: dict[str, frozenset[str]] = {}
        for step in direct:
            seen, waiting = set(direct[step]), list(direct[step])
            for one in waiting:
                fresh = direct[one] - seen
                seen |= fresh
                waiting += fresh
            found[step] = frozenset(seen)
        return found

    @cached_property
    def asked(self) -> tuple[Node, ...]:
        """Every part of every condition."""
        guide = self.guide
        nodes = [node for act in guide.acts.values() for node in self.conditions(act)]
        others = [one.when for one in guide.deadlines.values()] + [one.condition for one in guide.statements]
        others += [guide.secrecy.when] if guide.secrecy else []
        return (*nodes, *(node for condition in others if condition for node in parts(condition.node)))

    @cached_property
    def read(self) -> frozenset[str]:
        """The card fields that some condition reads."""
        return frozenset(name for node in self.asked for name in _fields(node))

    def written(self, act: Act) -> Cursor:
        """What the text says of a step or transition."""
        return self._written[act.step]

    @cached_property
    def _written(self) -> Mapping[str, Cursor]:
        homes = [cursor for _, cursor in self.bundle.items("states")]
        homes += [self.root, *(Cursor(source) for source in self.bundle.lexicons.values())]
        return {name: cursor for home in homes for kind in ("steps", "transitions")
                for name, cursor in home.at(kind).entries()}  # fmt: skip

    @cached_property
    def ended(self) -> Mapping[str, date]:
        """The last day of each source that goes out of force."""
        ends = ((name, cursor.at("in_force", "to").data) for name, cursor in self.bundle.items("sources"))
        return {name: date.fromisoformat(end) for name, end in ends if end}

    def known(self, states: Iterable[str]) -> frozenset[str]:
        """The card fields that are filled in every case that stands in one of the states."""
        passed = [self.graph.passed(state) for state in states] or [frozenset()]
        sure = passed[0].intersection(*passed[1:]) | {self.guide.initial}
        return frozenset(f.id for f in self.guide.fields.values() if f.default is not None or f.required_from in sure)

    @cached_property
    def answers(self) -> tuple[tuple[Question, tuple[int, int] | None], ...]:
        """Every condition, with how many combinations of values it is true of, and of how many."""
        guide = self.guide
        return tuple((one, one.answers(guide, self.known(one.states))) for one in questions(guide))

    @cached_property
    def explored(self) -> "tuple[Explorer, Explored]":
        """Every situation that a case can come to, as far as the budget goes."""
        from jiandu.check.explore import SOME, THOROUGH, Explorer  # only asked for before a guide is used

        explorer = Explorer(self.guide)
        return explorer, explorer.explore(*(THOROUGH if self.thorough else SOME))

    def named_again(self, section: str, name: str) -> bool:
        """Whether something defined in the guide is named anywhere else. (Of a setting only its value is left.)"""
        if section == "settings":
            return name in self.settings_put
        return self.mentions.get(name, 0) > 1

    @cached_property
    def settings_put(self) -> frozenset[str]:
        """The settings whose values stand somewhere in the texts."""
        texts = (self.bundle.guide, *self.bundle.lexicons.values())
        return frozenset(name for source in texts for name in re.findall(r"\bsetting: *[\"']?([\w.-]+)", source.text))

    @cached_property
    def mentions(self) -> dict[str, int]:
        """How often each word stands anywhere in the texts: as a key, as a value, or as part of a dotted name."""
        found: dict[str, int] = {}
        for source in (self.bundle.guide, *self.bundle.lexicons.values()):
            for word in _words(source.data):
                found[word] = found.get(word, 0) + 1
        return found


def _joined(node: Node) -> Iterator[Node]:
    if isinstance(node, Group) and node.kind == "all":
        for part in node.parts:
            yield from _joined(part)
    else:
        yield node


def _deadlines(node: Node) -> Iterator[str]:
    if isinstance(node, Clock):
        yield from node.names
    yield from _held(node, "due")


def _fields(node: Node) -> Iterator[str]:
    if isinstance(node, Has):
        yield from node.fields
    yield from _held(node, "field")


def _held(node: Node, kind: str) -> Iterator[str]:
    """What of a kind a test holds against something, on either side."""
    if isinstance(node, Test):
        operands = (node.left, *node.options)
        yield from (one.name for one in operands if isinstance(one, Reference) and one.kind == kind)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from str(key).split(".")
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str):
        yield from value.split(".")
