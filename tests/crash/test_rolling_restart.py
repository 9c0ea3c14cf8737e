"""Three engines serve one database and are replaced one after another under load: nothing is lost, nothing doubled."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from threading import Event

import invariants
from crash.storm import CASES, CYCLE, Asked, answer
from crash.test_storm import kept
from guides_for_tests.office import ENGINE_GUIDES
from jiandu.engine import Engine
from jiandu.store import Database

TESTS = Path(__file__).parents[1]
ENGINES, REQUESTS, ROUNDS = 3, 200, 2


class Place:
    """One of the places where an engine runs: whoever is there now, and who comes after it."""

    def __init__(self, url: str, guides: Path) -> None:
        roots = os.pathsep.join([str(TESTS), str(TESTS.parent / "engine")])
        self.command = [sys.executable, str(TESTS / "crash/serving.py"), url, str(guides)]
        self.env = {**os.environ, "PYTHONPATH": roots}
        self.all: list[subprocess.Popen[str]] = []
        self.now = self.begun()

    def begun(self) -> "subprocess.Popen[str]":
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.all.append(subprocess.Popen(self.command, env=self.env, text=True, **pipes))
        return self.all[-1]

    def ask(self, request: Asked) -> object:
        """The answer; None where the engine has gone without one."""
        asked = self.now
        try:
            asked.stdin.write(json.dumps(request) + "\n")
            asked.stdin.flush()
            line = asked.stdout.readline()
        except (BrokenPipeError, ValueError):
            line = ""
        return json.loads(line) if line.endswith("\n") else None

    def replace(self) -> None:
        """The next engine is there before the last one is told to go."""
        last, self.now = self.now, self.begun()
        last.terminate()
        last.wait(30)

    def close(self) -> None:
        self.now.kill()
        for engine in self.all:
            with suppress(BrokenPipeError), engine:  # closes its pipes, and waits for it
                pass


def test_a_rolling_restart_under_load_loses_nothing_and_doubles_nothing(url: str, tmp_path: Path) -> None:
    for name, text in ENGINE_GUIDES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with Database.connect(url) as database:
        database.init(practice=False)
        engine = Engine(database, guides=tmp_path)
        cases = [answer(engine, (f"first-{n}", "", 0))[0] for n in range(CASES)]
    waiting: Queue[Asked] = Queue()
    for request in islice(requests(cases), REQUESTS):
        waiting.put(request)
    answered, again = served(url, tmp_path, waiting)
    assert len(answered) == REQUESTS
    assert again, "no engine was replaced while it had something to do"
    done = {key: tuple(said) for key, said in answered.items() if isinstance(said, list)}
    found = {key: place for key, place in kept(url).items() if not key.startswith("first-")}
    assert found == done
    invariants.check(url, list(done.values()))


def requests(cases: list[str]) -> Iterator[Asked]:
    chance = random.Random(20260101)
    for n in range(10**9):
        yield f"r-{n}", "" if chance.random() < 0.1 else chance.choice(cases), chance.randrange(len(CYCLE))


def served(url: str, guides: Path, waiting: "Queue[Asked]") -> tuple[dict[str, object], list[str]]:
    """What was answered by key, and the keys that had to be asked again."""
    places = [Place(url, guides) for _ in range(ENGINES)]
    answered: dict[str, object] = {}
    again: list[str] = []
    over = Event()

    def load(place: Place) -> None:
        while not over.is_set():
            try:
                request = waiting.get(timeout=0.05)
            except Empty:
                continue
            said = place.ask(request)
            if said is None:
                again.append(request[0])
                waiting.put(request)
            else:
                answered[request[0]] = said

    with ThreadPoolExecutor(ENGINES) as pool:
        lanes = [pool.submit(load, place) for place in places]
        for n in range(1, ROUNDS * ENGINES + 1):
            after = REQUESTS * n // (ROUNDS * ENGINES + 2)
            while len(answered) < after and not any(lane.done() for lane in lanes):
                time.sleep(0.005)
            places[n % ENGINES].replace()
        while len(answered) < REQUESTS and not any(lane.done() for lane in lanes):
            time.sleep(0.005)
        over.set()
        for lane in lanes:
            lane.result()
    for place in places:
        place.close()
    return answered, again
