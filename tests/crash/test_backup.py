"""Copies of a SQLite file that is at work: what SQLite's own backup holds, and what comes of copying files instead."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

import invariants
from crash.test_storm import kept
from guides_for_tests.office import CLERK, OFFICER
from jiandu.engine import Engine
from jiandu.errors import StoreError
from jiandu.guide.library import Library
from jiandu.store import Database


class Office:
    """An engine on a file, that takes down what it answered."""

    def __init__(self, path: Path, library: Library) -> None:
        self.path = path
        self.database = Database.connect(f"sqlite:///{path}")
        self.engine = Engine(self.database, guides=library)
        self.answered: dict[str, tuple[str, int]] = {}

    def open(self, key: str) -> str:
        self.answered[key] = (self.engine.open("letters", unit="u1", by=CLERK, key=key).id, 1)
        return self.answered[key][0]

    def read(self, case: str, key: str) -> None:
        done = self.engine.do(case, "read", by=OFFICER, record={"note": key}, key=key)
        assert self.answered.setdefault(key, (done.id, done.seq)) == (done.id, done.seq)

    def backup(self, to: Path) -> None:
        """As `sqlite3 cases.db '.backup to'` does it."""
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)


@pytest.fixture
def office(path: Path, library: Library):
    with Database.connect(f"sqlite:///{path}") as database:
        database.init(practice=False, outbox=True)
    office = Office(path, library)
    yield office
    office.database.close()


def test_a_backup_made_while_writers_work_is_whole_and_goes_on_where_it_was_made(office, tmp_path, library) -> None:
    cases, over = [office.open(f"first-{n}") for n in range(3)], Event()

    def work(case: str) -> None:
        for n in range(10**6):
            if over.is_set():
                return
            office.read(case, f"{case}-{n}")

    with ThreadPoolExecutor(len(cases)) as pool:
        writers = [pool.submit(work, case) for case in cases]
        try:
            made = [backed_up(office, tmp_path / f"backup-{n}.db", 20 * n) for n in (1, 2, 3)]
        finally:
            over.set()
        for writer in writers:
            writer.result()
    for copy, answered in made:
        assert answered.items() <= kept(f"sqlite:///{copy}").items() <= office.answered.items()
        later = Office(copy, library)
        assert later.engine.verify().found == 0
        later.read(cases[0], f"{cases[0]}-0")
        later.open("after")
        later.database.close()
        assert later.answered[f"{cases[0]}-0"] == office.answered[f"{cases[0]}-0"]
        invariants.check(f"sqlite:///{copy}")


def backed_up(office: Office, copy: Path, after: int) -> tuple[Path, dict[str, tuple[str, int]]]:
    """A backup, made when so many acts were answered, and what had been answered when it began."""
    while len(office.answered) < after:
        pass
    answered = dict(office.answered)
    office.backup(copy)
    return copy, answered


def test_a_copy_of_the_file_without_its_wal_lacks_acts_and_no_check_of_it_can_tell(office, tmp_path, library) -> None:
    early = office.open("early")
    office.database.close()
    office.read(early, "late")
    alone, both = tmp_path / "alone", tmp_path / "both"
    for folder in (alone, both):
        folder.mkdir()
        shutil.copy(office.path, folder)
    shutil.copy(f"{office.path}-wal", both)
    assert kept(f"sqlite:///{alone / office.path.name}") == {"early": (early, 1)}
    assert Office(alone / office.path.name, library).engine.verify().found == 0
    assert kept(f"sqlite:///{both / office.path.name}") == office.answered


def test_a_backup_put_back_beside_a_wal_that_was_left_is_undone_or_found_damaged(office, tmp_path, library) -> None:
    case = office.open("early")
    office.backup(tmp_path / "backup.db")
    write(office, case, 30)
    undone = restored(office, tmp_path / "undone")
    assert kept(f"sqlite:///{undone}") == office.answered
    office.database.close()  # what was in the WAL is in the file now, and the WAL of later acts begins anew
    write(office, case, 60)
    damaged = restored(office, tmp_path / "damaged")
    with pytest.raises(StoreError, check=lambda error: error.code == "database-damaged"):
        Office(damaged, library).engine.verify()


def write(office: Office, case: str, acts: int) -> None:
    for _ in range(acts):
        office.read(case, f"k{len(office.answered)}")


def restored(office: Office, folder: Path) -> Path:
    """The backup under the name of the database, in a folder where a crash has left the WAL."""
    folder.mkdir()
    shutil.copy(office.path.parent / "backup.db", folder / office.path.name)
    shutil.copy(f"{office.path}-wal", folder)
    return folder / office.path.name
