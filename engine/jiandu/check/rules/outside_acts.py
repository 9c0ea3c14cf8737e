"""A role of another organ that is to do something here.

The police file and the court answers, but they do not work in this system: what they did is recorded by one of ours.
An act whose `by` names them alone is done by nobody. Name who records it; if the organ decides and somebody here
enters the decision, give the role `recorded_by`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding, Place

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """Whatever names an outside role for whom nobody may act; of a paper the first of its acts."""
    told: set[tuple[Place, str]] = set()
    for title, place, roles in subject.deeds:
        for role in roles:
            if subject.outside(role) and (place, role) not in told:
                told.add((place, role))
                yield Finding("outside-acts", place, {"act": title, "role": subject.guide.roles[role].title})
