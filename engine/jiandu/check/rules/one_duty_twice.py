"""Two time limits for one duty: the same act begins both, the same act meets both, the same role owes them.

One lateness is entered twice, and when the law changes one of them is forgotten. Most often the second is the reply
period that a paper has already. Keep one; where the length depends on the case, give each its own `when`.
"""

from collections.abc import Iterator
from itertools import combinations

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Deadline, Events

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The limits that repeat another; of a paper's own period and a limit written apart, the latter."""
    limits = sorted(subject.guide.deadlines.values(), key=lambda one: not one.id.endswith(".reply"))
    for one, other in combinations(limits, 2):
        if _same_duty(subject, one, other):
            also = ((one.place, "one-duty-twice-first"),)
            facts = {"deadline": other.title, "other": one.title}
            yield Finding("one-duty-twice", other.place, facts, also=also)


def _same_duty(subject: Subject, one: Deadline, other: Deadline) -> bool:
    """Whether both run in one case for the same people; a control value of our own may stand beside the law's."""
    if one.right or other.right or one.internal != other.internal or (one.when and other.when):
        return False
    begun = _acts(subject, one.counts_from) & _acts(subject, other.counts_from)
    met = _acts(subject, one.met_by)
    return one.owed_by == other.owed_by and bool(begun and met) and met == _acts(subject, other.met_by)


def _acts(subject: Subject, events: Events) -> set[str]:
    return {act.name for event in events.events for act in subject.bringing(event) or ()}
