"""A case as it stands: frozen, and nothing but the fold of its entries. Its projection is canonical JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

SEALED: Mapping[str, bool] = {"sealed": True}
"""Stands for a value whose body was taken out of sight; it equals no value of any field."""

Status = Literal["open", "suspended", "closed", "finished"]
RunStatus = Literal["running", "paused", "overdue", "lapsed", "met", "met_late", "void", "superseded"]
PaperStatus = Literal["drafted", "signed", "released", "served", "abandoned"]


@dataclass(frozen=True, slots=True)
class Visit:
    """The latest stay in a state: the how-manieth, and the entry and day that began or resumed it."""

    n: int
    seq: int
    on: date


@dataclass(frozen=True, slots=True)
class Done:
    """The latest record of an act: `count` in the case, `here` in its visit, and what of it may be seen for ever.

    `all` are the records of the visit, each with its day, of an act that some condition counts.
    """

    count: int
    here: int
    visit: int
    seq: int
    on: date
    by: str
    record: Mapping[str, Any]
    all: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One instance of a document: the `n`-th of its kind in the case, sent by a step in one of its visits."""

    document: str
    n: int
    step: str
    visit: int
    seq: int
    status: PaperStatus
    recipients: tuple[str, ...]
    drafted_on: date
    number: str | None = None
    signed_on: date | None = None
    released_on: date | None = None
    served: Mapping[str, date] = field(default_factory=dict)
    answered_on: date | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)
    reply_within: str | None = None
    reply_on: date | None = None

    @property
    def name(self) -> str:
        """Which paper it is: `file_notice#1`."""
        return f"{self.document}#{self.n}"

    @property
    def waiting(self) -> bool:
        """Whether somebody has still to sign, release or serve it."""
        return self.status in ("drafted", "signed", "released")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a deadline: the `n`-th of its kind in the case, reckoned for the `generation`-th time.

    `status` is as written down; a running one whose due day is over is overdue (a right: lapsed), whether or not
    anybody wrote that. `late` says that its due day passed unmet, for good. `cause` is the event that began it.
    While it is paused its due day means nothing.
    """

    deadline: str
    n: int
    status: RunStatus
    owed_by: str
    started_on: date
    raw_end: date
    due: date
    provisional: bool
    trace: tuple[Mapping[str, Any], ...] = ()
    cause: str = ""
    paper: str | None = None
    right: bool = False
    generation: int = 1
    extensions: tuple[str, ...] = ()
    pauses: tuple[tuple[date, date], ...] = ()
    paused_on: date | None = None
    held: tuple[int, ...] = ()
    """Which of the deadline's pauses an event has begun and none has ended, by their place."""
    warned: tuple[str, ...] = ()
    noted: bool = False
    answered: bool = False
    """Whether the duty that its expiry left has been done."""
    met_on: date | None = None
    late: bool = False
    excused: bool = False
    """Whether it is void because the card was amended and its condition holds no more."""

    @property
    def unfinished(self) -> bool:
        """Whether it still counts, or stands still."""
        return self.status in ("running", "paused")

    def on(self, today: date) -> RunStatus:
        """Its status as of a day. The due day itself is still in time."""
        if self.status != "running" or today <= self.due:
            return self.status
        return "lapsed" if self.right else "overdue"

    def missed(self, today: date) -> bool:
        """Whether it ran out, even if it was met later."""
        return self.late or self.on(today) in ("overdue", "lapsed", "met_late")


@dataclass(frozen=True, slots=True)
class Link:
    """Another case that belongs to this one, or (`relation` is `parent`) the one that opened it."""

    relation: str
    case: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case after its `seq`-th entry, whose hash is `head`. `text` is the digest of the guide it is pinned to."""

    id: str
    unit: str
    guide: str
    version: str
    text: str
    seq: int
    head: str
    state: str
    status: Status
    opened_on: date
    recorded_at: str = ""
    number: str | None = None
    outcome: str | None = None
    card: Mapping[str, Any] = field(default_factory=dict)
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    visits: Mapping[str, Visit] = field(default_factory=dict)
    acts: Mapping[str, Done] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    deadlines: tuple[Run, ...] = ()
    links: tuple[Link, ...] = ()
    owed: tuple[str, ...] = ()
    """Steps that an event has passed over: they stay possible, and come before the next move that is no event."""
    suspended_on: date | None = None

    @property
    def parent(self) -> str | None:
        """The case that opened this one."""
        return next((link.case for link in self.links if link.relation == "parent"), None)

    def run(self, deadline: str) -> Run | None:
        """The newest run of a deadline."""
        return next((run for run in reversed(self.deadlines) if run.deadline == deadline), None)


def project(case: Case) -> dict[str, Any]:
    """The case as plain JSON values: all that `evolve` yields."""
    return {
        **{name: getattr(case, name) for name in _PLAIN},
        "opened_on": case.opened_on.isoformat(),
        "holders": {role: list(persons) for role, persons in case.holders.items()},
        "visits": {state: _flat(visit) for state, visit in case.visits.items()},
        "acts": {name: _flat(done) for name, done in case.acts.items()},
        "papers": [_flat(paper) for paper in case.papers],
        "deadlines": [_flat(run) for run in case.deadlines],
        "owed": list(case.owed),
        "links": [_flat(link) for link in case.links],
        "suspended_on": case.suspended_on.isoformat() if case.suspended_on else None,
    }


def restore(projection: Mapping[str, Any]) -> Case:
    """The case from its projection."""
    return Case(
        **{name: projection[name] for name in _PLAIN},
        opened_on=date.fromisoformat(projection["opened_on"]),
        holders={role: tuple(persons) for role, persons in projection["holders"].items()},
        visits={state: Visit(**_deep(visit)) for state, visit in projection["visits"].items()},
        acts={name: Done(**_deep(done)) for name, done in projection["acts"].items()},
        papers=tuple(Paper(**_deep(paper)) for paper in projection["papers"]),
        deadlines=tuple(Run(**_deep(run)) for run in projection["deadlines"]),
        links=tuple(Link(**link) for link in projection["links"]),
        owed=tuple(projection["owed"]),
        suspended_on=_date(projection["suspended_on"]),
    )


_PLAIN = (
    *("id", "unit", "guide", "version", "text", "seq", "head", "state", "status"),
    *("recorded_at", "number", "outcome", "card"),
)


def _flat(thing: Any) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in thing.__slots__}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _deep(flat: Mapping[str, Any]) -> dict[str, Any]:
    thing = dict(flat)
    for name in thing.keys() & _DAYS:
        thing[name] = _date(thing[name])
    for name in thing.keys() & {"recipients", "trace", "extensions", "warned", "held", "all"}:
        thing[name] = tuple(thing[name])
    if "served" in thing:
        thing["served"] = {role: date.fromisoformat(day) for role, day in thing["served"].items()}
    if "pauses" in thing:
        thing["pauses"] = tuple((date.fromisoformat(since), date.fromisoformat(to)) for since, to in thing["pauses"])
    return thing


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written is not None else None


_DAYS = {
    *("on", "drafted_on", "signed_on", "released_on", "answered_on", "reply_on"),
    *("started_on", "raw_end", "due", "met_on", "paused_on"),
}
