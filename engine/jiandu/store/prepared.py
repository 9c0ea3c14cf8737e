"""A statement that is compiled once for each kind of database and then run by the driver itself.

Of a short act on SQLite a fifth of the time would else go into building the statement and its result anew. The
statement stays one for every database; the connection, its transaction and its errors are SQLAlchemy's as ever.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, cast

from sqlalchemy import ClauseElement, Connection, CursorResult, Executable
from sqlalchemy.sql.compiler import SQLCompiler

from jiandu.store.tables import SCHEMA

Values = Mapping[str, Any]
Names = list[str] | None
"""The parameters in the order in which the driver counts them; none where it goes by their names."""


class Prepared:
    """A statement with named parameters; rows come as the driver gives them."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, Names]] = {}

    def run(self, connection: Connection, values: Values) -> int:
        """How many rows one run touched."""
        return int(self._cursor(connection, values).rowcount)

    def run_many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """One run for each row; on a server they need not wait for each other's answers."""
        sql, names = self._for(connection)
        asked = [dict(row) if names is None else [row[name] for name in names] for row in rows]
        if asked:
            _driver(connection).cursor().executemany(sql, asked)

    def first(self, connection: Connection, values: Values) -> tuple[Any, ...] | None:
        """The first row of one run, if there is any."""
        return cast(tuple[Any, ...] | None, self._cursor(connection, values).fetchone())

    def one(self, connection: Connection, values: Values) -> tuple[Any, ...]:
        """The first row of one run, which is there. Raises LookupError if it is not."""
        if (row := self.first(connection, values)) is None:
            raise LookupError(str(self._statement))
        return row

    def each(self, connection: Connection, values: Values) -> Iterator[tuple[Any, ...]]:
        """The rows of one run, one at a time: none is held longer than it is looked at."""
        yield from chain(self._cursor(connection, values))  # closes no cursor whose connection may be gone by then

    def stream(self, connection: Connection, values: Values) -> Iterator[tuple[Any, ...]]:
        """The same of a result that may not fit into memory: the server keeps what has not been looked at."""
        if connection.dialect.name == "sqlite":  # which keeps it anyway
            yield from self.each(connection, values)
            return
        sql, _ = self._for(connection)
        with _driver(connection).cursor(f"jiandu_{id(self)}", withhold=False) as cursor:
            yield from cursor.execute(sql, dict(values))

    def _cursor(self, connection: Connection, values: Values) -> Any:
        sql, names = self._for(connection)
        return _driver(connection).execute(sql, dict(values) if names is None else [values[name] for name in names])

    def _for(self, connection: Connection) -> tuple[str, Names]:
        dialect = connection.dialect
        if dialect.name not in self._compiled:
            map_ = schemas(connection)
            compiled = cast(
                SQLCompiler,
                self._statement.compile(
                    dialect=dialect, schema_translate_map=map_, render_schema_translate=map_ is not None
                ),
            )
            self._compiled[dialect.name] = str(compiled), compiled.positiontup
        return self._compiled[dialect.name]


def rows(connection: Connection, statement: Executable) -> CursorResult[Any]:
    """A statement made for this one occasion, on our own connection or a host's."""
    return connection.execute(statement, execution_options={"schema_translate_map": schemas(connection)})


def schemas(connection: Connection) -> Mapping[str | None, str] | None:
    """Where tables are that name no schema: on PostgreSQL in ours."""
    return {None: SCHEMA} if connection.dialect.name == "postgresql" else None


def _driver(connection: Connection) -> Any:
    if not connection.in_transaction():
        connection.begin()  # as SQLAlchemy does before a first statement: nothing may be written outside one
    return connection.connection.driver_connection
