"""A state that can only be left once another organ has answered.

If it stays silent the case waits for ever, and nobody here can do anything about it. Give the answer a period and a
way out when it has run out (`overdue: …`), or another transition.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.conditions import Fact, Group, Node, Test
from jiandu.guide.model import Act, Guide

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The states whose every way out needs an answer, and to which a case may come without one."""
    guide, graph = subject.guide, subject.graph

    def free(way: Act) -> bool:
        return not any(_needs_answer(guide, node) for node in subject.bars(way))

    for state in sorted(graph.closed([guide.initial], free)):
        ways = graph.ways[state]
        if ways and not any(map(free, ways)):
            also = tuple((way.place, "deadlock-by-absence-way") for way in ways)
            facts = {"state": guide.states[state].title}
            yield Finding("deadlock-by-absence", guide.states[state].place, facts, also=also)


def _needs_answer(guide: Guide, node: Node) -> bool:
    if isinstance(node, Group):
        some = [_needs_answer(guide, part) for part in node.parts]
        return node.kind != "not" and (any(some) if node.kind == "all" else all(some))
    if isinstance(node, Fact):
        return node.kind == "answered" and any(_from_outside(guide, name) for name in node.names)
    act = guide.acts.get(node.left.name) if isinstance(node, Test) and node.left.kind in ("record", "day") else None
    return act is not None and act.verb == "answer" and _from_outside(guide, act.document)


def _from_outside(guide: Guide, name: str) -> bool:
    document = guide.documents[name if name in guide.documents else guide.openers[name].document]
    return bool(document.addressed_field) or any(guide.roles[role].outside for role in document.addressed_to)
