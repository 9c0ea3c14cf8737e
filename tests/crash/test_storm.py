"""The kill -9 storm: whatever was acknowledged is there, nothing is done twice, and the whole trail verifies."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import invariants
from guides_for_tests.office import CLERK, ENGINE_GUIDES
from jiandu.engine import Engine
from jiandu.store import Database
from soak import figures
from stranger import stranger

TESTS = Path(__file__).parents[1]
KILLS = int(os.environ.get("JIANDU_STORM_KILLS") or (10_000 if os.environ.get("JIANDU_SOAK") else 200))
SEED = int(os.environ.get("JIANDU_STORM_SEED") or random.SystemRandom().randrange(2**32))


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(url: str, tmp_path: Path) -> None:
    print(f"JIANDU_STORM_SEED={SEED} JIANDU_STORM_KILLS={KILLS}")
    guides = tmp_path / "guides"
    guides.mkdir()
    for name, text in ENGINE_GUIDES.items():
        (guides / f"{name}.yaml").write_text(text, encoding="utf-8")
    with Database.connect(url) as database:
        database.init(practice=False, outbox=True)
    found = raged(url, guides)
    print({name: value if name != "answered" else len(value) for name, value in found.items()})
    killed, inside, died = found["killed"], found["inside"], found["died"]
    assert sum(killed.values()) >= KILLS
    assert len(found["answered"]) > KILLS
    assert inside["own"] == sum(died.values()) - died["after"] > killed["own"] * 0.7
    assert len(died) > min(7, KILLS // 20), "they died at few places only"
    keys = kept(url)
    for key, (case, seq) in found["answered"]:
        assert keys[key] == (case, seq), f"the answer to {key} is lost"
    invariants.check(url, [tuple(place) for _, place in found["answered"]])
    with Database.connect(url) as database:
        report = Engine(database, guides=guides).verify()
        assert (report.found, report.entries) == (0, len(keys))
        assert Engine(database, guides=guides).open("letters", unit="u1", by=CLERK).seq == 1
    part = int(url.startswith("postgresql"))
    figures("storm", part, kills=sum(killed.values()), inside=inside["own"], acknowledged=len(found["answered"]))


def raged(url: str, guides: Path) -> dict:
    """What the storm, a process of its own, has to tell."""
    command = [sys.executable, str(TESTS / "crash" / "storm.py"), url, str(guides), str(KILLS), str(SEED)]
    roots = os.pathsep.join([str(TESTS), str(TESTS.parent / "engine")])
    ended = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": roots}, check=False
    )
    assert ended.returncode == 0, ended.stderr[-5000:]
    return json.loads(ended.stdout)


def kept(url: str) -> dict[str, tuple[str, int]]:
    """The place of the entry that bears each key; a key that two entries bear fails the test."""
    with stranger(url) as connection:
        rows = connection.exec_driver_sql("SELECT case_id, seq, bytes FROM entries").all()
    found: dict[str, tuple[str, int]] = {}
    for case, seq, entry in rows:
        key = json.loads(entry)["key"]
        assert key not in found, f"{key} was done twice"
        found[key] = (case, seq)
    return found
