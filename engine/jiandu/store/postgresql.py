"""Everything that is peculiar to PostgreSQL: how a transaction begins, what makes it safe, what its errors mean.

Nothing is kept in a session (no settings, no prepared statements, no advisory locks), so that a pooler may give every
transaction another one: what a transaction needs is set in it, in one message with its beginning.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from jiandu.errors import ConflictError, StoreError
from jiandu.store.tables import SCHEMA

OPTIONS = {"busy_timeout": 30_000, "statement_timeout": 60_000, "pool": 10, "unsafe": 0}
"""What may stand in a URL besides libpq's own words, and what holds where it does not."""

SAFE: Mapping[str, tuple[str, ...]] = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    "server_encoding": ("UTF8",),
}
"""What a server must answer, lest something acknowledged be lost in a power cut or a character on the way."""

ERRORS = (DBAPIError, NoConnectionLeft, psycopg.Error)
"""What the driver and SQLAlchemy raise when the database, not the program, is at fault."""

FASTER = ("40001", "40P01")
"""Serialization failure and deadlock: another transaction was faster, and this one may be tried anew."""

_FAILURES = {
    "08": "database-lost",
    "22": "database-refused",
    "23": "database-refused",
    "25006": "database-read-only",
    "25P03": "database-lost",
    "28": "database-unreachable",
    "3D": "database-unreachable",
    "42501": "database-forbidden",
    "53100": "database-full",
    "53": "database-locked",
    "55P03": "database-locked",
    "57014": "database-timeout",
    "57": "database-lost",
    "58": "database-io",
    "XX001": "database-damaged",
    "XX002": "database-damaged",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and how long to wait for it; times in milliseconds."""

    url: URL
    options: Mapping[str, int] = field(default_factory=lambda: OPTIONS)
    schema = SCHEMA
    driver = "psycopg"
    in_memory = False

    def __str__(self) -> str:
        """Without a password: this stands in messages."""
        return self.url.difference_update_query(["password"]).render_as_string(hide_password=True)

    def patient(self, milliseconds: int) -> "Address":
        return replace(self, options={**self.options, "busy_timeout": milliseconds})

    def engines(self) -> tuple[Engine, Engine, Engine]:
        made = create_engine(
            self.url,
            pool_size=self.options["pool"],
            max_overflow=0,
            pool_timeout=self.options["busy_timeout"] / 1000,
            # transactions begin where we say so; what is prepared would outlive one
            connect_args={"autocommit": True, "prepare_threshold": None, "fallback_application_name": "jiandu"},
            use_native_hstore=False,
        )
        event.listen(made, "connect", self._recognise)
        event.listen(made, "checkout", _is_alive)
        event.listen(made, "begin", _begin)
        patience = f"SET LOCAL lock_timeout = {self.options['busy_timeout']}"
        limit = self.options["statement_timeout"]
        reading = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {patience}"
        writing = (
            f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {patience}; SET LOCAL statement_timeout = {limit}; "
            f"SET LOCAL idle_in_transaction_session_timeout = {limit}"  # who dies silently must not keep his locks
        )
        made = made.execution_options(schema_translate_map={None: SCHEMA})
        return made, made.execution_options(begin=reading), made.execution_options(begin=writing)

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """The server keeps the order itself."""
        yield

    def is_there(self) -> bool:
        return True

    def make_room(self) -> bool:
        """The database is made by whoever runs the server."""
        return False

    def remove_empty(self) -> None:
        pass

    def mark(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")

    def is_empty(self, connection: Connection) -> bool:
        """Whether our schema holds nothing at all; what else is in the database is not ours to ask."""
        found = connection.execute(
            text("SELECT count(*) FROM pg_catalog.pg_class WHERE relnamespace = to_regnamespace(:schema)"),
            {"schema": SCHEMA},
        )
        return found.scalar() == 0

    def make_sure(self, engine: Engine) -> None:
        """A server whose fsync has failed stops, and recovers, by itself."""

    def borrow(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        self._recognise(driver)

    def begin(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if driver.autocommit and driver.info.transaction_status == TransactionStatus.IDLE:
            raise StoreError("database-unsafe", path=str(self), setting="autocommit = off", found="on")

    @contextmanager
    def failures(self) -> Iterator[None]:
        try:
            yield
        except ERRORS as error:
            code, detail = _cause(error)
            if code is None:
                raise
            if code == "conflict":
                raise ConflictError(detail=detail) from error
            raise StoreError(code, path=str(self), detail=detail) from error

    def _recognise(self, driver: psycopg.Connection[Any], _: object = None) -> None:
        if self.options["unsafe"]:
            return
        asked = ", ".join(f"current_setting('{setting}')" for setting in SAFE)
        row = driver.execute(f"SELECT {asked}").fetchone()
        for (setting, allowed), found in zip(SAFE.items(), row or (), strict=True):
            if found not in allowed:
                raise StoreError("database-unsafe", path=str(self), setting=f"{setting} = {allowed[0]}", found=found)


def address(url: URL) -> Address:
    """The address a URL means: `postgresql+psycopg://host/database?busy_timeout=100&statement_timeout=5000`.

    Words that are not ours are libpq's (`sslmode`, `application_name` …). Raises StoreError `database-url`.
    """
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise StoreError("database-url")
    try:
        options = {name: int(str(url.query.get(name, value))) for name, value in OPTIONS.items()}
    except ValueError:
        raise StoreError("database-url") from None
    if min(options.values()) < 0 or not options["pool"]:
        raise StoreError("database-url")
    return Address(url.set(drivername="postgresql+psycopg").difference_update_query(OPTIONS), options)


def _begin(connection: Connection) -> None:
    if begin := connection.get_execution_options().get("begin"):
        driver: Any = connection.connection.driver_connection
        driver.execute(begin)


def _is_alive(driver: psycopg.Connection[Any], *_: object) -> None:
    """A server says nothing to those who ask nothing: where there is something to read, it has gone away."""
    if driver.closed:
        raise DisconnectionError
    with DefaultSelector() as readable:
        readable.register(driver.fileno(), EVENT_READ)
        if readable.select(0):
            raise DisconnectionError


def _cause(error: Exception) -> tuple[str | None, str]:
    """The code of what is to be raised, none where the program is at fault, and what the server says."""
    if isinstance(error, NoConnectionLeft):
        return "database-locked", ""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state, said = getattr(cause, "sqlstate", None), str(cause).partition("\n")[0]
    if state in FASTER:
        return "conflict", said
    if state is not None:
        return _FAILURES.get(state) or _FAILURES.get(state[:2], "database-error"), f"{said} · {state}"
    if isinstance(cause, psycopg.DataError):
        return "database-refused", said  # a character that the server does not take
    if isinstance(cause, psycopg.OperationalError):
        return "database-lost" if cause.pgconn is None else "database-unreachable", said
    return None, said
