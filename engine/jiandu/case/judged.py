"""The way of every general act: is there such a power, may this person use it, is it whole; then what it writes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jiandu.case.gate import secrecy, times, who
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.catalogue import Text, said
from jiandu.errors import Reason
from jiandu.findings import NOWHERE
from jiandu.guide.model import Field, Guide
from jiandu.guide.values import fault

_REASON = Field("reason", Text(""), "text", NOWHERE)
"""What may be given as a reason, told as a field is."""


def situation_of(
    verb: str, guide: Guide, case: Case, actor: Actor, request: Request, world: World
) -> Situation | Reason:
    """The act about to be judged; or why there is no such act here."""
    if case.status == "finished":
        return Reason("finished", {"state": guide.states[case.state].title}, guide.states[case.state].place)
    if verb not in guide.powers:
        return Reason("unknown-name", {"name": verb}, message="unknown-power")
    return Situation(guide, case, guide.powers[verb], actor, request, world)


def allowed(situation: Situation, own: Iterable[Reason], *, reason: bool = True) -> tuple[Reason, ...]:
    """Every reason against a general act: who, when, its own, and that it was given no reason."""
    found = [*secrecy.reasons(situation), *who.reasons(situation), *times.reasons(situation), *own]
    given = situation.request.reason
    if reason and not given:
        found.append(invalid(situation, said("field-reason"), "value-missing"))
    elif given and (wrong := fault(_REASON, given)):
        found.append(invalid(situation, said("field-reason"), wrong))
    return tuple(found)


def by_roles(situation: Situation, roles: tuple[str, ...]) -> Situation:
    """The same act for other roles than those of its power."""
    return replace(situation, act=replace(situation.act, by=roles))


def invalid(situation: Situation, field: object, found: str) -> Reason:
    """A part of what the act writes does not fit."""
    facts = {"act": situation.act.title, "field": field, "fault": said(found)}
    return Reason("record-invalid", facts, situation.act.place)


def not_asked(situation: Situation, names: Iterable[str]) -> Iterator[Reason]:
    """Names that the act has no place for."""
    return (invalid(situation, name, "value-not-asked") for name in names)
