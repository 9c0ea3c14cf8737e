"""What a rule looks at: the guide as it is understood, and the texts it was read from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jiandu.check.graph import Graph
from jiandu.check.questions import Question, questions
from jiandu.findings import Place
from jiandu.guide.bundle import Bundle
from jiandu.guide.conditions import Has, Node, Reference, Test, parts
from jiandu.guide.model import Act, Guide
from jiandu.source.cursor import Cursor

if TYPE_CHECKING:
    from jiandu.check.explore import Explored, Explorer


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

    @cached_property
    def read(self) -> frozenset[str]:
        """The card fields that some condition reads."""
        guide = self.guide
        conditions = [act.when for act in guide.acts.values()] + [one.when for one in guide.deadlines.values()]
        conditions += [part for act in guide.acts.values() for rule in act.rules for part in (rule.if_, rule.must)]
        conditions += [statement.condition for statement in guide.statements]
        conditions += [guide.secrecy.when] if guide.secrecy else []
        nodes = (node for condition in conditions if condition for node in parts(condition.node))
        return frozenset(name for node in nodes for name in _fields(node))

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
            texts = (self.bundle.guide, *self.bundle.lexicons.values())
            return any(re.search(rf"\bsetting: *{name}\b", source.text) for source in texts)
        return self.mentions.get(name, 0) > 1

    @cached_property
    def mentions(self) -> dict[str, int]:
        """How often each word stands anywhere in the texts: as a key, as a value, or as part of a dotted name."""
        found: dict[str, int] = {}
        for source in (self.bundle.guide, *self.bundle.lexicons.values()):
            for word in _words(source.data):
                found[word] = found.get(word, 0) + 1
        return found


def _fields(node: Node) -> Iterator[str]:
    if isinstance(node, Has):
        yield from node.fields
    if isinstance(node, Test):
        right = node.right if isinstance(node.right, tuple) else (node.right,)
        yield from (one.name for one in (node.left, *right) if isinstance(one, Reference) and one.kind == "field")


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from str(key).split(".")
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str) and len(value) <= 130:
        yield from (value, *(value.split(".") if "." in value else ()))
        if ":" in value:
            yield value.partition(":")[0]
