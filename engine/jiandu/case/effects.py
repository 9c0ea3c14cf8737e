"""What an act changes, as effects that carry their results, and the entry that will hold them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jiandu.canonical import digest, encode
from jiandu.case import deadlines
from jiandu.case.deadlines import Happened
from jiandu.case.draft import Draft, NumberWanted
from jiandu.case.evolve import Effect, Stamp, evolve, fold
from jiandu.case.gate.who import acting_roles
from jiandu.case.model import Case, Paper
from jiandu.case.situation import Request, Situation, World
from jiandu.case.view import CaseView
from jiandu.clock import rfc3339
from jiandu.errors import Reason
from jiandu.guide.model import Act, Field, Guide

SETTINGS = digest(encode({}))
"""The digest of the settings a case is handled under; a guide has none yet."""


def drafted(situation: Situation, warnings: Sequence[Reason]) -> Draft:
    """The draft of an act that its gate lets through."""
    recorded, hidden = _parted(situation.act.record, situation.request.record)
    card, body = card_changed(situation.guide, {**situation.request.card, **situation.act.sets})
    if hidden:
        body = {**body, "record": hidden}
    effects = list(_effects(situation, recorded, sorted(hidden), card, body))
    draft = content("do", situation.guide, _by(situation), situation.request, situation.world, effects, warnings)
    return Draft(draft, body, tuple(_numbers(situation, effects)))


def content(
    kind: str,
    guide: Guide,
    by: Mapping[str, Any],
    request: Request,
    world: World,
    effects: Sequence[Effect],
    warnings: Sequence[Reason],
) -> Mapping[str, Any]:
    """An entry but for what the store adds: case and act ids, key, link and digest of the body."""
    at = {"at": rfc3339(request.at)} if request.at else {}
    return {
        "kind": kind,
        "name": request.name,
        "by": by,
        "day": request.day.isoformat(),
        **at,
        "recorded_at": rfc3339(world.now),
        "guide": guide.digest,
        "settings": SETTINGS,
        "calendar": world.calendar.digest,
        "effects": list(effects),
        "warnings": [_warning(warning) for warning in warnings],
    }


def card_changed(guide: Guide, values: Mapping[str, Any]) -> tuple[Effect | None, Mapping[str, Any]]:
    """The effect of writing card fields, and the part of the body that holds free text."""
    if not values:
        return None, {}
    seen, hidden = _parted(guide.fields, values)
    return {"kind": "card_changed", "values": seen, "in_body": sorted(hidden)}, {"card": hidden} if hidden else {}


def _parted(definitions: Mapping[str, Field], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that may be seen for ever, and those that may one day be sealed."""
    given = {name: value for name, value in values.items() if value is not None}
    hidden = {name: value for name, value in given.items() if definitions[name].private}
    return {name: value for name, value in given.items() if name not in hidden}, hidden


def _by(situation: Situation) -> Mapping[str, Any]:
    actor = situation.actor
    roles = acting_roles(situation.guide, situation.case, actor, situation.act.by)
    return {"id": actor.id, "roles": list(roles), "unit": actor.unit, "auth": actor.auth, "of": None}


def _warning(reason: Reason) -> Mapping[str, Any]:
    return {"code": reason.code, "rule": reason.rule, "basis": list(reason.basis), "mark": reason.mark}


def _effects(
    situation: Situation,
    recorded: Mapping[str, Any],
    hidden: Sequence[str],
    card: Effect | None,
    body: Mapping[str, Any],
) -> Iterator[Effect]:
    act = situation.act
    made: list[Effect] = [{"kind": _kind(act), "visit": _visit(situation), "record": recorded, "in_body": list(hidden)}]
    made += _paper(situation)
    made += [card] if card else []
    made += _assigned(situation)
    made += _case_number(situation)
    made += _moved(situation)
    stamp = Stamp(situation.case.seq + 1, act.name, situation.day, situation.actor.id)
    interim = fold(situation.case, stamp, made, body)
    made += _closed(situation, interim)
    view = CaseView(situation.guide, interim, situation.world.unit, situation.day)
    happened = tuple(_happened(situation, view))
    yield from made
    yield from deadlines.changes(view, happened, situation.world.calendar, closing=act.closes)


def _kind(act: Act) -> str:
    return "transition_done" if act.moves else "step_done"


def _visit(situation: Situation) -> int:
    """The visit the record belongs to: of a paper's later acts, that in which the paper was drafted."""
    return situation.papers[0].visit if situation.papers else situation.visit


# papers


def _paper(situation: Situation) -> list[Effect]:
    verb = situation.act.verb
    if not verb:
        return []
    if verb == "draft":
        return [*_replaced(situation), _begun(situation)]
    paper = situation.papers[0]
    past = {"sign": "signed", "return": "returned", "release": "released", "serve": "served", "answer": "answered"}
    effect = {"kind": f"paper_{past[verb]}", "paper": paper.name}
    if verb == "serve":
        return [{**effect, "to": situation.addressees[0]}]
    return [effect, *(_paper_number(situation, paper) if _takes_number(situation) else [])]


def _replaced(situation: Situation) -> list[Effect]:
    """The drafts that a newer one stands for, because something that had to come before them was done anew."""
    papers = situation.before.papers(situation.act.step)
    return [_abandoned(paper) for paper in papers if _in_house(situation.guide, paper)]


def _in_house(guide: Guide, paper: Paper) -> bool:
    """Whether a paper is not yet fit to leave: still to be signed or released."""
    stages = ("drafted", "signed", "released", "served")
    document = guide.documents[paper.document]
    if paper.status == "abandoned" or (document.ready == "drafted" and not paper.recipients):
        return False
    return stages.index(paper.status) < max(stages.index(document.ready), 1)


def _abandoned(paper: Paper) -> Effect:
    return {"kind": "paper_abandoned", "paper": paper.name}


def _begun(situation: Situation) -> Effect:
    document = situation.guide.documents[situation.act.document]
    record = situation.request.record
    asked = {name: record[name] for name in ("reply_within", "reply_on") if record.get(name) is not None}
    n = sum(1 for paper in situation.case.papers if paper.document == document.id) + 1
    return {
        "kind": "paper_drafted",
        "paper": f"{document.id}#{n}",
        "step": situation.act.step,
        "visit": situation.visit,
        "recipients": list(_recipients(situation)),
        **(asked if document.reply and document.reply.in_document else {}),
    }


def _recipients(situation: Situation) -> tuple[str, ...]:
    return situation.guide.documents[situation.act.document].recipients


def _takes_number(situation: Situation) -> bool:
    """The release takes the number; without one, the signature does."""
    document = situation.guide.documents[situation.act.document]
    return bool(document.number) and situation.act.verb == ("release" if document.released_by else "sign")


def _paper_number(situation: Situation, paper: Paper) -> list[Effect]:
    return [{**_number(situation, paper.document), "paper": paper.name}]


# the case


def _case_number(situation: Situation) -> list[Effect]:
    if not situation.act.numbers_case or situation.case.number is not None:
        return []
    return [_number(situation, situation.guide.id)]


def _number(situation: Situation, series: str) -> Effect:
    unit = situation.world.unit.short
    return {"kind": "number_taken", "unit": unit, "series": series, "year": situation.day.year, "seq": 0, "number": ""}


def _numbers(situation: Situation, effects: Sequence[Effect]) -> Iterator[NumberWanted]:
    for index, effect in enumerate(effects):
        if effect["kind"] == "number_taken":
            series = effect["series"]
            pattern = situation.guide.documents[series].number if "paper" in effect else situation.guide.number
            yield NumberWanted(index, effect["unit"], series, effect["year"], pattern)


def _assigned(situation: Situation) -> list[Effect]:
    given = situation.request.assigns
    return [{"kind": "holder_assigned", "role": role, "persons": list(persons)} for role, persons in given.items()]


def _moved(situation: Situation) -> list[Effect]:
    act, case = situation.act, situation.case
    if not act.moves:
        return []
    latest = situation.before.visit(act.to)
    visit = max(latest, 1) if act.resumes else latest + 1
    left = {case.state} if not act.event else set()
    left |= {act.to} if visit != latest else set()
    abandoned = [
        paper for paper in case.papers if _in_house(situation.guide, paper) and _owner(situation, paper) in left
    ]
    return [*map(_abandoned, abandoned), {"kind": "state_changed", "from": case.state, "to": act.to, "visit": visit}]


def _owner(situation: Situation, paper: Paper) -> str:
    """The state whose visit a paper belongs to; empty for the whole case, whose papers no move abandons."""
    return situation.before.opening_act(paper.step).owner


def _closed(situation: Situation, interim: Case) -> list[Effect]:
    act, made = situation.act, list[Effect]()
    if act.closes:
        outcome = act.outcome or interim.card[act.outcome_field]
        made.append({"kind": "case_closed", "outcome": outcome})
    elif act.reopens:
        made.append({"kind": "case_reopened"})
    if act.moves and situation.guide.states[act.to].final:
        made.append({"kind": "case_finished"})
    return made


# what happened


def deadlines_begun(guide: Guide, opening: Draft, request: Request, world: World) -> Iterator[Effect]:
    """The deadlines that opening a case begins."""
    case = evolve(None, {**opening.content, "seq": 1, "case": ""}, opening.body, "")
    view = CaseView(guide, case, world.unit, request.day)
    happened = (Happened("entered", case.state, request.day), *_filled(view, case.card))
    return deadlines.changes(view, happened, world.calendar, closing=False)


def _filled(view: CaseView, written: Mapping[str, Any]) -> Iterator[Happened]:
    """The date fields that were written, each an event of the day it names."""
    for name in written:
        if view.guide.fields[name].type == "date" and (day := view.field(name)) is not None:
            yield Happened("field", name, day)


def _happened(situation: Situation, interim: CaseView) -> Iterator[Happened]:
    """Everything the act brought about, as deadlines speak of it."""
    act, day = situation.act, situation.day
    yield Happened("done", act.name, day)
    if act.moves:
        yield Happened("entered", act.to, day)
    if act.verb not in ("", "return"):
        yield from _of_paper(situation, interim)
    yield from _filled(interim, {**situation.request.card, **act.sets})


def _of_paper(situation: Situation, interim: CaseView) -> Iterator[Happened]:
    act, day = situation.act, situation.day
    papers = interim.case.papers
    paper = papers[-1] if act.verb == "draft" else next(p for p in papers if p.name == situation.papers[0].name)
    kinds = {"sign": "signed", "release": "released", "serve": "served", "answer": "answered"}
    to = situation.addressees[0] if act.verb == "serve" else ""
    for name in (act.document, act.step) if act.verb in kinds else ():
        yield Happened(kinds[act.verb], name, day, to, paper.name)
    if act.verb != "answer" and interim.completed_on(paper):
        yield Happened("done", act.step, day, paper=paper.name)
