"""The fold: an entry and its body make the next case. Needs neither guide nor calendar.

Every effect carries its result, so that the state of a case is by construction the fold of its trail.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiandu.case.model import SEALED, Case, Done, Link, Paper, Run, Visit, restore

Effect = Mapping[str, Any]
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an entry says of all its effects: its number, the act, the day, the person."""

    seq: int
    name: str
    on: date
    by: str


def evolve(case: Case | None, entry: Mapping[str, Any], body: Body | None, head: str) -> Case:
    """The case after `entry`, whose hash is `head`. A body of None is a sealed one: its values are `sealed`."""
    stamp = Stamp(entry["seq"], entry["name"], date.fromisoformat(entry["day"]), entry["by"]["id"])
    if case is None:
        case = _opened(entry, stamp, head)
    case = fold(case, stamp, entry["effects"], body)
    return replace(case, seq=stamp.seq, head=head, recorded_at=entry["recorded_at"])


def fold(case: Case, stamp: Stamp, effects: Iterable[Effect], body: Body | None) -> Case:
    """The case after some effects of an act; its `seq` and `head` stay those of the last whole entry."""
    for effect in effects:
        case = _CHANGES[effect["kind"]](case, stamp, effect, body)
    return case


def _opened(entry: Mapping[str, Any], stamp: Stamp, head: str) -> Case:
    opened = entry["effects"][0]
    state = opened["state"]
    return Case(
        id=entry["case"],
        unit=opened["unit"],
        guide=opened["guide"],
        version=opened["version"],
        text=entry["guide"],
        seq=stamp.seq,
        head=head,
        state=state,
        status="open",
        opened_on=stamp.on,
        visits={state: Visit(1, stamp.seq, stamp.on)},
    )


def _as_opened(case: Case, _: Stamp, __: Effect, ___: Body | None) -> Case:
    return case


def _done(case: Case, stamp: Stamp, effect: Effect, _: Body | None) -> Case:
    before = case.acts.get(stamp.name)
    here = before.here if before and before.visit == effect["visit"] else 0
    done = Done(
        count=(before.count if before else 0) + 1,
        here=here + 1,
        all=_counted(before, here, stamp, effect),
        visit=effect["visit"],
        seq=stamp.seq,
        on=stamp.on,
        by=stamp.by,
        record=effect["record"],
    )
    return replace(case, acts={**case.acts, stamp.name: done})


def _counted(before: Done | None, here: int, stamp: Stamp, effect: Effect) -> tuple[Mapping[str, Any], ...]:
    """The records of the visit so far and this one, where the act is one that is counted."""
    if not effect.get("counted"):
        return ()
    earlier = before.all if before and here else ()
    return (*earlier, {**effect["record"], "day": stamp.on.isoformat()})


def _record_amended(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    done = case.acts[effect["act"]]
    record = {**done.record, **effect["record"]}
    step = effect["act"].rpartition(".")[0]
    papers = tuple(
        replace(paper, answer=record) if paper.step == step and paper.answer == done.record else paper
        for paper in case.papers
    )
    return replace(case, acts={**case.acts, effect["act"]: replace(done, record=record)}, papers=papers)


def _state_changed(case: Case, stamp: Stamp, effect: Effect, _: Body | None) -> Case:
    visit = Visit(effect["visit"], stamp.seq, stamp.on)
    return replace(case, state=effect["to"], visits={**case.visits, effect["to"]: visit})


def _card_changed(case: Case, _: Stamp, effect: Effect, body: Body | None) -> Case:
    hidden = {name: SEALED if body is None else body["card"][name] for name in effect["in_body"]}
    return replace(case, card={**case.card, **effect["values"], **hidden})


def _holder_assigned(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return replace(case, holders={**case.holders, effect["role"]: tuple(effect["persons"])})


def _number_taken(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    if "paper" not in effect:
        return replace(case, number=effect["number"])
    return _paper(case, effect["paper"], number=effect["number"])


def _paper_drafted(case: Case, stamp: Stamp, effect: Effect, _: Body | None) -> Case:
    document, n = _named(effect["paper"])
    paper = Paper(
        document=document,
        n=n,
        step=effect["step"],
        visit=effect["visit"],
        seq=stamp.seq,
        status="drafted",
        recipients=tuple(effect["recipients"]),
        drafted_on=stamp.on,
        reply_within=effect.get("reply_within"),
        reply_on=_day(effect.get("reply_on")),
    )
    return replace(case, papers=(*case.papers, paper))


def _paper_signed(case: Case, stamp: Stamp, effect: Effect, _: Body | None) -> Case:
    return _paper(case, effect["paper"], status="signed", signed_on=stamp.on)


def _paper_released(case: Case, stamp: Stamp, effect: Effect, _: Body | None) -> Case:
    return _paper(case, effect["paper"], status="released", released_on=stamp.on)


def _paper_served(case: Case, stamp: Stamp, effect: Effect, _: Body | None) -> Case:
    paper = next(paper for paper in case.papers if paper.name == effect["paper"])
    served = {**paper.served, effect["to"]: stamp.on}
    whole = set(paper.recipients) <= served.keys()
    return _paper(case, paper.name, served=served, status="served" if whole else paper.status)


def _paper_answered(case: Case, stamp: Stamp, effect: Effect, _: Body | None) -> Case:
    return _paper(case, effect["paper"], answered_on=stamp.on, answer=case.acts[stamp.name].record)


def _paper_abandoned(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return _paper(case, effect["paper"], status="abandoned")


def _paper(case: Case, name: str, **changes: Any) -> Case:
    papers = tuple(replace(paper, **changes) if paper.name == name else paper for paper in case.papers)
    return replace(case, papers=papers)


def _deadline_started(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    run = Run(
        deadline=effect["deadline"],
        n=effect["n"],
        status="running",
        owed_by=effect["owed_by"],
        started_on=date.fromisoformat(effect["started_on"]),
        raw_end=date.fromisoformat(effect["raw_end"]),
        due=date.fromisoformat(effect["due"]),
        provisional=effect["provisional"],
        trace=tuple(effect["trace"]),
        cause=effect["cause"],
        right=effect.get("right", False),
        paper=effect.get("paper"),
    )
    return replace(case, deadlines=(*case.deadlines, run))


def _deadline_extended(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return _run(case, effect, extensions=tuple(effect["extensions"]), **_reckoned(effect))


def _deadline_paused(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    held = tuple(effect["held"])
    return _run(case, effect, status="paused", paused_on=date.fromisoformat(effect["on"]), held=held)


def _deadline_resumed(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    pauses = tuple((date.fromisoformat(since), date.fromisoformat(to)) for since, to in effect["pauses"])
    return _run(case, effect, status="running", paused_on=None, held=(), pauses=pauses, **_reckoned(effect))


def _deadline_recomputed(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    started = date.fromisoformat(effect["started_on"])
    changes = {"generation": effect["generation"], "status": effect["status"], "late": effect["late"]}
    return _run(case, effect, started_on=started, warned=(), noted=False, **changes, **_reckoned(effect))


def _reckoned(effect: Effect) -> dict[str, Any]:
    return {
        "raw_end": date.fromisoformat(effect["raw_end"]),
        "due": date.fromisoformat(effect["due"]),
        "provisional": effect["provisional"],
        "trace": tuple(effect["trace"]),
    }


def _deadline_warned(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return _run(case, effect, warned=tuple(effect["warned"]))


def _duty_done(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return _run(case, effect, answered=True)


def _steps_owed(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return replace(case, owed=tuple(effect["steps"]))


def _deadline_overdue(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return _run(case, effect, noted=True, late=effect["late"])


def _deadline_met(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    late = effect["late"]
    return _run(case, effect, status="met_late" if late else "met", late=late, met_on=date.fromisoformat(effect["on"]))


def _deadline_voided(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return _run(case, effect, status="void", late=effect["late"], excused=effect.get("excused", False))


def _deadline_superseded(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return _run(case, effect, status="superseded", late=effect["late"])


def _run(case: Case, effect: Effect, **changes: Any) -> Case:
    name, n = effect["deadline"], effect["n"]
    runs = tuple(replace(run, **changes) if (run.deadline, run.n) == (name, n) else run for run in case.deadlines)
    return replace(case, deadlines=runs)


def _case_closed(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return replace(case, status="closed", outcome=effect["outcome"])


def _case_reopened(case: Case, _: Stamp, __: Effect, ___: Body | None) -> Case:
    return replace(case, status="open", outcome=None)


def _case_finished(case: Case, _: Stamp, __: Effect, ___: Body | None) -> Case:
    return replace(case, status="finished")


def _case_suspended(case: Case, stamp: Stamp, _: Effect, __: Body | None) -> Case:
    return replace(case, status="suspended", suspended_on=stamp.on)


def _case_resumed(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return replace(case, status=effect["status"], suspended_on=None)


def _case_linked(case: Case, _: Stamp, effect: Effect, __: Body | None) -> Case:
    return replace(case, links=(*case.links, Link(effect["relation"], effect["case"])))


def _case_restored(case: Case, _: Stamp, effect: Effect, body: Body | None) -> Case:
    """The case as a whole is put in place: what an entry was rescinded to, what was adopted, what a migration made."""
    hidden = {name: SEALED if body is None else body["card"][name] for name in effect["in_body"]}
    projection = effect["case"]
    return replace(restore({**projection, "card": {**projection["card"], **hidden}}), id=case.id)


def _named(paper: str) -> tuple[str, int]:
    document, _, n = paper.partition("#")
    return document, int(n)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_CHANGES: Mapping[str, Callable[[Case, Stamp, Effect, Body | None], Case]] = {
    "case_opened": _as_opened,
    "case_adopted": _as_opened,
    "noted": _as_opened,
    "body_sealed": _as_opened,
    "amended": _as_opened,
    "record_amended": _record_amended,
    "case_suspended": _case_suspended,
    "case_resumed": _case_resumed,
    "case_linked": _case_linked,
    "case_restored": _case_restored,
    "duty_done": _duty_done,
    "steps_owed": _steps_owed,
    "deadline_extended": _deadline_extended,
    "deadline_paused": _deadline_paused,
    "deadline_resumed": _deadline_resumed,
    "deadline_recomputed": _deadline_recomputed,
    "deadline_warned": _deadline_warned,
    "deadline_overdue": _deadline_overdue,
    "step_done": _done,
    "transition_done": _done,
    "state_changed": _state_changed,
    "card_changed": _card_changed,
    "holder_assigned": _holder_assigned,
    "number_taken": _number_taken,
    "paper_drafted": _paper_drafted,
    "paper_signed": _paper_signed,
    "paper_returned": _paper_abandoned,
    "paper_abandoned": _paper_abandoned,
    "paper_released": _paper_released,
    "paper_served": _paper_served,
    "paper_answered": _paper_answered,
    "deadline_started": _deadline_started,
    "deadline_met": _deadline_met,
    "deadline_voided": _deadline_voided,
    "deadline_superseded": _deadline_superseded,
    "case_closed": _case_closed,
    "case_reopened": _case_reopened,
    "case_finished": _case_finished,
}
