"""A pattern from which no unmistakable number comes.

A pattern knows `{unit}`, `{year}` and `{seq}`. Without `{seq}` every paper has the same number, without `{year}` the
numbers come again each January; anything else in braces stands in the number as it is. Each kind of paper counts by
itself: two kinds with the same pattern have the same numbers.
"""

import re
from collections.abc import Iterator

from jiandu.catalogue import Text
from jiandu.check.subject import Subject
from jiandu.findings import Finding, Place

KNOWN = ("{unit}", "{year}", "{seq}")

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The patterns of the case and of its papers."""
    guide = subject.guide
    wanting = [act for act in guide.acts.values() if act.numbers_case and not guide.number]
    for act in wanting:
        yield Finding("number-pattern", act.place, {"act": act.title}, message="number-pattern-none")
    patterns = [(guide.title, guide.number, subject.root.at("number").place)]
    written = {name: cursor.at("number").place for name, cursor in subject.bundle.items("documents")}
    patterns += [
        (d.title, d.number, written.get(d.id, d.place)) for d in guide.documents.values() if subject.senders(d.id)
    ]
    seen: dict[str, Text] = {}
    for title, pattern, place in patterns:
        if pattern and subject.own(place):
            yield from _wrong(title, pattern, place)
        if pattern and seen.setdefault(pattern, title) is not title and subject.own(place):
            facts = {"title": title, "other": seen[pattern]}
            yield Finding("number-pattern", place, facts, message="number-pattern-twice")


def _wrong(title: Text, pattern: str, place: Place) -> Iterator[Finding]:
    holes = re.findall(r"\{[^{}]*\}", pattern)
    for hole in holes:
        if hole not in KNOWN:
            yield Finding("number-pattern", place, {"title": title, "hole": hole}, message="number-pattern-unknown")
    for hole in ("{seq}", "{year}"):
        if hole not in holes:
            yield Finding("number-pattern", place, {"title": title, "hole": hole})
