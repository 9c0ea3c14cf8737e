"""The engine, database and people that the global options name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiandu.case import Actor
from jiandu.cli.frame.guides import library
from jiandu.cli.frame.settings import Settings
from jiandu.clock import Clock, FixedClock, SystemClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.errors import UsageError
from jiandu.store import Database
from jiandu.trail import Keyring

MAC_KEYS = "JIANDU_MAC_KEYS"
"""Names the file of the keys with which the engine marks entries; it must not lie where the database does."""


@contextmanager
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine on the database and with the people of the options, closed at the end."""
    directory, guides = people(settings), library(settings)
    with Database.connect(settings.database) as database:
        yield Engine(database, guides=guides, directory=directory, clock=_clock(settings, database), macs=macs())


@contextmanager
def auditor(settings: Settings) -> Iterator[Engine]:
    """An engine that asks for nobody, to look at the trail as it is."""
    with Database.connect(settings.database) as database:
        yield Engine(database, guides=library(settings), clock=_clock(settings, database), macs=macs())


def actor(as_: str | None) -> Actor:
    """Whom the command line believes to be asking. Raises UsageError `actor-missing`."""
    if not as_:
        raise UsageError("actor-missing")
    return Actor(as_, auth="claimed")


def people(settings: Settings) -> PeopleFile:
    """The people of the options. Raises UsageError `people-missing`, GuideError for a file that is wrong."""
    if settings.people is None:
        raise UsageError("people-missing")
    return PeopleFile.load(settings.people)


def macs() -> Keyring | None:
    """The keys with which entries are marked, from the file that the environment names. Raises UsageError."""
    named = os.environ.get(MAC_KEYS)
    if not named:
        return None
    try:
        return Keyring.of(Path(named).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageError("key-unreadable", path=named) from None


def _clock(settings: Settings, database: Database) -> Clock:
    """The machine's clock; another one only where every entry says that it is practice."""
    if settings.now is None:
        return SystemClock()
    if not database.practice:
        raise UsageError("now-not-practice")
    return FixedClock(settings.now)
