"""A paper against another organ that follows its lateness, and that may be sent before it is late.

The time limit names the step as the duty when it runs out, but nothing that leads to the step asks whether it has run
out. Sent a day early, the paper is unlawful. Write `when: {overdue: …}`; what may be sent for other wrongs as well is
better a step of its own.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act, Guide

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The duties of outside limits that send a paper outside or go up, and never look at the limit."""
    guide = subject.guide
    looked_at = frozenset(name for act in guide.acts.values() for name in subject.on_time(act))
    for deadline in guide.deadlines.values():
        if deadline.right or not deadline.owed_by or not guide.roles[deadline.owed_by].outside:
            continue
        for name in deadline.duty:
            act = guide.openers[guide.acts[name].step if name in guide.acts else name]
            asked = looked_at if act.owner else subject.on_time(act)  # what stands in a state its entry may guard
            if _sanctions(guide, act) and deadline.id not in asked:
                also = ((deadline.place, "sanction-without-overdue-limit"),)
                facts = {"act": act.title, "deadline": deadline.title, "id": deadline.id}
                yield Finding("sanction-without-overdue", act.place, facts, also=also)


def _sanctions(guide: Guide, act: Act) -> bool:
    if act.moves:
        return guide.states[act.to].stage == "escalate"
    document = guide.documents.get(act.document)
    return document is not None and any(guide.roles[role].outside for role in document.addressed_to)
