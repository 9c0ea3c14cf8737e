"""What can be done now, and if not, why not and from when: answered from an index, without the machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from jiandu.case.acts.do import is_here, suspended
from jiandu.case.gate import gate
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.case.view import CaseView
from jiandu.catalogue import Text
from jiandu.errors import Reason
from jiandu.guide.model import Act, Guide


@dataclass(frozen=True, slots=True)
class Offer:
    """An act of the present state. No reasons: it may be done today by this person, whatever it then writes."""

    act: str
    title: Text
    reasons: tuple[Reason, ...]


def offers(guide: Guide, case: Case, actor: Actor, day: date, world: World) -> tuple[Offer, ...]:
    """The acts of the state in which the case stands, in the order of the guide. A finished case offers none.

    Of a paper's acts those are offered that some paper waits for, and the one that begins a new paper.
    """
    if case.status == "finished":
        return ()
    return tuple(_offers(guide, case, actor, day, world))


def _offers(guide: Guide, case: Case, actor: Actor, day: date, world: World) -> Iterator[Offer]:
    view = CaseView(guide, case, world.unit, day, kin=world.kin)
    for act in _acts(guide, case):
        if is_here(guide, case, act):
            if reason := suspended(guide, case, act):
                yield Offer(act.name, act.title, (reason,))
                continue
            situation = Situation(guide, case, act, actor, Request(act.name, day), world, asking=True, view=view)
            if act.verb and not situation.begins and not situation.papers:
                continue  # there is no paper yet that it could be about
            yield Offer(act.name, act.title, gate(situation))


def _acts(guide: Guide, case: Case) -> Iterable[Act]:
    """The acts of the present state, and those of steps that an event has passed over."""
    if not case.owed:
        return guide.offered[case.state]
    owed = (act for act in guide.acts.values() if act.step in case.owed and case.state not in act.states)
    return (*guide.offered[case.state], *owed)
