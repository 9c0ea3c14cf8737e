"""Whether an act may be done: one gate an act, all reasons at once, each check its own file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from jiandu.case.gate import content, duties, order, papers, rules, secrecy, times, who
from jiandu.case.situation import Situation
from jiandu.errors import Reason
from jiandu.guide.conditions import Condition

AHEAD = timedelta(days=400)
"""How far the first possible day is looked for."""
TIMELY = ("not-applicable", "rule-broken")
"""Reasons that the passing of time may take away."""
EXCUSED = ("step-missing", "step-order")
"""Reasons that go when time excuses the step they speak of."""


def gate(situation: Situation) -> tuple[Reason, ...]:
    """Every reason why the act may not be done now; none means that it may.

    Where only waiting is needed, the reasons that waiting takes away are `too-early` and carry the first possible day.
    """
    found = tuple(_reasons(situation))
    reasons = (*found, *times.reasons(situation))
    if not any(reason.code in TIMELY for reason in found):
        return reasons
    if any(reason.code not in (*TIMELY, *EXCUSED) for reason in found):
        return reasons  # no waiting opens this gate
    return _with_first_day(situation, reasons)


def warnings(situation: Situation) -> tuple[Reason, ...]:
    """What is to be recorded against the act though it may be done."""
    return (*rules.warnings(situation), *content.warnings(situation))


def _reasons(situation: Situation) -> Iterator[Reason]:
    act = situation.act
    yield from secrecy.reasons(situation)
    yield from who.reasons(situation)
    if act.when is not None or act.rules:
        yield from rules.reasons(situation)
    if act.verb:
        yield from papers.reasons(situation)
    if act.moves:
        yield from duties.reasons(situation)
    yield from order.reasons(situation)
    if act.moves or not situation.asking:
        yield from content.reasons(situation)


def _with_first_day(situation: Situation, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    for day in _days_ahead(situation):
        later = replace(situation, request=replace(situation.request, day=day), view=None)
        if not any(_reasons(later)):
            return tuple(_too_early(reason, day) for reason in reasons)
    return reasons


def _too_early(reason: Reason, day: date) -> Reason:
    return replace(reason, code="too-early", earliest=day) if reason.code in TIMELY else reason


def _days_ahead(situation: Situation) -> list[date]:
    """The days after the act's on which a test of its conditions may turn, in order."""
    moments = {
        moment
        for condition in _conditions(situation)
        for moment in condition.moments(situation.before)
        if moment > situation.day and moment - situation.day <= AHEAD
    }
    return sorted(moments)


def _conditions(situation: Situation) -> Iterator[Condition]:
    """Every condition that the gate of the act asks: its own, and those that excuse the steps it waits for."""
    guide, act = situation.guide, situation.act
    yield from rules.conditions(act)
    before = (*guide.awaited.get(act.name, ()), *map(situation.before.opening_act, act.after))
    yield from (step.when for step in before if step.when is not None)
