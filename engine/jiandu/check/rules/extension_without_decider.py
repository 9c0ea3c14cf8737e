"""A time limit that may be extended in a guide that gives nobody the power to extend.

`extend` at the limit says how far and by whom; that anything is extended at all is a power. Without `powers: {extend:
…}` every request is refused.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The extensions that nobody can grant."""
    if "extend" in subject.guide.powers:
        return
    for deadline in subject.guide.deadlines.values():
        if deadline.extend and subject.own(deadline.place):
            yield Finding("extension-without-decider", deadline.place, {"deadline": deadline.title})
