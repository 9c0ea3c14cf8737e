"""An act for a role that nobody ever holds.

The role is `assigned`, but no act of the guide assigns it and nobody has the power to. Unless the case that opened
this one hands its holders on, the act can be done by nobody. Give the role to a person with `assigns`, or give
somebody the power to `assign`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """What only roles may do that are never given to a person."""
    guide = subject.guide
    if "assign" in guide.powers:
        return
    given = {act.assigns for act in guide.acts.values()}
    for title, place, roles in subject.deeds:
        known = [guide.roles[role] for role in roles]
        if all(role.assigned and role.id not in given and not role.recorded_by for role in known):
            yield Finding("nobody-may-do", place, {"act": title, "role": known[0].title})
