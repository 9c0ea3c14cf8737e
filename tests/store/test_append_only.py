"""What is in the trail stays as it was written, whoever asks through this database."""

import pytest

from jiandu.errors import StoreError
from jiandu.store import put_text, read_text
from store.samples import raw
from trail.samples import GUIDE

NULL_BYTE = {"sqlite": "x'00'", "postgresql": r"'\\x00'"}


def refused():
    return pytest.raises(StoreError, check=lambda error: error.code == "database-refused")


@pytest.fixture(params=["texts", "entries", "bodies"])
def table(request):
    return request.param


def rows(database, table):
    with database.reading() as connection:
        return raw(connection, f"SELECT * FROM {table}").all()


def test_a_row_cannot_be_changed(database, table):
    column = "content" if table == "texts" else "bytes"
    before = rows(database, table)
    with refused(), database.writing() as connection:
        raw(connection, f"UPDATE {table} SET {column} = {NULL_BYTE[connection.dialect.name]}")
    assert rows(database, table) == before


def test_a_row_cannot_be_removed(database, table):
    before = rows(database, table)
    with refused(), database.writing() as connection:
        raw(connection, f"DELETE FROM {table}")
    assert rows(database, table) == before


def test_a_row_cannot_be_replaced_in_a_file(database, path, table):
    before = rows(database, table)
    with refused(), database.writing() as connection:
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert rows(database, table) == before


@pytest.mark.parametrize(
    "statement",
    ["TRUNCATE {} CASCADE", "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT ({1}) DO UPDATE SET {2} = excluded.{2}"],
)
def test_a_postgresql_table_is_not_emptied_nor_its_rows_replaced(postgresql, table, statement):
    before = rows(postgresql, table)
    unique, column = ("digest", "content") if table == "texts" else ("case_id, seq", "bytes")
    with refused(), postgresql.writing() as connection:
        raw(connection, statement.format(table, unique, column))
    assert rows(postgresql, table) == before


def test_a_text_that_is_kept_stays_as_it_is(database):
    with database.writing() as connection:
        put_text(connection, GUIDE, "guide", b"other")
        assert read_text(connection, GUIDE) == b"{}"


def test_a_row_that_belongs_to_nothing_is_refused(database):
    with refused(), database.writing() as connection:
        raw(connection, "INSERT INTO entries VALUES ('nobody', 1, 'a', '', 'h', NULL)")
    with refused(), database.writing() as connection:
        raw(connection, "INSERT INTO bodies VALUES ('nobody', 1, 's', '')")
