"""The command line as a stranger starts it: in a folder of its own, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
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
            "JIANDU_CACHE": str(self.folder / "cache"),
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


def opened(bench: Office, *more: str) -> str:
    """Another case under the small guide."""
    asked = ("case", "open", "matters", "--unit", "630102", "--as", "k1", "--day", "2026-05-06", *more)
    done = bench.run(*asked)
    assert done.code == 0, done.err
    return done.out.strip()
