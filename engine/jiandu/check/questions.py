"""The conditions of a guide, each with what is known where it is asked, and the answers that all values give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jiandu.case.gate.rules import Said
from jiandu.catalogue import Language, Text, say
from jiandu.check.values import Name, Values, asked, cases
from jiandu.guide.conditions import Condition
from jiandu.guide.model import Act, Guide
from jiandu.guide.words import title_words


@dataclass(frozen=True)
class Question:
    """A condition: of what (`about`), asked in which states, seen with which act as if done."""

    condition: Condition
    about: Text
    states: tuple[str, ...]
    acting: str = ""

    def answers(self, guide: Guide, known: frozenset[str]) -> tuple[int, int] | None:
        """Of how many combinations it is true, and how many there are; None where they are too many."""
        found = cases(guide, [self.condition], known, self.acting)
        if found is None:
            return None
        holds = asked(self.condition)
        return sum(1 for values in found if holds(values)), len(found)

    def facts(self, guide: Guide) -> Mapping[str, object]:
        """What a finding says of it."""
        return {"about": self.about, "condition": Said(self.condition, guide)}


def questions(guide: Guide) -> Iterator[Question]:
    """Every condition of acts and time limits, once."""
    for act in guide.acts.values():
        if act is guide.openers[act.step]:
            yield from _of_act(act)
    for deadline in guide.deadlines.values():
        if deadline.when is not None:
            yield Question(deadline.when, deadline.title, ())


def _of_act(act: Act) -> Iterator[Question]:
    if act.when is not None:
        yield Question(act.when, act.title, act.states)
    for rule in act.rules:
        conditions = (rule.if_, rule.must)
        yield from (Question(one, act.title, act.states, act.name) for one in conditions if one is not None)


@dataclass(frozen=True, slots=True)
class Shown:
    """Some values in words: `“立案监督类型”是“应当立案而不立案”，“涉案金额”是5000`."""

    values: Mapping[Name, Any]
    guide: Guide = field(repr=False, compare=False)

    def said(self, language: Language) -> str:
        """The values in words; those of which nothing can be said are left out."""
        told = [one for name, value in self.values.items() if (one := self._one(name, value, language))]
        return say("joined-all", language).join(told)

    def _one(self, name: Name, value: Any, language: Language) -> str:
        kind, about = name[0], name[-1]
        if kind in ("field", "record") and not about.startswith("#"):
            field = self.guide.fields[about] if kind == "field" else self.guide.acts[name[1]].record[about]
            if value is None:
                return say("value-empty", language, {"name": field.title})
            chosen = [field.choices.get(one, one) for one in (value if isinstance(value, tuple) else (value,))]
            shown = say("yes" if value else "no", language) if isinstance(value, bool) else chosen
            return say("value-shown", language, {"name": field.title, "value": shown})
        if kind in ("done", "paper", "clock", "entered", "ever"):
            title = title_words(about, self.guide)
            done = "stands-done" if value else "stands-not-done"
            return say(f"stands-{value}" if isinstance(value, str) else done, language, {"name": title})
        return say("value-shown", language, {"name": about, "value": value}) if kind in ("unit", "parent") else ""


def told(values: Values, guide: Guide) -> Shown:
    """The values of a combination, to be said."""
    return Shown(values.of, guide)
