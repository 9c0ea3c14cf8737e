"""A transition that leads back to its own state and changes nothing.

It records nothing, fills nothing, assigns nobody and opens nothing; all it does is to begin the stay in the state
anew, so that every step there has to be done again. Let it say what it is for, or make it a step.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act, Guide

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The transitions without effect."""
    for act in subject.guide.acts.values():
        if act.moves and act.states == (act.to,) and not _says_something(subject.guide, act):
            yield Finding("no-effect", act.place, {"act": act.title, "state": subject.guide.states[act.to].title})


def _says_something(guide: Guide, act: Act) -> bool:
    again = any(other.owner == act.to and not other.moves for other in guide.acts.values())
    return bool(act.record or act.fills or act.sets or act.assigns or act.opens or act.closes or act.event or again)
