"""Somebody with the rights of an owner and a tool of his own, who knows nothing of the engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, NullPool, create_engine, make_url


@contextmanager
def stranger(url: str) -> Iterator[Connection]:
    """A connection to a database past everything of ours; what is done over it is kept at the end."""
    address = make_url(url).difference_update_query(["unsafe", "busy_timeout"])
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL search_path TO jiandu")
        yield connection
