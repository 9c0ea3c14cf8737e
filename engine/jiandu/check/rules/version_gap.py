"""Versions of a time limit or a rule that leave days uncovered, or of which two cover the same day; a version, or a
guide, that ends before it begins.

On a day without a version the limit does not run and the rule is not asked, as if the law had been silent; of two
versions the first that is written counts for a limit, and both for a rule. The next version begins on the day after
the one before it ends.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from jiandu.catalogue import Text
from jiandu.check.subject import Subject
from jiandu.findings import Finding, Place
from jiandu.guide.model import Rule

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The first fault of each row of versions. Nothing before the first or after the last is no gap."""
    guide = subject.guide
    yield from _wrong(guide.title, subject.root.at("effective").place, [(guide.effective_from, guide.effective_to)])
    for deadline in guide.deadlines.values():
        yield from _wrong(deadline.title, deadline.place, [(one.since, one.until) for one in deadline.versions])
    for act in subject.openers:
        rows: dict[str, list[Rule]] = {}
        for rule in act.rules:
            rows.setdefault(rule.id, []).append(rule)
        for row in rows.values():
            yield from _wrong(row[0].says, row[0].place, [(one.since, one.until) for one in row])


def _wrong(title: Text, place: Place, spans: list[tuple[date | None, date | None]]) -> Iterator[Finding]:
    days = sorted((since or date.min, until or date.max) for since, until in spans)
    if backward := next((since for since, until in days if since > until), None):
        yield Finding("version-gap", place, {"title": title, "day": backward}, message="version-gap-backward")
        return
    for (_, until), (since, _) in pairwise(days):
        if since <= until:
            yield Finding("version-gap", place, {"title": title, "day": since}, message="version-gap-overlap")
            return
        if since > until + timedelta(days=1):
            yield Finding("version-gap", place, {"title": title, "day": until + timedelta(days=1)})
            return
