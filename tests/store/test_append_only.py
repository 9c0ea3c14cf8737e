"""What is in the trail stays as it was written, whoever asks through this database."""

import pytest

from jiandu.errors import StoreError
from jiandu.store import put_text, read_text
from trail.samples import GUIDE


def refused():
    return pytest.raises(StoreError, check=lambda error: error.code == "database-refused")


@pytest.fixture(params=["texts", "entries", "bodies"])
def table(request):
    return request.param


def rows(database, table):
    with database.reading() as connection:
        return connection.exec_driver_sql(f"SELECT * FROM {table}").all()


def test_a_row_cannot_be_changed(database, table):
    column = "content" if table == "texts" else "bytes"
    before = rows(database, table)
    with refused(), database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = x'00'")
    assert rows(database, table) == before


def test_a_row_cannot_be_removed(database, table):
    before = rows(database, table)
    with refused(), database.writing() as connection:
        connection.exec_driver_sql(f"DELETE FROM {table}")
    assert rows(database, table) == before


def test_a_row_cannot_be_replaced(database, table):
    before = rows(database, table)
    with refused(), database.writing() as connection:
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert rows(database, table) == before


def test_a_text_that_is_kept_stays_as_it_is(database):
    with database.writing() as connection:
        put_text(connection, GUIDE, "guide", b"other")
        assert read_text(connection, GUIDE) == b"{}"


def test_a_row_that_belongs_to_nothing_is_refused(database):
    with refused(), database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO entries VALUES ('nobody', 1, 'a', x'00', 'h')")
    with refused(), database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO bodies VALUES ('nobody', 1, 's', x'00')")
