"""Databases with cases, for tests, and the steps of an act as the engine strings them together."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from sqlalchemy import Connection, CursorResult

from jiandu.store import (
    CaseRow,
    Database,
    advance_case,
    append,
    insert_case,
    put_text,
    read_case,
)
from trail.samples import FIRST, GUIDE, sealed

ENGINE = Path(__file__).parents[2] / "engine"


def made(url: str, **options: int) -> Database:
    """A new database, with the text that its cases are pinned to."""
    Database.connect(url).init(practice=False)
    return opened(url, **options)


def opened(url: str, **options: int) -> Database:
    """A database with tables, now with the text that its cases are pinned to."""
    database = Database.connect(url, **options)
    with database.writing() as connection:
        put_text(connection, GUIDE, "guide", b"{}")
    return database


def register(line, projection: bytes = b"{}") -> CaseRow:
    """What the register says of a case after an entry."""
    return CaseRow(
        id=line.case,
        unit="haiyun",
        guide="case-filing",
        version="1.0.0",
        text=GUIDE,
        number=None,
        state="clue",
        status="open",
        outcome=None,
        seq=line.seq,
        head=line.hash,
        projection=projection,
        opened_on="2026-05-06",
    )


def open_case(connection: Connection, case: str = FIRST) -> None:
    """Writes a case with its first entry."""
    line = sealed(case, 1, None)
    insert_case(connection, register(line))
    append(connection, line)


def act(connection: Connection, case: str = FIRST) -> None:
    """Writes one more entry of a case."""
    seen = read_case(connection, case)
    line = sealed(case, seen.seq + 1, seen.head)
    advance_case(connection, register(line), seen.seq)
    append(connection, line)


def raw(connection: Connection, sql: str) -> CursorResult:
    """A statement that names tables as they are called, wherever they are."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL search_path TO jiandu")
    return connection.exec_driver_sql(sql)


def run(script: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own, optionally under another command."""
    command = [*before, sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    search = os.pathsep.join([str(ENGINE), str(Path(__file__).parents[1])])
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")
    }  # it cannot write there
    environment = {**kept, "PYTHONPATH": search}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
