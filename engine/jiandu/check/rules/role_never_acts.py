"""A role of ours that owes something, or is given to a person, and may do nothing.

Whoever owes a time limit has to be able to meet it; whoever is named in a case has to have a part in it. Put the role
into the `by` of an act, or name the role that really does it.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import ANY_MEMBER

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The roles that owe or are assigned, and of which no act speaks."""
    guide = subject.guide
    owing = [(deadline.owed_by, deadline.place) for deadline in guide.deadlines.values() if not deadline.right]
    given = [(act.assigns, act.place) for act in guide.acts.values()]
    told: set[str] = {"", ANY_MEMBER}
    for role, place in (*owing, *given):
        if role not in told and role not in subject.acting and not guide.roles[role].outside:
            told.add(role)
            yield Finding("role-never-acts", place, {"role": guide.roles[role].title})
