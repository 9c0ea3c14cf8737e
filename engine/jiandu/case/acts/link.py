"""Linking a case that exists already to this one, under one of the guide's relations."""

from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry
from jiandu.case.judged import allowed, invalid, situation_of
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide


def link(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """`request.name` is the relation, `request.other` the id of the other case."""
    situation = situation_of("link", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    own = []
    if request.name not in guide.related:
        own.append(invalid(situation, request.name, "value-no-choice"))
    if not request.other or request.other == case.id or any(one.case == request.other for one in case.links):
        own.append(invalid(situation, situation.act.title, "value-no-name"))
    reasons = allowed(situation, own, reason=False)
    if reasons:
        return Refusal(reasons)
    linked = {"kind": "case_linked", "relation": request.name, "case": request.other}
    return entry(situation, "link", [linked], {"reason": request.reason} if request.reason else {})
