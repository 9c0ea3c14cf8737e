"""Two acts that can be chosen side by side and are called the same.

In the list of what can be done now they cannot be told apart; sooner or later somebody takes the wrong one. Say in
the title where each leads, or what sets it apart.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """Of each pair the later one, with the earlier as a further place."""
    told: set[tuple[str, str]] = set()
    for offered in subject.guide.offered.values():
        first: dict[str, Act] = {}
        for act in offered:
            if act is not subject.guide.openers[act.step]:
                continue
            other = first.setdefault(act.title.zh, act)
            if other is not act and (other.name, act.name) not in told:
                told.add((other.name, act.name))
                also = ((other.place, "same-title-twice-first"),)
                yield Finding("same-title-twice", act.place, {"title": act.title}, also=also)
