"""A guide none of whose states is final.

No case of it can ever be finished and archived. Mark the state in which the matter is over with `final: true`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The guide itself, told at its first state."""
    if not any(state.final for state in subject.guide.states.values()):
        yield Finding("no-final-state", subject.guide.states[subject.guide.initial].place)
