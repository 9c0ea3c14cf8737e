"""The migrations lead to exactly the tables that a new database is made with."""

import sqlite3
from contextlib import closing

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from jiandu.store import Database, Status
from jiandu.store.sqlite import APPLICATION
from jiandu.store.tables import HEAD, meta, metadata, version
from store.samples import run


def schema(path):
    """Every table, index and trigger of a file, as SQLite has it written down."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {(kind, name): (table, " ".join((sql or "").split())) for kind, name, table, sql in rows}


@pytest.fixture
def migrated(tmp_path):
    """A database that only migrations have made."""
    path = tmp_path / "migrated.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("DROP TABLE alembic_version")
    database = Database.connect(f"sqlite:///{path}")
    database.status = lambda: Status(exists=True)
    database.upgrade()
    database.close()
    return path


def test_migrations_lead_to_the_tables_columns_constraints_indexes_and_triggers(migrated, tmp_path):
    made = tmp_path / "made.db"
    Database.connect(f"sqlite:///{made}").init(practice=False)
    assert schema(migrated) == schema(made)


def test_every_table_is_in_both_and_has_its_triggers(migrated):
    kinds = schema(migrated)
    assert {name for kind, name in kinds if kind == "table"} == {*metadata.tables, version.name}
    triggers = {name for kind, name in kinds if kind == "trigger"}
    assert triggers == {
        f"{table}_no_{verb}" for table in ("texts", "entries", "bodies") for verb in ("update", "delete")
    }


def test_the_newest_migration_is_the_version_the_program_works_with():
    config = Config()
    config.set_main_option("script_location", "jiandu:store/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_migrated_database_is_fit_for_work_once_it_has_its_row(migrated):
    with closing(sqlite3.connect(migrated)) as connection:
        connection.execute(f"INSERT INTO {meta.name} VALUES (1, 0, 'x')")
        connection.commit()
    with Database.connect(f"sqlite:///{migrated}") as database, database.writing():
        assert database.status().version == HEAD


def test_upgrading_what_is_up_to_date_changes_nothing(database, path):
    database.close()
    before = path.read_bytes()
    database.upgrade()
    assert path.read_bytes() == before


def test_ordinary_work_does_not_load_alembic(path):
    script = """
    import sys
    from jiandu.store import Database
    with Database.connect("sqlite:///" + sys.argv[1]) as database:
        database.init(practice=False)
        with database.writing():
            pass
    print(any(name.startswith("alembic") for name in sys.modules))
    """
    assert run(script, path).stdout.strip() == "False"
