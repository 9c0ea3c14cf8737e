"""Moving an open case to another version of its guide, by that version's plan."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jiandu.case.acts.rescind import restored
from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry
from jiandu.case.judged import allowed, situation_of
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide, Migration

NOTHING = Migration("")


def migrate(guide: Guide, to: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """The case under the guide `to`; every state, act, paper, field and deadline it has must have a place there."""
    situation = situation_of("migrate", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    plan = next((plan for plan in to.migrations if _fits(plan.since, case.version)), NOTHING)
    moved = _moved(case, to, plan)
    reasons = allowed(situation, _unmapped(moved, to), reason=False)
    if reasons:
        return Refusal(reasons)
    effects, body = restored(to, moved)
    return entry(_under(situation, to), "migrate", effects, body)


def unmapped(to: Guide, case: Case) -> tuple[Reason, ...]:
    """Why a case cannot be moved to `to`: everything of it that has no place there."""
    plan = next((plan for plan in to.migrations if _fits(plan.since, case.version)), NOTHING)
    return tuple(_unmapped(_moved(case, to, plan), to))


def _fits(since: str, version: str) -> bool:
    """Whether a plan written for `1.x` or `1.2.0` is meant for a version."""
    return all(part in ("x", own) for part, own in zip(since.split("."), version.split("."), strict=False))


def _under(situation: Situation, guide: Guide) -> Situation:
    """The entry is the first under the new text."""
    return replace(situation, guide=guide)


def _moved(case: Case, to: Guide, plan: Migration) -> Case:
    return replace(
        case,
        version=to.version,
        text=to.digest,
        state=plan.states.get(case.state, case.state),
        visits=_renamed(case.visits, plan.states),
        acts=_renamed(case.acts, plan.acts),
        card=_renamed(case.card, plan.fields),
        papers=tuple(replace(paper, step=plan.acts.get(paper.step, paper.step)) for paper in case.papers),
        deadlines=tuple(replace(run, deadline=plan.acts.get(run.deadline, run.deadline)) for run in case.deadlines),
    )


def _renamed(things: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): thing for name, thing in things.items()}


def _unmapped(case: Case, to: Guide) -> Iterator[Reason]:
    steps = {act.step for act in to.acts.values()}
    unfinished = [run.deadline for run in case.deadlines if run.unfinished]
    lost = [
        *((state, to.states) for state in (case.state, *case.visits)),
        *((act, to.acts) for act in case.acts),
        *((field, to.fields) for field in case.card),
        *((role, to.roles) for role in case.holders),
        *((deadline, to.deadlines) for deadline in unfinished),
        *((paper.document, to.documents) for paper in case.papers),
        *((paper.step, steps) for paper in case.papers),
    ]
    for name in dict.fromkeys(name for name, known in lost if name not in known):
        yield Reason("migration-unmapped", {"name": name, "version": to.version}, to.states[to.initial].place)
