"""A person at an engine: what every command on cases begins with."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiandu.case import Actor, Case
from jiandu.cli.frame import screen
from jiandu.cli.frame.engines import actor, engine
from jiandu.cli.frame.settings import Settings
from jiandu.cli.wording.case import CaseTold, Relative
from jiandu.clock import legal_day
from jiandu.data import case_data
from jiandu.engine import Engine
from jiandu.guide.model import Field, Guide


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, of which engine, and how the answer is to be said."""

    settings: Settings
    engine: Engine
    by: Actor

    @property
    def today(self) -> date:
        """The legal day that it is."""
        return legal_day(self.engine.clock.now())

    def read(self, case: str) -> tuple[Case, Guide]:
        """A case that the person may read, and its guide, whose articles a refusal may then cite."""
        found = self.engine.case(case, by=self.by)
        guide = self.engine.guide_of(found)
        self.cites(guide)
        return found, guide

    def cites(self, guide: Guide) -> None:
        """Lets a refusal say in words what the guide cites."""
        self.settings.guide = guide

    def fields(self, guide: str) -> Mapping[str, Field]:
        """The card fields of a guide, whose articles a refusal may then cite; none where there is no such guide."""
        if guide not in self.engine.library.ids():
            return {}
        found = self.engine.library.guide(guide)
        self.cites(found)
        return found.fields

    def told(self, case: Case, text: str | None = None) -> CaseTold:
        """The case as it is told in the reader's language, in the words of its guide or of another text of it."""
        guide = self.engine.guide_of(replace(case, text=text) if text else case)
        return CaseTold(case, guide, self.settings.language, self.today)

    def data(self, case: Case, on: date | None = None) -> dict[str, Any]:
        """The case as data, as it stands today or on another day."""
        return case_data(case, on or self.today, self.engine.related(case, by=self.by))

    def related(self, case: Case) -> list[Relative]:
        """The cases that belong to this one; of those that the person may not read only that they are there."""
        return [
            (one.relation, one.id, self.told(one.case) if one.case else None)
            for one in self.engine.related(case, by=self.by)
        ]

    def show(self, data: Any, lines: Iterable[str], *, result: bool = True) -> None:
        """Shows the data to a program, or the lines to a person: who wants quiet is shown results alone."""
        if self.settings.json:
            screen.write_json(data)
        elif result or not self.settings.quiet:
            screen.write("\n".join(lines))


@contextmanager
def desk(settings: Settings, by: str | None) -> Iterator[Desk]:
    """The desk of the person who asks. Raises UsageError `actor-missing`, `people-missing`."""
    person = actor(by)
    with engine(settings) as opened:
        yield Desk(settings, opened, person)
