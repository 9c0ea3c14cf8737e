"""What an act will write, before it has its place in the trail: content, body, and the numbers it waits for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jiandu.errors import Reason

_HOLES = re.compile(r"\{(?:unit|year|seq)\}")


@dataclass(frozen=True, slots=True)
class NumberWanted:
    """A gapless number to be taken in the transaction: the place of its effect, its series, and how it is written."""

    effect: int
    unit: str
    series: str
    year: int
    pattern: str

    def written(self, seq: int) -> str:
        """The number as people write it. The pattern is filled, never interpreted: it comes from a text."""
        facts = {"{unit}": self.unit, "{year}": str(self.year), "{seq}": str(seq)}
        return _HOLES.sub(lambda hole: facts[hole[0]], self.pattern)


@dataclass(frozen=True, slots=True)
class ChildWanted:
    """A case that the act opens: the place of its effect, its guide and unit, what stands on its card, who holds it."""

    effect: int
    relation: str
    guide: str
    unit: str
    card: Mapping[str, Any]
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that may be done. `content` is its entry but for act id, number and link; `body` what may be sealed."""

    content: Mapping[str, Any]
    body: Mapping[str, Any]
    numbers: tuple[NumberWanted, ...] = ()
    children: tuple[ChildWanted, ...] = ()

    def related(self, cases: Sequence[str]) -> "Draft":
        """The draft with the ids of the cases it opens written in, one for each of `children`."""
        effects = list(self.content["effects"])
        for wanted, case in zip(self.children, cases, strict=True):
            effects[wanted.effect] = {**effects[wanted.effect], "case": case}
        return replace(self, content={**self.content, "effects": effects})

    def numbered(self, taken: Sequence[int]) -> Mapping[str, Any]:
        """The content with its numbers written in, one of `taken` for each of `numbers`."""
        effects = list(self.content["effects"])
        for wanted, seq in zip(self.numbers, taken, strict=True):
            number = wanted.written(seq)
            effects[wanted.effect] = {**effects[wanted.effect], "seq": seq, "number": number}
        return {**self.content, "effects": effects}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the act may not be done; a later phase of reasons is only looked at when the earlier is clean."""

    reasons: tuple[Reason, ...] = field(default_factory=tuple)
