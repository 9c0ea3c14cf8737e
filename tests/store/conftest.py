"""A database in a file, with one open case."""

import pytest

from store.samples import made, open_case


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cases.db"


@pytest.fixture
def database(path):
    with made(path) as database:
        with database.writing() as connection:
            open_case(connection)
        yield database
