"""The life of a paper: drafted, signed, released, served, answered, in this order, each paper by itself."""

from collections.abc import Iterator
from dataclasses import replace

from jiandu.case.model import Paper
from jiandu.case.situation import Situation
from jiandu.errors import Reason


def reasons(situation: Situation) -> Iterator[Reason]:
    """Why the paper cannot take this step now."""
    act = situation.act
    if not act.verb:
        return
    if situation.begins:
        yield from _unaddressed(situation, situation.recipients) if act.verb == "serve" else ()
    elif len(situation.papers) > 1:
        if not situation.asking:
            yield _which(situation, situation.papers)
    elif not situation.papers:
        yield _missing(situation)
    elif act.verb == "serve":
        left = [role for role in situation.papers[0].recipients if role not in situation.papers[0].served]
        yield from _unaddressed(situation, tuple(left))
    elif act.verb in ("sign", "release") and situation.before.outdated(situation.papers[0]):
        yield _reason(situation, "step-order", other=_begun_by(situation))


def _missing(situation: Situation) -> Reason:
    """What stands between the newest paper of the visit and this act."""
    unnamed = replace(situation, request=replace(situation.request, paper=None))
    if unnamed.papers:
        return _which(situation, unnamed.papers)
    newest = next(reversed(tuple(situation.before.papers(situation.act.step))), None)
    if newest is None:
        return _reason(situation, "step-order", other=_begun_by(situation))
    if _past(situation, newest):
        return _reason(situation, "already-done")
    if situation.act.verb == "answer":
        return _reason(situation, "step-order", other=_title(situation, "serve"))
    return _reason(situation, "not-signed" if newest.status == "drafted" and _signs(situation) else "not-released")


def _which(situation: Situation, papers: tuple[Paper, ...]) -> Reason:
    return _reason(situation, "which-paper", papers=tuple(paper.name for paper in papers))


def _past(situation: Situation, paper: Paper) -> bool:
    stages = ("drafted", "signed", "released", "served")
    reached = {"sign": "signed", "return": "signed", "release": "released", "serve": "served"}
    verb = situation.act.verb
    if verb == "answer":
        return paper.answered_on is not None
    return stages.index(paper.status) >= stages.index(reached[verb])


def _signs(situation: Situation) -> bool:
    return bool(situation.guide.documents[situation.act.document].signed_by)


def _unaddressed(situation: Situation, waiting: tuple[str, ...]) -> Iterator[Reason]:
    if situation.asking or len(situation.addressees) == 1:
        return
    titles = tuple(situation.guide.roles[role].title for role in waiting)
    yield replace(_reason(situation, "which-paper", roles=titles), message="which-addressee")


def _begun_by(situation: Situation) -> object:
    return situation.guide.openers[situation.act.step].title


def _title(situation: Situation, verb: str) -> object:
    return situation.guide.acts[f"{situation.act.step}.{verb}"].title


def _reason(situation: Situation, code: str, **facts: object) -> Reason:
    paper = situation.guide.documents[situation.act.document].title
    return Reason(code, {"act": situation.act.title, "paper": paper, **facts}, situation.act.place)
