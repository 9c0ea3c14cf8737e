"""An office to try the command line in: people, a practice database, a case that has come some way."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli import matters
from jiandu.case import Actor
from jiandu.clock import CountedEntropy, FixedClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.guide.library import Library
from jiandu.scenario import read_story
from jiandu.store import Database

ROOT = Path(__file__).parents[2]
PEOPLE = """\
jiandu: 1
units:
  "630100": {title: 西宁市人民检察院, short: 西宁, level: city}
  "630102": {title: 城东区人民检察院, short: 城东, level: county, superior: "630100"}
  "630103": {title: 城中区人民检察院, short: 城中, level: county, superior: "630100"}
people:
  k1: {name: 甲, unit: "630102", roles: [{role: complaints}]}
  m1: {name: 乙, unit: "630102", roles: [{role: case_manager}]}
  p1: {name: 丙, unit: "630102", roles: [{role: prosecutor}]}
  p2: {name: 辛, unit: "630102", roles: [{role: prosecutor}]}
  a1: {name: 丁, unit: "630102", roles: [{role: assistant}]}
  d1: {name: 戊, unit: "630102", roles: [{role: department_head}]}
  c1: {name: 己, unit: "630102", roles: [{role: chief}]}
  x1: {name: 庚, unit: "630103", roles: [{role: prosecutor}]}
"""
GUIDES = {"JIANDU_GUIDES": "guides"}
NOON = datetime(2026, 5, 8, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Office:
    """A folder with people and a database, in which commands run; `around` stands in their environment."""

    folder: Path
    around: Mapping[str, str] = field(default_factory=dict)

    def run(
        self,
        *args: str | bytes,
        lang: str = "zh",
        now: str | None = "2026-05-08T12:00+08:00",
        stdin: bytes = b"",
        before: Callable[[], None] | None = None,
        **environment: str,
    ) -> Done:
        """Runs a command in a process of its own, from the bare checkout."""
        own = ("JIANDU_", "LC_", "LANG", *(["COVERAGE_"] if before else []))  # what is limited is not measured too
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        set_ = {
            "JIANDU_PEOPLE": "people.yaml",
            "LANG": f"{lang}_CN.UTF-8",
            "PYTHONUTF8": "1",
            **self.around,
            **environment,
        }
        env = {**kept, **set_, **({"JIANDU_NOW": now} if now else {})}
        command = [sys.executable, str(ROOT / "cli.py"), *args]
        ended = subprocess.run(command, cwd=self.folder, env=env, input=stdin, capture_output=True, preexec_fn=before)
        return Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def snapshot(self) -> dict[str, list[Any]]:
        """Everything that the database holds, by table."""
        import sqlite3

        with sqlite3.connect(f"file:{self.folder}/jiandu.db?mode=ro", uri=True) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            held = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}
        connection.close()
        return held


@pytest.fixture
def empty(tmp_path: Path) -> Office:
    """An office without a database."""
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    return Office(tmp_path)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Databases that hold the first story as far as an act; each is made when it is first asked for."""
    return {"": tmp_path_factory.mktemp("played")}


@pytest.fixture
def office(empty: Office, played: dict[str, Path]) -> Office:
    """An office with a case in which the notice to file has been served."""
    return _with_case(empty, played, "start_follow")


@pytest.fixture
def review(empty: Office, played: dict[str, Path]) -> Office:
    """An office with a case that was just accepted."""
    return _with_case(empty, played, "accept")


def _with_case(office: Office, played: dict[str, Path], until: str) -> Office:
    if until not in played:
        played[until] = _play(played[""] / f"{until}.db", until)
    shutil.copy(played[until], office.folder / "jiandu.db")
    return office


def _play(file: Path, until: str) -> Path:
    library = Library.shipped()
    story = read_story(library.folder / "scenarios" / "case-filing" / "c1-a1.yaml")
    clock = FixedClock(NOON)
    (file.parent / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    people = PeopleFile.load(file.parent / "people.yaml")
    with Database.connect(f"sqlite:///{file}") as database:
        database.init(practice=True)
        engine = Engine(database, guides=library, directory=people, clock=clock, entropy=CountedEntropy())
        case = ""
        for item in story.items:
            if "expect" in item.data or "refused" in item.data:
                continue
            by, asked = Actor(item.data["as"], auth="claimed"), item.request("case-filing", {})
            clock.instant = datetime.combine(asked.day, datetime.min.time(), UTC).replace(hour=4)
            if "open" in item.data:
                case = engine.open("case-filing", unit="630102", by=by, card=asked.card, day=asked.day).id
                continue
            engine.act(item.verb, case, asked.name, by=by, day=asked.day, **asked.written)
            if asked.name == until:
                break
    return file


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small guide, its people, and a database in which a case was opened and assigned."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "guides" / "lexicon").mkdir(parents=True)
    (folder / "guides" / "matters.yaml").write_text(matters.MATTERS, encoding="utf-8")
    (folder / "people.yaml").write_text(matters.PEOPLE, encoding="utf-8")
    bench = Office(folder, GUIDES)
    bench.run("db", "init", "--practice", now=None)
    assert bench.run("case", "do", opened(bench), "take", "--as", "k1", "--person", "o1").code == 0
    return folder


@pytest.fixture
def bench(begun: Path, tmp_path: Path) -> Office:
    """An office that works by the small guide."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path, GUIDES)


def opened(bench: Office, *more: str) -> str:
    """Another case under the small guide."""
    asked = ("case", "open", "matters", "--unit", "630102", "--as", "k1", "--day", "2026-05-06", *more)
    done = bench.run(*asked)
    assert done.code == 0, done.err
    return done.out.strip()


@pytest.fixture
def case(request: pytest.FixtureRequest) -> str:
    """The id of the one case of the office."""
    name = next(name for name in ("bench", "review", "office") if name in (*request.fixturenames, "office"))
    found: Office = request.getfixturevalue(name)
    return str(found.snapshot()["cases"][0][0])
