"""A step that becomes stale in a state in which it cannot be done again, while a transition out of it waits for it.

A record is stale once something named in its `after` is done anew. Here that can be done anew in a later state, and
the step belongs to an earlier one: the way on is barred until the case goes back. Let the step be done in both, or
let the way on wait for nothing that is behind it.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Guide

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The steps that a state may make stale and cannot renew, though a way out of it waits for them."""
    guide, graph = subject.guide, subject.graph
    for name, steps in guide.awaited.items():
        way = guide.acts.get(name)
        for step in steps if way and not way.event else ():
            for state in (s for s in way.states if s in graph.reached and s not in step.states) if way else ():
                again = [guide.openers[one] for one in subject.awaited_by[step.step] if _again(guide, one, state)]
                if again and way:
                    facts = {"act": step.title, "again": again[0].title, "way": way.title}
                    facts["state"] = guide.states[state].title
                    also = ((again[0].place, "stale-by-design-again"), (way.place, "stale-by-design-way"))
                    yield Finding("stale-by-design", step.place, facts, also=also)
                    break


def _again(guide: Guide, step: str, state: str) -> bool:
    act = guide.openers[step]
    return state in act.states and not act.owner and act.repeat
