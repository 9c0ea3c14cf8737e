"""Everything that is peculiar to SQLite: how a file is opened, which settings make it safe, what its errors mean."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.pool import QueuePool

from jiandu.errors import StoreError

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

BROKEN = frozenset({"database-io", "database-full", "database-damaged"})
"""Failures after which a connection is not used again."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is and how it is opened; no path means in memory."""

    path: Path | None
    busy_timeout: int = BUSY_TIMEOUT
    mode: str = "rw"

    def __str__(self) -> str:
        return "sqlite://" if self.path is None else str(self.path)

    def in_read_only_folder(self) -> bool:
        """Whether the file is there, in a folder that takes no new files."""
        return self.path is not None and self.path.is_file() and not os.access(self.path.parent, os.W_OK)

    def uri(self) -> str:
        """The name SQLite opens; it never creates a file."""
        return ":memory:" if self.path is None else f"file:{quote(str(self.path))}?mode={self.mode}"


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


def is_there(where: Address) -> bool:
    """Whether there is a file with anything in it. Raises StoreError where that cannot be told."""
    try:
        return where.path is None or where.path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _file_failure(where, error) from error


def touched(where: Address) -> bool:
    """Whether an empty file had to be made: SQLite itself is never asked to create one. Raises StoreError."""
    if where.path is None:
        return False
    try:
        where.path.touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError as error:
        raise _file_failure(where, error) from error
    return True


def remove_empty(where: Address) -> None:
    """Takes back a file that was made and into which nothing came."""
    if where.path is not None and not is_there(where):
        where.path.unlink(missing_ok=True)


def engine(where: Address) -> Engine:
    """The engine of an address. In memory there is one connection, for which threads wait in turn."""
    made = create_engine(
        "sqlite://",
        creator=partial(_opened, where),
        poolclass=QueuePool,
        pool_size=1 if where.path is None else POOL,
        max_overflow=0,
        pool_timeout=where.busy_timeout / 1000,
    )
    event.listen(made, "begin", _begin)
    return made


def mark(connection: Connection) -> None:
    """Writes into the file whose database it is."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def is_empty(connection: Connection) -> bool:
    """Whether the file holds nothing at all: no table of ours and none of anybody else's."""
    return connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0


def _file_failure(where: Address, error: OSError) -> StoreError:
    code = _FILE_FAILURES.get(error.errno or 0, "database-unreachable")
    return StoreError(code, path=str(where), detail=error.strerror)


@contextmanager
def failures(where: object) -> Iterator[None]:
    """Turns what goes wrong with the database inside into a StoreError; errors of the program pass as they are."""
    try:
        yield
    except ERRORS as error:
        code, detail = _cause(error)
        if code is None:
            raise
        if code == "database-unreachable" and isinstance(where, Address) and where.in_read_only_folder():
            code = "database-read-only"  # WAL keeps files beside the database even for those who only read
        raise StoreError(code, path=str(where), detail=detail) from error


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


def _text(raw: bytes) -> str:
    """Text that is no UTF-8 is a finding about a row, not a failure to read it."""
    return raw.decode("utf-8", "surrogateescape")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
