"""Two acts that can be chosen side by side, or two states, that are called the same.

In the list of what can be done now the acts cannot be told apart; sooner or later somebody takes the wrong one. Of the
states nobody sees in which one a case is. Say in the title where each leads, or what sets it apart.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act, State

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
    yield from _states(subject)


def _states(subject: Subject) -> Iterator[Finding]:
    first: dict[str, State] = {}
    for state in subject.guide.states.values():
        other = first.setdefault(state.title.zh, state)
        if other is not state:
            also = ((other.place, "same-title-twice-first"),)
            yield Finding("same-title-twice", state.place, {"title": state.title}, "same-title-twice-states", also=also)
