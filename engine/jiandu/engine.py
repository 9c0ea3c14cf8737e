"""The one object an embedding system holds: it reads, decides, writes and commits.

Every act is one transaction: key, numbers, case row, entry and body, deadlines, all together or not at all. What is
refused has written nothing. Threads may share an engine.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jiandu.calendar import Calendar
from jiandu.canonical import NotCanonicalError, digest, encode
from jiandu.case import Actor, Case, Draft, Offer, Refusal, Request, World, do, offers, open_case, project, restore
from jiandu.case.evolve import evolve
from jiandu.case.sealing import Circumstances, sealed
from jiandu.clock import Clock, Entropy, SystemClock, SystemEntropy, legal_day, rfc3339
from jiandu.directory import Directory, Unit
from jiandu.errors import ConflictError, Reason, RefusedError, StoreError, TamperedError, UsageError
from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.guide.names import closest
from jiandu.store import (
    CaseRow,
    Database,
    DeadlineRow,
    KeyRow,
    advance_case,
    append,
    find_key,
    insert_case,
    list_cases,
    put_text,
    read_case,
    read_text,
    read_trail,
    read_trails,
    remember,
    replace_deadlines,
    take_number,
)
from jiandu.trail import Chain, Head, Report, Row, opened, verify_trail

TRIES = 8
"""How often an act is decided anew because another was faster, before the caller hears of it."""

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What bytes of a strange shape make of an attempt to read them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a case's trail as people read it: the entry's content, its body (None once sealed), its hash."""

    content: Mapping[str, Any]
    body: Mapping[str, Any] | None
    hash: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What identifies a request that carries a key: who asks, in which scope, and the digest of all that is asked."""

    actor: str
    scope: str
    key: str | None
    fingerprint: str


class Engine:
    """Cases of the guides in `guides`, kept in `database`.

    `database` is a URL or an opened `Database`; `guides` a library or its folder (those shipped by default).
    With a `directory`, people and their roles come from it; without one the actor brings them, and the host answers
    for both. Raises StoreError for a database that cannot be used, at first use.
    """

    def __init__(
        self,
        database: Database | str,
        *,
        guides: Library | Path | str | None = None,
        directory: Directory | None = None,
        calendar: Calendar | None = None,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
    ) -> None:
        self.database = Database.connect(database) if isinstance(database, str) else database
        self.library = _library(guides)
        self.directory = directory
        self.calendar = calendar or Calendar.shipped()
        self.clock = clock or SystemClock()
        self.entropy = entropy or SystemEntropy()
        self._kept: set[str] = set()

    # acts

    def open(
        self,
        guide: str,
        *,
        unit: str,
        by: Actor,
        card: Mapping[str, Any] | None = None,
        day: date | None = None,
        key: str | None = None,
    ) -> Case:
        """Opens a case of a guide in a unit. Raises RefusedError, StoreError."""
        asked = _asked(by, f"open:{guide}:{unit}", key, ["open", guide, unit, _text(day), dict(card or {})])
        return self._once(asked, lambda: self._open(guide, unit, by, dict(card or {}), day, asked))

    def do(
        self,
        case: str,
        act: str,
        *,
        by: Actor,
        day: date | None = None,
        at: datetime | None = None,
        record: Mapping[str, Any] | None = None,
        card: Mapping[str, Any] | None = None,
        assigns: Mapping[str, tuple[str, ...]] | None = None,
        paper: str | None = None,
        to: str | None = None,
        key: str | None = None,
        expect_seq: int | None = None,
    ) -> Case:
        """Does a step, a transition or one of a paper's acts, and returns the case after it.

        `day` is the legal day of the act (today by default). A repeated `key` with the same request returns the case
        as it was after the first; with another request it is refused (`key-reused`). With `expect_seq` the act is only
        done on the case as it was read then. Raises RefusedError with all reasons, ConflictError, StoreError.
        """
        if at is not None and at.tzinfo is None:
            raise ValueError("an instant without its zone")
        day = legal_day(at) if at else day
        request = Request(
            act, day or date.min, at, dict(record or {}), dict(card or {}), dict(assigns or {}), paper, to
        )
        written = [act, _text(day), request.record, request.card, {r: list(p) for r, p in request.assigns.items()}]
        asked = _asked(by, case, key, [*written, paper, to, rfc3339(at) if at else None])
        return self._once(asked, lambda: self._do(case, by, request, expect_seq, asked, today=day is None))

    # reading

    def case(self, case: str, *, by: Actor) -> Case:
        """The case as it stands. Raises RefusedError: `unknown-case`, `outside-unit`."""
        found = self._read(case)
        self._may_read(found, by)
        return found

    def offers(self, case: str, *, by: Actor, day: date | None = None) -> tuple[Offer, ...]:
        """What can be done now by this person, and if not, why not and from when."""
        found = self.case(case, by=by)
        on = day or legal_day(self.clock.now())
        return offers(self.guide_of(found), found, self._actor(by, found.unit, on), on, self._world(found.unit))

    def history(self, case: str, *, by: Actor) -> tuple[Entry, ...]:
        """The trail of a case, oldest first."""
        self.case(case, by=by)
        with self.database.reading() as connection:
            return tuple(_entry(row) for row in read_trail(connection, case))

    def cases(self, *, by: Actor, **filters: Any) -> tuple[Case, ...]:
        """The cases this person may read; `filters` are unit, guide, state, status, number, after (an id), limit."""
        with self.database.reading() as connection:
            rows = list_cases(connection, **filters)
        cases = (_restored(row.projection, row.id) for row in rows)
        return tuple(case for case in cases if self._reads(case, by))

    def guide_of(self, case: Case) -> Guide:
        """The guide that a case is pinned to, from the text kept with it."""
        if compiled := self.library.compiled(case.text):
            return compiled
        with self.database.reading() as connection:
            content = read_text(connection, case.text)
        if content is None or digest(content) != case.text:
            raise StoreError("text-missing", digest=case.text)
        return self.library.pinned(case.text, content)

    def verify(self, case: str | None = None) -> Report:
        """Whether the trail, of one case or of all, is as it was written. Raises RefusedError: `unknown-case`."""
        with self.database.reading() as connection:
            chains = read_trails(connection) if case is None else iter([self._chain(connection, case)])
            report = verify_trail(chains)
        if case is not None and not report.entries and report.faults and report.faults[0].code == "case-missing":
            raise _no_case(case)
        return report

    # how an act flows

    def _once(self, asked: _Asked, attempt: Callable[[], Case]) -> Case:
        for _ in range(TRIES):
            if (answered := self._answered(asked)) is not None:
                return answered
            try:
                return attempt()
            except _FasterError:
                continue
            except (ConflictError, RefusedError):  # perhaps by what the same request has done in the meantime
                if (answered := self._answered(asked)) is not None:
                    return answered
                raise
        raise ConflictError(case=asked.scope)

    def _open(self, name: str, unit: str, by: Actor, card: Mapping[str, Any], day: date | None, asked: _Asked) -> Case:
        guide, world = self._guide(name), self._world(unit)
        request = Request(guide.id, day or world.today, card=card)
        draft = _allowed(open_case(guide, self._actor(by, unit, request.day), request, world))
        return self._write(guide, draft, None, world, asked)

    def _do(
        self, case_id: str, by: Actor, request: Request, expect_seq: int | None, asked: _Asked, *, today: bool
    ) -> Case:
        case = self._read(case_id)
        if expect_seq not in (None, case.seq):
            raise ConflictError(case=case_id)
        guide, world = self.guide_of(case), self._world(case.unit)
        request = replace(request, day=world.today) if today else request
        draft = _allowed(do(guide, case, self._actor(by, case.unit, request.day), request, world))
        return self._write(guide, draft, case, world, asked)

    def _write(self, guide: Guide, draft: Draft, before: Case | None, world: World, asked: _Asked) -> Case:
        new = self.entropy.identifier
        around = Circumstances(
            case=before.id if before else new(world.now),
            act=new(world.now),
            salt=self.entropy.salt(),
            key=asked.key,
            practice=self.database.practice,
        )
        try:
            after = self._commit(guide, draft, before, around, asked)
        except ConflictError as error:
            raise _FasterError from error
        self._kept |= {guide.digest, self.calendar.digest}
        return after

    def _commit(self, guide: Guide, draft: Draft, before: Case | None, around: Circumstances, asked: _Asked) -> Case:
        with self.database.writing() as connection:
            if asked.key is not None:
                seq = before.seq + 1 if before else 1
                owner = (asked.actor, asked.scope, asked.key, asked.fingerprint)
                remember(connection, KeyRow(*owner, around.case, around.act, seq))
            for kind, text in (("guide", guide.text), ("calendar", self.calendar.content)):
                if digest(text) not in self._kept:
                    put_text(connection, digest(text), kind, text)
            taken = [take_number(connection, n.unit, n.series, n.year) for n in draft.numbers]
            line, after = sealed(draft, before, taken, around)
            if before is None:
                insert_case(connection, _row(after))
            else:
                advance_case(connection, _row(after), before.seq)
            append(connection, line)
            replace_deadlines(connection, after.id, _runs(after))
        return after

    def _answered(self, asked: _Asked) -> Case | None:
        """The case as it was after the act that first used the key, if it was used."""
        if asked.key is None:
            return None
        with self.database.reading() as connection:
            used = find_key(connection, asked.actor, asked.scope, asked.key)
            if used is None:
                return None
            if used.fingerprint != asked.fingerprint:
                raise RefusedError((Reason("key-reused", {"key": asked.key}),))
            return _folded(read_trail(connection, used.case_id), used.seq)

    # who and where

    def _guide(self, name: str) -> Guide:
        try:
            return self.library.guide(name)
        except UsageError as error:
            if not error.code.startswith("guide-missing"):
                raise
            guess = closest(name, self.library.ids())
            message = "unknown-guide.guess" if guess else ""
            reason = Reason("unknown-guide", {"name": name, "guess": guess}, message=message)
            raise RefusedError((reason,)) from None

    def _world(self, unit: str) -> World:
        return World(self.clock.now(), self.calendar, self._unit(unit))

    def _unit(self, unit: str) -> Unit:
        if self.directory is None:
            return Unit(unit, unit, unit, None, "county")
        if (found := self.directory.unit(unit)) is None:
            raise RefusedError((Reason("unknown-unit", {"name": unit}),))
        return found

    def _actor(self, by: Actor, unit: str, on: date) -> Actor:
        """The person with the roles held in the unit on that day, as the directory knows them."""
        if self.directory is None:
            return by
        person = self.directory.person(by.id)
        if person is None:
            raise RefusedError((Reason("unknown-person", {"name": by.id}),))
        roles = self.directory.roles(by.id, unit, on)
        return replace(by, roles=roles, unit=unit if roles else person.unit)

    def _may_read(self, case: Case, by: Actor) -> None:
        if not self._reads(case, by):
            raise RefusedError((Reason("outside-unit", {"case": case.id}, message="outside-unit.read"),))

    def _reads(self, case: Case, by: Actor) -> bool:
        """Own unit and every unit above it read a case, and so do its holders."""
        if any(by.id in persons for persons in case.holders.values()):
            return True
        actor = self._actor(by, case.unit, legal_day(self.clock.now()))
        if actor.unit in (None, case.unit):
            return True
        above = self.directory.unit(case.unit) if self.directory else None
        while above is not None and above.superior is not None and self.directory is not None:
            if above.superior == actor.unit:
                return True
            above = self.directory.unit(above.superior)
        return False

    # the store

    def _read(self, case_id: str) -> Case:
        with self.database.reading() as connection:
            row = read_case(connection, case_id)
        if row is None:
            raise _no_case(case_id)
        return _restored(row.projection, case_id)

    def _chain(self, connection: Any, case_id: str) -> Chain:
        row = read_case(connection, case_id)
        head: Head | None = (row.seq, row.head) if row else None
        return Chain(case_id, head, read_trail(connection, case_id))


class _FasterError(Exception):
    """Another act was committed between reading and writing."""


def _library(guides: Library | Path | str | None) -> Library:
    if guides is None:
        return Library.shipped()
    return guides if isinstance(guides, Library) else Library(guides)


def _asked(by: Actor, scope: str, key: str | None, written: list[Any]) -> _Asked:
    try:
        fingerprint = digest(encode(written)) if key is not None else ""
    except (NotCanonicalError, RecursionError):  # what cannot be written down is refused with its reasons
        fingerprint = ""
    return _Asked(by.id, scope, key, fingerprint)


def _allowed(decision: Draft | Refusal) -> Draft:
    if isinstance(decision, Refusal):
        raise RefusedError(decision.reasons)
    return decision


def _folded(rows: Iterator[Row], seq: int) -> Case | None:
    case: Case | None = None
    for row in rows:
        if row.seq > seq:
            break
        body = opened(row.body) if row.body is not None else None
        case = evolve(case, opened(row.entry), body, row.hash)
    return case


def _no_case(case_id: str) -> RefusedError:
    return RefusedError((Reason("unknown-case", {"name": case_id}),))


def _restored(projection: bytes, case_id: str) -> Case:
    """The case of a projection. Raises TamperedError for one that nobody here has written."""
    try:
        return restore(opened(projection))
    except UNREADABLE:
        raise TamperedError(case=case_id) from None


def _entry(row: Row) -> Entry:
    """The entry of a row. Raises TamperedError for one that nobody here has written."""
    try:
        return Entry(opened(row.entry), opened(row.body) if row.body is not None else None, row.hash)
    except UNREADABLE:
        raise TamperedError(case=row.case) from None


def _row(case: Case) -> CaseRow:
    return CaseRow(
        id=case.id,
        unit=case.unit,
        guide=case.guide,
        version=case.version,
        text=case.text,
        number=case.number,
        state=case.state,
        status=case.status,
        outcome=case.outcome,
        seq=case.seq,
        head=case.head,
        projection=encode(project(case)),
        opened_on=case.opened_on.isoformat(),
    )


def _runs(case: Case) -> list[DeadlineRow]:
    return [
        DeadlineRow(
            name=run.deadline,
            n=run.n,
            status=run.status,
            owed_by=run.owed_by,
            due=run.due.isoformat(),
            raw_end=run.raw_end.isoformat(),
            started_on=run.started_on.isoformat(),
            provisional=run.provisional,
        )
        for run in case.deadlines
    ]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
