"""A state from which no path leads to a final state, though transitions leave it.

A case that comes there goes on and on and is never finished. Where several states lead only to one another the
fault is told once, at the state that is reached first; a state without any way out is a `dead-end` and not told
again.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The first state of each set from which nothing leads out to the end."""
    guide, graph = subject.guide, subject.graph
    if not any(state.final for state in guide.states.values()):
        return
    stuck = [name for name in graph.reached if name not in graph.ending and graph.ways[name]]
    told: set[str] = set()
    for name in stuck:
        if name in told or any(not graph.ways[other] for other in graph.from_here(name)):
            continue
        closed = graph.from_here(name)
        told |= closed
        state = guide.states[name]
        way = " → ".join(graph.reached[name])
        also = tuple((act.place, "no-path-to-end-back") for act in graph.ways[name])
        yield Finding("no-path-to-end", state.place, {"state": state.title, "id": name, "way": way}, also=also)
