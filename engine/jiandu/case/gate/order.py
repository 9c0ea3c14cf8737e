"""Order and repetition: what has to come before, and what is done already."""

from collections.abc import Iterator

from jiandu.case.model import Paper
from jiandu.case.situation import Situation
from jiandu.case.view import CaseView
from jiandu.errors import Reason
from jiandu.guide.model import weakest
from jiandu.guide.words import title_words


def reasons(situation: Situation) -> Iterator[Reason]:
    """What is out of order."""
    act, view = situation.act, situation.before
    begins = situation.begins
    for name in act.after if begins or not act.verb else ():
        if not view.is_done(name) and not view.excused(name):
            yield _reason(situation, "step-order", other=title_words(name, situation.guide))
    if begins:
        yield from _drafted(situation)
    elif not act.verb and not act.moves:
        yield from _repeated(situation)


def _drafted(situation: Situation) -> Iterator[Reason]:
    act, view = situation.act, situation.before
    papers = tuple(view.papers(act.step))
    many = act.repeat or act.at_most is not None
    if any(_under_way(view, paper) for paper in papers) or (view.is_done(act.step) and not many):
        yield _reason(situation, "already-done")
    elif act.at_most is not None and len(papers) >= act.at_most:
        yield _reason(situation, "at-most", most=act.at_most)


def _under_way(view: CaseView, paper: Paper) -> bool:
    return paper.waiting and view.completed_on(paper) is None and not view.outdated(paper)


def _repeated(situation: Situation) -> Iterator[Reason]:
    act, done = situation.act, situation.before.counting(situation.act.name)
    if done is None:
        return
    if act.at_most is not None and done.here >= act.at_most:
        yield _reason(situation, "at-most", most=act.at_most)
    elif not act.repeat and act.at_most is None:
        yield _reason(situation, "already-done")


def _reason(situation: Situation, code: str, **facts: object) -> Reason:
    basis = situation.act.basis
    facts = {"act": situation.act.title, **facts}
    return Reason(code, facts, situation.act.place, basis=tuple(map(str, basis)), mark=weakest(basis))
