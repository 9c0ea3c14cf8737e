"""For the tests of those who build on jiandu: time that stands still, chance that is none, stories on a real database.

from jiandu.testing import CountedEntropy, FixedClock, play_on_store
"""

from datetime import date
from typing import Any

from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, Offer
from jiandu.clock import CountedEntropy, FixedClock
from jiandu.engine import Engine
from jiandu.errors import RefusedError
from jiandu.guide.library import Library
from jiandu.scenario import Failure, Item, Played, Stage, Story, unlike
from jiandu.store import Database

__all__ = ["CountedEntropy", "FixedClock", "play_on_store"]

READER = "engine"
"""Reads cases on a stage: a story asks nobody who may."""


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
