"""A time limit of another organ that a paper of ours meets.

Whoever owes the limit has done nothing: our paper, most often the one that takes back what was asked, makes it stand
as kept in time. What ends a duty without its being done is `void_by`; `met_by` names what those who owe it do.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "warning"
SENDING = ("sign", "release", "serve")


def find(subject: Subject) -> Iterator[Finding]:
    """The limits of outside roles with such a paper among what meets them."""
    guide, written = subject.guide, dict(subject.bundle.items("deadlines"))
    for deadline in guide.deadlines.values():
        if deadline.right or not deadline.owed_by or not guide.roles[deadline.owed_by].outside:
            continue
        for act in (act for event in deadline.met_by.events for act in subject.bringing(event) or ()):
            if _ours(subject, act):
                facts = {"deadline": deadline.title, "document": guide.documents[act.document].title}
                place = written[deadline.id].at("met_by").place  # of a reply period only the answer is
                yield Finding("met-by-the-other-side", place, facts, also=((act.place, "met-by-the-other-side-paper"),))


def _ours(subject: Subject, act: Act) -> bool:
    """Whether the act sends a paper, and nobody outside does it."""
    return act.verb in SENDING and not any(subject.guide.roles[role].outside for role in act.by)
