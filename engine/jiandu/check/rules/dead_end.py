"""A state that is not final and that no transition leaves.

A case that comes there stays there for ever: nobody can close it, its file is never archived. Add the transition
that is missing, or write `final: true` where the matter is over.
"""

from collections.abc import Iterator

from jiandu.check.graph import Graph
from jiandu.findings import Finding
from jiandu.guide.model import Guide

SEVERITY = "error"


def find(guide: Guide) -> Iterator[Finding]:
    """The states without a way out."""
    graph = Graph(guide)
    for state in guide.states.values():
        if not state.final and not graph.ways[state.id]:
            yield Finding("dead-end", state.place, {"state": state.title, "id": state.id})
