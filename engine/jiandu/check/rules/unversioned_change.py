"""A rule or a time limit that rests on a text which goes out of force while the guide applies, and has no `versions`.

From that day on it would be refused, warned and reckoned by law that is no more. Write `versions` with the days on
which each text holds.
"""

from collections.abc import Iterator
from datetime import date

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """What goes on resting on a text after its end; a text that ended before the guide is another fault."""
    guide = subject.guide
    rests = [(rule.says, rule.place, rule.basis, rule.until) for act in subject.openers for rule in act.rules]
    for deadline in guide.deadlines.values():
        rests += [(deadline.title, deadline.place, one.basis, one.until) for one in deadline.versions or (deadline,)]
    for title, place, basis, until in rests:
        ends = [subject.ended.get(citation.source, date.max) for citation in basis]
        end = max(ends, default=date.max)
        within = guide.effective_from <= end < (guide.effective_to or date.max)
        if within and (until is None or until > end):
            yield Finding("unversioned-change", place, {"title": title, "day": end})
