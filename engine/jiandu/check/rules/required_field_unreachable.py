"""A field that must be filled on entering a state, and that can only be filled there or later.

Every entry into the state is refused for the missing field: no case ever comes there. Require it from a later state,
or let an act before it fill the field.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Event

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The fields that come too late for the state which requires them."""
    guide, graph = subject.guide, subject.graph
    for field in guide.fields.values():
        state, fillers = field.required_from, subject.bringing(Event("field", field.id)) or ()
        if not state or state not in graph.reached or field.default is not None or not fillers:
            continue
        before = _without(subject, state)
        entries = [act for one in before for act in graph.ways[one] if act.to == state]
        early = any(one in act.states for act in fillers for one in before)
        opening = field.id in guide.powers["open"].fills
        if not early and not opening and not any(act.event for act in entries):
            facts = {"field": field.title, "state": guide.states[state].title}
            also = tuple((act.place, "required-field-unreachable-filled") for act in fillers)
            yield Finding("required-field-unreachable", field.place, facts, also=also)


def _without(subject: Subject, state: str) -> frozenset[str]:
    """The states that a case may come to before it has ever been in one."""
    initial = subject.guide.initial
    return frozenset() if state == initial else subject.graph.closed([initial], lambda act: act.to != state)
