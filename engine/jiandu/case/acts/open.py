"""Opening a case of a guide in a unit."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jiandu.case import deadlines
from jiandu.case.deadlines import Happened
from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import card_changed, entry, filled, folded
from jiandu.case.evolve import Effect
from jiandu.case.gate import content, times, who
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide

Holders = Mapping[str, tuple[str, ...]]


def open_case(guide: Guide, actor: Actor, request: Request, world: World, parent: str | None = None) -> Draft | Refusal:
    """What opening would write, or why it may not be done. `request.name` is the guide's id.

    With a `parent` the act that opens is the authority: nobody is asked for a role, and the card may hold whatever
    was inherited and the guide knows; so it is with the holders.
    """
    card = request.card if parent is None else _known(guide, request.card)
    situation = _situation(guide, actor, request, world, card)
    if parent is not None:
        situation = replace(situation, act=replace(situation.act, fills=tuple(card)))
    reasons = (*_in_force(guide, request), *content.reasons(situation))
    if parent is None:
        reasons = (
            *_in_force(guide, request),
            *who.reasons(situation),
            *times.reasons(situation),
            *content.reasons(situation),
        )
    holders = _assignable(guide, request.assigns) if parent else {}
    return Refusal(reasons) if reasons else _drafted(situation, {**_defaults(guide), **card}, parent, holders)


def _situation(guide: Guide, actor: Actor, request: Request, world: World, card: Mapping[str, Any]) -> Situation:
    """The opening as an act that moves a case, not there yet, into its first state."""
    nothing = Case(
        id="", unit=world.unit.id, guide=guide.id, version=guide.version, text=guide.digest, seq=0, head="",
        state=guide.initial, status="open", opened_on=request.day, card=_defaults(guide),
    )  # fmt: skip
    asked = Request(request.name, request.day, request.at, card=card)
    return Situation(guide, nothing, guide.powers["open"], actor, asked, world)


def _in_force(guide: Guide, request: Request) -> Iterator[Reason]:
    facts = {"guide": guide.title, "day": request.day, "from": guide.effective_from, "to": guide.effective_to}
    over = guide.effective_to is not None and request.day > guide.effective_to
    if guide.status in ("draft", "retired"):
        yield Reason("guide-not-in-force", facts, message=f"guide-{guide.status}")
    elif request.day < guide.effective_from or over:
        yield Reason("guide-not-in-force", facts)


def _drafted(situation: Situation, card: Mapping[str, Any], parent: str | None, holders: Holders) -> Draft:
    guide, case = situation.guide, situation.case
    opened: Effect = {
        "kind": "case_opened",
        "guide": guide.id,
        "version": guide.version,
        "unit": case.unit,
        "state": guide.initial,
    }
    changed, body = card_changed(guide, card)
    linked: list[Effect] = [{"kind": "case_linked", "relation": "parent", "case": parent}] if parent else []
    assigned: list[Effect] = [
        {"kind": "holder_assigned", "role": role, "persons": list(who)} for role, who in holders.items()
    ]
    effects = [opened, *([changed] if changed else []), *assigned, *linked]
    view = folded(situation, effects, body)
    happened = (Happened("entered", case.state, situation.day), *filled(view, card))
    effects += deadlines.changes(view, happened, situation.world.calendar, closing=False)
    return entry(situation, "open", effects, body)


def _known(guide: Guide, card: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in card.items() if name in guide.fields and value is not None}


def _assignable(guide: Guide, holders: Holders) -> Holders:
    """The holders of another case whose roles are assigned here too."""
    roles = {name: role for name, role in guide.roles.items() if role.assigned}
    return {
        name: who for name, who in holders.items() if name in roles and content.unassignable(roles[name], who) is None
    }


def _defaults(guide: Guide) -> Mapping[str, Any]:
    return {field.id: field.default for field in guide.fields.values() if field.default is not None}
