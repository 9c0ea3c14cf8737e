"""An act for a role that nobody ever holds.

The role is `assigned`, but no act of the guide assigns it and nobody has the power to. Unless the case that opened
this one hands its holders on, the act can be done by nobody. Give the role to a person with `assigns`, or give
somebody the power to `assign`. Before a case is there it has no holders at all: none of them can open it.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """What only roles may do that are never given to a person, or, to open a case, not yet."""
    guide, door = subject.guide, subject.guide.powers["open"].place
    opening = [guide.roles[role] for role in guide.powers["open"].by]
    if all(role.assigned and not role.recorded_by for role in opening):
        yield Finding("nobody-may-do", door, {"role": opening[0].title}, message="nobody-may-do-open")
    given = {act.assigns for act in guide.acts.values()}
    for title, place, roles in subject.deeds if "assign" not in guide.powers else ():
        known = [guide.roles[role] for role in roles]
        if place != door and all(r.assigned and r.id not in given and not r.recorded_by for r in known):
            yield Finding("nobody-may-do", place, {"act": title, "role": known[0].title})
