"""A way to the end on which the case is never given an outcome.

The ledger would show a finished case without a result. Name the `outcome` at the transition with which the matter
is decided; what comes after it, the quality check and the archive, needs none. Told at the last transition that could
have named one: after it comes no other that does.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """Each transition without an outcome after which a case can only come to the end without one."""
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
    undecided = _undecided(subject)
    for state in sorted(open_):
        for act in graph.ways[state]:
            last = act.to not in undecided if state in undecided else guide.states[act.to].final
            if not act.closes and last and act.to in graph.ending and (state in undecided or not undecided):
                yield Finding("outcome-missing", act.place, {"act": act.title, "state": guide.states[act.to].title})


def _undecided(subject: Subject) -> frozenset[str]:
    """The states from which some way leads to an outcome, but for what opens a closed case again."""
    ways = {state: [act for act in acts if not act.reopens] for state, acts in subject.graph.ways.items()}
    found = {state for state, acts in ways.items() if any(act.closes for act in acts)}
    while more := {state for state, acts in ways.items() if any(act.to in found for act in acts)} - found:
        found |= more
    return frozenset(found)
