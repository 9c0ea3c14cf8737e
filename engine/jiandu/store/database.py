"""A database and its lifetime: found, recognised, opened for reading and writing, closed.

Whatever goes wrong with it is a `StoreError` whose code says what a person can do about it.
"""

import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import Self

from sqlalchemy import Connection, Engine, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError

from jiandu.clock import SystemClock, SystemEntropy
from jiandu.errors import StoreError
from jiandu.store import sqlite, tables


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a database without using it; `head` is the version this program works with."""

    exists: bool
    version: str | None = None
    practice: bool = False
    instance: str | None = None
    head: str = tables.HEAD


class Database:
    """One database, shared by the threads of a process; connections come from a pool and are never passed on."""

    def __init__(self, where: sqlite.Address) -> None:
        self._where = where
        self._reader: Engine = sqlite.engine(where)
        self._writer: Engine = self._reader.execution_options(begin="BEGIN IMMEDIATE")
        weakref.finalize(self, self._reader.dispose)  # a database nobody holds any more leaves no file open
        self._turn = Lock()  # SQLite lets some writers starve; a process queues its own
        self._known: Status | None = None

    @classmethod
    def connect(cls, url: str, *, busy_timeout: int | None = None) -> Self:
        """The database at `url`, opened at first use; `sqlite://`, in memory, makes itself.

        `busy_timeout` in milliseconds goes before the one in the URL. Raises StoreError `database-url`.
        """
        where = _address(url)
        database = cls(where if busy_timeout is None else replace(where, busy_timeout=busy_timeout))
        if where.path is None:
            database.init(practice=False)
        return database

    @property
    def practice(self) -> bool:
        """Whether this is a practice database, whose every entry says so."""
        return self._ready().practice

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database. Raises StoreError."""
        self._ready()
        with self._transaction(self._reader) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept all together at the end, or none of them. Raises StoreError."""
        self._ready()
        with self._in_turn(), self._transaction(self._writer) as connection:
            yield connection

    def status(self) -> Status:
        """What is known of the database. Raises StoreError where there is something that cannot be read as one."""
        if not sqlite.is_there(self._where):
            return Status(exists=False)
        with self._transaction(self._reader) as connection:
            return _status(connection, self._where)

    def init(self, *, practice: bool, instance: str | None = None) -> None:
        """Makes the database. Raises StoreError, `database-exists` where there is one already."""
        meta = {"practice": practice, "instance": instance or SystemEntropy().identifier(SystemClock().now())}
        made = sqlite.touched(self._where)
        try:
            with self._transaction(self._writer) as connection:
                self._build(connection, meta)
        except BaseException:
            if made:
                sqlite.remove_empty(self._where)
            raise
        self._reopen()

    def upgrade(self) -> None:
        """Brings the tables to the version of this program. Raises StoreError."""
        found = self.status()
        if not found.exists:
            raise StoreError("database-missing", path=str(self._where))
        if found.version != tables.HEAD:
            with self._transaction(self._writer) as connection:
                if not _migrate(connection):
                    raise _other_version(self._where, found)
            self._reopen()

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
            found = self.status()
            if not found.exists:
                raise StoreError("database-missing", path=str(self._where))
            if found.version != tables.HEAD:
                raise _other_version(self._where, found)
            self._known = found
        return self._known

    def _build(self, connection: Connection, meta: Mapping[str, object]) -> None:
        """The tables as they stand, with no need of alembic: a test proves that its migrations lead to the same."""
        if not sqlite.is_empty(connection):
            raise StoreError("database-exists", path=str(self._where))
        sqlite.mark(connection)
        tables.metadata.create_all(connection)
        tables.version.create(connection)
        connection.execute(insert(tables.version).values(version_num=tables.HEAD))
        connection.execute(insert(tables.meta).values(one=1, **meta))

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with sqlite.failures(self._where), engine.begin() as connection:
                yield connection
        except StoreError as failure:
            if failure.code in sqlite.BROKEN:
                self._reopen()
            raise

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self._where.busy_timeout / 1000):
            raise StoreError("database-locked", path=str(self._where))
        try:
            yield
        finally:
            self._turn.release()

    def _reopen(self) -> None:
        if self._where.path is not None:
            self._reader.dispose()


def _address(url: str) -> sqlite.Address:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError("database-url") from None
    if parsed.get_backend_name() != "sqlite":
        raise StoreError("database-url")
    return sqlite.address(parsed)


def _status(connection: Connection, where: sqlite.Address) -> Status:
    if sqlite.is_empty(connection):
        return Status(exists=False)
    if not inspect(connection).has_table(tables.version.name):
        raise StoreError("database-damaged", path=str(where), detail="no table of versions")
    version = connection.execute(select(tables.version.c.version_num)).scalar()
    row = connection.execute(select(tables.meta.c.practice, tables.meta.c.instance)).one_or_none()
    if version is None or row is None:
        raise StoreError("database-damaged", path=str(where), detail="no version")
    return Status(exists=True, version=version, practice=row.practice, instance=row.instance)


def _migrate(connection: Connection) -> bool:
    """Runs the missing migrations; false where the database has a version that this program does not know."""
    from alembic import command, util  # a fifth of a second that ordinary work need not wait for
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "jiandu:store/migrations")
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, "head")
    except util.CommandError:
        return False
    return True


def _other_version(where: sqlite.Address, found: Status) -> StoreError:
    return StoreError("database-version", path=str(where), found=found.version, expected=tables.HEAD)
