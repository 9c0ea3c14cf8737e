"""The one object an embedding system holds: it reads, decides, writes and commits.

Every act is one transaction: key, numbers, case row, entry and body, deadlines, event, all together or not at all. What
is refused has written nothing. Threads may share an engine.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Self

from jiandu.calendar import Calendar
from jiandu.canonical import NotCanonicalError, digest, encode
from jiandu.case import VERBS, Actor, Case, Draft, Refusal, Request, World, adopt, migrate, open_case, seal, tick
from jiandu.case.acts.tick import ENGINE
from jiandu.case.sealing import Circumstances
from jiandu.clock import legal_day, rfc3339
from jiandu.engine.auditing import Auditor
from jiandu.engine.reading import Entry, Page, Relative, folded
from jiandu.engine.writing import Line, Use, keep, register, write
from jiandu.errors import ConflictError, Reason, RefusedError, TamperedError
from jiandu.store import Borrowed, Connection, Database, find_key, list_running, read_trail, remove_bodies

__all__ = ["TRIES", "Engine", "Entry", "Page", "Relative"]

TRIES = 8
"""How often an act is decided anew because another was faster, before the caller hears of it."""

LOG = logging.getLogger("jiandu.engine")
"""Hears of what was done and refused, without a person's name, a number or a word that somebody has written."""


class Engine(Auditor):
    """Cases of the guides in `guides`, kept in `database`.

    `database` is a URL or an opened `Database`; `guides` a library or its folder (those shipped by default).
    With a `directory`, people and their roles come from it; without one the actor brings them, and the host answers
    for both. With `macs` every entry bears the engine's mark. Raises StoreError for a database that cannot be used, at
    first use.
    """

    def using(self, connection: Connection) -> Self:
        """This engine over a connection of the host: the host's rows and ours are kept together or taken back together.

        `connection` is SQLAlchemy's, to the same database, through the driver that we use ourselves (`pysqlite`,
        `psycopg`). Each act is a savepoint in the host's transaction, which is begun where none has been; the engine
        ends neither the transaction nor the connection. A refused act has written nothing, and the transaction goes
        on. After a StoreError it may be good for nothing but a rollback.

        What is read is what the host's transaction sees. What an act locks (its case, its key, the counter of a
        number) stays locked until the host commits, so act late and commit soon; one who acts in several cases does
        so in the order of their ids. ConflictError: another was faster; where acting again does not help, because the
        transaction still sees what was (REPEATABLE READ, SERIALIZABLE) or holds what the other waits for, roll back
        and begin anew. An answer is worth what the host's commit is worth: a key is only remembered by it.

        On SQLite a transaction of the host's must be one that may write from its beginning (BEGIN IMMEDIATE), and the
        connection must be set to `foreign_keys`, `recursive_triggers` and `synchronous = FULL`.

        Raises StoreError: `database-unsafe` names the setting that is missing, `database-driver`, `database-missing`.
        """
        other = copy(self)
        if isinstance(self.database, Borrowed):
            raise TypeError("an engine that uses a connection already")
        other.database = self.database.over(connection)
        return other

    @contextmanager
    def batch(self) -> Iterator[Self]:
        """This engine in one transaction: what is done in the block is kept at its end, or taken back by an exception.

        For imports, some hundred cases in a block: on SQLite nearly twice as many in a second. A refusal that is caught
        inside has written nothing, and the block goes on. Whoever else writes waits meanwhile. Raises StoreError.
        """
        if isinstance(self.database, Borrowed):
            raise TypeError("an engine that uses a connection already")
        with self.database.writing() as connection:
            yield self.using(connection)

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
        use = _use(by, f"open:{guide}:{unit}", key, ["open", guide, unit, _text(day), card or {}])

        def attempt() -> Case:
            found, world = self.guide(guide), self.office.world(unit)
            request = Request(found.id, day or world.today, card=dict(card or {}))
            actor = self.office.actor(by, found, None, world, request.day)
            return self._write(_allowed(open_case(found, actor, request, world)), None, actor, world, use)

        return self._once(use, attempt)

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
        of: str | None = None,
        people: tuple[str, ...] = (),
        key: str | None = None,
        expect_seq: int | None = None,
    ) -> Case:
        """Does a step, a transition or one of a paper's acts, and returns the case after it.

        `day` is the legal day of the act (today by default). `of` is the role whose decision is entered; `people` took
        part. A repeated `key` with the same request returns the case as it was after the first; with another request
        it is refused (`key-reused`). With `expect_seq` the act is only done on the case as it was read then. Raises
        RefusedError with all reasons, ConflictError, StoreError.
        """
        written = {"record": record, "card": card, "assigns": assigns, "paper": paper, "to": to, "of": of}
        return self.act(
            "do", case, act, by=by, day=day, at=at, people=people, key=key, expect_seq=expect_seq, **written
        )

    def act(
        self,
        verb: str,
        case: str,
        name: str = "",
        *,
        by: Actor,
        day: date | None = None,
        at: datetime | None = None,
        key: str | None = None,
        expect_seq: int | None = None,
        **written: Any,
    ) -> Case:
        """Does an act of any kind: `do`, or one of the general acts for which the guide gives powers.

        `amend` (name: an act or nothing; card, record, reason) · `assign` (assigns) · `extend` (name: a deadline;
        ground) · `suspend` (ground, reason) · `resume` · `note` (reason: what is noted) · `link` (name: a relation;
        other) · `rescind` (reason) · `migrate`. Raises as `do`.
        """
        if at is not None and at.tzinfo is None:
            raise ValueError("an instant without its zone")
        day = legal_day(at) if at else day
        given = {field: value for field, value in written.items() if value}
        request = Request(name or verb, day or date.min, at, **given)
        use = _use(by, case, key, [verb, name, _text(day), rfc3339(at) if at else None, given])
        return self._once(use, lambda: self._act(verb, case, by, request, expect_seq, use, today=day is None))

    def adopt(
        self,
        guide: str,
        *,
        unit: str,
        by: Actor,
        card: Mapping[str, Any],
        holders: Mapping[str, tuple[str, ...]],
        standing: Mapping[str, Any],
        day: date | None = None,
        key: str | None = None,
    ) -> Case:
        """Brings in a case that runs elsewhere already; `standing` says how it stands. Raises as `open`."""
        use = _use(by, f"open:{guide}:{unit}", key, ["adopt", guide, unit, _text(day), card, holders, standing])

        def attempt() -> Case:
            found, world = self.guide(guide), self.office.world(unit)
            request = Request(found.id, day or world.today, card=card, record=standing, assigns=holders)
            actor = self.office.actor(by, found, None, world, request.day)
            return self._write(_allowed(adopt(found, actor, request, world)), None, actor, world, use)

        return self._once(use, attempt)

    def tick(self, case: str | None = None, *, limit: int = 1000) -> int:
        """Writes down the warnings and expiries that are due, and returns how many cases had any.

        Of one case, or of all, `limit` of them read at once. Idempotent; safe when late, twice, or run by several at
        once. Raises TamperedError for a case that cannot be read, after all the others have had their turn.
        """
        if case is not None:
            return int(self._tick(case))
        ticked, after, today = 0, "", legal_day(self.clock.now()).isoformat()
        broken: TamperedError | None = None
        while True:
            with self.database.reading() as connection:
                cases = [row.id for row in list_running(connection, today, limit, after)]
            for name in cases:
                try:
                    ticked += self._tick(name)
                except TamperedError as error:
                    broken = broken or error
            if not cases:
                break
            after = cases[-1]
        if broken:
            raise broken
        return ticked

    def seal(
        self, case: str, seqs: Sequence[int], *, by: Actor, approved_by: str, reason: str, day: date | None = None
    ) -> Case:
        """Removes the bodies of entries for good, in a case that stands or has ended; chain and log stay whole.

        What they held is `sealed` from then on, in the register too. An entry says so, and who the two persons are
        that answer for it; whether the law allows it they know, not the guide. Copies elsewhere (backups, free pages
        of a file, what was exported) are the host's to remove. Raises as `do`.
        """
        use = Use(by.id, case, None, "")

        def attempt() -> Case:
            before = self.case(case, by=by)
            guide, world = self.guide_of(before), self.office.world(before.unit)
            with self.database.reading() as connection:
                there = [row.seq for row in read_trail(connection, case) if row.body is not None]
            request = Request("seal", day or world.today, people=(approved_by,) if approved_by else (), reason=reason)
            actor = self.office.actor(by, guide, before, world, request.day)
            if approved_by:
                self.office.actor(replace(by, id=approved_by), guide, before, world, request.day)  # somebody we know
            draft = _allowed(seal(guide, before, actor, request, world, seqs, there))
            return self._write(draft, before, actor, world, use, gone=sorted(set(seqs)))

        return self._once(use, attempt)

    def load_calendar(self, calendar: Calendar) -> None:
        """From here on due days are reckoned with this calendar; `tick` makes sure what was provisional."""
        self.calendar = calendar
        self.office = replace(self.office, calendar=calendar)

    # how an act flows

    def _once(self, use: Use, attempt: Callable[[], Case]) -> Case:
        for _ in range(TRIES):
            if (answered := self._answered(use)) is not None:
                return answered
            try:
                return attempt()
            except _FasterError:
                continue
            except (ConflictError, RefusedError) as error:  # perhaps what the same request has done in the meantime
                if (answered := self._answered(use)) is not None:
                    return answered
                _log_refusal(error)
                raise
        raise ConflictError(case=use.scope)

    def _act(
        self, verb: str, case_id: str, by: Actor, request: Request, expect_seq: int | None, use: Use, *, today: bool
    ) -> Case:
        case = self._read(case_id)
        if expect_seq not in (None, case.seq):
            raise ConflictError(case=case_id)
        self._may_read(case, by)
        guide = self.guide_of(case)
        world = self._world(case, guide, verb)
        request = replace(request, day=world.today) if today else request
        actor = self.office.actor(by, guide, case, world, request.day)
        if verb == "link" and request.other:
            self.case(request.other, by=by)
        if verb == "migrate":
            decision = migrate(guide, self.guide(case.guide), case, actor, request, world)
        else:
            decision = VERBS[verb](guide, case, actor, request, world)
        return self._write(_allowed(decision), case, actor, world, use)

    def _tick(self, case_id: str) -> bool:
        case = self._read(case_id)
        guide = self.guide_of(case)
        world = self._world(case, guide, "tick")
        draft = tick(guide, case, world)
        if draft is None:
            return False
        try:
            self._write(draft, case, ENGINE, world, Use("engine", case_id, None, ""))
        except _FasterError:
            return False
        return True

    def _write(
        self, draft: Draft, before: Case | None, by: Actor, world: World, use: Use, gone: Sequence[int] = ()
    ) -> Case:
        new = self.entropy.identifier
        act, own = new(world.now), before.id if before else new(world.now)
        children = [new(world.now) for _ in draft.children]
        lines = [Line(draft.related(children), before, self._around(own, act, use.key))]
        texts = [self.calendar.content]
        for child, wanted in zip(children, draft.children, strict=True):
            guide, there = self.guide(wanted.guide), replace(self.office.world(wanted.unit), now=world.now)
            day = date.fromisoformat(draft.content["day"])
            request = Request(guide.id, day, card=wanted.card, assigns=wanted.holders)
            opening = _allowed(open_case(guide, by, request, there, parent=own))
            lines.append(Line(opening, None, self._around(child, act, None)))
        try:
            return self._commit(lines, use, world, texts, gone)
        except ConflictError as error:
            raise _FasterError from error

    def _around(self, case: str, act: str, key: str | None) -> Circumstances:
        return Circumstances(case, act, self.entropy.salt(), key, practice=self.database.practice)

    def _commit(self, lines: list[Line], use: Use, world: World, texts: list[bytes], gone: Sequence[int]) -> Case:
        guides = {line.draft.content["guide"] for line in lines}
        with self.database.writing() as connection:
            for name in sorted(guides):
                if (guide := self.library.compiled(name)) is not None:
                    keep(connection, "guide", guide.text, self.database.kept)
            for text in texts:
                keep(connection, "calendar", text, self.database.kept)
            first, *_ = write(connection, lines, use, world.kin, self.database.tells_as, self.macs)
            if gone:
                remove_bodies(connection, first.id, gone, sealed_by=first.seq)
                first = folded(read_trail(connection, first.id), first.seq) or first
                register(connection, first)
        if isinstance(self.database, Database):
            self.database.kept |= {*guides, *map(digest, texts)}
        _log(lines)
        return first

    def _answered(self, use: Use) -> Case | None:
        """The case as it was after the act that first used the key, if it was used."""
        if use.key is None:
            return None
        with self.database.glancing() as connection:
            used = find_key(connection, use.actor, use.scope, use.key)
            if used is None:
                return None
            if used.fingerprint != use.fingerprint:
                raise RefusedError((Reason("key-reused", {"key": use.key}),))
            return folded(read_trail(connection, used.case_id), used.seq)


class _FasterError(Exception):
    """Another act was committed between reading and writing."""


def _log(lines: list[Line]) -> None:
    """The name of a general act is whatever somebody wrote: that of an act of the guide is the guide's."""
    for line in lines:
        content, seq = line.draft.content, line.before.seq + 1 if line.before else 1
        name = content["name"] if content["kind"] in ("open", "do") else "-"
        LOG.info("%s %s: case %s, entry %d", content["kind"], name, line.around.case, seq)


def _log_refusal(error: ConflictError | RefusedError) -> None:
    codes = [reason.code for reason in error.reasons] if isinstance(error, RefusedError) else [error.code]
    LOG.info("refused: %s", ", ".join(codes))


def _use(by: Actor, scope: str, key: str | None, written: list[Any]) -> Use:
    try:
        fingerprint = digest(encode(_plain(written))) if key is not None else ""
    except (NotCanonicalError, RecursionError):  # what cannot be written down is refused with its reasons
        fingerprint = ""
    return Use(by.id, scope, key, fingerprint)


def _allowed(decision: Draft | Refusal) -> Draft:
    if isinstance(decision, Refusal):
        raise RefusedError(decision.reasons)
    return decision


def _plain(value: Any) -> Any:
    """A value as it is digested: tuples as lists."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else value


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
