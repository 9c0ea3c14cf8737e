"""Bringing in a case that is already running elsewhere: once, as its first entry, marked for good."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from jiandu.case.acts.rescind import restored
from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry
from jiandu.case.evolve import Effect
from jiandu.case.gate import times, who
from jiandu.case.judged import invalid
from jiandu.case.model import Case, Paper, Run, Visit
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.catalogue import said
from jiandu.errors import Reason
from jiandu.guide.model import Guide
from jiandu.guide.values import fault


def adopt(guide: Guide, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """`request.record` says how the case stands: `state`, `entered_on`, `opened_on`, `number`, `source`, open `papers`
    and `deadlines` with their days; `request.card` and `request.assigns` are its card and holders."""
    case = _nothing(guide, request, world)
    if "adopt" not in guide.powers:
        return Refusal((Reason("unknown-name", {"name": "adopt"}, message="unknown-power"),))
    situation = Situation(guide, case, guide.powers["adopt"], actor, request, world)
    reasons = (*who.reasons(situation), *times.reasons(situation), *_wrong(situation))
    if reasons:
        return Refusal(reasons)
    opened: Effect = {
        "kind": "case_opened",
        "guide": guide.id,
        "version": guide.version,
        "unit": case.unit,
        "state": case.state,
    }
    effects, body = restored(guide, _standing(case, request))
    adopted = {"kind": "case_adopted", "source": request.record["source"]}
    return entry(situation, "adopt", [opened, *effects, adopted], body)


def _nothing(guide: Guide, request: Request, world: World) -> Case:
    state = str(request.record.get("state", guide.initial))
    opened_on = _day(request.record.get("opened_on")) or request.day
    return Case(
        id="", unit=world.unit.id, guide=guide.id, version=guide.version, text=guide.digest, seq=0, head="",
        state=state if state in guide.states else guide.initial, status="open", opened_on=opened_on,
    )  # fmt: skip


def _standing(case: Case, request: Request) -> Case:
    record = request.record
    entered = _day(record.get("entered_on")) or case.opened_on
    return replace(
        case,
        number=record.get("number"),
        card=dict(request.card),
        holders=dict(request.assigns),
        visits={case.state: Visit(1, 1, entered)},
        papers=tuple(_paper(written, n) for n, written in enumerate(record.get("papers", ()), 1)),
        deadlines=tuple(_run(written) for written in record.get("deadlines", ())),
    )


def _paper(written: Mapping[str, Any], n: int) -> Paper:
    served = {role: date.fromisoformat(day) for role, day in written.get("served", {}).items()}
    drafted = _day(written.get("drafted_on")) or min(served.values())
    return Paper(
        document=written["document"],
        n=n,
        step=written["step"],
        visit=1,
        seq=1,
        status="served" if served else "drafted",
        recipients=tuple(written.get("recipients", served)),
        drafted_on=drafted,
        number=written.get("number"),
        signed_on=drafted if served else None,
        released_on=drafted if served else None,
        served=served,
    )


def _run(written: Mapping[str, Any]) -> Run:
    due = date.fromisoformat(written["due"])
    raw_end = _day(written.get("raw_end")) or due
    started = date.fromisoformat(written["started_on"])
    step = {"code": "trace-adopted", "day": due.isoformat()}
    owed_by, name = written["owed_by"], written["name"]
    return Run(name, 1, "running", owed_by, started, raw_end, due, provisional=False, trace=(step,), cause="adopted")


def _wrong(situation: Situation) -> Iterator[Reason]:
    guide, record = situation.guide, situation.request.record
    if not record.get("source"):
        yield invalid(situation, said("field-source"), "value-missing")
    if record.get("state") not in guide.states or guide.states[record["state"]].final:
        yield invalid(situation, said("field-state"), "value-no-choice")
    for name, value in situation.request.card.items():
        if name not in guide.fields or fault(guide.fields[name], value):
            yield invalid(situation, guide.fields[name].title if name in guide.fields else name, "value-no-name")
    yield from _unknown(situation)


def _unknown(situation: Situation) -> Iterator[Reason]:
    """Holders, runs and papers that the guide has no place for."""
    guide, record = situation.guide, situation.request.record
    for role in situation.request.assigns:
        if role not in guide.roles or not guide.roles[role].assigned:
            yield invalid(situation, role, "value-not-asked")
    for run in record.get("deadlines", ()):
        known = run.get("name") in guide.deadlines and run.get("owed_by") in guide.roles
        if not known or {"due", "started_on"} - run.keys():
            yield invalid(situation, said("field-deadlines"), "value-no-object")
    for paper in record.get("papers", ()):
        known = paper.get("document") in guide.documents and paper.get("step") in guide.openers
        if not known or not (paper.get("served") or paper.get("drafted_on")):
            yield invalid(situation, said("field-papers"), "value-no-object")


def _day(written: object) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) else None
