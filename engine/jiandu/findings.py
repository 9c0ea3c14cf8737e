"""A remark about a place in a text: what is wrong with a guide is a value, and many come at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jiandu.catalogue import Language, has, say

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a text: lines and columns count from 1, columns and length in characters."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place("", 0, 0)
"""Where what is written in no text stands."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a place, why it matters for a case, and what to do.

    `rule` is the one word for the fault everywhere; `message` picks a variant of its sentences (`rule` alone by
    default); `facts` fill them; `also` are further places, each with the code of its caption.
    """

    rule: str
    place: Place
    facts: Mapping[str, object] = field(default_factory=dict)
    message: str = ""
    severity: Severity = "error"
    also: tuple[tuple[Place, str], ...] = ()

    def what(self, language: Language) -> str:
        """What is wrong, in a sentence."""
        return say(self.message or self.rule, language, self.facts)

    def why(self, language: Language) -> str:
        """Why it matters for a case; empty where the sentence says enough."""
        return self._part("why", language)

    def fix(self, language: Language) -> str:
        """What to do about it; empty where the sentence says enough."""
        return self._part("fix", language)

    def _part(self, part: str, language: Language) -> str:
        for code in (f"{self.message}.{part}", f"{self.rule}.{part}"):
            if has(code):
                return say(code, language, self.facts)
        return ""


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings by place, each once."""
    unique = {(f.rule, f.place, f.message, str(f.facts)): f for f in findings}
    return tuple(sorted(unique.values(), key=lambda f: (f.place, f.rule)))
