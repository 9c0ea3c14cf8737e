"""The storm itself, a process of its own: `storm.py URL GUIDES KILLS SEED`, one line of JSON at the end.

Writers are forked, work on the same few cases and are killed with SIGKILL: in every other round at random moments, in
the others each at a statement of its own choice between BEGIN and COMMIT, or just after. Each says through a pipe what
it asks for before it asks, and what it was answered. What stayed without an answer is asked again at the end, with the
same keys, and so is a part of what was answered.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import mmap
from typing import Any

from crash.dying import Watched, doomed, seen_in
from guides_for_tests.office import BOSS, CLERK, OFFICER
from jiandu.case import Actor
from jiandu.engine import Engine
from jiandu.errors import ConflictError, RefusedError
from jiandu.guide.library import Library
from jiandu.store import Database

WRITERS = 6
CASES = 4
CYCLE: tuple[tuple[str, Actor], ...] = (
    ("read", OFFICER),
    ("send.draft", OFFICER),
    ("send.sign", BOSS),
    ("send.release", CLERK),
    ("send.serve", OFFICER),
    ("take", CLERK),
    ("again", CLERK),
)
Asked = tuple[str, str, int]
"""A request: its key, the case (none for an opening) and which of the acts."""


@dataclass
class Heard:
    """What the writers have said, and how they died."""

    asked: dict[str, Asked] = field(default_factory=dict)
    answered: dict[str, tuple[str, int]] = field(default_factory=dict)
    died: Counter[str] = field(default_factory=Counter)
    """By place, as those said it who chose it."""
    inside: Counter[str] = field(default_factory=Counter)
    """How many died between BEGIN and COMMIT, of those killed at `random` moments and by their `own` hand."""
    killed: Counter[str] = field(default_factory=Counter)


def main(url: str, guides: str, kills: int, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)  # the moments of death; the same seed deals them out again
    library = Library(guides)
    with Database.connect(url) as database:  # closed before anything is forked
        cases = [answer(Engine(database, guides=library), (f"first-{n}", "", 0))[0] for n in range(CASES)]
    heard, rounds = Heard(), 0
    while heard.killed.total() < kills:
        rounds += 1
        storm(url, library, rounds, chance, cases[-CASES:], heard)
        cases += [case for case, seq in heard.answered.values() if seq == 1 and case not in cases]
    with Database.connect(url) as database:
        again = retried(Engine(database, guides=library), heard.asked, heard.answered, chance)
    counts = {"killed": heard.killed, "inside": heard.inside, "died": heard.died}
    return {**counts, "asked": len(heard.asked), "answered": list(heard.answered.items()), "again": again}


def storm(url: str, library: Library, rounds: int, chance: random.Random, cases: list[str], heard: Heard) -> None:
    """One round: all writers at work, and all dead; what they said is taken down."""
    way = "own" if rounds % 2 else "random"
    reading, writing = os.pipe()
    seeds = [chance.random() for _ in range(WRITERS)]
    ready, at_work = os.pipe()
    with mmap(-1, WRITERS) as marks:
        pipes = (reading, writing, at_work)
        writers = [
            forked(url, library, f"{rounds}-{n}", seeds[n], cases, pipes, (marks, n), way == "own")
            for n in range(WRITERS)
        ]
        os.close(writing)
        os.close(at_work)
        with os.fdopen(ready, "rb") as signals:
            signals.read()  # until the last of them has opened the database, however slow the machine is
        if way == "random":
            kill(writers, chance)
        heard.killed[way] += sum(os.WIFSIGNALED(os.waitpid(writer, 0)[1]) for writer in writers)
        heard.inside[way] += sum(marks[:])
    with os.fdopen(reading, encoding="utf-8") as pipe:
        for line in pipe.read().splitlines():
            hear(heard, *json.loads(line))


def kill(writers: list[int], chance: random.Random) -> None:
    time.sleep(chance.uniform(0.05, 0.3))
    for writer in writers:
        time.sleep(chance.uniform(0, 0.02))
        os.kill(writer, signal.SIGKILL)


def hear(heard: Heard, key: str, *said: Any) -> None:
    if key == "died":
        heard.died[said[0]] += 1
    elif key in heard.asked:
        heard.answered[key] = (said[0], said[1])
    else:
        heard.asked[key] = (key, said[0], said[1])


def forked(
    url: str,
    library: Library,
    name: str,
    seed: float,
    cases: list[str],
    pipes: tuple[int, int, int],
    mark: tuple[mmap, int],
    dies: bool,
) -> int:
    """A writer that works until it is killed, or kills itself; its id."""
    if child := os.fork():
        return child
    status, (reading, writing, at_work) = 1, pipes
    try:
        os.close(reading)
        database, chance = Watched.connect(url), random.Random(seed)
        seen_in(database, *mark)
        if dies:
            doomed(database, chance, lambda place: tell(writing, "died", place))
        engine = Engine(database, guides=library)
        engine.database.status()
        os.close(at_work)
        write(engine, name, chance, cases, writing)
        status = 0
    finally:
        os._exit(status)


def tell(pipe: int, *what: Any) -> None:
    os.write(pipe, (json.dumps(what) + "\n").encode())


def write(engine: Engine, name: str, chance: random.Random, cases: list[str], writing: int) -> None:
    for request in requests(name, chance, cases):
        tell(writing, *request)
        try:
            done = answer(engine, request)
        except (RefusedError, ConflictError):
            continue
        tell(writing, request[0], *done)


def requests(name: str, chance: random.Random, cases: list[str]) -> Iterator[Asked]:
    """Requests without end: now and then an opening, otherwise an act of one of the cases."""
    for n in range(10**9):
        case = "" if chance.random() < 0.1 else chance.choice(cases)
        yield f"{name}-{n}", case, chance.randrange(len(CYCLE))


def answer(engine: Engine, request: Asked) -> tuple[str, int]:
    """The case and the entry that a request led to."""
    key, case, act = request
    if not case:
        done = engine.open("letters", unit="u1", by=CLERK, key=key)
    else:
        name, by = CYCLE[act]
        done = engine.do(case, name, by=by, key=key)
    return done.id, done.seq


def retried(
    engine: Engine, asked: dict[str, Asked], answered: dict[str, tuple[str, int]], chance: random.Random
) -> dict[str, int]:
    """Asks again: what had no answer may be done now or be refused; what had one gets the same."""
    counts = {"done": 0, "refused": 0, "same": 0}
    for key, request in asked.items():
        if key in answered and chance.random() > 0.05:
            continue
        try:
            done = answer(engine, request)
        except RefusedError:
            counts["refused"] += 1
            continue
        counts["same" if key in answered else "done"] += 1
        if answered.setdefault(key, done) != done:
            raise AssertionError(f"{key} was answered {answered[key]} and then {done}")
    return counts


if __name__ == "__main__":
    found = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(json.dumps(found))
