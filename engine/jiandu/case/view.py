"""What conditions and gates see of a case on the day of an act: what is done, what counts, what is overdue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jiandu.calendar import Period
from jiandu.case.model import SEALED, Case, Done, Paper, Run
from jiandu.directory import Unit
from jiandu.guide.conditions import ClockKind, FactKind
from jiandu.guide.model import Act, Field, Guide


@dataclass(frozen=True, slots=True)
class Kin:
    """A case that belongs to another one, as far as conditions may see it."""

    id: str
    relation: str
    guide: str
    state: str
    status: str
    outcome: str | None
    seq: int
    card: Mapping[str, Any]

    @property
    def facts(self) -> Mapping[str, Any]:
        """What a condition may test."""
        closed, finished = self.status in ("closed", "finished"), self.status == "finished"
        return {**self.card, "closed": closed, "finished": finished, "outcome": self.outcome, "state": self.state}


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as of `today`. With `acting` the act is seen as if done, with record and card as it writes them."""

    guide: Guide
    case: Case
    unit_facts: Unit
    today: date
    acting: Act | None = None
    acting_record: Mapping[str, Any] = field(default_factory=dict)
    acting_card: Mapping[str, Any] = field(default_factory=dict)
    kin: tuple[Kin, ...] = ()

    # what conditions ask

    def field(self, name: str) -> Any:
        """The value of a card field."""
        value = self.acting_card[name] if name in self.acting_card else self.case.card.get(name)
        return typed(self.guide.fields[name], value)

    def record(self, act: str, name: str) -> Any:
        """A value in the latest record of an act that counts."""
        definition = self.guide.acts[act].record[name]
        if self.acting is not None and self.acting.name == act:
            return typed(definition, self.acting_record.get(name))
        if self.guide.acts[act].verb == "answer":
            papers = tuple(self.papers(self.guide.acts[act].step))
            return typed(definition, papers[-1].answer.get(name)) if papers else None
        done = self.counting(act)
        return typed(definition, done.record.get(name)) if done else None

    def day(self, act: str) -> date | None:
        """The day of an act that counts; of a paper's step, its last service."""
        if act in self.guide.acts:
            done = self.counting(act)
            return done.on if done else None
        paper = self.sent(act)
        return self.completed_on(paper) if paper else None

    def fact(self, kind: FactKind, name: str, to: str = "") -> int:
        """How often something has happened."""
        if kind in ("done", "ever"):
            sofar = self._times_done(name) if kind == "done" else self._times_ever(name)
            return sofar + int(self._is_acting(name))
        if kind == "entered":
            return visit.n if (visit := self.case.visits.get(name)) else 0
        papers = list(self.papers(name))
        if name not in self.guide.documents and papers and not self._has_come(papers[-1], kind, to):
            return 0
        return sum(1 for paper in papers if self._has_come(paper, kind, to))

    def clock(self, kind: ClockKind, deadline: str) -> bool:
        """Whether the newest run of a deadline that counts runs, is overdue, or ran out."""
        run = self.run(deadline)
        if run is None:
            return False
        return run.missed(self.today) if kind == "missed" else run.on(self.today) == kind

    def due(self, deadline: str) -> date | None:
        """The due day of the newest run that counts."""
        run = self.run(deadline)
        return run.due if run and run.status != "paused" else None

    def unit(self, name: str) -> Any:
        """A fact about the unit that handles the case."""
        return getattr(self.unit_facts, name)

    def parent(self, name: str) -> Any:
        """A card field of the case that opened this one."""
        parent = next((kin for kin in self.kin if kin.relation == "parent"), None)
        return parent.card.get(name) if parent else None

    def records(self, act: str) -> Sequence[Mapping[str, Any]]:
        """Every record of an act in the latest visit of its state, and the one being made."""
        done = self.counting(act)
        acting = ({**self.acting_record, "day": self.today.isoformat()},) if self._is_acting(act) else ()
        return (*(done.all if done else ()), *acting)

    def related(self, relation: str) -> Sequence[Mapping[str, Any]]:
        """The cases of a relation as conditions see them."""
        return [kin.facts for kin in self.kin if kin.relation == relation]

    # what counts

    def counting(self, act: str) -> Done | None:
        """The latest record of an act, if it belongs to the latest visit of its state and is not stale."""
        done = self.case.acts.get(act)
        if done is None or done.visit != self.visit(self.guide.acts[act].owner):
            return None
        return None if self._stale(self.guide.acts[act].after, done.seq) else done

    def sent(self, step: str) -> Paper | None:
        """The newest paper that a step sent in the latest visit of its state, if it is not stale."""
        papers = tuple(self.papers(step))
        return None if not papers or self.outdated(papers[-1]) else papers[-1]

    def outdated(self, paper: Paper) -> bool:
        """Whether something that had to come before its draft was done anew since."""
        return self._stale(self.opening_act(paper.step).after, paper.seq)

    def completed_on(self, paper: Paper) -> date | None:
        """The day on which nothing was left to do with a paper: served on all, or, addressed to nobody, ready."""
        if paper.recipients or paper.status != self.guide.documents[paper.document].ready:
            return max(paper.served.values()) if paper.status == "served" else None
        return paper.released_on or paper.signed_on or paper.drafted_on

    def is_done(self, step: str) -> bool:
        """Whether a step (of a paper: all of its services) is done and counts."""
        return self._times_done(step) > 0

    def papers(self, name: str) -> Iterator[Paper]:
        """The papers of a document, or those a step sent in the latest visit of its state; never abandoned ones."""
        if name in self.guide.documents:
            return (paper for paper in self.case.papers if paper.document == name and paper.status != "abandoned")
        visit = self.visit(self.opening_act(name).owner)
        ours = (paper for paper in self.case.papers if (paper.step, paper.visit) == (name, visit))
        return (paper for paper in ours if paper.status != "abandoned")

    def opening_act(self, step: str) -> Act:
        """The first act of a step: itself, or the drafting of its paper."""
        return self.guide.acts.get(step) or self.guide.openers[step]

    def visit(self, state: str) -> int:
        """The number of the latest visit of a state; 0 for the whole case and for a state never entered."""
        return visit.n if (visit := self.case.visits.get(state)) else 0

    def run(self, deadline: str) -> Run | None:
        """The newest run of a deadline; of a paper's reply, only of what its step sent in the latest visit."""
        run = self.case.run(deadline)
        step, _, part = deadline.rpartition(".")
        if run is None or part != "reply":
            return run
        return run if any(paper.name == run.paper for paper in self.papers(step)) else None

    def _has_come(self, paper: Paper, kind: FactKind, to: str) -> bool:
        """Whether a paper has come so far; where nobody signs or releases, being ready is as good."""
        document = self.guide.documents[paper.document]
        if (kind == "signed" and not document.signed_by) or (kind == "released" and not document.released_by):
            return paper.status in (document.ready, "served")
        return has_come(paper, kind, to)

    def _times_done(self, name: str) -> int:
        if name in self.guide.acts:
            done = self.counting(name)
            return done.here if done else 0
        paper = self.sent(name)
        if paper is None or self.completed_on(paper) is None:
            return 0
        return sum(1 for sent in self.papers(name) if self.completed_on(sent))

    def _times_ever(self, name: str) -> int:
        if name in self.guide.acts:
            return done.count if (done := self.case.acts.get(name)) else 0
        return sum(1 for paper in self.case.papers if paper.step == name and self.completed_on(paper))

    def _is_acting(self, name: str) -> bool:
        return self.acting is not None and self.acting.name == name

    def _stale(self, after: tuple[str, ...], seq: int) -> bool:
        """Whether something that had to come before was done anew after entry `seq`, or is itself stale."""
        return any(newest > seq or self._is_stale(name) for name in after if (newest := self._newest(name)) is not None)

    def _is_stale(self, name: str) -> bool:
        newest = self._newest(name)
        return newest is not None and self._stale(self.opening_act(name).after, newest)

    def excused(self, step: str) -> bool:
        """Whether a step's own condition says that it is not the act for this case now."""
        when = self.opening_act(step).when
        return when is not None and not when.holds(self)

    def _newest(self, name: str) -> int | None:
        """The entry of the newest record of an act, or draft of a step, in the latest visit of its state."""
        visit = self.visit(self.opening_act(name).owner)
        if name in self.guide.acts:
            done = self.case.acts.get(name)
            return done.seq if done and done.visit == visit else None
        return max((p.seq for p in self.case.papers if p.step == name and p.visit == visit), default=None)


def has_come(paper: Paper, kind: FactKind, to: str = "") -> bool:
    """Whether a paper has come so far: signed, released, served (on `to`), answered."""
    if kind == "signed":
        return paper.signed_on is not None
    if kind == "released":
        return paper.released_on is not None
    if kind == "answered":
        return paper.answered_on is not None
    return to in paper.served if to else paper.status == "served"


def typed(definition: Field, value: Any) -> Any:
    """A value as conditions compare it: days as dates; a sealed value is absent."""
    if value is None or value == SEALED:
        return None
    if definition.many:
        return tuple(typed_one(definition.type, item) for item in value)
    return typed_one(definition.type, value)


def typed_one(kind: str, value: Any) -> Any:
    """A single value by its type."""
    if kind == "date":
        return date.fromisoformat(value)
    return Period.parse(value) if kind == "period" else value
