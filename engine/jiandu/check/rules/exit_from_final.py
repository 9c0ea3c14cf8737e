"""A transition or a step of a final state: written in it, or among the states it names with `during`.

A finished case takes no act any more, so what is written there is never done. If there is still something to do,
the state is not the last one.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The acts of final states."""
    for act in subject.openers:
        for name in (act.owner,) if act.owner else act.states:
            if subject.guide.states[name].final:
                facts = {"act": act.title, "state": subject.guide.states[name].title}
                yield Finding("exit-from-final", act.place, facts)
