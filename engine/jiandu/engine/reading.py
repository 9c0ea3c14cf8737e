"""What can be read of cases, and by whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from jiandu.calendar import Calendar
from jiandu.canonical import digest
from jiandu.case import Actor, Case, Offer, World, offers, restore
from jiandu.case.evolve import evolve
from jiandu.case.gate.secrecy import unreadable
from jiandu.case.view import Kin
from jiandu.clock import Clock, Entropy, SystemClock, SystemEntropy, legal_day
from jiandu.directory import Directory
from jiandu.engine.office import Office
from jiandu.errors import Reason, RefusedError, StoreError, TamperedError, UsageError
from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.names import closest
from jiandu.store import Borrowed, Database, list_cases, read_case, read_entry, read_text, read_trail
from jiandu.trail import Keyring, Row, opened

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What bytes of a strange shape make of an attempt to read them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a case's trail as people read it: the entry's content, its body (None once sealed), its hash."""

    content: Mapping[str, Any]
    body: Mapping[str, Any] | None
    hash: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the cases that a person may read; `after` is where to go on, None where there are no more."""

    cases: tuple[Case, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Relative:
    """A case that belongs to another: the relation, its id, and the case itself where it may be read."""

    relation: str
    id: str
    case: Case | None


class Reader:
    """The reading half of an engine: cases, what they offer, their trail, the guides they are pinned to."""

    def __init__(
        self,
        database: Database | str,
        *,
        guides: Library | Path | str | None = None,
        directory: Directory | None = None,
        calendar: Calendar | None = None,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        macs: Keyring | None = None,
    ) -> None:
        self.database: Database | Borrowed = Database.connect(database) if isinstance(database, str) else database
        self.library = _library(guides)
        self.calendar = calendar or Calendar.shipped()
        self.clock = clock or SystemClock()
        self.office = Office(directory, self.calendar, self.clock)
        self.entropy = entropy or SystemEntropy()
        self.macs = macs

    def case(self, case: str, *, by: Actor) -> Case:
        """The case as it stands. Raises RefusedError: `unknown-case`, `outside-unit`, `restricted`."""
        found = self._read(case)
        self._may_read(found, by)
        if reasons := self._secret(found, by):
            raise RefusedError(reasons)
        return found

    def stored(self, case: str) -> Case:
        """The case as it stands, whoever asks: for the host's own work. Raises RefusedError: `unknown-case`."""
        return self._read(case)

    def offers(self, case: str, *, by: Actor, day: date | None = None) -> tuple[Offer, ...]:
        """What can be done now by this person, and if not, why not and from when."""
        found = self.case(case, by=by)
        guide, on = self.guide_of(found), day or legal_day(self.clock.now())
        world = self._world(found, guide, "offers")
        return offers(guide, found, self.office.actor(by, guide, found, world, on), on, world)

    def history(self, case: str, *, by: Actor) -> tuple[Entry, ...]:
        """The trail of a case, oldest first."""
        self.case(case, by=by)
        with self.database.reading() as connection:
            return tuple(entry_of(row) for row in read_trail(connection, case))

    def entry(self, case: Case) -> Entry:
        """The entry that made a case what it is, whoever asks: for the host's own work after an act.

        Raises TamperedError where it is gone.
        """
        with self.database.glancing() as connection:
            row = read_entry(connection, case.id, case.seq)
        if row is None:
            raise TamperedError(case=case.id)
        return entry_of(row)

    def cases(self, *, by: Actor, **filters: Any) -> tuple[Case, ...]:
        """The cases this person may read; `filters` are unit, guide, state, status, number, after (an id), limit."""
        return self.page(by=by, **filters).cases

    def page(self, *, by: Actor, limit: int = 100, **filters: Any) -> Page:
        """The same as a page: `limit` cases are looked at, of which this person may read all, some or none."""
        with self.database.reading() as connection:
            rows = list_cases(connection, limit=limit, **filters)
        cases = (_restored(row.projection, row.id) for row in rows)
        own = tuple(case for case in cases if self.office.may_read(case, by) and not self._secret(case, by))
        return Page(own, rows[-1].id if len(rows) == limit else None)

    def related(self, case: Case, *, by: Actor) -> tuple[Relative, ...]:
        """The cases that belong to a case; of those this person may not read only that they are there."""
        return tuple(Relative(link.relation, link.case, self._readable(link.case, by)) for link in case.links)

    def guide(self, name: str) -> Guide:
        """The guide that a new case would be opened under. Raises RefusedError: `unknown-guide`."""
        try:
            return self.library.guide(name)
        except UsageError as error:
            if not error.code.startswith("guide-missing"):
                raise
            guess = closest(name, self.library.ids())
            message = "unknown-guide.guess" if guess else ""
            raise RefusedError((Reason("unknown-guide", {"name": name, "guess": guess}, message=message),)) from None

    def guide_of(self, case: Case) -> Guide:
        """The guide that a case is pinned to, from the text kept with it."""
        if compiled := self.library.compiled(case.text):
            return compiled
        with self.database.glancing() as connection:
            content = read_text(connection, case.text)
        if content is None or digest(content) != case.text:
            raise StoreError("text-missing", digest=case.text)
        return self.library.pinned(case.text, content)

    def _world(self, case: Case, guide: Guide, verb: str) -> World:
        """What the act may know: of other cases only where the guide asks about them, of the past only to undo it."""
        world = self.office.world(case.unit)
        if case.links and (guide.related or case.parent):
            world = replace(world, kin=tuple(self._kin(case)))
        if verb == "rescind":
            with self.database.reading() as connection:
                rows = list(read_trail(connection, case.id))
            world = replace(world, newest=opened(rows[-1].entry), previous=folded(iter(rows), case.seq - 1))
        return world

    def _kin(self, case: Case) -> Iterator[Kin]:
        for link in case.links:
            other = self._read(link.case)
            state = (other.guide, other.state, other.status, other.outcome, other.seq, other.card)
            yield Kin(other.id, link.relation, *state)

    def _may_read(self, case: Case, by: Actor) -> None:
        if not self.office.may_read(case, by):
            raise RefusedError((Reason("outside-unit", {"case": case.id}, message="outside-unit.read"),))

    def _readable(self, case: str, by: Actor) -> Case | None:
        try:
            return self.case(case, by=by)
        except RefusedError:
            return None

    def _secret(self, case: Case, by: Actor) -> tuple[Reason, ...]:
        """Why a case is not for this person's eyes, though its unit's people may read it."""
        guide = self.guide_of(case)
        if guide.secrecy is None:
            return ()
        world = self.office.world(case.unit)
        return unreadable(guide, case, self.office.actor(by, guide, case, world, world.today), world, world.today)

    def _read(self, case_id: str) -> Case:
        with self.database.glancing() as connection:
            row = read_case(connection, case_id)
        if row is None:
            raise no_case(case_id)
        return _restored(row.projection, case_id)


def _library(guides: Library | Path | str | None) -> Library:
    if guides is None:
        return Library.shipped()
    return guides if isinstance(guides, Library) else Library(guides)


def folded(rows: Iterator[Row], seq: int) -> Case | None:
    case: Case | None = None
    for row in rows:
        if row.seq > seq:
            break
        body = opened(row.body) if row.body is not None else None
        case = evolve(case, opened(row.entry), body, row.hash)
    return case


def no_case(case_id: str) -> RefusedError:
    return RefusedError((Reason("unknown-case", {"name": case_id}),))


def _restored(projection: bytes, case_id: str) -> Case:
    """The case of a projection. Raises TamperedError for one that nobody here has written."""
    try:
        return restore(opened(projection))
    except UNREADABLE:
        raise TamperedError(case=case_id) from None


def entry_of(row: Row) -> Entry:
    """The entry of a row. Raises TamperedError for one that nobody here has written."""
    try:
        return Entry(opened(row.entry), opened(row.body) if row.body is not None else None, row.hash)
    except UNREADABLE:
        raise TamperedError(case=row.case) from None
