"""Everything that is peculiar to SQLite: how a file is opened, which settings make it safe, what its errors mean."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.pool import QueuePool

from jiandu.errors import StoreError
from jiandu.store.queue import queue_of

APPLICATION = 0x6A69616E
"""The application id in the header of a file (the letters jian): whose database this is."""

BUSY_TIMEOUT = 30_000
"""How long, in milliseconds, to wait for other writers."""

POOL = 16
"""How many connections one process holds open at most; only one of them writes at a time."""

SETTINGS = {"synchronous": ("FULL", 2), "foreign_keys": ("ON", 1), "recursive_triggers": ("ON", 1)}
"""What each connection is set to and must then answer; recursive triggers make REPLACE meet the delete triggers."""

ERRORS = (DBAPIError, NoConnectionLeft, sqlite3.Error)
"""What the driver and SQLAlchemy raise when the database, not the program, is at fault."""

_FAILURES = {
    sqlite3.SQLITE_PERM: "database-unreachable",
    sqlite3.SQLITE_BUSY: "database-locked",
    sqlite3.SQLITE_LOCKED: "database-locked",
    sqlite3.SQLITE_READONLY: "database-read-only",
    sqlite3.SQLITE_IOERR: "database-io",
    # a write is refused with these where a quota or a limit on file size stands in the way, not the disk's end
    sqlite3.SQLITE_IOERR_WRITE: "database-full",
    sqlite3.SQLITE_IOERR_SHMSIZE: "database-full",
    sqlite3.SQLITE_IOERR_CORRUPTFS: "database-damaged",
    sqlite3.SQLITE_CORRUPT: "database-damaged",
    sqlite3.SQLITE_FULL: "database-full",
    sqlite3.SQLITE_CANTOPEN: "database-unreachable",
    sqlite3.SQLITE_CONSTRAINT: "database-refused",
    sqlite3.SQLITE_PROTOCOL: "database-locked",
    sqlite3.SQLITE_NOTADB: "database-foreign",
}

_FILE_FAILURES = {
    errno.EROFS: "database-read-only",
    errno.ENOSPC: "database-full",
    errno.EDQUOT: "database-full",
    errno.EIO: "database-io",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file is and how it is opened; no path means in memory."""

    path: Path | None
    busy_timeout: int = BUSY_TIMEOUT
    mode: str = "rw"
    schema = None
    driver = "pysqlite"

    def __str__(self) -> str:
        return "sqlite://" if self.path is None else str(self.path)

    @property
    def in_memory(self) -> bool:
        return self.path is None

    def patient(self, milliseconds: int) -> "Address":
        return replace(self, busy_timeout=milliseconds)

    def engines(self) -> tuple[Engine, Engine, Engine]:
        """In memory there is one connection, for which threads wait in turn."""
        made = create_engine(
            "sqlite://",
            creator=partial(_opened, self),
            poolclass=QueuePool,
            pool_size=1 if self.path is None else POOL,
            max_overflow=0,
            pool_timeout=self.busy_timeout / 1000,
        )
        event.listen(made, "begin", _begin)
        return made, made, made.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """SQLite lets some writers starve; those of one process wait in the order in which they came."""
        if self.path is None:
            yield
            return
        with queue_of(self.path.absolute()).place(self.busy_timeout / 1000) as came:
            if not came:
                raise StoreError("database-locked", path=str(self))
            yield

    def is_there(self) -> bool:
        """Whether there is a file with anything in it."""
        try:
            return self.path is None or self.path.stat().st_size > 0
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _file_failure(self, error) from error

    def make_room(self) -> bool:
        """Whether an empty file had to be made: SQLite itself is never asked to create one."""
        if self.path is None:
            return False
        try:
            self.path.touch(exist_ok=False)
        except FileExistsError:
            return False
        except OSError as error:
            raise _file_failure(self, error) from error
        return True

    def remove_empty(self) -> None:
        if self.path is not None and not self.is_there():
            self.path.unlink(missing_ok=True)

    def mark(self, connection: Connection) -> None:
        """Writes into the header of the file whose database it is."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

    def is_empty(self, connection: Connection) -> bool:
        """Whether the file holds nothing at all: no table of ours and none of anybody else's."""
        return connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0

    def make_sure(self, engine: Engine) -> None:
        """Carries a WAL that was left over into the file, and empties it.

        Where fsync has failed, the kernel shows what the disk does not have and never tries again: acts that follow in
        the same WAL would be lost with it. Others at work know by their index what is sure; they are not waited for.
        """
        if self.mode == "ro" or not (wal := self._wal()):
            return
        with closing(engine.raw_connection()) as pooled:
            driver: Any = pooled.driver_connection
            driver.execute("PRAGMA busy_timeout = 0")
            try:
                busy = _pragma(driver, "wal_checkpoint(TRUNCATE)")
            finally:
                driver.execute(f"PRAGMA busy_timeout = {self.busy_timeout}")
            if not busy:
                _synced(wal)

    def borrow(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if _pragma(driver, "application_id") != APPLICATION:
            raise StoreError("database-foreign", path=str(self))
        for setting, (value, expected) in SETTINGS.items():
            if (found := _pragma(driver, setting)) < expected:
                raise StoreError("database-unsafe", path=str(self), setting=f"{setting} = {value}", found=found)

    def begin(self, connection: Connection) -> None:
        """Python's driver begins nothing before something is written: our savepoint would be the whole transaction."""
        driver: Any = connection.connection.driver_connection
        if not driver.in_transaction:
            driver.execute("BEGIN IMMEDIATE")

    @contextmanager
    def failures(self) -> Iterator[None]:
        try:
            yield
        except ERRORS as error:
            code, detail = _cause(error)
            if code is None:
                raise
            if code == "database-unreachable" and self._in_read_only_folder():
                code = "database-read-only"  # WAL keeps files beside the database even for those who only read
            raise StoreError(code, path=str(self), detail=detail) from error

    def uri(self) -> str:
        """The name SQLite opens; it never creates a file."""
        return ":memory:" if self.path is None else f"file:{quote(str(self.path))}?mode={self.mode}"

    def _wal(self) -> Path | None:
        """The WAL beside the file, where there is one with anything in it."""
        wal = Path(f"{self.path}-wal")
        try:
            return wal if self.path is not None and wal.stat().st_size else None
        except OSError:
            return None

    def _in_read_only_folder(self) -> bool:
        """Whether the file is there, in a folder that takes no new files."""
        return self.path is not None and self.path.is_file() and not os.access(self.path.parent, os.W_OK)


def address(url: URL) -> Address:
    """The address a URL means: `sqlite:///file.db?busy_timeout=100&mode=ro`. Raises StoreError `database-url`."""
    options = dict(url.query)
    path = None if url.database in (None, "", ":memory:") else Path(url.database or "")
    try:
        busy = int(str(options.pop("busy_timeout", BUSY_TIMEOUT)))
    except ValueError:
        raise StoreError("database-url") from None
    mode = options.pop("mode", "rw")
    if options or mode not in ("rw", "ro") or busy < 0 or url.host:
        raise StoreError("database-url")
    return Address(path, busy, str(mode))


def _file_failure(where: Address, error: OSError) -> StoreError:
    code = _FILE_FAILURES.get(error.errno or 0, "database-unreachable")
    return StoreError(code, path=str(where), detail=error.strerror)


def _cause(error: Exception) -> tuple[str | None, str]:
    """The code of a StoreError, none where the program is at fault, and what the driver says."""
    if isinstance(error, NoConnectionLeft):
        return "database-locked", ""
    cause = error.orig if isinstance(error, DBAPIError) else error
    number = getattr(cause, "sqlite_errorcode", None)
    if number is None:
        return None, ""
    code = _FAILURES.get(number) or _FAILURES.get(number & 0xFF, "database-error")
    return code, f"{cause} · {getattr(cause, 'sqlite_errorname', number)}"


def _opened(where: Address) -> sqlite3.Connection:
    connection = sqlite3.connect(
        where.uri(),
        uri=True,
        timeout=where.busy_timeout / 1000,
        isolation_level=None,  # transactions begin where we say so, not where the driver guesses
        check_same_thread=False,
    )
    try:
        _recognise(connection, where)
        _settle(connection, where)
    except BaseException:
        connection.close()
        raise
    return connection


def _recognise(connection: sqlite3.Connection, where: Address) -> None:
    """Nothing is set in a file before it is known to be ours: WAL would change a stranger's database."""
    if _pragma(connection, "application_id") == APPLICATION:
        if where.mode == "rw" and _pragma(connection, "journal_mode = WAL") != "wal":
            raise StoreError("database-unsafe", path=str(where), setting="journal_mode = WAL", found="other")
    elif _pragma(connection, "page_count") != 0:
        raise StoreError("database-foreign", path=str(where))


def _settle(connection: sqlite3.Connection, where: Address) -> None:
    connection.text_factory = _text
    for setting, (value, expected) in SETTINGS.items():
        connection.execute(f"PRAGMA {setting} = {value}")
        found = _pragma(connection, setting)
        if found != expected:
            raise StoreError("database-unsafe", path=str(where), setting=f"{setting} = {value}", found=found)


def _synced(path: Path) -> None:
    """SQLite empties a WAL without waiting for the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _text(raw: bytes) -> str:
    """Text that is no UTF-8 is a finding about a row, not a failure to read it."""
    return raw.decode("utf-8", "surrogateescape")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
