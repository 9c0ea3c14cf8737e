"""A real case as a situation: what is followed of it, as of a day."""

from collections.abc import Iterator
from typing import Any

from jiandu.case.model import Paper, Run
from jiandu.case.view import CaseView
from jiandu.check.facts import Facts
from jiandu.check.slots import Slot


def situation_of(facts: Facts, view: CaseView) -> int:
    """The situation in which a case stands on the day of the view."""
    return sum(_bits(facts, view, slot) for slot in facts.slots.values())


def agree(facts: Facts, one: int, other: int) -> list[tuple[str, ...]]:
    """The slots in which two situations have no value in common."""
    return [slot.name for slot in facts.slots.values() if not one & other & slot.mask]


def _bits(facts: Facts, view: CaseView, slot: Slot) -> int:
    kind, name = slot.name[0], slot.name[-1]
    if kind in ("field", "record"):
        found = view.field(name) if kind == "field" else view.record(slot.name[1], name)
        found = None if found in ("", ()) else found
        return slot.where(lambda one: facts.alike(slot.name, one, found))
    if kind == "duty":
        return slot.bits(*_duty(view, name))
    if kind == "held":
        return slot.bits(any(k.relation == name and k.status in ("open", "suspended") for k in view.kin))
    return slot.bits(_value(facts, view, slot.name))


def _value(facts: Facts, view: CaseView, name: tuple[str, ...]) -> Any:
    kind, about, case = name[0], name[1] if len(name) > 1 else "", view.case
    if kind == "state":
        return case.state
    if kind == "done":
        done = case.acts.get(about)
        here = done is not None and done.visit == view.visit(view.guide.acts[about].owner)
        return "fresh" if view.counting(about) else "stale" if here else "none"
    if kind == "clock":
        return _runs(view.run(about), view)
    if kind in ("paper", "outdated", "out"):
        return _paper(facts, view, name)
    if kind == "unit":
        return view.unit("level")
    return {"ever": about in case.acts, "entered": about in case.visits, "owed": about in case.owed}.get(
        kind, bool(case.holders.get(about))
    )


def _paper(facts: Facts, view: CaseView, name: tuple[str, ...]) -> Any:
    here = tuple(view.papers(name[1]))
    if name[0] == "outdated":
        return bool(here) and view.outdated(here[-1])
    if name[0] == "paper":
        return _stage(here[-1]) if here else "none"
    older = [p for p in view.case.papers if p.step == name[1] and p.status != "abandoned" and p not in here[-1:]]
    return any(name[2] in _outs(facts, paper) for paper in older)


def _stage(paper: Paper) -> str:
    if paper.served and paper.status != "served":
        return "partly answered" if paper.answered_on else "partly"
    return "answered" if paper.answered_on else paper.status


def _outs(facts: Facts, paper: Paper) -> Iterator[str]:
    if paper.status == facts.guide.documents[paper.document].ready:
        yield "released"
    if paper.served:
        yield "answered" if paper.answered_on else "served"


def _runs(run: Run | None, view: CaseView) -> str:
    stands = run.on(view.today) if run else "none"
    if run is None or stands in ("running", "paused", "overdue"):
        answered = run is not None and run.answered
        return (
            {"overdue": "duty done", "none": "none"}.get(stands, "early")
            if answered
            else stands.replace("paused", "running")
        )
    return "late" if run.missed(view.today) else "ended"


def _duty(view: CaseView, deadline: str) -> tuple[str, ...]:
    """What expiries of older runs have left: a duty, none, or perhaps one to come."""
    newest = view.run(deadline)
    older = [run for run in view.case.deadlines if run.deadline == deadline and run is not newest and not run.answered]
    late = any(run.on(view.today) == "overdue" or (run.status == "superseded" and run.late) for run in older)
    return ("yes" if late else "no", "maybe")
