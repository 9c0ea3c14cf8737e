"""Making a time limit longer, as often as its guide allows and while it allows it."""

from collections.abc import Iterator

from jiandu.case import deadlines
from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry
from jiandu.case.judged import allowed, by_roles, invalid, situation_of
from jiandu.case.model import Case, Run
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.catalogue import said
from jiandu.errors import Reason
from jiandu.guide.model import Deadline, Extension, Guide


def extend(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """`request.name` is the deadline, `request.ground` one of its grounds."""
    situation = situation_of("extend", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    deadline = guide.deadlines.get(request.name)
    if deadline is None or deadline.extend is None:
        return Refusal((Reason("unknown-name", {"name": request.name}),))
    if deadline.extend.by:
        situation = by_roles(situation, deadline.extend.by)
    run = case.run(deadline.id)
    reasons = allowed(situation, _wrong(situation, deadline, deadline.extend, run), reason=False)
    if reasons or run is None:
        return Refusal(reasons)
    effect = {**deadlines.extended(deadline, run, situation.before, world.calendar), "ground": request.ground}
    return entry(situation, "extend", [effect], {"reason": request.reason} if request.reason else {})


def _wrong(situation: Situation, deadline: Deadline, extension: Extension, run: Run | None) -> Iterator[Reason]:
    facts = {"deadline": deadline.title, "act": situation.act.title}
    cited = tuple(map(str, deadline.basis))
    if run is None or not run.unfinished:
        yield Reason("not-running", facts, deadline.place, basis=cited)
        return
    if len(run.extensions) >= extension.at_most:
        yield Reason("extension-used-up", {**facts, "n": extension.at_most}, deadline.place, basis=cited)
    if extension.before_due and run.on(situation.day) in ("overdue", "lapsed"):
        yield Reason("extension-too-late", {**facts, "due": run.due}, deadline.place, basis=cited)
    if extension.grounds and situation.request.ground not in extension.grounds:
        yield invalid(situation, said("field-ground"), "value-no-choice")
