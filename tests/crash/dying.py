"""A writer that shows whether it is between BEGIN and COMMIT, and that can die there by its own hand."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mmap import mmap
from random import Random
from typing import Any

from jiandu.store import Connection, Database
from jiandu.store.prepared import Prepared

AFTER, LONG = 0, 12
"""A place of death: the statement before which it comes, counted from 1 in each transaction; the COMMIT where there are
fewer; or, for 0, after the COMMIT, when nobody has been told."""


class Watched(Database):
    """A database that marks, in a byte seen from outside, whether a transaction that writes is open."""

    mark: Callable[[bool], None] = staticmethod(lambda inside: None)
    ends: Callable[[str], None] = staticmethod(lambda place: None)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        try:
            with super().writing() as connection:
                self.mark(True)
                yield connection
                self.ends("COMMIT")
        finally:
            self.mark(False)
        self.ends("after")


def seen_in(database: Watched, byte: mmap, at: int) -> None:
    """From here on the mark is in that byte."""

    def mark(inside: bool) -> None:
        byte[at] = inside

    database.mark = mark


def doomed(database: Watched, chance: Random, tell: Callable[[str], None]) -> None:
    """From here on the writer dies, with SIGKILL, in one of its next transactions; first it tells where."""
    acts, place, statement = chance.randrange(1, 7), chance.randrange(LONG), 0
    marked, run = database.mark, Prepared._cursor

    def die(where: str) -> None:
        tell(where)
        os.kill(os.getpid(), signal.SIGKILL)

    def mark(inside: bool) -> None:
        nonlocal acts, statement
        acts, statement = acts - inside, 0 if inside else -LONG
        marked(inside)

    def counted(self: Prepared, connection: Connection, values: Any) -> Any:
        nonlocal statement
        statement += 1
        if acts <= 0 and statement == place:
            die(f"statement {statement}")
        return run(self, connection, values)

    def ends(where: str) -> None:
        if acts <= 0 and (place == AFTER) == (where == "after"):
            die(where)

    statement = -LONG
    database.mark, database.ends, Prepared._cursor = mark, ends, counted
