"""An act about to be judged: who asks what of which case, on which day, in which world."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from jiandu.calendar import Calendar
from jiandu.case.model import Case, Paper
from jiandu.case.view import CaseView, Kin
from jiandu.clock import legal_day
from jiandu.directory import Unit
from jiandu.guide.model import Act, Field, Guide
from jiandu.guide.values import fault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as the host vouches for them.

    `roles` are held in `unit`; with a Directory they come from there and need not be given. `auth` says how the host
    knows the person; `claimed` is what the command line writes, which believes `--as`.
    """

    id: str
    roles: frozenset[str] = frozenset()
    unit: str | None = None
    auth: str = "host"
    elsewhere: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Roles held in other units, by unit."""


@dataclass(frozen=True, slots=True)
class World:
    """What an act may know beside the case: this instant, the calendar, units, and the cases that belong together.

    `superior` and `province` are the units above, where there are any. `previous` is the case before its
    newest entry, and `newest` that entry, for the one act that undoes it.
    """

    now: datetime
    calendar: Calendar
    unit: Unit
    superior: Unit | None = None
    province: Unit | None = None
    kin: tuple[Kin, ...] = ()
    previous: Case | None = None
    newest: Mapping[str, Any] | None = None

    @property
    def today(self) -> date:
        """The legal day of this instant."""
        return legal_day(self.now)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the act's name and day, and what the act writes.

    `record` are the act's own facts, `card` the card fields it fills, `assigns` persons by role, `paper` the instance
    meant (`file_notice#1`) where several wait, `to` the addressee served, `of` the role whose decision is entered,
    `people` the persons who took part. A general act has a `reason` or a `ground`.
    """

    name: str
    day: date
    at: datetime | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    card: Mapping[str, Any] = field(default_factory=dict)
    assigns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paper: str | None = None
    to: str | None = None
    of: str | None = None
    people: tuple[str, ...] = ()
    reason: str = ""
    ground: str = ""
    other: str = ""

    @property
    def written(self) -> dict[str, Any]:
        """All that the act brings along beside its name and its time, by field."""
        return {name: getattr(self, name) for name in self.__slots__ if name not in ("name", "day", "at")}


class Lazy(Generic[T]):
    """A property worked out once. Unlike that of the standard library it takes no lock: a situation has one thread."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work

    def __set_name__(self, _: type, name: str) -> None:
        self.name = name

    def __get__(self, whose: Any, _: type | None = None) -> T:
        value: T = self.work(whose)
        whose.__dict__[self.name] = value
        return value


@dataclass(frozen=True)
class Situation:
    """Everything a gate looks at. `asking` says that nothing is done yet: what the act would write is not known."""

    guide: Guide
    case: Case
    act: Act
    actor: Actor
    request: Request
    world: World
    asking: bool = False
    view: CaseView | None = None
    """The case before the act, where it is known already: many acts are asked about one case."""

    @property
    def day(self) -> date:
        """The day of the act."""
        return self.request.day

    @Lazy
    def before(self) -> CaseView:
        """The case before the act: what `when` sees."""
        return self.view or self.seen(self.case)

    def seen(self, case: Case) -> CaseView:
        """A case as it may be seen from here, on the day of the act."""
        return CaseView(self.guide, case, self.world.unit, self.day, kin=self.world.kin)

    @Lazy
    def after(self) -> CaseView:
        """The case as if the act were done: what its rules see."""
        record = _fitting(self.act.record, self.request.record)
        card = {**_fitting(self.guide.fields, self.request.card), **self.act.sets}
        return replace(self.before, acting=self.act, acting_record=record, acting_card=card)

    @Lazy
    def visit(self) -> int:
        """The visit that the act's order and duty belong to."""
        return self.before.visit(self.act.owner)

    @Lazy
    def papers(self) -> tuple[Paper, ...]:
        """The papers that this act could be about."""
        return () if self.begins else tuple(p for p in self._sent() if self.request.paper in (None, p.name))

    def _sent(self) -> tuple[Paper, ...]:
        ours = (paper for paper in self.case.papers if paper.step == self.act.step and paper.status != "abandoned")
        if self.act.verb in ("serve", "answer"):
            return tuple(paper for paper in ours if self._fits(paper))
        return tuple(paper for paper in ours if paper.visit == self.visit and self._fits(paper))

    def _fits(self, paper: Paper) -> bool:
        if self.act.verb == "answer":
            document = self.guide.documents[paper.document]
            addressed = document.addressed_to or paper.recipients
            return paper.answered_on is None and any(role in paper.served for role in addressed)
        if self.act.verb == "release":
            return paper.status == ("signed" if self.guide.documents[paper.document].signed_by else "drafted")
        if self.act.verb == "serve":
            return paper.status == self.guide.documents[paper.document].ready
        return self.act.verb in ("sign", "return") and paper.status == "drafted"

    @property
    def begins(self) -> bool:
        """Whether the act begins a new paper: drafting does, and signing where the draft is a record of other steps."""
        return bool(self.act.verb) and self.guide.openers[self.act.step].name == self.act.name

    @property
    def recipients(self) -> tuple[str, ...]:
        """Whom a new paper of the act's kind is served on; a card field may name the addressee."""
        document = self.guide.documents[self.act.document]
        named = self.after.field(document.addressed_field) if document.addressed_field else None
        return (*((named,) if named else document.addressed_to), *document.copies_to)

    @Lazy
    def addressees(self) -> tuple[str, ...]:
        """Whom the paper at hand has still to be served on, as far as the request says."""
        papers = self.papers
        if self.begins:
            waiting = list(self.recipients)
        else:
            waiting = [r for r in papers[0].recipients if r not in papers[0].served] if len(papers) == 1 else []
        return tuple(role for role in waiting if self.request.to in (None, role))


def _fitting(definitions: Mapping[str, Field], values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values that their fields can hold: no rule is asked about another, which is refused anyway."""
    return {n: v for n, v in values.items() if n in definitions and v is not None and fault(definitions[n], v) is None}
