"""A state whose transitions together leave no way out for some card.

What the card and the records say does not change any more while the case waits there; papers, time limits and further
steps may. For the values that are told, no way is open whatever else happens: a bound that belongs to neither side
(`less_than: 5000` and `more_than: 5000`), a choice that nobody thought of. Events are no way out: they happen to us.
"""

from collections.abc import Iterator

from jiandu.check.questions import Shown
from jiandu.check.subject import Subject
from jiandu.check.values import Name, Values, asked, cases
from jiandu.findings import Finding

SEVERITY = "error"
LASTING = ("field", "record", "unit", "parent")
"""The facts that stay as they are."""


def find(subject: Subject) -> Iterator[Finding]:
    """The states with such a gap, each with the first values that fall into it."""
    for state, ways in subject.graph.ways.items():
        own = [act for act in ways if not act.event]
        conditions = [act.when for act in own if act.when is not None]
        if not own or len(conditions) < len(own) or state not in subject.graph.reached:
            continue
        found = cases(subject.guide, conditions, subject.known((state,)))
        questions = [asked(condition) for condition in conditions]
        open_ = {key for values in found or () for key in [_lasting(values)] if any(q(values) for q in questions)}
        shut = next((key for values in found or () if _whole(key := _lasting(values)) and key not in open_), None)
        if shut:
            title, place = subject.guide.states[state].title, subject.guide.states[state].place
            also = tuple((act.when.place, "gap-way") for act in own if act.when)
            facts = {"state": title, "id": state, "values": Shown(dict(shut), subject.guide)}
            yield Finding("gap-in-conditions", place, facts, also=also)


def _lasting(values: Values) -> tuple[tuple[Name, object], ...]:
    return tuple((n, v) for n, v in values.of.items() if n[0] in LASTING and not n[-1].startswith("#"))


def _whole(values: tuple[tuple[Name, object], ...]) -> bool:
    """Whether nothing is left to be filled in: an empty field or record may still come."""
    return bool(values) and all(value is not None for _, value in values)
