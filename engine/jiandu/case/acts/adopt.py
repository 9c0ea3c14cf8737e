"""Bringing in a case that is already running elsewhere: once, as its first entry, marked for good."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jiandu.case.acts.rescind import restored
from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry
from jiandu.case.evolve import Effect
from jiandu.case.gate import times, who
from jiandu.case.gate.content import unassignable
from jiandu.case.judged import invalid
from jiandu.case.model import Case, Paper, PaperStatus, Run, Visit
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.catalogue import Text, said
from jiandu.errors import Reason
from jiandu.findings import NOWHERE
from jiandu.guide.model import Field, Guide
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
    effects, body = restored(guide, _standing(guide, case, request))
    adopted = {"kind": "case_adopted", "source": request.record["source"]}
    return entry(situation, "adopt", [opened, *effects, adopted], body)


def _nothing(guide: Guide, request: Request, world: World) -> Case:
    state, opened_on = request.record.get("state"), _day(request.record.get("opened_on")) or request.day
    return Case(
        id="", unit=world.unit.id, guide=guide.id, version=guide.version, text=guide.digest, seq=0, head="",
        state=str(state) if str(state) in guide.states else guide.initial, status="open", opened_on=opened_on,
    )  # fmt: skip


def _standing(guide: Guide, case: Case, request: Request) -> Case:
    record = request.record
    entered = _day(record.get("entered_on")) or case.opened_on
    papers = tuple(_paper(guide, case, request, written, n) for n, written in _counted(record, "papers", "document"))
    return replace(
        case,
        number=record.get("number") or None,
        card=dict(request.card),
        holders=dict(request.assigns),
        visits={case.state: Visit(1, 1, entered)},
        papers=papers,
        deadlines=tuple(_run(guide, written, n, papers) for n, written in _counted(record, "deadlines", "name")),
    )


def _counted(record: Mapping[str, Any], what: str, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Papers or runs, each with its number among those of its kind."""
    counts: Counter[str] = Counter()
    for written in record.get(what) or ():
        counts[written[name]] += 1
        yield counts[written[name]], written


def _paper(guide: Guide, case: Case, request: Request, written: Mapping[str, Any], n: int) -> Paper:
    """A paper that names nobody is for those on whom it was served, or for whom its kind is meant.

    It is of the visit with which the case begins here where its step belongs to that state, else of one before it.
    """
    document = guide.documents[written["document"]]
    named = request.card.get(document.addressed_field)
    meant = (*([named] if named else document.addressed_to), *document.copies_to)
    served = _served(written)
    recipients = tuple(written.get("recipients") or served or meant)
    out: PaperStatus = "served" if served.keys() >= set(recipients) else document.ready
    drafted = _day(written.get("drafted_on")) or min(served.values())
    return Paper(
        document=document.id,
        n=n,
        step=written["step"],
        visit=int(guide.openers[written["step"]].owner == case.state),
        seq=1,
        status=out if served else "drafted",
        recipients=recipients,
        drafted_on=drafted,
        number=written.get("number"),
        signed_on=drafted if served else None,
        released_on=drafted if served else None,
        served=served,
    )


def _served(written: Mapping[str, Any]) -> dict[str, date]:
    """On whom a paper was served, and when."""
    return {role: served for role, day in (written.get("served") or {}).items() if (served := _day(day))}


def _run(guide: Guide, written: Mapping[str, Any], n: int, papers: Sequence[Paper]) -> Run:
    """A run; the first one of a reply is that of the first paper that its step has sent, and so on."""
    name, due = written["name"], date.fromisoformat(written["due"])
    sent = [paper.name for paper in papers if f"{paper.step}.reply" == name]
    return Run(
        deadline=name,
        n=n,
        status="running",
        owed_by=written["owed_by"],
        started_on=date.fromisoformat(written["started_on"]),
        raw_end=_day(written.get("raw_end")) or due,
        due=due,
        provisional=False,
        trace=({"code": "trace-adopted", "day": due.isoformat()},),
        cause="adopted",
        paper=next(iter(sent[n - 1 :]), None),
        right=guide.deadlines[name].right,
    )


def _wrong(situation: Situation) -> Iterator[Reason]:
    guide, request = situation.guide, situation.request
    for name, value in request.card.items():
        if name not in guide.fields or fault(guide.fields[name], value):
            yield invalid(situation, guide.fields[name].title if name in guide.fields else name, "value-no-name")
    for role, persons in request.assigns.items():
        if role not in guide.roles or not guide.roles[role].assigned:
            yield invalid(situation, role, "value-not-asked")
        elif found := unassignable(guide.roles[role], persons):
            yield invalid(situation, guide.roles[role].title, found)
    misformed = tuple(_misformed(situation))
    yield from misformed or _untold(situation)


def _misformed(situation: Situation) -> Iterator[Reason]:
    """What is not of the form in which a case is described."""
    record = situation.request.record
    for name, definition in _form(situation.guide).items():
        value = record.get(name) or None
        if found := fault(definition, value) if value else "value-missing" if definition.required else None:
            yield invalid(situation, definition.title, found)


def _untold(situation: Situation) -> Iterator[Reason]:
    """Papers that their step does not send, or of which it is not said what has become of them."""
    guide = situation.guide
    for paper in situation.request.record.get("papers") or ():
        sends = guide.openers[paper["step"]].document
        if sends != paper["document"] or not (_served(paper) or paper.get("drafted_on")):
            yield invalid(situation, said("field-papers"), "value-no-object")


def _form(guide: Guide) -> Mapping[str, Field]:
    """How a case is described, told as the fields of a record are."""
    day, role = _field("date"), _one_of(guide.roles)
    run = {"name": _one_of(guide.deadlines), "owed_by": role, "started_on": day, "due": day}
    paper = {"document": _one_of(guide.documents), "step": _one_of(guide.openers)}
    told = {
        "number": _field("string"),
        "drafted_on": day,
        "recipients": replace(role, many=True),
        "served": _field("object", fields=dict.fromkeys(guide.roles, day)),
    }
    return {
        "source": _field("string", "field-source", required=True),
        "state": replace(
            _one_of([name for name, state in guide.states.items() if not state.final]),
            title=said("field-state"), required=True,
        ),
        "number": _field("string", "field-number"),
        "opened_on": _field("date", "field-opened-on"),
        "entered_on": _field("date", "field-entered-on"),
        "deadlines": _field("object", "field-deadlines", many=True, fields={**_needed(run), "raw_end": day}),
        "papers": _field("object", "field-papers", many=True, fields={**_needed(paper), **told}),
    }  # fmt: skip


def _field(kind: str, title: str = "", **more: Any) -> Field:
    return Field("", said(title) if title else Text(""), kind, NOWHERE, **more)


def _one_of(names: Iterable[str]) -> Field:
    return _field("choice", choices=dict.fromkeys(names, Text("")))


def _needed(fields: Mapping[str, Field]) -> dict[str, Field]:
    return {name: replace(definition, required=True) for name, definition in fields.items()}


def _day(written: object) -> date | None:
    return date.fromisoformat(str(written)) if fault(_field("date"), written) is None else None
