"""The migrations lead to exactly the tables that a new database is made with."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import postgres
from jiandu.store import Database, Status
from jiandu.store.sqlite import APPLICATION
from jiandu.store.tables import APPEND_ONLY, HEAD, meta, metadata, version
from store.samples import run
from stranger import stranger

VERBS = ("update", "delete")


def schema(url):
    """Everything a database holds, as it has it written down itself."""
    with stranger(url) as connection:
        found = [row for sql in CATALOGUE[connection.dialect.name] for row in connection.exec_driver_sql(sql)]
    return {tuple(" ".join(str(value).split()) for value in row) for row in found}


CATALOGUE = {
    "sqlite": ["SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"],
    "postgresql": [
        "SELECT 'table', relname, relkind, relpersistence FROM pg_class WHERE relnamespace = 'jiandu'::regnamespace",
        """SELECT 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attcollation
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'jiandu'::regnamespace AND attnum > 0""",
        "SELECT 'default', column_name, column_default FROM information_schema.columns WHERE table_schema = 'jiandu'",
        """SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'jiandu'::regnamespace""",
        "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'jiandu'",
        "SELECT 'trigger', tgrelid::regclass, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT 'function', proname, prosrc, prosecdef FROM pg_proc WHERE pronamespace = 'jiandu'::regnamespace",
    ],
}


@pytest.fixture
def migrated(url):
    """A database that only migrations have made."""
    with stranger(url) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.exec_driver_sql("DROP TABLE alembic_version")
        else:
            connection.exec_driver_sql("CREATE SCHEMA jiandu")
    database = Database.connect(url)
    database.status = lambda: Status(exists=True)
    database.upgrade()
    database.close()
    return url


def test_migrations_lead_to_the_tables_columns_constraints_indexes_and_triggers(migrated, tmp_path):
    by_migrations = schema(migrated)
    if migrated.startswith("sqlite"):
        (tmp_path / "cases.db").rename(tmp_path / "migrated.db")
    else:
        postgres.unmake(migrated)
    Database.connect(migrated).init(practice=False)
    assert schema(migrated) == by_migrations
    assert len(by_migrations) > 20


def test_every_table_is_in_both_and_has_its_triggers(migrated, path):
    found = schema(migrated)
    assert {name for kind, name, *_ in found if kind == "table"} == {*metadata.tables, version.name}
    triggers = {name for kind, name, *_ in found if kind == "trigger"}
    assert triggers == {"entries_pending"} | {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in VERBS}


def test_the_newest_migration_is_the_version_the_program_works_with():
    config = Config()
    config.set_main_option("script_location", "jiandu:store/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_migrated_database_is_fit_for_work_once_it_has_its_row(migrated):
    with stranger(migrated) as connection:
        connection.exec_driver_sql(f"INSERT INTO {meta.name} VALUES (1, false, 'x', false)")
    with Database.connect(migrated) as database, database.writing():
        assert database.status().version == HEAD


def test_upgrading_a_file_that_is_up_to_date_changes_nothing(database, path):
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
