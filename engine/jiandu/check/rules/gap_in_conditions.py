"""A state whose transitions together leave no way out for some card.

What the card and the records say does not change any more while the case waits there; papers, time limits and further
steps may. For the values that are told, no way is open whatever else happens: a bound that belongs to neither side
(`less_than: 5000` and `more_than: 5000`), a choice that nobody thought of. Events are no way out: they happen to us.
"""

from collections.abc import Iterator
from typing import Any

from jiandu.check.questions import Shown
from jiandu.check.subject import Subject
from jiandu.check.values import Name, Values, asked, cases, reads
from jiandu.findings import Finding
from jiandu.guide.conditions import Condition
from jiandu.guide.model import Act

SEVERITY = "error"
Key = tuple[tuple[Name, Any], ...]
LASTING = ("field", "record", "unit", "parent")
"""The facts that stay as they are."""


def find(subject: Subject) -> Iterator[Finding]:
    """The states with such a gap, each with the first values that fall into it."""
    for state, ways in subject.graph.ways.items():
        own = [act for act in ways if not act.event]
        conditions = [act.when for act in own if act.when is not None]
        if not own or len(conditions) < len(own) or state not in subject.graph.reached:
            continue
        if shut := next(_shut(subject, state, conditions), None):
            title, place = subject.guide.states[state].title, subject.guide.states[state].place
            also = tuple((one.place, "gap-way") for one in conditions)
            facts = {"state": title, "id": state, "values": Shown(dict(shut), subject.guide)}
            yield Finding("gap-in-conditions", place, facts, also=also)


def _shut(subject: Subject, state: str, conditions: list[Condition]) -> Iterator[Key]:
    """The values that stay as they are in the state and let no condition be true."""
    found = cases(subject.guide, conditions, subject.known((state,))) or ()
    questions = [asked(condition) for condition in conditions]
    keys = [tuple((n, v) for n, v in values.of.items() if _lasts(subject, state, n)) for values in found]
    open_ = {key for key, values in zip(keys, found, strict=True) if any(question(values) for question in questions)}
    entering = [act for acts in subject.graph.ways.values() for act in acts if act.to == state]
    for key in dict.fromkeys(keys):
        whole = key and all(value is not None for _, value in key)  # what is empty may still be filled in
        entered = state == subject.guide.initial or any(_enters(subject, act, dict(key)) for act in entering)
        if whole and key not in open_ and entered:
            yield key


def _lasts(subject: Subject, state: str, name: Name) -> bool:
    """Whether a fact stays as it is: nothing that may be repeated in the state writes it."""
    again = [act for act in subject.guide.offered[state] if act.repeat or act.at_most is not None]
    written = any(name[-1] in act.fills if name[0] == "field" else name[1] == act.name for act in again)
    return name[0] in LASTING and not name[-1].startswith("#") and not written


def _enters(subject: Subject, act: Act, values: dict[Name, Any]) -> bool:
    """Whether the act may bring a case with these values into the state."""
    rules = [one for rule in act.rules if not rule.warns for one in (rule.if_, rule.must) if one]
    told = {one: asked(one)(Values(values)) for one in rules if reads(subject.guide, one) <= values.keys()}
    broken = any(
        rule.must in told and not told[rule.must] and (rule.if_ is None or told.get(rule.if_)) for rule in act.rules
    )
    return not broken and all(values.get(("field", name), value) == value for name, value in act.sets.items())
