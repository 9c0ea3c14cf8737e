"""A database from its making to its closing: what it is set to, what a transaction keeps."""

import re
import sqlite3

import pytest

from jiandu.errors import StoreError
from jiandu.store import Database, Status, list_cases, put_text, read_case, read_text, sqlite, tables
from jiandu.store.sqlite import APPLICATION
from store.samples import act, made
from trail.samples import FIRST

DIGEST = "d" * 64


def failure(code):
    return pytest.raises(StoreError, check=lambda error: error.code == code)


def test_a_missing_database_is_an_error_and_is_not_made(path):
    database = Database.connect(f"sqlite:///{path}")
    for work in (database.reading, database.writing):
        with failure("database-missing"), work():
            pass
    with failure("database-missing"):
        database.upgrade()
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("practice", [True, False])
def test_a_new_database_says_what_it_is(path, practice):
    with Database.connect(f"sqlite:///{path}") as database:
        assert database.status() == Status(exists=False)
        database.init(practice=practice)
        status = database.status()
    assert status.exists
    assert status.version == status.head == tables.HEAD
    assert re.fullmatch(r"[0-9a-f-]{36}", status.instance)
    assert status.practice is database.practice is practice


def test_two_databases_have_different_ids(tmp_path):
    one, two = (made(tmp_path / name).status().instance for name in ("one.db", "two.db"))
    assert one != two


def test_a_database_is_not_made_twice(database, path):
    before = path.read_bytes()
    with failure("database-exists"):
        database.init(practice=True)
    assert path.read_bytes() == before
    assert database.status().practice is False


def test_making_a_database_that_fails_leaves_no_file(path, monkeypatch):
    monkeypatch.setattr(tables, "HEAD", None)
    with failure("database-refused"):
        Database.connect(f"sqlite:///{path}").init(practice=False)
    assert list(path.parent.iterdir()) == []


def test_a_database_in_memory_makes_itself_and_goes_with_its_object():
    for _ in range(2):
        with Database.connect("sqlite://") as database:
            with database.writing() as connection:
                put_text(connection, DIGEST, "guide", b"{}")
            with database.reading() as connection:
                assert list_cases(connection) == []
                assert read_text(connection, DIGEST) == b"{}"


@pytest.mark.parametrize(
    "url",
    [
        "cases.db",
        "",
        "postgresql://host/cases",
        "mysql+x://",
        "sqlite:///x.db?mode=rwc",
        "sqlite:///x.db?busy_timeout=long",
        "sqlite:///x.db?busy_timeout=-1",
        "sqlite:///x.db?cache=shared",
        "sqlite:///x.db?mode=ro&mode=rw",
        "sqlite://host/x.db",
    ],
)
def test_an_address_that_means_no_database_is_refused(url):
    with failure("database-url"):
        Database.connect(url)


@pytest.mark.parametrize("name", ["有 空格.db", "a?mode=memory.db", "100%41.db", "a#b.db", "'; drop.db"])
def test_any_name_of_a_file_is_only_a_name(tmp_path, name):
    escaped = name.replace("%", "%25").replace("?", "%3F")
    with Database.connect(f"sqlite:///{tmp_path}/{escaped}") as database:
        database.init(practice=False)
        database.status()
    assert name in {file.name for file in tmp_path.iterdir()}


PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "busy_timeout": 30_000,
    "application_id": APPLICATION,
}


@pytest.mark.parametrize("pragma", PRAGMAS)
def test_the_settings_that_make_it_safe_are_in_force_on_every_connection(database, pragma):
    with database.reading() as one, database.reading() as two, database.writing() as three:
        for connection in (one, two, three):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == PRAGMAS[pragma]


@pytest.mark.parametrize(("url", "options"), [("?busy_timeout=70", {}), ("", {"busy_timeout": 70})])
def test_how_long_to_wait_for_others_can_be_set(database, path, url, options):
    with Database.connect(f"sqlite:///{path}{url}", **options) as other, other.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 70


def test_a_database_that_lost_its_journal_mode_gets_it_back(database, path):
    database.close()
    stranger = sqlite3.connect(path)
    stranger.execute("PRAGMA journal_mode = DELETE")
    stranger.close()
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_setting_that_does_not_take_stops_everything(database, monkeypatch):
    monkeypatch.setitem(sqlite.SETTINGS, "synchronous", ("FULL", 3))
    database.close()
    with failure("database-unsafe"), database.reading():
        pass


def test_what_was_written_is_there_after_reopening(database, path):
    with database.writing() as connection:
        act(connection)
    database.close()
    with Database.connect(f"sqlite:///{path}") as again, again.reading() as connection:
        assert read_case(connection, FIRST).seq == 2


def test_an_error_inside_takes_back_everything(database):
    def half():
        with database.writing() as connection:
            act(connection)
            put_text(connection, DIGEST, "guide", b"{}")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with database.reading() as connection:
        assert read_case(connection, FIRST).seq == 1
        assert read_text(connection, DIGEST) is None


def test_an_error_of_the_program_passes_as_it_is(database):
    with pytest.raises(TypeError), database.writing() as connection:
        connection.exec_driver_sql(None)


def test_a_statement_that_fails_is_a_store_error_and_leaves_nothing(database):
    with failure("database-error"), database.writing() as connection:
        act(connection)
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")
    with database.reading() as connection:
        assert read_case(connection, FIRST).seq == 1


def test_reading_sees_one_moment_while_others_write(database):
    with database.reading() as reader:
        assert read_case(reader, FIRST).seq == 1
        with database.writing() as writer:
            act(writer)
        assert read_case(reader, FIRST).seq == 1
    with database.reading() as reader:
        assert read_case(reader, FIRST).seq == 2


def test_a_connection_that_a_host_brings_is_never_written_outside_a_transaction(database):
    with database._reader.connect() as connection:
        act(connection)
        connection.rollback()
    with database.reading() as connection:
        assert read_case(connection, FIRST).seq == 1
