"""Undoing the newest entry, with a reason; both entries stand."""

from collections.abc import Iterator, Mapping
from typing import Any

from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry, parted
from jiandu.case.evolve import Effect
from jiandu.case.judged import allowed, situation_of
from jiandu.case.model import Case, project
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide

BINDING = ("paper_served", "case_linked", "case_opened", "case_restored", "deadline_warned", "deadline_overdue")
"""Effects that others rely on by now, or that would come again at once: they are never undone."""


def rescind(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """The case becomes what it was before its newest entry, which `world` knows as `previous` and `newest`."""
    situation = situation_of("rescind", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    reasons = allowed(situation, _bound(situation))
    if reasons or world.previous is None:
        return Refusal(reasons)
    effects, body = restored(guide, world.previous)
    return entry(situation, "rescind", effects, {**body, "reason": request.reason})


def restored(guide: Guide, case: Case) -> tuple[list[Effect], Mapping[str, Any]]:
    """The effect that puts a whole case in place, its free text in the body."""
    seen, hidden = parted(guide.fields, case.card)
    whole = {**project(case), "card": seen}
    return [{"kind": "case_restored", "case": whole, "in_body": sorted(hidden)}], {"card": hidden} if hidden else {}


def _bound(situation: Situation) -> Iterator[Reason]:
    newest = situation.world.newest
    effects = newest["effects"] if newest else [{"kind": "case_opened"}]
    if any(effect["kind"] in BINDING for effect in effects):
        yield Reason("not-applicable", {"act": situation.act.title}, situation.act.place, message="already-relied-on")
