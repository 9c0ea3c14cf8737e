"""Handling cases, as jiandu does and as the bare driver would: `contenders.py NAME URL N` prints each act's seconds.

The bare loop is the floor: one transaction reads a case, writes a line of history under the hash of the line before
and the case as it stands after it, as many bytes as jiandu does; it asks nothing and refuses nothing.
"""
# ruff: noqa: T201  a benchmark prints

import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jiandu.case import Actor
from jiandu.engine import Engine
from jiandu.store import Database

GUIDES = Path(__file__).resolve().parent / "guides"
CLERK = Actor("k1", frozenset(("clerk",)), "u1")
CARD = {"kind": "x", "amount": 3}
RECORD = {"seen": {"id": "ok", "date": "ok"}, "note": "核对无误"}
CASES = 200
ENTRY, BODY, CASE = 790, 30, 670
"""Bytes that jiandu writes in an act of this guide: entry, body, and the case as it stands. `sizes` measures them."""
Act = Callable[[int], None]


def jiandu(url: str) -> Act:
    with Database.connect(url) as database:
        database.init(practice=False)
    engine = Engine(url, guides=GUIDES)
    cases = [engine.open("bench", unit="u1", by=CLERK, card=CARD).id for _ in range(CASES)]
    return lambda n: engine.do(cases[n % CASES], "look", by=CLERK, record=RECORD) and None


def sizes(url: str) -> dict[str, int]:
    """How many bytes an act of jiandu writes, from a database it has worked on."""
    from sqlalchemy import func, select

    from jiandu.store.tables import bodies, cases, entries

    with Database.connect(url).reading() as connection:
        columns = {"entry": entries.c.bytes, "body": bodies.c.bytes, "case": cases.c.projection}
        return {
            name: int(connection.scalar(select(func.avg(func.length(column)))) or 0) for name, column in columns.items()
        }


def content(case: bytes, head: str, n: int) -> tuple[bytes, bytes, bytes, str]:
    """The line, its body, the case after it, and the hash of the line: what any loop of this kind has to work out."""
    read = json.loads(case)
    line = json.dumps({"seq": n, "prev": head, "act": "look", "fill": "x" * (ENTRY - 130)}, sort_keys=True).encode()
    after = json.dumps({**read, "n": n}, sort_keys=True).encode()
    return line, b"b" * BODY, after, hashlib.sha256(line).hexdigest()


TABLES = """
CREATE TABLE cases (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, head TEXT NOT NULL, body {blob} NOT NULL);
CREATE TABLE entries (id INTEGER, seq INTEGER, bytes {blob} NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (id, seq));
CREATE TABLE bodies (id INTEGER, seq INTEGER, bytes {blob} NOT NULL, PRIMARY KEY (id, seq))
"""
READ = "SELECT seq, head, body FROM cases WHERE id = {0}"
WRITES = (
    "INSERT INTO entries VALUES ({0}, {0}, {0}, {0})",
    "INSERT INTO bodies VALUES ({0}, {0}, {0})",
    "UPDATE cases SET seq = {0}, head = {0}, body = {0} WHERE id = {0} AND seq = {0}",
)
FIRST = json.dumps({"fill": "x" * (CASE - 30), "n": 0}, sort_keys=True).encode()


def bare_sqlite(url: str) -> Act:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(TABLES.format(blob="BLOB"))
    connection.executemany("INSERT INTO cases VALUES (?, 0, '', ?)", [(n, FIRST) for n in range(CASES)])

    def act(n: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        write(connection, n % CASES, "?")
        connection.execute("COMMIT")

    return act


def write(connection: sqlite3.Connection, case: int, mark: str) -> None:
    seq, head, body = connection.execute(READ.format(mark), (case,)).fetchone()
    line, extra, after, digest = content(body, head, seq + 1)
    values = ((case, seq + 1, line, digest), (case, seq + 1, extra), (seq + 1, digest, after, case, seq))
    for statement, row in zip(WRITES, values, strict=True):
        connection.execute(statement.format(mark), row)


def bare_postgresql(url: str) -> Act:
    from threading import local

    import psycopg

    address, own = url.replace("postgresql+psycopg", "postgresql"), local()
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in TABLES.format(blob="BYTEA").split(";"):
            connection.execute(statement)
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO cases VALUES (%s, 0, '', %s)", [(n, FIRST) for n in range(CASES)])

    def act(n: int) -> None:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(address)
        write(own.connection, n % CASES, "%s")
        own.connection.commit()

    return act


def timed(act: Act, times: int, threads: int) -> list[float]:
    """The seconds of each act; with several threads each has cases of its own."""
    warm = 80
    with ThreadPoolExecutor(threads) as pool:

        def one(n: int) -> float:
            began = time.perf_counter()
            act(n)
            return time.perf_counter() - began

        def lane(first: int) -> list[float]:
            return [one(n) for n in range(warm + first, warm + times, threads)]

        list(pool.map(lambda first: [one(n) for n in range(first, warm, threads)], range(threads)))
        began = time.perf_counter()
        found = [seconds for part in pool.map(lane, range(threads)) for seconds in part]
        return [*found, time.perf_counter() - began]


CONTENDERS = {"jiandu": jiandu, "bare_sqlite": bare_sqlite, "bare_postgresql": bare_postgresql}


def main(name: str, url: str, times: str, threads: str = "1") -> None:
    *each, whole = timed(CONTENDERS[name](url), int(times), int(threads))
    said = {"rate": len(each) / whole, "each": sorted(each)}
    print(json.dumps(said | ({"sizes": sizes(url)} if name == "jiandu" else {})))


if __name__ == "__main__":
    main(*sys.argv[1:])
