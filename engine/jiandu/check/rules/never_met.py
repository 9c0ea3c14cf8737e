"""A time limit that nothing can meet: no `met_by`, or only events that never happen.

Whoever owes it stands overdue for ever, whatever he does, and what the guide asks for after the expiry is asked in
every case. Name the event that ends it; for what merely may be done after some time write a condition and no limit.
"""

from collections.abc import Iterator

from jiandu.check.rules.never_started import _happens
from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The limits that cannot end well."""
    for deadline in subject.guide.deadlines.values():
        if not any(_happens(subject, event) for event in deadline.met_by.events):
            yield Finding("never-met", deadline.place, {"deadline": deadline.title})
