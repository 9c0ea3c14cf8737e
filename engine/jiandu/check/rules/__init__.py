"""The named faults of a guide that makes sense word by word: one file a rule, found by its place.

A rule is a module named like the fault, `unreachable_state` for `unreachable-state`. Its docstring is its page
in English; the Chinese one stands in `catalogue/pages.json`. `SEVERITY` is `error`, `warning` or `advice`; `find`
yields what is wrong with a guide. A rule with `PROFILE = "release"` waits until a guide is to be used. Rendering,
suppressions and exit codes are not its business.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from jiandu.catalogue import Language, pages
from jiandu.check.subject import Subject
from jiandu.findings import Finding, Severity

Profile = Literal["drafting", "release", "thorough"]
"""How much is looked for: what can be told at every keystroke; what a guide has to pass before it is used, which walks
through the cases that it allows as far as some seconds go; the same for minutes, saying what is not decided."""
PROFILES: tuple[Profile, ...] = ("drafting", "release", "thorough")


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault with its name: how bad it is, from which profile on it is looked for, its page, and how it is found."""

    id: str
    severity: Severity
    profile: Profile
    english: str
    """Its page in English, as its module has it."""
    explores: bool
    """Whether it goes through the cases that a guide allows, and so asks for one that is right otherwise."""
    find: Callable[[Subject], Iterator[Finding]]

    def page(self, language: Language) -> str:
        """What it looks for, why that matters and what to do: a line that says it, then paragraphs."""
        return pages()[self.id] if language == "zh" else self.english


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    return tuple(_rule(name) for name in sorted(module.name for module in iter_modules(__path__)))


def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    profile: Profile = getattr(module, "PROFILE", "drafting")
    return Rule(
        name.replace("_", "-"),
        module.SEVERITY,
        profile,
        str(module.__doc__).strip(),
        getattr(module, "EXPLORES", False),
        module.find,
    )
