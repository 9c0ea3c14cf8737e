"""A state that can only be left while a time limit has not run out.

A period may end a power; then there has to be another way. Here every transition, or a step for which it waits, asks
that the same limit has not been missed, so a case in which it was stays in the state for ever. Write the transition for
«too late».
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding, Place
from jiandu.guide.conditions import Clock, ClockKind, Group, Node, Reference, Test
from jiandu.guide.model import Act, Deadline

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The states whose every way out ends with one limit; told at the bar where there is but one."""
    guide, graph = subject.guide, subject.graph
    for state in graph.reached:
        ends = [_ends(subject, act, state) for act in graph.ways[state]]
        for name in sorted(frozenset.intersection(*map(frozenset, ends))) if ends else ():
            if _may_run_out(subject, guide.deadlines[name], state):
                places = {end[name] for end in ends}
                place = places.pop() if len(places) == 1 else guide.states[state].place
                facts = {"state": guide.states[state].title, "deadline": guide.deadlines[name].title}
                yield Finding("power-ends-without-way-out", place, facts)


def _may_run_out(subject: Subject, deadline: Deadline, state: str) -> bool:
    """Whether a limit is not met for good before the state is entered, and does not stand still in it."""
    met = [act for event in deadline.met_by.events for act in subject.bringing(event) or ()]
    later = any(other in subject.graph.from_here(state) for act in met for other in act.states)
    return later and not any(state in pause.states for pause in deadline.pauses)


def _ends(subject: Subject, act: Act, state: str) -> dict[str, Place]:
    """The limits after whose expiry the act, or a step of the state that has to be done first, is impossible; where."""
    steps = [step for step in _needed(subject, act) if step.when is None and step.states == (state,)]
    return {name: place for one in (*steps, act) for name, place in _ends_with(subject, one)}


def _needed(subject: Subject, act: Act) -> Iterator[Act]:
    """The steps that the act waits for, and those whose record it asks for."""
    yield from subject.guide.awaited.get(act.name, ())
    read = (node.left for node in subject.bars(act) if isinstance(node, Test) and node.left.kind == "record")
    yield from (subject.guide.acts[one.name] for one in read)


def _ends_with(subject: Subject, act: Act) -> Iterator[tuple[str, Place]]:
    """The limits after whose expiry the act is impossible, and where that is said."""
    for node in subject.bars(act):
        yield from ((name, node.place) for name in _ending(node))
        for name in _barred(node, "overdue"):
            if _only_meets(subject, act, subject.guide.deadlines[name]):
                yield name, node.place


def _only_meets(subject: Subject, act: Act, deadline: Deadline) -> bool:
    """Whether nothing ends the limit but the act and what waits for it, so that what is overdue stays overdue."""
    ends = [subject.bringing(event) for event in (*deadline.met_by.events, *deadline.void_by.events)]
    return all(acts is not None and all(act in (one, *_needed(subject, one)) for one in acts) for acts in ends)


def _barred(node: Node, kind: ClockKind) -> tuple[str, ...]:
    """The limit that must not stand so."""
    if not isinstance(node, Group) or node.kind != "not" or len(node.parts) != 1:
        return ()
    inner = node.parts[0]
    return inner.names if isinstance(inner, Clock) and inner.kind == kind and len(inner.names) == 1 else ()


def _ending(node: Node) -> Iterator[str]:
    yield from _barred(node, "missed")
    if isinstance(node, Clock) and node.kind == "running":
        yield from node.names
    elif isinstance(node, Test) and node.comparison in ("at_most", "less_than") and isinstance(node.right, Reference):
        now = node.left.kind in ("act_day", "today") and node.left.shift is None
        if now and node.right.kind == "due" and (node.right.shift is None or node.right.back):
            yield node.right.name
