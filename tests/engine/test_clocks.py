"""Clocks that go back, and processes whose clocks differ: the trail goes on, and nothing is written down twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from guides_for_tests.office import BOSS, Office

ENGINE, TESTS = Path(__file__).parents[2] / "engine", Path(__file__).parents[1]
WORK = """
import json, sys
from datetime import datetime, timedelta
from guides_for_tests.office import CLERK
from jiandu.clock import FixedClock
from jiandu.engine import Engine
from jiandu.store import Database
url, guides, case, begin, step = sys.argv[1:]
clock = FixedClock(datetime.fromisoformat(begin))
with Database.connect(url) as database:
    engine = Engine(database, guides=guides, clock=clock)
    for line in sys.stdin:
        done = engine.tick() if line == "tick\\n" else engine.act("note", case, by=CLERK, reason=begin).seq
        clock.instant += timedelta(hours=float(step))
        print(json.dumps(done), flush=True)
"""


class Worker:
    """A process with a clock of its own, that goes on by so many hours after each act."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def begin(self, what: str) -> None:
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def end(self) -> int:
        return json.loads(self.process.stdout.readline())

    def do(self, what: str) -> int:
        self.begin(what)
        return self.end()


@contextmanager
def worker(office: Office, guides: Path, case: str, begin: datetime, step: float) -> Iterator[Worker]:
    command = [sys.executable, "-c", WORK, office.url, str(guides), case, begin.isoformat(), str(step)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ENGINE), str(TESTS)])}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=env, **pipes) as process:
        yield Worker(process)


def test_processes_whose_clocks_differ_and_go_back_write_one_trail_and_tick_once(office: Office, guides: Path) -> None:
    case = office.open().id
    ahead, behind = datetime(2026, 3, 22, 9, tzinfo=UTC), datetime(2026, 3, 9, 9, tzinfo=UTC)
    with ExitStack() as stack:
        workers = [stack.enter_context(worker(office, guides, case, *how)) for how in ((ahead, -1), (behind, -0.5))]
        assert [one.do("note") for one in (*workers, *workers)] == [2, 3, 4, 5]
        assert [one.do("tick") for one in (*workers, *workers)] == [1, 0, 0, 0]
        for what in ("note", "tick", "note", "tick"):  # both at once
            for one in workers:
                one.begin(what)
            for one in workers:
                one.end()
    entries = [entry.content for entry in office.engine.history(case, by=BOSS)]
    recorded = [datetime.fromisoformat(entry["recorded_at"]) for entry in entries]
    assert recorded == sorted(recorded)
    assert set(recorded[1:]) == {ahead}
    effects = [effect["kind"] for entry in entries for effect in entry["effects"]]
    assert effects.count("deadline_overdue") == 1
    assert office.engine.verify().found == 0


def test_a_clock_that_jumps_within_a_process_never_takes_the_trail_back(office: Office) -> None:
    case = office.open()
    for hours in (100, -30, 1, 24 * 30, -24 * 31, 2, 24 * 40):
        office.clock.instant += timedelta(hours=hours)
        office.act("note", case, reason="备查")
        office.engine.tick()
    recorded = [entry.content["recorded_at"] for entry in office.engine.history(case.id, by=BOSS)]
    assert recorded == sorted(recorded)
    assert office.engine.verify().found == 0
