"""A paper against another organ that follows its lateness, and that may be sent before it is late.

The time limit names the step as the duty when it runs out, but nothing that leads to the step asks whether it has run
out. Sent a day early, the paper is unlawful. Write `when: {overdue: …}`; what may be sent for other wrongs as well is
better a step of its own.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.conditions import Clock, Group, Node, Reference, Test
from jiandu.guide.model import Act, Guide

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The duties of outside limits that send a paper outside or go up, and never look at the limit."""
    guide = subject.guide
    asked = {act.name: _asked(act) for act in guide.acts.values()}
    anywhere = frozenset[str]().union(*asked.values())
    for deadline in guide.deadlines.values():
        if deadline.right or not deadline.owed_by or not guide.roles[deadline.owed_by].outside:
            continue
        for name in deadline.duty:
            act = guide.openers[guide.acts[name].step if name in guide.acts else name]
            guarded = anywhere if act.owner else asked[act.name]  # what stands in a state its entry may guard
            if _sanctions(guide, act) and deadline.id not in guarded:
                also = ((deadline.place, "sanction-without-overdue-limit"),)
                facts = {"act": act.title, "deadline": deadline.title, "id": deadline.id}
                yield Finding("sanction-without-overdue", act.place, facts, also=also)


def _sanctions(guide: Guide, act: Act) -> bool:
    if act.moves:
        return guide.states[act.to].stage == "escalate"
    document = guide.documents.get(act.document)
    to = document.addressed_to if document else ()
    return bool(document and document.addressed_field) or any(guide.roles[role].outside for role in to)


def _asked(act: Act) -> frozenset[str]:
    """The limits of which the act, on some of its branches at least, asks that they have run out."""
    conditions = (act.when, *(rule.must for rule in act.rules if not rule.warns))
    return frozenset(name for condition in conditions if condition for name in _late(condition.node))


def _late(node: Node, *, true: bool = True) -> Iterator[str]:
    """The limits that a condition wants run out; below a `not`, those that it wants still running."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from _late(part, true=true if node.kind != "not" else not true)
    elif isinstance(node, Clock) and (node.kind != "running") is true:
        yield from node.names
    elif isinstance(node, Test) and isinstance(node.right, Reference) and node.right.kind == "due":
        yield from (node.right.name,) if (node.comparison in ("more_than", "at_least")) is true else ()
