"""A way to the end on which the case is never given an outcome.

The ledger would show a finished case without a result. Name the `outcome` at the transition with which the matter
is decided; what comes after it, the quality check and the archive, needs none.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """Each transition into a final state that a case can come to without an outcome."""
    guide, graph = subject.guide, subject.graph
    if not guide.outcomes:
        return
    open_, waiting = {guide.initial}, [guide.initial]
    for state in waiting:
        for act in graph.ways[state]:
            if act.closes or act.to in open_:
                continue
            open_.add(act.to)
            waiting.append(act.to)
    for state in sorted(open_):
        for act in graph.ways[state]:
            if guide.states[act.to].final and not act.closes:
                yield Finding("outcome-missing", act.place, {"act": act.title, "state": guide.states[act.to].title})
