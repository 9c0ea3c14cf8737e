"""Writing down what the passing of time has brought: warnings, expiries, due days that have become sure."""

from collections.abc import Sequence

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
    effects: list[Effect] = []
    while more := _brought(situation, effects):  # what a late tick writes down may itself be over by now
        effects += more
    return entry(situation, "tick", effects, {}) if effects else None


def _brought(situation: Situation, sofar: Sequence[Effect]) -> list[Effect]:
    """What is to be written down beside some effects, and what begins with the expiries among it."""
    before, calendar = folded(situation, sofar, {}), situation.world.calendar
    effects: list[Effect] = list(deadlines.ticked(before, calendar))
    over = [(effect["deadline"], effect["n"]) for effect in effects if effect["kind"] == "deadline_overdue"]
    runs = [run for run in before.case.deadlines if (run.deadline, run.n) in over]
    missed = [Happened("missed", run.deadline, run.due) for run in runs]
    after = folded(situation, [*sofar, *effects], {})
    return [*effects, *deadlines.changes(after, missed, calendar, closing=False)] if missed else effects
