"""Time limits of a case: which runs an act ends, begins, stops and moves, and what an expiry asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiandu.calendar import Calendar, Due, Period, TraceStep
from jiandu.case.evolve import Effect
from jiandu.case.model import Paper, Run
from jiandu.case.view import CaseView
from jiandu.clock import legal_day
from jiandu.guide.model import Deadline, Event, Events


@dataclass(frozen=True, slots=True)
class Happened:
    """Something an act has brought about: an event as deadlines speak of it, its day, the paper it is about."""

    kind: str
    name: str
    on: date
    to: str = ""
    paper: str | None = None

    @property
    def cause(self) -> str:
        """How a run names what began it."""
        return f"{self.kind}:{self.name}"

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
        runs = [run for run in view.case.deadlines if run.deadline == deadline.id and run.unfinished]
        ended = list(_ended(deadline, runs, happened, view)) if runs else []
        over = view.case.status == "closed" and not closing and not deadline.survives
        begun = None if over else _begun(deadline, happened, view, calendar)
        left = [run for run in runs if run.n not in {effect["n"] for effect in ended}]
        yield from ended
        if begun and not deadline.each:
            yield from (_superseded(run, view.today) for run in left)
            left = []
        yield from _started(deadline, begun, happened, view) if begun else []
        for run in left:
            yield from _carried_on(deadline, run, happened, view, calendar, closing=closing)
        yield from _dutiful(deadline, happened, view)


def owed(view: CaseView) -> Iterator[Owed]:
    """The duties that missed runs have left undone as of the view's day."""
    for deadline in view.guide.deadlines.values():
        if not deadline.duty:
            continue
        for run in view.case.deadlines:
            if run.deadline == deadline.id and _left(run, view.today):
                yield Owed(deadline, run, deadline.duty)


def ticked(view: CaseView, calendar: Calendar) -> Iterator[Effect]:
    """What the passing of time has brought by the view's day: warnings, expiries, and due days now known for sure."""
    for run in view.case.deadlines:
        deadline = view.guide.deadlines.get(run.deadline)
        if deadline is None or run.status != "running":
            continue
        if run.provisional and (sure := _reckoned_anew(deadline, run, run.started_on, view, calendar)):
            yield sure
        elif run.on(view.today) != "running":
            yield from [] if run.noted else [{**_of("deadline_overdue", run), "late": not run.right}]
        elif not _known_over(run, view) and (rungs := _rungs(deadline, run, view.today)):
            yield {**_of("deadline_warned", run), "warned": [*run.warned, *rungs]}


def recomputed(before: CaseView, view: CaseView, changed: Sequence[str], calendar: Calendar) -> Iterator[Effect]:
    """What an amended card does to the runs that hang on it: reckoned anew, void, or begun after all.

    Begun is what would not have begun on the card as it was: what no run was written of for another reason stays so.
    """
    for deadline in view.guide.deadlines.values():
        runs = [run for run in view.case.deadlines if run.deadline == deadline.id]
        if not runs or runs[-1].excused:
            begun = _after_all(deadline, view, calendar)
            if begun and not _after_all(deadline, before, calendar):
                yield from _started(deadline, begun, (), view)
            continue
        holds = deadline.when is None or deadline.when.holds(view)
        for run in runs if deadline.each else runs[-1:]:
            kind, _, name = run.cause.partition(":")
            moved = kind == "field" and name in changed and run is runs[-1]
            started = (view.field(name) if moved else None) or run.started_on
            if run.unfinished and not holds:
                yield {**_of("deadline_voided", run), "late": run.missed(view.today), "excused": True}
            elif (run.unfinished or run.met_on) and (anew := _reckoned_anew(deadline, run, started, view, calendar)):
                yield anew


def extended(deadline: Deadline, run: Run, view: CaseView, calendar: Calendar) -> Effect:
    """The run made longer once."""
    extensions = (*run.extensions, str(deadline.extend.adds)) if deadline.extend else run.extensions
    due = _reckon(deadline, run.started_on, view, calendar, run.paper, extensions, run.pauses)
    return {**_of("deadline_extended", run), "extensions": list(extensions), **_days(due or _as_it_was(run))}


# ends


def _ended(deadline: Deadline, runs: Sequence[Run], happened: Sequence[Happened], view: CaseView) -> Iterator[Effect]:
    """What voids runs voids all that it speaks of; what meets them meets that of its own paper, or the oldest."""
    for event in happened:
        spoken_of = _spoken_of(runs, event)
        if _comes_true(deadline.void_by, event, view):
            yield from ({**_of("deadline_voided", run), "late": run.missed(event.on)} for run in spoken_of)
            return
        if _comes_true(deadline.met_by, event, view):
            met = [effect for run in spoken_of[:1] if (effect := _met(run, event.on))]
            yield from met
            if met:
                return


def _spoken_of(runs: Sequence[Run], event: Happened) -> Sequence[Run]:
    """The runs of the paper that the event is about; else all but those of another paper of that kind."""
    if event.paper is None:
        return runs
    document = event.paper.partition("#")[0]
    own = [run for run in runs if run.paper == event.paper]
    return own or [run for run in runs if run.paper is None or run.paper.partition("#")[0] != document]


def _met(run: Run, on: date) -> Effect | None:
    """The run met on a day; a right that has lapsed is not exercised any more."""
    late = run.status == "running" and on > run.due
    if on < run.started_on or (late and run.right):
        return None
    return {**_of("deadline_met", run), "on": on.isoformat(), "late": late}


def _superseded(run: Run, today: date) -> Effect:
    return {**_of("deadline_superseded", run), "late": run.missed(today)}


# beginnings


def _begun(deadline: Deadline, happened: Sequence[Happened], view: CaseView, calendar: Calendar) -> Effect | None:
    start = next((event for event in happened if _comes_true(deadline.counts_from, event, view)), None)
    version = deadline.at(start.on) if start else None
    if start is None or version is None or (deadline.when is not None and not deadline.when.holds(view)):
        return None
    due = _reckon(deadline, start.on, view, calendar, start.paper, (), ())
    if due is None:
        return None
    runs = sum(1 for run in view.case.deadlines if run.deadline == deadline.id)
    return {
        "kind": "deadline_started",
        "deadline": deadline.id,
        "n": runs + 1,
        "owed_by": deadline.owed_by or start.to,
        "cause": start.cause,
        "started_on": start.on.isoformat(),
        **_days(due),
        **({"right": True} if deadline.right else {}),
        **({"paper": start.paper} if start.paper else {}),
    }


def _after_all(deadline: Deadline, view: CaseView, calendar: Calendar) -> Effect | None:
    """The run that the newest of the events it counts from would begin now."""
    start = _latest(view, deadline.counts_from)
    return _begun(deadline, [start], view, calendar) if start else None


def _reckon(
    deadline: Deadline,
    start: date,
    view: CaseView,
    calendar: Calendar,
    paper: str | None,
    extensions: Sequence[str],
    pauses: Sequence[tuple[date, date]],
) -> Due | None:
    """The due day of a run that starts on a day, by the version of the deadline for that day."""
    version = deadline.at(start) or deadline
    sent = next((sent for sent in view.case.papers if sent.name == paper), None) if version.in_document else None
    named = view.field(version.due_field) if version.due_field else (sent.reply_on if sent else None)
    if named is not None:
        steps = (TraceStep("trace-start", {"day": start}), TraceStep("trace-named", {"day": named}))
        return Due(named, named, provisional=False, trace=steps)
    length = _length(version, sent, view)
    if length is None:
        return None
    return calendar.due(
        start,
        _in_days(length),
        extensions=[_in_days(Period.parse(extension)) for extension in extensions],
        pauses=list(pauses),
        roll="next_working_day" if version.rolls and length.unit != "hours" else "none",
        months=version.month_rule,
    )


def _in_days(period: Period) -> Period:
    """Hours as the days in which they end, counted from the end of the first: a run knows days alone."""
    return Period(-(-period.n // 24), "days") if period.unit == "hours" else period


def _length(deadline: Deadline, paper: Paper | None, view: CaseView) -> Period | None:
    if deadline.length_field:
        found: Period | None = view.field(deadline.length_field)
        return found
    if not deadline.in_document or paper is None:
        return deadline.length
    reply = view.guide.documents[paper.document].reply
    return Period.parse(paper.reply_within) if paper.reply_within else (reply.default if reply else None)


# in between


def _carried_on(
    deadline: Deadline, run: Run, happened: Sequence[Happened], view: CaseView, calendar: Calendar, *, closing: bool
) -> Iterator[Effect]:
    """What becomes of a run that no event has ended."""
    if closing and not deadline.survives and run.on(view.today) in ("running", "paused"):
        yield {**_of("deadline_voided", run), "late": False}
        return
    held = _held(deadline, run.held, happened, view)
    stands = bool(held) or _stands_still(deadline, view)
    if stands and run.on(view.today) == "running":
        yield {**_of("deadline_paused", run), "on": max(view.today, run.started_on).isoformat(), "held": held}
    elif not stands and run.status == "paused":
        yield _resumed(deadline, run, view, calendar)
    elif run.paused_on and held != list(run.held):
        yield {**_of("deadline_paused", run), "on": run.paused_on.isoformat(), "held": held}


def _started(deadline: Deadline, begun: Effect, happened: Sequence[Happened], view: CaseView) -> Iterator[Effect]:
    """A new run, which stands still at once where the others of its kind would."""
    yield begun
    held = _held(deadline, (), happened, view)
    if held or _stands_still(deadline, view):
        on = max(view.today.isoformat(), begun["started_on"])
        yield {"kind": "deadline_paused", "deadline": deadline.id, "n": begun["n"], "on": on, "held": held}


def _stands_still(deadline: Deadline, view: CaseView) -> bool:
    """Whether the case itself makes its runs stand still: suspended, or in a state that does."""
    if view.case.status == "suspended" and deadline.stops_with_case:
        return True
    return any(view.case.state in pause.states for pause in deadline.pauses)


def _held(deadline: Deadline, held: Sequence[int], happened: Sequence[Happened], view: CaseView) -> list[int]:
    """The pauses, by their place, that an event has begun and none has ended."""
    return [
        index
        for index, pause in enumerate(deadline.pauses)
        if (index in held or any(_comes_true(pause.since, event, view) for event in happened))
        and not any(_comes_true(pause.until, event, view) for event in happened)
    ]


def _resumed(deadline: Deadline, run: Run, view: CaseView, calendar: Calendar) -> Effect:
    since = run.paused_on or view.today
    pauses = (*run.pauses, (since, max(since, view.today)))
    due = _reckon(deadline, run.started_on, view, calendar, run.paper, run.extensions, pauses) or _as_it_was(run)
    written = [[since.isoformat(), to.isoformat()] for since, to in pauses]
    return {**_of("deadline_resumed", run), "pauses": written, **_days(due)}


def _reckoned_anew(deadline: Deadline, run: Run, start: date, view: CaseView, calendar: Calendar) -> Effect | None:
    """The run's next generation, if its days come out otherwise now."""
    due = _reckon(deadline, start, view, calendar, run.paper, run.extensions, run.pauses)
    if due is None or (
        (start, due.raw_end, due.due) == (run.started_on, run.raw_end, run.due) and (due.provisional == run.provisional)
    ):
        return None
    late = run.met_on is not None and run.met_on > due.due and not (run.paused_on and run.paused_on <= due.due)
    status = ("met_late" if late else "met") if run.met_on is not None else run.status
    anew = {"generation": run.generation + 1, "started_on": start.isoformat(), "status": status, "late": late}
    return {**_of("deadline_recomputed", run), **anew, **_days(due)}


def _known_over(run: Run, view: CaseView) -> bool:
    """Whether the trail has its expiry already: our clock is behind that of whoever wrote it down."""
    return run.noted and legal_day(datetime.fromisoformat(view.case.recorded_at)) > run.due


def _rungs(deadline: Deadline, run: Run, today: date) -> list[str]:
    """The warnings that are due by now and were not given; one that comes too late is given with the others."""
    return [str(p) for p in deadline.warn if str(p) not in run.warned and run.started_on <= p.before(run.due) <= today]


# events


def _comes_true(events: Events, happened: Happened, view: CaseView) -> bool:
    if not any(happened.fits(event) for event in events.events):
        return False
    return not events.all or all(happened.fits(event) or _day_of(view, event) for event in events.events)


def _latest(view: CaseView, events: Events) -> Happened | None:
    """The newest of some events that has come true so far."""
    come = [Happened(e.kind, e.name, day, e.to) for e in events.events if (day := _day_of(view, e)) is not None]
    if events.all and len(come) < len(events.events):
        return None
    return max(come, key=lambda event: event.on, default=None)


def _day_of(view: CaseView, event: Event) -> date | None:
    """The latest day of an event, if it has come true."""
    if event.kind == "field":
        day: date | None = view.field(event.name)
        return day
    if event.kind == "entered":
        return visit.on if (visit := view.case.visits.get(event.name)) else None
    if event.kind == "done":
        return view.day(event.name)
    if event.kind == "missed":
        run = view.case.run(event.name)
        return run.due if run and run.missed(view.today) else None
    return max((day for paper in view.papers(event.name) if (day := _stage_day(paper, event))), default=None)


def _stage_day(paper: Paper, event: Event) -> date | None:
    if event.kind == "served":
        days = [day for role, day in paper.served.items() if event.to in ("", role)]
        return max(days, default=None)
    stages = {"signed": paper.signed_on, "released": paper.released_on, "answered": paper.answered_on}
    return stages.get(event.kind)


# duties


def _left(run: Run, today: date) -> bool:
    """Whether a run was missed and its duty is still open: a newer run takes its place, not what it left behind."""
    missed = run.on(today) == "overdue" or (run.status == "superseded" and run.late)
    return missed and not run.answered


def _dutiful(deadline: Deadline, happened: Sequence[Happened], view: CaseView) -> Iterator[Effect]:
    """The duty of the oldest missed run, done by one of the acts that its expiry asks for, on or after its due day."""
    done = any(event.kind == "done" and event.name in deadline.duty for event in happened)
    runs = (run for run in view.case.deadlines if run.deadline == deadline.id and view.today >= run.due)
    left = next((run for run in runs if _left(run, view.today) or _due_today(run, view.today)), None)
    if done and left:
        yield _of("duty_done", left)


def _due_today(run: Run, today: date) -> bool:
    return run.status == "running" and run.due == today and not run.answered


# forms


def _of(kind: str, run: Run) -> dict[str, Any]:
    return {"kind": kind, "deadline": run.deadline, "n": run.n}


def _days(due: Due) -> dict[str, Any]:
    return {
        "raw_end": due.raw_end.isoformat(),
        "due": due.due.isoformat(),
        "provisional": due.provisional,
        "trace": [step.to_json() for step in due.trace],
    }


def _as_it_was(run: Run) -> Due:
    """Where the length has gone from the card, a run keeps its days."""
    return Due(run.raw_end, run.due, run.provisional, ())
