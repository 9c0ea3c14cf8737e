"""For the tests of those who build on jiandu: time that stands still, chance that is none, stories on a real database.

from jiandu.testing import CountedEntropy, FixedClock, play_on_store
"""

from jiandu.calendar import Calendar
from jiandu.case import Case
from jiandu.clock import CountedEntropy, FixedClock
from jiandu.engine import Engine
from jiandu.errors import RefusedError
from jiandu.guide.library import Library
from jiandu.scenario import Coverage, Failure, Item, Played, Story
from jiandu.scenario.play import Stage, unlike
from jiandu.store import Database

__all__ = ["CountedEntropy", "FixedClock", "play_on_store"]


def play_on_store(story: Story, database: Database, *, guides: Library | None = None) -> Played:
    """Plays a story through an engine, each act a transaction of `database`, to its end or to its first failure.

    In an empty practice database the trail is, byte for byte, the one that playing in memory gives; only `lines`, the
    sealed entries themselves, stay where they are: in the database. Warnings are not compared.
    """
    return _StoreStage(story, database, guides or Library.shipped()).play()


class _StoreStage(Stage):
    """A stage whose acts an engine carries out."""

    def __init__(self, story: Story, database: Database, guides: Library) -> None:
        calendar, guide = Calendar.shipped(), guides.guide(story.guide)
        super().__init__(story, guide, calendar, Coverage(guide))
        self.clock = FixedClock(self.now)
        self.engine = Engine(
            database,
            guides=guides,
            directory=story.directory,
            calendar=calendar,
            clock=self.clock,
            entropy=self.entropy,
        )

    def act(self, item: Item) -> Failure | None:
        """Does what the item says, in the database."""
        self.clock.instant = self.now
        try:
            case = self._done(item)
        except RefusedError as refusal:
            return unlike(item, refusal.reasons)
        self.case = case
        return self.not_refused(item) if "refused" in item.data else None

    def _done(self, item: Item) -> Case:
        asked, by, key = item.request(self.guide.id), self.story.cast[item.data["as"]], item.data.get("key")
        if "open" in item.data:
            unit = self.story.unit.id
            return self.engine.open(self.guide.id, unit=unit, by=by, card=asked.card, day=asked.day, key=key)
        if self.case is None:
            raise ValueError("a story opens its case first")
        return self.engine.do(
            self.case.id,
            asked.name,
            by=by,
            day=asked.day,
            at=asked.at,
            record=asked.record,
            card=asked.card,
            assigns=asked.assigns,
            paper=asked.paper,
            to=asked.to,
            key=key,
        )
