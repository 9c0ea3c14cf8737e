"""A disk that is full or fails at some moment of an act: told by a code, and never at the price of what was
acknowledged, not even when the power goes afterwards."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from shutil import rmtree

import pytest

import invariants
from crash.disk import Disk, Durable, disk
from crash.test_storm import kept
from guides_for_tests.office import CLERK, OFFICER
from jiandu.engine import Engine
from jiandu.errors import StoreError
from jiandu.guide.library import Library
from jiandu.store import Database

SOAK = bool(os.environ.get("JIANDU_SOAK"))
ACTS = 8
FAULTS = {
    # what SQLite's layer over the system makes of ENOSPC and of EIO in pwrite, of EIO in fsync and in pread
    ("write", "-wal", sqlite3.SQLITE_FULL): "database-full",
    ("write", "-wal", sqlite3.SQLITE_IOERR_WRITE): "database-full",
    ("sync", "-wal", sqlite3.SQLITE_IOERR_FSYNC): "database-io",
    ("write", ".db", sqlite3.SQLITE_FULL): "database-full",
    ("write", ".db", sqlite3.SQLITE_IOERR_WRITE): "database-full",
    ("sync", ".db", sqlite3.SQLITE_IOERR_FSYNC): "database-io",
    ("read", ".db", sqlite3.SQLITE_IOERR_READ): "database-io",
}
MOMENTS = {"write": range(1, 120, 4), "sync": range(1, 10), "read": range(1, 30)}
TIMES = (1, 2, 3, 4, 100)


@dataclass
class Fault:
    """An error in place of the nth time that something is done to a file, and of some that follow."""

    what: str
    suffix: str
    error: int
    wait: int
    times: int

    def __call__(self, what: str, path: str) -> int:
        if what != self.what or not path.endswith(self.suffix):
            return 0
        self.wait -= 1
        return self.error if -self.times <= self.wait < 0 else 0


class Service:
    """An engine that is asked for acts of one case, each with its key, and takes down what it answered."""

    def __init__(self, url: str, library: Library, written: Disk) -> None:
        self.url, self.library, self.disk = url, library, written
        self.durable = Durable(written.folder)
        self.begin()
        self.case = self.engine.open("letters", unit="u1", by=CLERK, key="first").id
        self.answered, self.failed = {"first": (self.case, 1)}, {}

    def begin(self) -> None:
        self.database = Database.connect(self.url)
        self.engine = Engine(self.database, guides=self.library)

    def ask(self, key: str) -> None:
        try:
            done = self.engine.do(self.case, "read", by=OFFICER, record={"note": key}, key=key)
        except StoreError as error:
            self.failed[key] = error.code
        else:
            assert self.answered.setdefault(key, (done.id, done.seq)) == (done.id, done.seq)

    def holds(self, folder: Path) -> None:
        """Fails where an answer is lost, here or after a power loss at this moment."""
        for line in self.disk.log:
            self.durable.goes_on(*line)
        folder.mkdir()
        self.durable.after_power_loss(folder)
        for url in (f"sqlite:///{folder / 'cases.db'}", self.url):
            assert self.answered.items() <= kept(url).items()
            invariants.check(url)


@contextmanager
def service(folder: Path, library: Library) -> Iterator[Service]:
    folder.mkdir()
    url = f"sqlite:///{folder / 'cases.db'}"
    with Database.connect(url) as database:
        database.init(practice=False, outbox=True)
    with disk(folder) as written:
        made = Service(url, library, written)
        yield made
        made.database.close()


@pytest.mark.parametrize("again", [False, True], ids=["the same process", "processes one after another"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: " ".join(map(str, fault)))
def test_a_disk_that_fails_is_told_and_costs_nothing_that_was_acknowledged(tmp_path, library, fault, again) -> None:
    met = []
    for wait, times in product(*[MOMENTS[fault[0]], TIMES] if SOAK else [MOMENTS[fault[0]][::15], (2, 100)]):
        with service(tmp_path / f"{wait}-{times}", library) as office:
            office.disk.fault = failing = Fault(*fault, wait, times)
            for n in range(ACTS):
                office.ask(f"k{n}")
                if again or n % 4 == 3:
                    office.database.close()  # the last one out carries the WAL over into the file
                    office.begin()
            office.disk.fault = lambda what, path: 0
            met.append(failing.wait < 0)
            assert set(office.failed.values()) <= {FAULTS[fault]}
            for key in [*office.failed, "one more"]:
                office.ask(key)
            assert len(office.answered) == ACTS + 2
            office.holds(tmp_path / f"{wait}-{times}-found")
        rmtree(tmp_path / f"{wait}-{times}")
    assert any(met)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_after_a_failed_fsync_its_connection_is_closed_and_what_it_left_is_not_built_upon(
    tmp_path, library, times
) -> None:
    with service(tmp_path / "office", library) as office:
        office.ask("before")
        office.disk.fault = Fault("sync", "-wal", sqlite3.SQLITE_IOERR_FSYNC, 0, times)
        for key in ("a", "b", "c", "d"):
            office.ask(key)
        assert office.failed["a"] == "database-io"
        assert "d" in office.answered
        begun = next(at for at, line in enumerate(office.disk.log) if line[0] == "not synced")
        path, file = office.disk.log[begun][1:]
        after = office.disk.log[begun:]
        closed = after.index(("close", path, file))
        assert not any(line[0] == "write" and line[1] == path for line in after[:closed])
        office.ask("a")
        office.holds(tmp_path / "found")


def test_an_act_found_after_a_failed_fsync_is_on_the_disk_before_it_is_acknowledged(tmp_path, library) -> None:
    with service(tmp_path / "office", library) as office:
        office.ask("before")
        office.disk.fault = Fault("sync", "-wal", sqlite3.SQLITE_IOERR_FSYNC, 0, 2)
        office.ask("a")
        office.ask("a")
        assert (office.failed, office.answered["a"][1]) == ({"a": "database-io"}, 3)
        office.holds(tmp_path / "found")
