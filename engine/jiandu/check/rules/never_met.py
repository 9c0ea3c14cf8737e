"""A time limit that nothing can meet: no `met_by`, or only events that never happen.

Whoever owes it stands overdue for ever, whatever he does, and what the guide asks for after the expiry is asked in
every case. Name the event that ends it; for what merely may be done after some time write a condition and no limit.

So too where a limit that begins with a state is met by some of the transitions out of it and not by another: a result
that is found in time («nothing wrong») is recorded as late. Name every result, in `met_by` or `void_by`.
"""

from collections.abc import Iterator

from jiandu.check.rules.never_started import _happens
from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act, Deadline, Guide

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The limits that cannot end well."""
    for deadline in subject.guide.deadlines.values():
        if not any(_happens(subject, event) for event in deadline.met_by.events):
            yield Finding("never-met", deadline.place, {"deadline": deadline.title})
        for act in _unmet(subject.guide, deadline):
            facts = {"deadline": deadline.title, "act": act.title}
            also = ((act.place, "never-met-way"),)
            yield Finding("never-met", deadline.place, facts, message="never-met-there", also=also)


def _unmet(guide: Guide, deadline: Deadline) -> Iterator[Act]:
    """The ways out of a state that do not meet a limit which begins with it and which the other ways out do."""
    meets = [guide.acts.get(event.name) for event in deadline.met_by.events if event.kind == "done"]
    owners = {act.owner for act in meets if act and act.moves}
    if not owners or None in meets or len(owners) > 1 or len(meets) < len(deadline.met_by.events):
        return
    (state,) = owners
    begun = {guide.acts[e.name].to if e.kind == "done" and e.name in guide.acts else e.name
             for e in deadline.counts_from.events if e.kind in ("done", "entered")}  # fmt: skip
    ended = {event.name for event in (*deadline.met_by.events, *deadline.void_by.events)}
    for act in guide.offered[state] if state in begun else ():
        if act.moves and act.owner == state and not act.event and not ended & {act.name, act.to}:
            yield act
