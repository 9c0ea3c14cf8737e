"""A time limit that nothing can start.

Its event names an act that is never offered, a state that no path reaches, or a date field that no act fills: the
limit stands in the guide and watches over nothing.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Event

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The limits of which no start event can happen."""
    for deadline in subject.guide.deadlines.values():
        events = deadline.counts_from.events
        if events and not any(_happens(subject, event) for event in events):
            yield Finding("never-started", deadline.place, {"deadline": deadline.title})


def _happens(subject: Subject, event: Event) -> bool:
    guide, graph = subject.guide, subject.graph
    if event.kind == "entered":
        return event.name == guide.initial or any(
            act.to == event.name for state in graph.reached for act in graph.ways[state]
        )
    if event.kind == "field":
        opening = guide.powers["open"].fills
        return event.name in opening or any(event.name in (*act.fills, *act.sets) for act in guide.acts.values())
    if event.kind in ("missed", "opened"):
        return True
    named = [act for act in guide.acts.values() if event.name in (act.name, act.step, act.document)]
    if event.kind == "answered":  # nobody answers a paper that asks for no reply
        named = [act for act in named if act.verb == "answer"]
    return any(state in graph.reached for act in named for state in act.states)
