"""Adding a note to the trail; it changes nothing."""

from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry
from jiandu.case.judged import allowed, situation_of
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide


def note(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """`request.reason` is what is noted."""
    situation = situation_of("note", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    reasons = allowed(situation, ())
    return Refusal(reasons) if reasons else entry(situation, "note", [{"kind": "noted"}], {"note": request.reason})
