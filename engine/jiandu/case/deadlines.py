"""Time limits of a case: which runs an act ends, which it begins, and what an expiry asks for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiandu.calendar import Calendar, Due, Period, TraceStep
from jiandu.case.evolve import Effect
from jiandu.case.model import Case, Paper, Run
from jiandu.case.view import CaseView
from jiandu.guide.model import Deadline, Event


@dataclass(frozen=True, slots=True)
class Happened:
    """Something an act has brought about: an event as deadlines speak of it, its day, the paper it is about."""

    kind: str
    name: str
    on: date
    to: str = ""
    paper: str | None = None

    def fits(self, event: Event) -> bool:
        """Whether a deadline that waits for `event` waits for this."""
        return (self.kind, self.name) == (event.kind, event.name) and event.to in ("", self.to)


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that a missed run has left: one of `acts` must still be done."""

    deadline: Deadline
    run: Run
    acts: tuple[str, ...]


def changes(view: CaseView, happened: Sequence[Happened], calendar: Calendar, *, closing: bool) -> Iterator[Effect]:
    """What an act does to the runs of a case. `view` shows the case as the act leaves it."""
    for deadline in view.guide.deadlines.values():
        run = _unfinished(view.case, deadline)
        ended = _ended(deadline, run, happened) if run else None
        if ended:
            yield ended
        begun = _begun(deadline, view, happened, calendar)
        if begun:
            if run and not ended:
                yield {**_of("deadline_superseded", run), "late": run.missed(view.today)}
            yield begun
        elif closing and run and not ended and not deadline.survives and run.on(view.today) == "running":
            yield {**_of("deadline_voided", run), "late": False}


def owed(view: CaseView) -> Iterator[Owed]:
    """The duties that missed runs have left undone as of the view's day."""
    for deadline in view.guide.deadlines.values():
        if not deadline.duty:
            continue
        for run in view.case.deadlines:
            if run.deadline == deadline.id and _left(run, view.today) and not _answered(view, deadline, run):
                yield Owed(deadline, run, deadline.duty)


def warned_from(deadline: Deadline, run: Run) -> date | None:
    """The first day on which a warning of the run is due; None where none is."""
    days = [day for period in deadline.warn if (day := period.before(run.due)) >= run.started_on]
    return min(days, default=None)


def _left(run: Run, today: date) -> bool:
    """Whether a run was missed and nothing has ended that: a newer run takes its place, but not what it left behind."""
    return run.on(today) == "overdue" or (run.status == "superseded" and run.late)


def _answered(view: CaseView, deadline: Deadline, run: Run) -> bool:
    """Whether one of the acts that an expiry asks for was done on or after the due day."""
    done = (view.case.acts.get(act) for act in deadline.duty)
    if any(act is not None and act.on >= run.due for act in done):
        return True
    sent = (view.completed_on(paper) for paper in view.case.papers if paper.step in deadline.duty)
    return any(day is not None and day >= run.due for day in sent)


def _unfinished(case: Case, deadline: Deadline) -> Run | None:
    run = case.run(deadline.id)
    return run if run and run.status == "running" else None


def _ended(deadline: Deadline, run: Run, happened: Iterable[Happened]) -> Effect | None:
    for event in happened:
        if _any_fits(deadline.void_by, event):
            return {**_of("deadline_voided", run), "late": event.on > run.due}
        if _any_fits(deadline.met_by, event) and event.on >= run.started_on:
            return {**_of("deadline_met", run), "on": event.on.isoformat(), "late": event.on > run.due}
    return None


def _begun(deadline: Deadline, view: CaseView, happened: Iterable[Happened], calendar: Calendar) -> Effect | None:
    start = next((event for event in happened if _any_fits(deadline.counts_from, event)), None)
    if start is None or (deadline.when is not None and not deadline.when.holds(view)):
        return None
    due = _due(deadline, start, view, calendar)
    if due is None:
        return None
    runs = sum(1 for run in view.case.deadlines if run.deadline == deadline.id)
    paper = {"paper": start.paper} if start.paper else {}
    return {
        "kind": "deadline_started",
        "deadline": deadline.id,
        "n": runs + 1,
        "owed_by": deadline.owed_by,
        "started_on": start.on.isoformat(),
        "raw_end": due.raw_end.isoformat(),
        "due": due.due.isoformat(),
        "provisional": due.provisional,
        "trace": [step.to_json() for step in due.trace],
        **paper,
    }


def _due(deadline: Deadline, start: Happened, view: CaseView, calendar: Calendar) -> Due | None:
    named = _named_day(deadline, start, view)
    if named is not None:
        steps = (TraceStep("trace-start", {"day": start.on}), TraceStep("trace-named", {"day": named}))
        return Due(named, named, provisional=False, trace=steps)
    length = _length(deadline, start, view)
    if length is None:
        return None
    return calendar.due(start.on, length, roll="next_working_day" if deadline.rolls else "none")


def _named_day(deadline: Deadline, start: Happened, view: CaseView) -> date | None:
    """The due day that a paper or a field names itself."""
    if deadline.due_field:
        found: date | None = view.field(deadline.due_field)
        return found
    paper = _paper(view.case, start) if deadline.in_document else None
    return paper.reply_on if paper else None


def _length(deadline: Deadline, start: Happened, view: CaseView) -> Period | None:
    if deadline.length_field:
        found: Period | None = view.field(deadline.length_field)
        return found
    if not deadline.in_document:
        return deadline.length
    paper = _paper(view.case, start)
    if paper is None:
        return None
    if paper.reply_within:
        return Period.parse(paper.reply_within)
    reply = view.guide.documents[paper.document].reply
    return reply.default if reply else None


def _paper(case: Case, start: Happened) -> Paper | None:
    return next((paper for paper in case.papers if paper.name == start.paper), None)


def _any_fits(events: tuple[Event, ...], happened: Happened) -> bool:
    return any(happened.fits(event) for event in events)


def _of(kind: str, run: Run) -> dict[str, Any]:
    return {"kind": kind, "deadline": run.deadline, "n": run.n}
