"""A state that no path from the beginning reaches.

Whatever the guide says of it will never happen in a case: its steps are never done, its time limits never run.
Usually a transition was renamed or its `to` points elsewhere. States that lead only to one another count as well.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The states outside every path."""
    guide, graph = subject.guide, subject.graph
    for state in guide.states.values():
        if state.id not in graph.reached:
            entered = [act for acts in graph.ways.values() for act in acts if act.to == state.id]
            also = tuple((act.place, "unreachable-state-from") for act in entered)
            yield Finding("unreachable-state", state.place, {"state": state.title, "id": state.id}, also=also)
