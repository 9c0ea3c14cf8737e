"""How long an act takes from the request to the disk, beside the bare driver and others, in one run on one machine.

    python benchmarks/store.py                  measure, print the tables
    python benchmarks/store.py --write          and put them into docs/performance.md
    python benchmarks/store.py --cases 1000000 --entries 1000000   the long run

Every contender is a process of its own on a new database, on disk and safe against a power cut; they take turns. The
peers come from PyPI into a folder of their own. PostgreSQL comes from PyPI too and runs for this measurement alone.
"""
# ruff: noqa: S603, T201  a benchmark starts the commands it names, and prints

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "engine"), str(ROOT / "tests"), str(HERE)]

from contenders import CARD, CLERK, GUIDES, RECORD  # noqa: E402
from sqlalchemy import Connection, func, select  # noqa: E402

from jiandu.engine import Engine  # noqa: E402
from jiandu.store import Database  # noqa: E402
from jiandu.store.tables import bodies, cases, entries  # noqa: E402
from postgres import DURABLE, address, started  # noqa: E402

PAGE = ROOT / "docs/performance.md"
MARK = re.compile(r"(?<=<!-- store -->\n).*?(?=<!-- end -->)", re.DOTALL)
PEERS = ("dbos", "spiffworkflow", "lxml")
_NAMES = count()


@dataclass
class Contender:
    """One who handles cases: in which row, under what name, with which program, and what its runs have shown."""

    row: str
    who: str
    script: str
    name: str
    threads: int = 1
    rates: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Acts in a second."""
        return statistics.median(self.rates)


CONTENDERS = (
    Contender("SQLite", "bare driver", "contenders.py", "bare_sqlite"),
    Contender("SQLite", "jiandu", "contenders.py", "jiandu"),
    Contender("SQLite", "SpiffWorkflow", "peers.py", "spiffworkflow"),
    Contender("SQLite", "DBOS", "peers.py", "dbos"),
    Contender("PostgreSQL", "bare driver", "contenders.py", "bare_postgresql"),
    Contender("PostgreSQL", "jiandu", "contenders.py", "jiandu"),
    Contender("PostgreSQL", "DBOS", "peers.py", "dbos"),
    Contender("PostgreSQL, 8 connections", "bare driver", "contenders.py", "bare_postgresql", 8),
    Contender("PostgreSQL, 8 connections", "jiandu", "contenders.py", "jiandu", 8),
)


class Bench:
    """Where everything is: a folder for files, a server, and the peers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = started(folder / "server", DURABLE).get_uri()
        self.peers = folder / "peers/bin/python"
        subprocess.run([sys.executable, "-m", "venv", str(folder / "peers")], check=True)
        pip = [str(self.peers), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PEERS], check=True)

    @contextmanager
    def database(self, kind: str) -> Iterator[str]:
        """The address of a new database."""
        name = f"bench{next(_NAMES)}"
        if kind == "SQLite":
            yield f"sqlite:///{self.folder}/{name}.db"
            return
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        yield address(self.server, name)

    def run(self, one: Contender, acts: int) -> None:
        """One turn."""
        python = sys.executable if one.script == "contenders.py" else str(self.peers)
        with self.database(one.row.partition(",")[0]) as url:
            command = [python, str(HERE / one.script), one.name, url, str(acts)]
            command += [str(one.threads)] if one.threads > 1 else []
            env = {**os.environ, "PYTHONPATH": str(ROOT / "engine")}
            done = subprocess.run(command, env=env, capture_output=True, check=False, text=True)
        if done.returncode:
            sys.exit(f"{one.who} ends with {done.returncode}: {done.stderr[-600:]}")
        said = json.loads(done.stdout.splitlines()[-1])
        one.rates.append(said["rate"])
        one.medians.append(statistics.median(said["each"]))
        one.late.append(said["each"][int(len(said["each"]) * 0.99)])


def acts_table() -> str:
    """What an act costs each contender."""
    rows = []
    for one in CONTENDERS:
        bare = next(other for other in CONTENDERS if other.row == one.row)
        spread = f"{min(one.rates):,.0f}–{max(one.rates):,.0f}"
        middle, late = statistics.median(one.medians) * 1000, statistics.median(one.late) * 1000
        share = f"{100 * one.rate / bare.rate:.0f} %"
        rows.append(
            f"| {one.row} | {one.who} | {one.rate:,.0f} | {spread} | {middle:.2f} ms | {late:.2f} ms | {share} |"
        )
    head = "| store | who | acts/s | range | median | 99th of 100 | of the bare driver |"
    return "\n".join([head, "| --- | --- | --- | --- | --- | --- | --- |", *rows])


def growth(bench: Bench, kind: str, sizes: list[int]) -> Iterator[str]:
    """An act while the database holds more and more cases, and on one case with more and more entries."""
    with bench.database(kind) as url:
        with Database.connect(url) as database:
            database.init(practice=False)
        engine = Engine(url, guides=GUIDES)
        case = engine.open("bench", unit="u1", by=CLERK, card=CARD).id
        for size in sizes:
            with engine.database.writing() as connection:
                filled(connection, case, size)
            yield f"| {kind} | {size:,} cases | {per_act(engine, case, 400):.2f} ms |"
        case = engine.open("bench", unit="u1", by=CLERK, card=CARD).id
        first = per_act(engine, case, 400)
        for _ in range(9_200):
            engine.do(case, "look", by=CLERK, record=RECORD)
        yield f"| {kind} | one case, its first 400 entries | {first:.2f} ms |"
        yield f"| {kind} | one case, its last 400 of 10,000 | {per_act(engine, case, 400):.2f} ms |"


def per_act(engine: Engine, case: str, times: int) -> float:
    """The median of that many acts, in milliseconds."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        engine.do(case, "look", by=CLERK, record=RECORD)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds) * 1000


def filled(connection: Connection, case: str, size: int) -> None:
    """The register filled up to that many cases: copies of one under other ids, with its first entry each."""
    there = int(connection.scalar(select(func.count()).select_from(cases)) or 0)
    row = dict(connection.execute(select(cases).where(cases.c.id == case)).mappings().one())
    entry = dict(connection.execute(select(entries).where(entries.c.case_id == case).limit(1)).mappings().one())
    body = dict(connection.execute(select(bodies).where(bodies.c.case_id == case).limit(1)).mappings().one())
    for first in range(there, size, 5_000):
        ids = [f"copy-{n}" for n in range(first, min(size, first + 5_000))]
        connection.execute(cases.insert(), [{**row, "id": one, "seq": 1} for one in ids])
        connection.execute(entries.insert(), [{**entry, "case_id": one} for one in ids])
        connection.execute(bodies.insert(), [{**body, "case_id": one} for one in ids])


def verifying(bench: Bench, wanted: int) -> Iterator[str]:
    """Verifying one case of ten thousand entries, and a whole trail. Each case of it is the same honest trail."""
    with bench.database("SQLite") as url:
        with Database.connect(url) as database:
            database.init(practice=False)
        engine = Engine(url, guides=GUIDES)
        case = engine.open("bench", unit="u1", by=CLERK, card=CARD).id
        for _ in range(999):
            engine.do(case, "look", by=CLERK, record=RECORD)
        yield f"| one case of 1,000 entries | {verified(engine, case):.3f} s |"
        while (found := held(engine)) < wanted:
            case = engine.open("bench", unit="u1", by=CLERK, card=CARD).id
            for _ in range(999):
                engine.do(case, "look", by=CLERK, record=RECORD)
        began = time.perf_counter()
        engine.verify()
        seconds = time.perf_counter() - began
        yield f"| {found:,} entries | {seconds:.2f} s, {found / seconds:,.0f} a second |"


def verified(engine: Engine, case: str) -> float:
    began = time.perf_counter()
    engine.verify(case)
    return time.perf_counter() - began


def held(engine: Engine) -> int:
    with engine.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(entries)) or 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--acts", type=int, default=1_000)
    parser.add_argument("--cases", type=int, default=100_000, help="the most cases in one database")
    parser.add_argument("--entries", type=int, default=20_000, help="how many entries are verified")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jiandu-bench-") as folder:
        bench = Bench(Path(folder))
        for _ in range(asked.rounds):
            for one in CONTENDERS:
                bench.run(one, asked.acts)
        sizes = [10**n for n in range(3, 8) if 10**n <= asked.cases]
        grown = [line for kind in ("SQLite", "PostgreSQL") for line in growth(bench, kind, sizes)]
        checked = list(verifying(bench, asked.entries))
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    text = "\n\n".join(
        [
            f"{machine}; {asked.rounds} rounds of {asked.acts:,} acts each, in turns.",
            acts_table(),
            "\n".join(["| store | an act among | median |", "| --- | --- | --- |", *grown]),
            "\n".join(["| verified, from SQLite | time |", "| --- | --- |", *checked]),
        ]
    )
    print(text)
    if asked.write:
        PAGE.write_text(MARK.sub(lambda _: f"{text}\n", PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
