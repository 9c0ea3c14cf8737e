"""Suspending a case, and resuming it: what our own roles owe stands still in between."""

from collections.abc import Iterator

from jiandu.case import deadlines
from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry, folded
from jiandu.case.evolve import Effect
from jiandu.case.judged import allowed, invalid, situation_of
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.catalogue import said
from jiandu.errors import Reason
from jiandu.guide.model import Guide


def suspend(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """`request.ground` is one of the grounds that the guide knows."""
    situation = situation_of("suspend", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    if guide.suspension is None:
        return Refusal((Reason("unknown-name", {"name": "suspend"}, message="unknown-power"),))
    reasons = allowed(situation, _wrong(situation))
    if reasons:
        return Refusal(reasons)
    return _drafted(situation, "suspend", {"kind": "case_suspended", "ground": request.ground})


def resume(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """The case goes on where it stood."""
    situation = situation_of("resume", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    own = [] if case.status == "suspended" else [Reason("not-suspended", {}, situation.act.place)]
    reasons = allowed(situation, own, reason=False)
    if reasons:
        return Refusal(reasons)
    status = "closed" if case.outcome else "open"
    return _drafted(situation, "resume", {"kind": "case_resumed", "status": status})


def _wrong(situation: Situation) -> Iterator[Reason]:
    guide, case = situation.guide, situation.case
    if guide.suspension is None:
        return
    if case.status == "suspended":
        yield Reason("suspended", {"act": situation.act.title}, situation.act.place)
    elif case.state not in guide.suspension.states:
        state, homes = guide.states[case.state], tuple(guide.states[s].title for s in guide.suspension.states)
        yield Reason("not-offered", {"act": situation.act.title, "state": state.title, "homes": homes}, state.place)
    if situation.request.ground not in guide.suspension.grounds:
        yield invalid(situation, said("field-ground"), "value-no-choice")


def _drafted(situation: Situation, kind: str, effect: Effect) -> Draft:
    body = {"reason": situation.request.reason} if situation.request.reason else {}
    after = folded(situation, [effect], body)
    return entry(
        situation, kind, [effect, *deadlines.changes(after, (), situation.world.calendar, closing=False)], body
    )
