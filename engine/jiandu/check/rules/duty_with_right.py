"""A time limit that is somebody's right, with a duty for when it runs out.

A right lapses and is never late: the duty is never asked for. What the law wants after the lapse is a step with
`when: {missed: …}`; what somebody has to do in time is `owed_by` and not `right_of`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The rights whose expiry is to leave a duty."""
    for deadline in subject.guide.deadlines.values():
        if deadline.right and deadline.duty:
            yield Finding("duty-with-right", deadline.place, {"deadline": deadline.title})
