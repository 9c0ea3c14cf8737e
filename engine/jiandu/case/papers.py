"""The life of a paper, as effects: begun, signed, sent back, released with its number, served, answered."""

from collections.abc import Iterator

from jiandu.case.deadlines import Happened
from jiandu.case.evolve import Effect
from jiandu.case.model import Paper
from jiandu.case.situation import Situation
from jiandu.case.view import CaseView
from jiandu.guide.model import Guide, Role

STAGES = ("drafted", "signed", "released", "served")
PAST = {"sign": "signed", "return": "returned", "release": "released", "serve": "served", "answer": "answered"}


def effects(situation: Situation) -> list[Effect]:
    """What the act does to the paper at hand; the first act of a step begins a new one."""
    act = situation.act
    if not act.verb:
        return []
    begun = [*_replaced(situation), _begun(situation)] if situation.begins else []
    if act.verb == "draft":
        return begun
    paper = str(begun[-1]["paper"]) if begun else situation.papers[0].name
    effect = {"kind": f"paper_{PAST[act.verb]}", "paper": paper}
    if act.verb == "serve":
        return [*begun, {**effect, "to": situation.addressees[0]}]
    return [*begun, effect, *(_number(situation, paper) if _takes_number(situation) else [])]


def number(situation: Situation, series: str, unit: str) -> Effect:
    """The next number of a series, to be taken when the entry is written."""
    return {"kind": "number_taken", "unit": unit, "series": series, "year": situation.day.year, "seq": 0, "number": ""}


def left_behind(situation: Situation, states: set[str]) -> list[Effect]:
    """The papers abandoned as the visits of some states end: those still in the house.

    Papers of the whole case belong to no state, and no move abandons them.
    """
    left = (p for p in situation.case.papers if situation.before.opening_act(p.step).owner in states)
    return [_abandoned(paper) for paper in left if _in_house(situation.guide, paper)]


def happened(situation: Situation, after: CaseView) -> Iterator[Happened]:
    """What the act has brought about for the paper: of its kind, of its step, and whether the step is done."""
    act, day, all_papers = situation.act, situation.day, after.case.papers
    paper = all_papers[-1] if situation.begins else next(p for p in all_papers if p.name == situation.papers[0].name)
    to = situation.addressees[0] if act.verb == "serve" else ""
    for name in (act.document, act.step) if act.verb in PAST else ():
        yield Happened(PAST[act.verb], name, day, to, paper.name)
    if act.verb != "answer" and after.completed_on(paper):
        yield Happened("done", act.step, day, paper=paper.name)


def _replaced(situation: Situation) -> list[Effect]:
    """The papers that a newer one stands for, because something that had to come before them was done anew."""
    view = situation.before
    papers = (paper for paper in view.papers(situation.act.step) if not paper.served)
    return [_abandoned(paper) for paper in papers if _in_house(situation.guide, paper) or view.outdated(paper)]


def _in_house(guide: Guide, paper: Paper) -> bool:
    """Whether a paper is not yet fit to leave: still to be signed or released."""
    document = guide.documents[paper.document]
    if paper.status == "abandoned" or (document.ready == "drafted" and not paper.recipients):
        return False
    return STAGES.index(paper.status) < max(STAGES.index(document.ready), 1)


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
        "recipients": list(situation.recipients),
        **(asked if document.reply and document.reply.in_document else {}),
    }


def _takes_number(situation: Situation) -> bool:
    """The release takes the number; without one, the signature does."""
    document = situation.guide.documents[situation.act.document]
    return bool(document.number) and situation.act.verb == ("release" if document.released_by else "sign")


def _number(situation: Situation, paper: str) -> list[Effect]:
    """The number of a paper, in the series of the unit whose head signs it."""
    document = situation.guide.documents[situation.act.document]
    signer: Role | None = situation.guide.roles[document.signed_by[0]] if document.signed_by else None
    world = situation.world
    above = {"superior": world.superior, "province": world.province}.get(signer.unit) if signer else None
    return [{**number(situation, document.id, (above or world.unit).short), "paper": paper}]
