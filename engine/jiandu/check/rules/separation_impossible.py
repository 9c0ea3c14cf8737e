"""An act that wants somebody else, where there is only one person; or more persons than can be there.

`not_by` keeps apart who did the one act from who does the other. Where both are open to a role of which a case has
one holder alone, whoever did the first can never be followed. The same is true of `people` that asks for two of one.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Guide

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """What one person would have to do as two."""
    guide = subject.guide
    for act in guide.acts.values():
        asked = act.people
        if act.by and _one(guide, act.by):
            others = [guide.acts.get(name) or guide.openers[name] for name in act.not_by]
            for other in others:
                if other.by == act.by:
                    facts = {"act": act.title, "other": other.title, "role": guide.roles[act.by[0]].title}
                    yield Finding("separation-impossible", act.place, facts)
        if asked and _one(guide, asked.of) and asked.at_least > 1:
            role = guide.roles[asked.of[0]].title
            yield Finding("separation-impossible", act.place, {"act": act.title, "n": asked.at_least, "role": role},
                          message="separation-impossible-people")  # fmt: skip


def _one(guide: Guide, roles: tuple[str, ...]) -> bool:
    """Whether a case has only one person for all of these."""
    known = [guide.roles[role] for role in roles]
    return len(set(roles)) == 1 and known[0].assigned == "one" and not known[0].recorded_by
