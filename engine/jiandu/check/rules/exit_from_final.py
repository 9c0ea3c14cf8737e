"""A transition or a step written in a final state.

A finished case takes no act any more, so what is written there is never done. If there is still something to do,
the state is not the last one.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The acts of final states."""
    for act in subject.guide.acts.values():
        if act.owner and subject.guide.states[act.owner].final and act is subject.guide.openers[act.step]:
            facts = {"act": act.title, "state": subject.guide.states[act.owner].title}
            yield Finding("exit-from-final", act.place, facts)
