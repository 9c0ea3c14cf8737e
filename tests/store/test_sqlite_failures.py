"""Everything that can be wrong with a SQLite file, done for real: each is named, and none of it writes anything."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from jiandu.catalogue import say, sections
from jiandu.errors import StoreError
from jiandu.store import Database, put_text, read_case
from store.samples import act, made, run
from trail.samples import FIRST

WORDS = {code: words for part in sections("failures").values() for code, words in part.items()}

PAGE = 4096


def failure(code):
    return pytest.raises(StoreError, check=lambda error: error.code == code)


def at(path, **options):
    return Database.connect(f"sqlite:///{path}", busy_timeout=50, **options)


def write(database):
    with database.writing() as connection:
        act(connection)


def every_door(path):
    """Each way into a database."""
    yield lambda: at(path).status()
    yield lambda: at(path).upgrade()
    yield lambda: at(path).init(practice=False)
    yield lambda: write(at(path))


def test_another_applications_database_is_recognised_and_not_touched(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE cases (id)")
        other.commit()
    before = path.read_bytes()
    for door in every_door(path):
        with failure("database-foreign"):
            door()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"hi", b"no database at all\n" * 1000, os.urandom(PAGE)])
def test_a_file_that_is_no_database_is_recognised_and_not_touched(path, content):
    path.write_bytes(content)
    for door in every_door(path):
        with failure("database-foreign"):
            door()
    assert path.read_bytes() == content


def test_an_empty_file_is_no_database_yet(path):
    path.touch()
    with failure("database-missing"):
        write(at(path))
    at(path).init(practice=False)
    assert at(path).status().exists


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_a_database_of_another_version_is_not_worked_on(database, path, version):
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = ?", (version,))
        other.commit()
    database = at(path)
    assert database.status().version == version
    for door in (lambda: write(database), database.upgrade):
        with failure("database-version"):
            door()


@pytest.mark.parametrize("table", ["alembic_version", "meta"])
def test_a_database_that_lost_its_own_record_is_damaged(database, path, table):
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"DELETE FROM {table}")
        other.commit()
    with failure("database-damaged"):
        at(path).status()


def test_a_database_without_a_version_table_is_damaged(database, path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE alembic_version")
    with failure("database-damaged"):
        write(at(path))


@pytest.mark.parametrize("kept", [PAGE, 3 * PAGE])
def test_overwritten_pages_are_damage(database, path, kept):
    database.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:kept] + os.urandom(len(whole) - kept))
    with failure("database-damaged"):
        write(at(path))


def test_a_truncated_file_is_damaged(database, path):
    database.close()
    path.write_bytes(path.read_bytes()[: 3 * PAGE])
    with failure("database-damaged"):
        write(at(path))


def test_damage_met_in_the_middle_of_work_is_named(database, path):
    for n in range(50):
        with database.writing() as connection:
            put_text(connection, f"{n:064}", "guide", bytes(PAGE))
    database.close()
    whole = path.read_bytes()
    middle = len(whole) // PAGE // 2 * PAGE
    path.write_bytes(whole[:middle] + os.urandom(len(whole) - middle))
    with failure("database-damaged"), at(path).reading() as connection:
        connection.exec_driver_sql("SELECT sum(length(content) + hex(content)) FROM texts").scalar()


def test_a_writer_who_waits_too_long_is_told(database, path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with failure("database-locked"):
            write(at(path))
        with at(path).reading() as connection:
            assert read_case(connection, FIRST).seq == 1
    write(at(path))


def test_a_writer_who_waits_too_long_for_its_own_process_is_told(path):
    with (
        made(f"sqlite:///{path}", busy_timeout=50) as database,
        database.writing(),
        failure("database-locked"),
        database.writing(),
    ):
        pass


def test_a_database_opened_for_reading_is_not_written(database, path):
    database.close()
    with at(f"{path}?mode=ro") as reader:
        with reader.reading() as connection:
            assert read_case(connection, FIRST).seq == 1
        with failure("database-read-only"):
            write(reader)


def test_a_missing_folder_is_unreachable_for_a_new_database(tmp_path):
    with failure("database-unreachable"):
        at(tmp_path / "nowhere" / "cases.db").init(practice=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path):
    with failure("database-unreachable"):
        at(tmp_path).status()


def test_a_path_below_a_file_is_unreachable(tmp_path):
    (tmp_path / "file").touch()
    for door in every_door(tmp_path / "file" / "cases.db"):
        with failure("database-unreachable"):
            door()


ATTEMPT = """
    import sys
    from jiandu.errors import StoreError
    from store.test_sqlite_failures import as_anybody, at, write
    as_anybody()
    try:
        {work}
    except StoreError as error:
        print(error.code)
    else:
        print("done")
"""


def attempt(work, path):
    """What happens to some work in a process of its own: the code of the failure, or that it was done."""
    ended = run(ATTEMPT.format(work=work), path)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def as_anybody():
    """Gives up the rights of root, for which nothing is forbidden; only now, when everything is imported."""
    at("nowhere.db").close()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


@pytest.fixture
def elsewhere(database, path):
    """The database in a folder that anybody may enter, and its rights, given back at the end."""
    database.close()
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copy(path, folder)
        yield folder / path.name
        folder.chmod(0o755)


def test_a_file_without_the_right_to_write_is_read_only(elsewhere):
    elsewhere.chmod(0o444)
    elsewhere.parent.chmod(0o555)
    assert attempt("write(at(sys.argv[1]))", elsewhere) == "database-read-only"
    assert attempt("at(sys.argv[1] + 'x').init(practice=False)", elsewhere) in (
        "database-read-only",
        "database-unreachable",
    )


def test_a_folder_without_any_rights_is_unreachable(elsewhere):
    elsewhere.parent.chmod(0o000)
    assert attempt("at(sys.argv[1]).status()", elsewhere) == "database-unreachable"
    assert attempt("at(sys.argv[1] + 'x').init(practice=False)", elsewhere) == "database-unreachable"


FILL = """
    import os, sys
    from jiandu.errors import StoreError
    from store.samples import act, made, open_case
    from store.test_sqlite_failures import at
    from jiandu.store import read_case
    from trail.samples import FIRST
    {before}
    database = {database}
    acknowledged = 1
    try:
        while True:
            with database.writing() as connection:
                for _ in range(5):
                    act(connection)
            acknowledged += 5
    except StoreError as error:
        print(error.code)
    with database.reading() as connection:
        assert read_case(connection, FIRST).seq == acknowledged, acknowledged
    print(acknowledged > 1)
"""


def test_a_file_that_may_not_grow_is_full_and_keeps_what_was_acknowledged(database, path):
    limit = """
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))"""
    database.close()
    ended = run(FILL.format(before=limit, database="at(sys.argv[1])"), path)
    assert ended.stdout.split() == ["database-full", "True"], ended.stderr


def test_a_limit_of_pages_is_full_and_the_connection_works_again(database, path):
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with failure("database-full"), database.writing() as connection:
        for n in range(100):
            put_text(connection, f"{n:064}", "guide", bytes(PAGE))
    write(database)
    with database.reading() as connection:
        assert read_case(connection, FIRST).seq == 2


@pytest.mark.parametrize("code", [code for code in WORDS if code.startswith("database-")])
def test_every_failure_reads_in_both_languages(code):
    facts = {"path": "案件.db", "detail": "d", "found": "f", "expected": "e", "setting": "s", "driver": "p"}
    for language in ("zh", "en"):
        assert "{" not in say(code, language, facts)
        assert StoreError(code, **facts).text(language) == say(code, language, facts)
