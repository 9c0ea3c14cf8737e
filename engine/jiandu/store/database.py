"""A database and its lifetime: found, recognised, opened for reading and writing, closed.

Whatever goes wrong with it is a `StoreError` whose code says what a person can do about it.
"""

import weakref
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection, Engine, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError

from jiandu.clock import SystemClock, SystemEntropy
from jiandu.errors import StoreError
from jiandu.store import sqlite, tables
from jiandu.store.outbox import switch_outbox
from jiandu.store.prepared import rows
from jiandu.store.where import BROKEN, Where


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a database without using it; `head` is the version this program works with."""

    exists: bool
    version: str | None = None
    practice: bool = False
    instance: str | None = None
    outbox: bool = False
    head: str = tables.HEAD


class Database:
    """One database, shared by the threads of a process; connections come from a pool and are never passed on."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._glancer, self._reader, self._writer = where.engines()
        weakref.finalize(self, self._reader.dispose)  # a database nobody holds any more leaves nothing open
        self._known: Status | None = None
        self._doubtful = True  # somebody before us may have left what never reached the disk
        self.kept: Set[str] = frozenset()
        """Digests of texts that are known to be kept here."""

    @classmethod
    def connect(cls, url: str, *, busy_timeout: int | None = None) -> Self:
        """The database at `url`, opened at first use; `sqlite://`, in memory, makes itself.

        `sqlite:///file.db` or `postgresql+psycopg://user@host/database`. `busy_timeout` in milliseconds, how long to
        wait for others, goes before the one in the URL. Raises StoreError `database-url`, and `database-driver` where
        psycopg is not installed.
        """
        where = _address(url)
        database = cls(where if busy_timeout is None else where.patient(busy_timeout))
        if where.in_memory:
            database.init(practice=False)
        return database

    @property
    def practice(self) -> bool:
        """Whether this is a practice database, whose every entry says so."""
        return self._ready().practice

    @property
    def tells_as(self) -> str | None:
        """What events from this database name as their source; none where its outbox is off."""
        return _source(self._ready())

    def over(self, connection: Connection) -> "Borrowed":
        """This database over a connection to it that a host brings. Raises StoreError."""
        return Borrowed(self._where, connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database. Raises StoreError."""
        self._ready()
        with self._transaction(self._reader) as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """A connection for a question or two, each of which may see another moment: on a server it is heard sooner.
        Raises StoreError."""
        self._ready()
        with self._transaction(self._glancer) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept all together at the end, or none of them. Raises StoreError."""
        self._ready()
        with self._where.in_turn(), self._transaction(self._writer) as connection:
            yield connection

    def status(self) -> Status:
        """What is known of the database. Raises StoreError where there is something that cannot be read as one."""
        if not self._where.is_there():
            return Status(exists=False)
        with self._transaction(self._reader) as connection:
            return _status(connection, self._where)

    def init(self, *, practice: bool, instance: str | None = None, outbox: bool = False) -> None:
        """Makes the database, in which each entry has its event if it has an `outbox`. Raises StoreError,
        `database-exists` where there is one already."""
        instance = instance or SystemEntropy().identifier(SystemClock().now())
        meta = {"practice": practice, "instance": instance, "outbox": outbox}
        made = self._where.make_room()
        try:
            with self._transaction(self._writer) as connection:
                self._build(connection, meta)
        except BaseException:
            if made:
                self._where.remove_empty()
            raise
        self._reopen()

    def upgrade(self) -> None:
        """Brings the tables to the version of this program. Raises StoreError."""
        found = self.status()
        if not found.exists:
            raise StoreError("database-missing", path=str(self._where))
        if found.version != tables.HEAD:
            with self._transaction(self._writer) as connection:
                if not _migrate(connection, self._where):
                    raise _other_version(self._where, found)
            self._reopen()

    def switch_outbox(self, *, on: bool) -> None:
        """Whether each entry from here on has its event. An engine that is at work goes on as it began: end it first,
        as for an upgrade. Raises StoreError."""
        with self.writing() as connection:
            switch_outbox(connection, on=on)
        self._known = None

    def close(self) -> None:
        """Gives all connections back to the system."""
        self._reader.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ready(self) -> Status:
        """The status of a database fit for work, looked up once."""
        if self._known is None:
            self._known = _fit(self.status(), self._where)
        return self._known

    def _build(self, connection: Connection, meta: Mapping[str, object]) -> None:
        """The tables as they stand, with no need of alembic: a test proves that its migrations lead to the same."""
        if not self._where.is_empty(connection):
            raise StoreError("database-exists", path=str(self._where))
        self._where.mark(connection)
        tables.metadata.create_all(connection)
        tables.version.create(connection)
        connection.execute(insert(tables.version).values(version_num=tables.HEAD))
        connection.execute(insert(tables.meta).values(one=1, **meta))

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with self._where.failures():
                self._make_sure()
                with engine.begin() as connection:
                    yield connection
        except StoreError as failure:
            if failure.code in BROKEN:
                self._doubtful = True
                self._reopen()
            raise

    def _make_sure(self) -> None:
        if self._doubtful:
            self._where.make_sure(self._glancer)
            self._doubtful = False

    def _reopen(self) -> None:
        if not self._where.in_memory:
            self._reader.dispose()


class Borrowed:
    """A database over a connection that a host brings: in the host's transaction, which stays the host's to end."""

    kept: Set[str] = frozenset()  # what is written may yet be taken back

    def __init__(self, where: Where, connection: Connection) -> None:
        if connection.dialect.driver != where.driver:
            raise StoreError("database-driver", driver=where.driver)
        with where.failures():
            where.borrow(connection)
            found = _status(connection, where)
        self._where, self._connection, self._status = where, connection, _fit(found, where)

    @property
    def practice(self) -> bool:
        """Whether this is a practice database, whose every entry says so."""
        return self._status.practice

    @property
    def tells_as(self) -> str | None:
        """What events from this database name as their source; none where its outbox is off."""
        return _source(self._status)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The host's connection, which sees what its transaction has written so far. Raises StoreError."""
        with self._where.failures():
            yield self._connection

    glancing = reading

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A savepoint: what is written in it is kept together, or not at all; the host decides. Raises StoreError."""
        with self._where.failures():
            self._where.begin(self._connection)
            with self._connection.begin_nested():
                yield self._connection


def _source(status: Status) -> str | None:
    return f"urn:uuid:{status.instance}" if status.outbox else None


def shown(url: str) -> str:
    """An address as people may see it: without the password that may stand in that of a server."""
    if url.startswith("sqlite"):
        return url
    return make_url(url).difference_update_query(["password"]).render_as_string(hide_password=True)


def _address(url: str) -> Where:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError("database-url") from None
    if parsed.get_backend_name() == "sqlite":
        return sqlite.address(parsed)
    if parsed.get_backend_name() != "postgresql":
        raise StoreError("database-url")
    try:
        from jiandu.store import postgresql  # psycopg is an extra
    except ImportError:
        raise StoreError("database-driver", driver="psycopg") from None
    return postgresql.address(parsed)


def _fit(found: Status, where: Where) -> Status:
    """The status of a database fit for work."""
    if not found.exists:
        raise StoreError("database-missing", path=str(where))
    if found.version != tables.HEAD:
        raise _other_version(where, found)
    return found


def _status(connection: Connection, where: Where) -> Status:
    if where.is_empty(connection):
        return Status(exists=False)
    if not inspect(connection).has_table(tables.version.name, schema=where.schema):
        raise StoreError("database-damaged", path=str(where), detail="no table of versions")
    version = rows(connection, select(tables.version.c.version_num)).scalar()
    row = rows(connection, select(tables.meta)).one_or_none()
    if version is None or row is None:
        raise StoreError("database-damaged", path=str(where), detail="no version")
    said = {"practice": row.practice, "instance": row.instance, "outbox": row.outbox}
    return Status(exists=True, version=version, **said)


def _migrate(connection: Connection, where: Where) -> bool:
    """Runs the missing migrations; false where the database has a version that this program does not know."""
    from alembic import command, util  # a fifth of a second that ordinary work need not wait for
    from alembic.config import Config

    config = Config(attributes={"connection": connection, "schema": where.schema})
    config.set_main_option("script_location", "jiandu:store/migrations")
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, "head")
    except util.CommandError:
        return False
    return True


def _other_version(where: Where, found: Status) -> StoreError:
    return StoreError("database-version", path=str(where), found=found.version, expected=tables.HEAD)
