"""For the tests of those who build on jiandu: time that stands still, chance that is none, an engine on a real database
of a test's own, stories played on it. For pytest they are fixtures: `jiandu.pytest_plugin`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, Offer
from jiandu.clock import LEGAL_ZONE, Clock, CountedEntropy, Entropy, FixedClock
from jiandu.directory import Directory
from jiandu.engine import Engine
from jiandu.errors import RefusedError
from jiandu.guide.library import Library
from jiandu.scenario import Failure, Item, Played, Stage, Story, read_story, unlike
from jiandu.store import Database

__all__ = ["CountedEntropy", "FixedClock", "Played", "engine_for_tests", "play_file", "play_on_store"]

MONDAY = datetime(2026, 3, 2, 9, tzinfo=LEGAL_ZONE)
"""When tests play, unless they say otherwise: a Monday, a working day."""

READER = "engine"
"""Reads cases on a stage: a story asks nobody who may."""


@contextmanager
def engine_for_tests(
    file: Path | None = None,
    *,
    guides: Library | None = None,
    people: Directory | None = None,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
) -> Iterator[Engine]:
    """An engine on a new practice database in a file, or, without one, in memory; closed at the end.

    Its clock stands on a Monday and its ids are the same at every run. Where several threads act at once, give it a
    file and `SystemEntropy()`: counted chance is for one thread.
    """
    url = "sqlite://" if file is None else f"sqlite:///{file}"
    with Database.connect(url) as database:
        if file is not None:
            database.init(practice=True)
        time, chance = clock or FixedClock(MONDAY), entropy or CountedEntropy()
        yield Engine(database, guides=guides, directory=people, clock=time, entropy=chance)


def play_file(story: Path, database: Path, *, guides: Library | None = None) -> Played:
    """Plays the story of a file on a new practice database, to its end or to its first failure."""
    with Database.connect(f"sqlite:///{database}") as made:
        made.init(practice=True)
        return play_on_store(read_story(story), made, guides=guides)


def play_on_store(story: Story, database: Database, *, guides: Library | None = None) -> Played:
    """Plays a story through an engine, each act a transaction of `database`, to its end or to its first failure.

    In an empty practice database the trail is, byte for byte, the one that playing in memory gives; only `lines`, the
    sealed entries themselves, stay where they are: in the database. Warnings are not compared.
    """
    return _StoreStage(story, database, guides or Library.shipped()).play()


class _StoreStage(Stage):
    """A stage whose acts an engine carries out."""

    def __init__(self, story: Story, database: Database, guides: Library) -> None:
        super().__init__(story, guides.guide(story.guide), Calendar.shipped())
        self.clock = FixedClock(self.now)
        self.engine = Engine(
            database,
            guides=guides,
            directory=story.directory,
            calendar=self.calendar,
            clock=self.clock,
            entropy=CountedEntropy(),
        )

    def act(self, item: Item) -> Failure | None:
        self.clock.instant = self.now
        if item.verb == "tick":
            self.engine.tick(case=self.case_of(item).id if "case" in item.data else None)
            return None
        try:
            case = self._done(item)
        except RefusedError as refusal:
            return unlike(item, refusal.reasons)
        if item.verb in ("open", "adopt"):
            self.names[item.data.get("case", "")] = case.id
        return self.not_refused(item) if "refused" in item.data else None

    def load(self, calendar: Calendar) -> None:
        self.clock.instant = self.now
        self.engine.load_calendar(calendar)
        self.engine.tick()

    def read(self, case: str) -> Case:
        return self.engine.stored(case)

    def offered(self, case: Case, actor: Actor, day: date) -> tuple[Offer, ...]:
        self.clock.instant = self.now
        return self.engine.offers(case.id, by=actor, day=day)

    def _done(self, item: Item) -> Case:
        asked, by, key = item.request(self.guide.id, self.names), self.story.cast[item.data["as"]], item.data.get("key")
        if item.verb in ("open", "adopt"):
            where: dict[str, Any] = {"unit": self.story.unit.id, "by": by, "day": asked.day, "key": key}
            if item.verb == "open":
                return self.engine.open(self.guide.id, card=asked.card, **where)
            return self.engine.adopt(
                self.guide.id, card=asked.card, holders=asked.assigns, standing=asked.record, **where
            )
        name = "" if asked.name == item.verb else asked.name
        return self.engine.act(
            item.verb, self.case_of(item).id, name, by=by, day=asked.day, at=asked.at, key=key, **asked.written
        )
