"""Why a due day is the day it is: every step of the reckoning as a code and facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jiandu.calendar.period import Period
from jiandu.catalogue import Language, day_words, has, say

Fact = date | Period | str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step. From the steps alone, without calendar, the due day can be reckoned again:

    a block of `trace-length` and `trace-extension` (one unit, its total applied once) ends with `trace-ends-on`; each
    `trace-skipped-day` and `trace-roll-day` lengthens by a day, each `trace-pause` by its `length`.
    """

    code: str
    facts: Mapping[str, Fact]

    def text(self, language: Language) -> str:
        """The step in words."""
        return say(self.code, language, {name: _said(name, fact, language) for name, fact in self.facts.items()})

    def to_json(self) -> dict[str, str]:
        """The step as plain data: its code, and its facts beside it; days as `2026-05-06`, periods as `15 days`."""
        return {"code": self.code} | {name: str(fact) for name, fact in self.facts.items()}


def trace_step(flat: Mapping[str, str]) -> TraceStep:
    """The step from its plain data, as it stands in a trail."""
    return TraceStep(flat["code"], {name: _fact(name, fact) for name, fact in flat.items() if name != "code"})


def _fact(name: str, fact: str) -> Fact:
    if name in ("day", "since", "until"):
        return date.fromisoformat(fact)
    return Period.parse(fact) if name == "length" else fact


def _said(name: str, fact: Fact, language: Language) -> str:
    if isinstance(fact, date):
        return day_words(fact, language)
    if isinstance(fact, Period):
        return fact.words(language)
    if name == "holiday" and has(f"holiday-{fact}"):
        return say(f"holiday-{fact}", language)
    return str(fact)
