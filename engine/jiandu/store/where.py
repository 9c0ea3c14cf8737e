"""What a kind of database has to answer about itself; `sqlite` and `postgresql` do, each for its own."""

from contextlib import AbstractContextManager
from typing import Protocol, Self

from sqlalchemy import Connection, Engine

BROKEN = frozenset({"database-io", "database-full", "database-damaged"})
"""Failures after which a connection is not used again."""


class Where(Protocol):
    """Where a database is and how it is opened."""

    @property
    def schema(self) -> str | None:
        """The schema of our tables, where there are schemas."""
        ...

    @property
    def driver(self) -> str:
        """What SQLAlchemy calls the driver that we speak to."""
        ...

    @property
    def in_memory(self) -> bool:
        """Whether the database goes with its connection."""
        ...

    def patient(self, milliseconds: int) -> Self:
        """The same, waiting that long for others."""
        ...

    def engines(self) -> tuple[Engine, Engine, Engine]:
        """One for a glance, one for reading and one for writing, over the same pool."""
        ...

    def in_turn(self) -> AbstractContextManager[None]:
        """A writer's turn among those of this process. Raises StoreError `database-locked`."""
        ...

    def is_there(self) -> bool:
        """Whether there is anything to connect to. Raises StoreError where that cannot be told."""
        ...

    def make_room(self) -> bool:
        """Prepares the place for a new database; whether anything had to be made for it. Raises StoreError."""
        ...

    def remove_empty(self) -> None:
        """Takes back what was made and into which nothing came."""
        ...

    def mark(self, connection: Connection) -> None:
        """Makes the place ours, before there is any table."""
        ...

    def is_empty(self, connection: Connection) -> bool:
        """Whether the place holds no tables yet."""
        ...

    def make_sure(self, engine: Engine) -> None:
        """Before anybody builds on what is shown, at first or after a failure: brings it to the disk."""
        ...

    def borrow(self, connection: Connection) -> None:
        """Makes sure that a host's connection keeps what we promise. Raises StoreError `database-unsafe`."""
        ...

    def begin(self, connection: Connection) -> None:
        """Makes sure that a host's transaction has begun. Raises StoreError `database-unsafe` where none ever does."""
        ...

    def failures(self) -> AbstractContextManager[None]:
        """Turns what goes wrong with the database inside into a StoreError or, where another was faster, a
        ConflictError; errors of the program pass as they are."""
        ...
