"""What has changed between two texts of a guide, what it means to those who live with it, which version it asks for.

Every edit has one of five weights. `cases`: an open case may stand where it cannot stand any more. `hosts`: what other
systems call or fill in has gone or has another form. `duties`: somebody has a right or a duty that he had not, or not
so. `law`: what it rests on. `words`: how it is said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jiandu.guide.bundle import Bundle

Weight = Literal["cases", "hosts", "duties", "law", "words", "none"]
Kind = Literal["added", "removed", "changed"]
Step = Literal["major", "minor", "patch", "none"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WEIGHTS: tuple[Weight, ...] = ("cases", "hosts", "duties", "law", "words", "none")
STEPS: Mapping[Weight, Step] = {
    "cases": "major", "hosts": "major", "duties": "minor", "law": "patch", "words": "patch", "none": "none",
}  # fmt: skip
NAMED: Mapping[str, tuple[Weight, Weight]] = {
    "states": ("duties", "cases"), "steps": ("duties", "cases"), "transitions": ("duties", "cases"),
    "deadlines": ("duties", "cases"), "documents": ("duties", "cases"), "fields": ("duties", "cases"),
    "choices": ("duties", "cases"), "points": ("duties", "cases"), "record": ("duties", "hosts"),
    "roles": ("duties", "hosts"), "outcomes": ("duties", "cases"), "settings": ("duties", "hosts"),
    "related": ("duties", "cases"), "rules": ("duties", "duties"), "grounds": ("duties", "hosts"),
    "powers": ("duties", "duties"), "sources": ("law", "law"), "articles": ("law", "law"),
    "sets": ("duties", "duties"), "with": ("duties", "duties"),
}  # fmt: skip
"""What it means that something with a name of its own is added to a section, and that it is taken away."""
TITLES = ("outcomes", "choices", "points", "grounds")
"""Sections whose names stand for a title."""
KEYS: Mapping[Weight, frozenset[str]] = {
    "cases": _words("type many initial migrate"),
    "hosts": _words("id number unit"),
    "duties": _words("""
        acts addressed_to adds adopt advisory after all all_of also always amend announced answered any any_is assign
        assigned assigns at_least at_most backdate before between by choose collective copies_to counts_from default
        defaults distinct done drafted_in due due_on during duty each effective electronic enforce entered event ever
        every except extend field fills final for_each from granted guide has holds if includes including internal
        left length less_than link max met_by min minus missed months more_than must never not not_by note nothing
        numbers of on_missed open opened opens optional outcome outside overdue owed_by pause people plus posted
        public quorum readers recorded_by records released released_by reopens repeat reply required required_from
        rescind resumes right_of roll running secrecy sends serve served setting signed signed_by stage statements
        status survives suspend suspended suspension to today until uses versions void_by warn when where while within
        written
    """),
    "law": _words("basis mark in_force kind law"),
    "words": _words("title says why"),
    "none": _words("version jiandu"),
}
"""What it means that a key is added, taken away or has another value."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: where, what kind, how heavy it weighs, and the values before and after."""

    path: str
    kind: Kind
    weight: Weight
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Difference:
    """All edits from one text of a guide to another, in the order of the guide."""

    edits: tuple[Edit, ...]
    old: str
    new: str

    @property
    def step(self) -> Step:
        """The step in the version that the heaviest edit asks for."""
        heaviest = min((WEIGHTS.index(edit.weight) for edit in self.edits), default=len(WEIGHTS) - 1)
        return STEPS[WEIGHTS[heaviest]]

    @property
    def enough(self) -> bool:
        """Whether the new version is as far from the old one as the edits ask for."""
        old, new = version_key(self.old), version_key(self.new)
        asked: Mapping[Step, tuple[int, ...]] = {
            "major": (old[0] + 1, 0, 0), "minor": (old[0], old[1] + 1, 0), "patch": (*old[:2], old[2] + 1), "none": old,
        }  # fmt: skip
        if old[0] == 0 and self.step == "major":  # before 1.0.0 anything may change with the middle number
            return new >= asked["minor"]
        return new >= asked[self.step]


def version_key(version: str) -> tuple[int, ...]:
    """The three numbers of a version."""
    return tuple(map(int, version.split(".")))


def difference(old: Bundle, new: Bundle) -> Difference:
    """What has changed from one text to the other, their lexicons and settings included."""
    edits = tuple(_edits(_whole(old), _whole(new), ()))
    return Difference(edits, str(old.guide.data["version"]), str(new.guide.data["version"]))


def _whole(bundle: Bundle) -> dict[str, Any]:
    """The guide as one text: every section with what the lexicons bring."""
    whole = {key: value for key, value in bundle.guide.data.items() if key != "uses"}
    for source in bundle.lexicons.values():
        for key, value in source.data.items():
            if isinstance(value, dict):
                whole[key] = {**{name: one for name, one in value.items() if name != "defaults"}, **whole.get(key, {})}
    return whole


def _edits(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[Edit]:
    if before == after:
        return
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield Edit(".".join(path), "changed", weight(path, "changed"), before, after)
        return
    for key in dict.fromkeys((*before, *after)):
        where = (*path, str(key))
        if key not in after:
            yield Edit(".".join(where), "removed", weight(where, "removed"), before[key], None)
        elif key not in before:
            yield Edit(".".join(where), "added", weight(where, "added"), None, after[key])
        else:
            yield from _edits(before[key], after[key], where)


def weight(path: tuple[str, ...], kind: Kind) -> Weight:
    """How heavy an edit weighs: by the section, for what has a name of its own; else by the key it is about."""
    key, *rest = path
    if key in NAMED and len(rest) > 1:
        return weight(tuple(rest[1:]), kind)
    if key in NAMED:
        changed: Weight = "words" if key in TITLES else "duties"
        return changed if kind == "changed" else NAMED[key][kind == "removed"]
    found = [one for one in WEIGHTS[3:5] if path[-1] in KEYS[one]]
    found += [one for one, keys in KEYS.items() if key in keys]
    return found[0] if found else "duties"
