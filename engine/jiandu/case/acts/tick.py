"""Writing down what the passing of time has brought: warnings, expiries, due days that have become sure."""

from jiandu.case import deadlines
from jiandu.case.deadlines import Happened
from jiandu.case.draft import Draft
from jiandu.case.effects import entry, folded
from jiandu.case.evolve import Effect
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.catalogue import said
from jiandu.guide.model import Act, Guide

ENGINE = Actor("engine", auth="engine")
"""Who ticks: nobody of the office."""


def tick(guide: Guide, case: Case, world: World) -> Draft | None:
    """What is to be written down as of today; None where nothing is. Nothing is ever written twice."""
    state = guide.states[case.state]
    act = Act("tick", said("act-tick"), state.place, (), owner="", step="tick")
    situation = Situation(guide, case, act, ENGINE, Request("tick", world.today), world)
    effects: list[Effect] = list(deadlines.ticked(situation.before, world.calendar))
    if not effects:
        return None
    after = folded(situation, effects, {})
    missed = tuple(
        Happened("missed", run.deadline, run.due)
        for run in case.deadlines
        if any(e["kind"] == "deadline_overdue" and (e["deadline"], e["n"]) == (run.deadline, run.n) for e in effects)
    )
    effects += deadlines.changes(after, missed, world.calendar, closing=False) if missed else []
    return entry(situation, "tick", effects, {})
