"""A state that can only be left while a time limit has not run out.

A period may end a power; then there has to be another way. Here every transition asks that the same limit has not
been missed, so a case in which it was stays in the state for ever. Write the transition for «too late».
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.conditions import Clock, Group, Node, Reference, Test
from jiandu.guide.model import Act, Deadline

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The states whose every way out ends with one limit."""
    guide, graph = subject.guide, subject.graph
    for state in graph.reached:
        ends = [_ends_with(subject, act) for act in graph.ways[state]]
        for name in sorted(frozenset.intersection(*ends)) if ends else ():
            if _may_run_out(subject, guide.deadlines[name], state):
                facts = {"state": guide.states[state].title, "deadline": guide.deadlines[name].title}
                yield Finding("power-ends-without-way-out", guide.states[state].place, facts)


def _may_run_out(subject: Subject, deadline: Deadline, state: str) -> bool:
    """Whether a limit is not met for good before the state is entered, and does not stand still in it."""
    met = [act for event in deadline.met_by.events for act in subject.bringing(event) or ()]
    later = any(other in subject.graph.from_here(state) for act in met for other in act.states)
    return later and not any(state in pause.states for pause in deadline.pauses)


def _ends_with(subject: Subject, act: Act) -> frozenset[str]:
    """The limits after whose expiry the act is impossible."""
    return frozenset(name for node in subject.bars(act) for name in _ending(node))


def _ending(node: Node) -> Iterator[str]:
    if isinstance(node, Group) and node.kind == "not" and len(node.parts) == 1:
        inner = node.parts[0]
        yield from inner.names if isinstance(inner, Clock) and inner.kind == "missed" and len(inner.names) == 1 else ()
    elif isinstance(node, Clock) and node.kind == "running":
        yield from node.names
    elif isinstance(node, Test) and node.comparison in ("at_most", "less_than") and isinstance(node.right, Reference):
        now = node.left.kind in ("act_day", "today") and node.left.shift is None
        if now and node.right.kind == "due" and (node.right.shift is None or node.right.back):
            yield node.right.name
