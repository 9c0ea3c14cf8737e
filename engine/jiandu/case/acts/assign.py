"""Naming the persons who hold a role in the case."""

from collections.abc import Iterator

from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import assigned, entry
from jiandu.case.gate.content import unassignable
from jiandu.case.judged import allowed, invalid, situation_of
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide


def assign(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """`request.assigns` are the persons by role; they take the place of those before them."""
    situation = situation_of("assign", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    reasons = allowed(situation, _wrong(situation), reason=False)
    if reasons:
        return Refusal(reasons)
    body = {"reason": request.reason} if request.reason else {}
    return entry(situation, "assign", assigned(situation), body)


def _wrong(situation: Situation) -> Iterator[Reason]:
    for role, persons in situation.request.assigns.items():
        definition = situation.guide.roles.get(role)
        if definition is None or not definition.assigned:
            yield invalid(situation, definition.title if definition else role, "value-not-asked")
        elif found := unassignable(definition, persons):
            yield invalid(situation, definition.title, found)
    if not situation.request.assigns:
        yield invalid(situation, situation.act.title, "value-no-person")
