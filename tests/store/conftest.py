"""A database of each kind, with one open case."""

import pytest

import postgres
from store.samples import open_case, opened


@pytest.fixture
def database(made_url):
    with opened(made_url) as database:
        with database.writing() as connection:
            open_case(connection)
        yield database


@pytest.fixture
def postgresql(standing):
    """The same of PostgreSQL alone."""
    postgres.empty(standing)
    with opened(standing) as database:
        with database.writing() as connection:
            open_case(connection)
        yield database
