"""A time limit that nothing can start.

Its event names an act that is never offered, a state that no path reaches, or a date field that no act fills; or the
act is barred by its own `when` in every case for which the limit's `when` asks: the limit stands in the guide and
watches over nothing.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.check.values import asked, cases, reads
from jiandu.findings import Finding
from jiandu.guide.conditions import Condition
from jiandu.guide.model import Act, Event

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The limits of which no start event can happen."""
    for deadline in subject.guide.deadlines.values():
        events = deadline.counts_from.events
        if events and not any(_happens(subject, event) for event in events):
            yield Finding("never-started", deadline.place, {"deadline": deadline.title})
        elif deadline.when and all(_barred(subject, event, deadline.when) for event in events):
            facts, also = {"deadline": deadline.title}, ((deadline.when.place, "never-started-when"),)
            yield Finding("never-started", deadline.place, facts, message="never-started-barred", also=also)


def _barred(subject: Subject, event: Event, when: Condition) -> bool:
    """Whether no act brings the event about in a case for which the limit asks."""
    acts = subject.bringing(event) if event.kind == "done" else None
    return acts is not None and all(act.when and _apart(subject, act, act.when, when) for act in acts)


def _apart(subject: Subject, act: Act, own: Condition, when: Condition) -> bool:
    """Whether an act's condition and another, of fields that the act leaves alone, are never both true."""
    read = reads(subject.guide, when)
    if any(name[0] != "field" or name[-1] in (*act.fills, *act.sets) for name in read):
        return False
    found = cases(subject.guide, [own, when], subject.known(act.states))
    return found is not None and not any(asked(own)(values) and asked(when)(values) for values in found)


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
