"""A step that has to follow what may be done again, and that once done counts for ever.

Its `when` asks for a step or a paper that may be repeated where the case stands, and `after` does not name it: the
filing of the first text stands for the second, the review of the old draft for the new one. Name it in `after`, and
what was done before the newest of them is stale.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.conditions import Fact
from jiandu.guide.model import Act

SEVERITY = "warning"
PAPERS = ("done", "signed", "released", "served")


def find(subject: Subject) -> Iterator[Finding]:
    """The steps that a transition waits for, each with the step that may be done again behind its back."""
    for act in subject.openers:
        followed = [one for one in _followed(subject, act) if one.step not in subject.awaited_by[act.step]]
        if act.before and followed:
            other = followed[0]
            also = ((other.place, "never-stale-repeated"),)
            yield Finding(
                "never-stale", act.place, {"act": act.title, "other": other.title, "id": other.step}, also=also
            )


def _followed(subject: Subject, act: Act) -> Iterator[Act]:
    """The steps of which the act's condition asks that they are done, and that may be done again and leave it done."""
    asked = (node for node in subject.bars(act) if isinstance(node, Fact) and node.kind in PAPERS)
    named = {name for node in asked for name in node.names}
    for other in subject.openers:
        if other.step != act.step and named & {other.name, other.step, other.document} and _again(subject, other, act):
            yield other


def _again(subject: Subject, other: Act, act: Act) -> bool:
    """Whether a step may be done again beside another, or in a later visit where that one belongs to the whole case."""
    if other.repeat and set(other.states) & set(act.states):
        return True
    back = {way.to for state in other.states for way in subject.graph.ways[state]}
    return not act.owner and any(state in subject.graph.from_here(one) for one in back for state in other.states)
