"""The explorer's own relation and the engine's: the same acts are offered, and what comes of an act is foreseen."""

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest

from guides_for_tests.manifold import MANIFOLD
from guides_for_tests.matter import EVERYBODY, Matter, person
from guides_for_tests.random_acts import GUIDES, Written, opened
from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, Draft, World, offers
from jiandu.case.view import CaseView
from jiandu.check.facts import Facts
from jiandu.check.moves import Move, Moves
from jiandu.check.slots import then
from jiandu.check.standing import agree, situation_of
from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.scenario import find_stories, read_story
from jiandu.scenario.coverage import Coverage
from jiandu.scenario.play import Failure, MemoryStage
from jiandu.scenario.story import Item
from jiandu.shipped import folder

SOAK = bool(os.environ.get("JIANDU_SOAK"))
FOLLOWED = {"step-missing", "step-order", "already-done", "not-applicable", "too-early", "not-signed", "not-released"}
LIBRARY = Library(folder("guides"))
STORIES = [file for name in LIBRARY.ids() for file in find_stories(folder("guides"), name)][:: 1 if SOAK else 12]
REST = frozenset(("clerk", "officer", "boss", "deputy"))


class Compared:
    """Holds every situation against the explorer's idea of it."""

    def __init__(self, guide: Guide) -> None:
        self.guide, self.facts = guide, Facts(guide)
        self.moves: dict[tuple[str, str], Move] = {}
        for move in Moves(guide).all():
            self.moves[move.state, move.act.name if move.act else f"late {move.late}"] = move
        self.seen = 0

    def situation(self, case: Case, world: World) -> int:
        return situation_of(self.facts, CaseView(self.guide, case, world.unit, world.today, kin=world.kin))

    def offered(self, case: Case, world: World) -> None:
        """What everybody together is offered, is open here; what is surely open here, is offered."""
        self.seen += 1
        if case.status in ("finished", "suspended"):
            return
        s = self.situation(case, world)
        found: dict[str, set[str]] = {}
        for actor in self._everybody(case, world):
            for offer in offers(self.guide, case, actor, world.today, world):
                codes = {reason.code for reason in offer.reasons} & FOLLOWED
                found[offer.act] = found.get(offer.act, codes) & codes
        for (state, name), move in self.moves.items():
            if state == case.state and move.act:
                truth = move.gate.value(s)
                timely = name in found and not found[name]
                assert truth is not False or not timely, f"{name} is offered in {state}, and not foreseen"
                assert truth is not True or timely, f"{name} is foreseen in {state}, and not offered: {found.get(name)}"

    def _everybody(self, case: Case, world: World) -> Iterator[Actor]:
        roles = frozenset(self.guide.roles)
        yield Actor("x", roles, case.unit, elsewhere={u.id: roles for u in (world.superior, world.province) if u})

    def done(self, before: Case, world: World, name: str, after: Case) -> None:
        """What came of an act is among what may come of it, once time has run as far as it has."""
        move = self.moves[before.state, name]
        wanted = self.situation(after, world)
        found = list(then(move.changes).of(self.situation(before, world)))
        assert found, f"{name} leads nowhere"
        apart = [agree(self.facts, one, wanted) for one in found]
        assert [] in apart, (name, min(apart, key=len))


class Watched(MemoryStage):
    """A stage on which every act of the guide is compared."""

    compared: Compared

    def act(self, item: Item) -> Failure | None:
        self.memory.now = self.now
        before = self.case_of(item) if self.names and item.verb == "do" else None
        failure = super().act(item)
        if before is None or failure or before.guide != self.guide.id or item.data["do"] not in self.guide.acts:
            return failure
        world = self.memory.world(before)
        if item.day == world.today:
            self.compared.offered(before, world)
            if "refused" not in item.data:
                after = self.memory.cases[before.id]
                world = self.memory.world(after)
                self.compared.done(before, world, item.data["do"], after)
        return failure


@cache
def shipped(guide: str) -> Compared:
    """What is foreseen of a shipped guide."""
    return Compared(LIBRARY.guide(guide))


@pytest.mark.parametrize("file", STORIES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_in_every_shipped_story(file: object) -> None:
    story = read_story(file)  # type: ignore[arg-type]
    stage = Watched(
        story, LIBRARY.guide(story.guide), Calendar.shipped(), Coverage(LIBRARY.guide(story.guide)), LIBRARY.guide
    )
    stage.compared = shipped(story.guide)
    stage.play()
    assert stage.compared.seen


WALKED = {**GUIDES, "manifold": MANIFOLD}


@pytest.mark.parametrize("seed", range(80 if SOAK else 8))
def test_in_random_cases(seed: int) -> None:
    chance = random.Random(seed)
    guide = WALKED[sorted(WALKED)[seed % len(WALKED)]]
    compared, matter = Compared(guide), opened(guide)
    matter.thorough = False
    for _ in range(60):
        walked(matter, compared, chance)
    assert compared.seen > 20


def walked(matter: Matter, compared: Compared, chance: random.Random) -> None:
    """A random act, or a day that passes."""
    before = matter.case
    assert before is not None
    if chance.random() < 0.15:
        matter.today += timedelta(days=chance.choice((1, 3, 9)))
        return
    compared.offered(before, matter.world)
    name = chance.choice(list(matter.guide.acts))
    actor = person("chief", *matter.guide.roles) if chance.random() < 0.5 else EVERYBODY
    draft = matter.ask(name, actor, **Written(matter).some(name, chance.randrange(300)))
    if isinstance(draft, Draft):
        matter._write(draft)
        assert matter.case is not None
        compared.done(before, matter.world, name, matter.case)
