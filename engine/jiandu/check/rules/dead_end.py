"""A state that is not final and that no transition leaves.

A case that comes there stays there for ever: nobody can close it, its file is never archived. Add the transition
that is missing, or write `final: true` where the matter is over.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The states without a way out."""
    guide, graph = subject.guide, subject.graph
    for state in guide.states.values():
        if not state.final and not graph.ways[state.id]:
            yield Finding("dead-end", state.place, {"state": state.title, "id": state.id})
