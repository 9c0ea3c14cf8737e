"""The power goes: only what was synced is there afterwards, or some sectors more. What was acknowledged is among it."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from random import Random, SystemRandom
from shutil import rmtree

import pytest

import invariants
from crash.disk import Durable, disk
from crash.storm import CASES, Asked, answer, requests
from crash.test_storm import kept
from guides_for_tests.office import CLERK
from jiandu.engine import Engine
from jiandu.errors import ConflictError, RefusedError
from jiandu.guide.library import Library
from jiandu.store import Database, sqlite

SOAK = bool(os.environ.get("JIANDU_SOAK"))
WRITERS = 3
REQUESTS = 100
"""Of each writer: enough for SQLite to carry its WAL over into the file while they work."""
CUTS = 1000 if SOAK else 12
SEED = int(os.environ.get("JIANDU_POWER_SEED") or SystemRandom().randrange(2**32))
Answers = dict[Asked, tuple[str, int]]


class Worked:
    """A database at work on a disk that takes everything down, with each answer among what was written for it."""

    def __init__(self, folder: Path, library: Library) -> None:
        place = folder / "before" / "cases.db"
        place.parent.mkdir()
        with Database.connect(f"sqlite:///{place}") as database:
            database.init(practice=False, outbox=True)
        self.durable = Durable(place.parent)
        with disk(place.parent) as written, Database.connect(f"sqlite:///{place}") as database:
            self.engine, self.log = Engine(database, guides=library), written.log
            cases = [self.answer((f"first-{n}", "", 0))[0] for n in range(CASES)]
            with ThreadPoolExecutor(WRITERS) as pool:
                list(pool.map(lambda name: self.write(name, cases), range(WRITERS)))
        told = [line[:2] if line[0] != "answered" else () for line in self.log]
        first, last = told.index(()), len(told) - told[::-1].index(())
        assert ("write", str(place)) in told[first:last], "the WAL was never carried over into the file"

    def answer(self, request: Asked) -> tuple[str, int]:
        done = answer(self.engine, request)
        self.log.append(("answered", "", request, done))
        return done

    def write(self, name: int, cases: list[str]) -> None:
        for request in islice(requests(str(name), Random(f"{SEED} {name}"), cases), REQUESTS):
            try:
                self.answer(request)
            except (RefusedError, ConflictError):
                continue

    def cut(self, folder: Path, chance: Random) -> Iterator[tuple[Path, Answers]]:
        """The power lost at some moments, in order of time: what is found then, and what had been answered."""
        moments, answered = set(chance.sample(range(1, len(self.log)), CUTS)), {}
        for moment, (what, path, *rest) in enumerate(self.log):
            if what == "answered":
                answered[rest[0]] = rest[1]
            self.durable.goes_on(what, path, *rest)
            if moment in moments:
                found = folder / str(moment)
                found.mkdir()
                self.durable.after_power_loss(found, chance if chance.random() < 0.5 else None)
                yield found / "cases.db", dict(answered)
                rmtree(found)


def test_what_was_acknowledged_is_there_after_the_power_was_lost_at_any_moment(tmp_path: Path, library) -> None:
    print(f"JIANDU_POWER_SEED={SEED}")
    chance = Random(SEED)
    for found, answered in Worked(tmp_path, library).cut(tmp_path, chance):
        url = f"sqlite:///{found}"
        with Database.connect(url) as database:
            engine = Engine(database, guides=library)
            assert engine.verify().found == 0
            assert all(answer(engine, request) == answered[request] for request in list(answered)[-3:])
            keys = kept(url)
            assert {request[0]: place for request, place in answered.items()}.items() <= keys.items()
            assert len(keys) <= len(answered) + WRITERS
            assert engine.open("letters", unit="u1", by=CLERK).seq == 1
        invariants.check(url)


@pytest.mark.parametrize("less", [("NORMAL", 1), ("OFF", 0)], ids=["NORMAL", "OFF"])
def test_with_less_than_synchronous_full_acknowledged_acts_would_be_lost(
    tmp_path: Path, library, less, monkeypatch
) -> None:
    monkeypatch.setitem(sqlite.SETTINGS, "synchronous", less)
    lost = [acts_lost(*cut) for cut in Worked(tmp_path, library).cut(tmp_path, Random(SEED))]
    print(f"of {CUTS} moments {sum(map(bool, lost))} lost acts, {sum(lost)} in all")
    assert sum(map(bool, lost)) > CUTS / 2


def acts_lost(found: Path, answered: Answers) -> int:
    """How many answers are not there any more; all of them where the file cannot be read."""
    try:
        keys = kept(f"sqlite:///{found}")
    except Exception:  # whatever a stranger's tool makes of a torn file
        return len(answered)
    return sum(keys.get(request[0]) != place for request, place in answered.items())
