"""The day of an act: not in the future, not before its own cause, not back-dated too far."""

from collections.abc import Iterator
from datetime import date

from jiandu.case.situation import Situation
from jiandu.errors import Reason


def reasons(situation: Situation) -> Iterator[Reason]:
    """Why the act may not bear this day."""
    day, today, title = situation.day, situation.world.today, situation.act.title
    if day > today:
        yield Reason("future-day", {"act": title, "day": day, "today": today}, situation.act.place)
        return
    if (cause := _cause(situation)) is not None and day < cause:
        yield Reason("before-its-cause", {"act": title, "day": day, "cause": cause}, situation.act.place)
    limit = situation.guide.backdate
    if limit is not None and day < limit.before(today):
        facts = {"act": title, "day": day, "first": limit.before(today)}
        yield Reason("backdated-too-far", facts, situation.act.place)


def _cause(situation: Situation) -> date | None:
    """The earliest day that the act can bear: that of the newest thing it follows from."""
    act, case, view = situation.act, situation.case, situation.before
    if act.event:
        return case.opened_on
    papers = [_reached(situation)] if situation.papers else []
    if act.verb in ("answer", "serve") and case.state != act.owner:
        return max(papers, default=case.opened_on)
    if act.verb == "answer":
        return max(papers, default=None)
    visit = case.visits.get(act.owner if act.step in case.owed else case.state)
    entered = visit.on if visit and (act.owner or act.moves) else case.opened_on
    followed = [day for name in act.after if (day := view.day(name)) is not None]
    return max([entered, *followed, *papers])


def _reached(situation: Situation) -> date:
    """The day of the latest thing that happened to the oldest paper the act may be about."""
    paper = situation.papers[0]
    if situation.act.verb == "answer":
        document = situation.guide.documents[paper.document]
        addressed = document.addressed_to or paper.recipients
        return min(paper.served[role] for role in addressed if role in paper.served)
    return max(day for day in (paper.drafted_on, paper.signed_on, paper.released_on) if day is not None)
