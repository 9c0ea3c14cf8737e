"""A paper that one of several roles drafts and one of them signs.

Who drafts does not sign, unless the guide gives both to one role. Here it gives both to one of several: so nobody is
kept from signing his own draft, not even those of the other roles. Draft and sign with different roles, or say plainly
that one role does both.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The papers whose drafters and signatories overlap without being the same."""
    for act in subject.guide.acts.values():
        drafted = subject.guide.openers[act.step]
        both = set(act.by) & set(drafted.by)
        if act.verb == "sign" and drafted.verb == "draft" and both and set(act.by) != set(drafted.by):
            role = subject.guide.roles[min(both)].title
            yield Finding("own-decision-reviewed", act.place, {"act": act.title, "role": role})
