"""A database from its making to its closing: what it is set to, what a transaction keeps."""

import re
import sqlite3

import pytest
from sqlalchemy import make_url

from jiandu.errors import StoreError
from jiandu.store import Database, Status, list_cases, put_text, read_case, read_text, shown, sqlite, tables
from jiandu.store.sqlite import APPLICATION
from store.samples import act, made
from trail.samples import FIRST

DIGEST = "d" * 64


def failure(code):
    return pytest.raises(StoreError, check=lambda error: error.code == code)


def test_a_missing_database_is_an_error_and_is_not_made(url, tmp_path):
    database = Database.connect(url)
    for work in (database.reading, database.writing):
        with failure("database-missing"), work():
            pass
    with failure("database-missing"):
        database.upgrade()
    assert list(tmp_path.iterdir()) == []
    assert database.status() == Status(exists=False)


@pytest.mark.parametrize("practice", [True, False])
def test_a_new_database_says_what_it_is(url, practice):
    with Database.connect(url) as database:
        assert database.status() == Status(exists=False)
        database.init(practice=practice)
        status = database.status()
    assert status.exists
    assert status.version == status.head == tables.HEAD
    assert re.fullmatch(r"[0-9a-f-]{36}", status.instance)
    assert status.practice is database.practice is practice


def test_two_databases_have_different_ids_in_two_files(tmp_path):
    one, two = (made(f"sqlite:///{tmp_path / name}").status().instance for name in ("one.db", "two.db"))
    assert one != two


def test_a_database_is_not_made_twice(database):
    before = database.status()
    with failure("database-exists"):
        database.init(practice=True)
    assert database.status() == before
    assert database.status().practice is False


def test_making_a_database_that_fails_leaves_nothing(url, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "HEAD", None)
    with failure("database-refused"):
        Database.connect(url).init(practice=False)
    assert list(tmp_path.iterdir()) == []
    assert Database.connect(url).status() == Status(exists=False)


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
        "postgresql+asyncpg://host/cases",
        "postgresql://host/cases?busy_timeout=long",
        "postgresql://host/cases?statement_timeout=-1",
        "postgresql://host/cases?pool=0",
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
def test_any_name_of_a_sqlite_file_is_only_a_name(tmp_path, name):
    escaped = name.replace("%", "%25").replace("?", "%3F")
    with Database.connect(f"sqlite:///{tmp_path}/{escaped}") as database:
        database.init(practice=False)
        database.status()
    assert name in {file.name for file in tmp_path.iterdir()}


WAITS = {"sqlite": ("PRAGMA busy_timeout", 70), "postgresql": ("SHOW lock_timeout", "70ms")}
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "busy_timeout": 30_000,
    "application_id": APPLICATION,
}


@pytest.mark.parametrize("pragma", PRAGMAS)
def test_the_settings_that_make_it_safe_are_in_force_on_every_connection(database, path, pragma):
    with database.reading() as one, database.reading() as two, database.writing() as three:
        for connection in (one, two, three):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == PRAGMAS[pragma]


@pytest.mark.parametrize(("asked", "options"), [({"busy_timeout": "70"}, {}), ({}, {"busy_timeout": 70})])
def test_how_long_to_wait_for_others_can_be_set(database, made_url, asked, options):
    address = make_url(made_url).update_query_dict(asked).render_as_string(hide_password=False)
    with Database.connect(address, **options) as other, other.reading() as connection:
        question, answer = WAITS[connection.dialect.name]
        assert connection.exec_driver_sql(question).scalar() == answer


def test_a_database_that_lost_its_journal_mode_gets_it_back(database, path):
    database.close()
    stranger = sqlite3.connect(path)
    stranger.execute("PRAGMA journal_mode = DELETE")
    stranger.close()
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_setting_that_a_file_does_not_take_stops_everything(database, path, monkeypatch):
    monkeypatch.setitem(sqlite.SETTINGS, "synchronous", ("FULL", 3))
    database.close()
    with failure("database-unsafe"), database.reading():
        pass


def test_what_was_written_is_there_after_reopening(database, made_url):
    with database.writing() as connection:
        act(connection)
    database.close()
    with Database.connect(made_url) as again, again.reading() as connection:
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
    with database._writer.connect() as connection:
        act(connection)
        connection.rollback()
    with database.reading() as connection:
        assert read_case(connection, FIRST).seq == 1


@pytest.mark.parametrize(
    "url", ["postgresql://u:geheim@localhost:1/x", "postgresql:///x?host=localhost&port=1&password=geheim"]
)
def test_a_password_is_never_shown(url):
    assert "geheim" not in shown(url)
    with pytest.raises(StoreError) as raised, Database.connect(url) as database:
        database.status()
    assert raised.value.code == "database-unreachable"
    assert "geheim" not in str(raised.value)
