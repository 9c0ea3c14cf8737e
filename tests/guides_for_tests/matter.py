"""A case in memory, driven act by act as the engine drives it, and checked after each act."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from jsonschema_rs import validator_for

from jiandu.calendar import Calendar
from jiandu.case import (
    VERBS,
    Actor,
    Case,
    Draft,
    Refusal,
    Request,
    World,
    adopt,
    do,
    evolve,
    migrate,
    offers,
    open_case,
    project,
    restore,
    tick,
)
from jiandu.case.sealing import Circumstances, sealed
from jiandu.case.view import Kin
from jiandu.clock import LEGAL_ZONE, CountedEntropy
from jiandu.directory import Unit
from jiandu.errors import Reason
from jiandu.guide.model import Guide
from jiandu.trail import Sealed, opened

CALENDAR = Calendar.shipped()
UNIT = Unit("u1", "某县人民检察院", "某县", "u0", "county")
SCHEMA = Path(__file__).parents[2] / "schemas" / "entry.schema.json"
ENTRIES = validator_for(SCHEMA.read_text(encoding="utf-8"))
EVENING = time(17, tzinfo=LEGAL_ZONE)


def person(name: str, *roles: str, unit: str | None = "u1") -> Actor:
    """Somebody who holds the roles."""
    return Actor(name, frozenset(roles), unit)


CLERK, OFFICER, BOSS = person("k", "clerk"), person("o", "officer"), person("b", "boss")
EVERYBODY, SECOND = (person(name, "clerk", "officer", "boss", "deputy") for name in ("all", "second"))


def hands(name: str) -> Actor:
    """Who does an act where nobody is named: one person everything, and a second one the signing."""
    return SECOND if name.endswith(".sign") else EVERYBODY


class Matter:
    """A case of a guide. Days are written `2026-05-06`; what is not said is done by everybody's hands, today."""

    def __init__(self, guide: Guide, *, unit: Unit = UNIT, calendar: Calendar = CALENDAR) -> None:
        self.guide, self.unit, self.calendar = guide, unit, calendar
        self.case: Case | None = None
        self.previous: Case | None = None
        self.lines: list[Sealed] = []
        self.today = date(2026, 3, 2)
        self.superior: Unit | None = None
        self.kin: tuple[Kin, ...] = ()
        self.thorough = True  # whether the whole trail is folded again after every act
        self._entropy = CountedEntropy()
        self.counters: dict[tuple[str, str, int], int] = {}

    @property
    def world(self) -> World:
        world = World(datetime.combine(self.today, EVENING), self.calendar, self.unit, self.superior, kin=self.kin)
        if not self.lines:
            return world
        return replace(world, newest=opened(self.lines[-1].entry), previous=self.previous)

    def open(self, by: Actor = EVERYBODY, day: str | None = None, **card: Any) -> "Matter":
        """Opens the case; the test fails where that is refused."""
        return self._write(self._opening(by, day, card))

    def not_opened(self, by: Actor = EVERYBODY, day: str | None = None, **card: Any) -> tuple[Reason, ...]:
        """Why it may not be opened."""
        return _reasons(self._opening(by, day, card))

    def _opening(self, by: Actor, day: str | None, card: Mapping[str, Any]) -> Draft | Refusal:
        request = Request(self.guide.id, self._day(day), card=card)
        return open_case(self.guide, by, request, self.world)

    def ask(self, name: str, by: Actor | None = None, day: str | None = None, **written: Any) -> Draft | Refusal:
        """What the act would write, or why not."""
        assert self.case is not None
        return do(self.guide, self.case, by or hands(name), Request(name, self._day(day), **written), self.world)

    def do(self, name: str, by: Actor | None = None, day: str | None = None, **written: Any) -> "Matter":
        """Does an act; the test fails where it is refused."""
        if day is not None and date.fromisoformat(day) > self.today:
            self.today = date.fromisoformat(day)
        return self._write(self.ask(name, by, day, **written))

    def ask_to(
        self, verb: str, name: str = "", by: Actor = EVERYBODY, day: str | None = None, **written: Any
    ) -> Draft | Refusal:
        """What a general act would write, or why not."""
        assert self.case is not None
        request = Request(name or verb, self._day(day), **written)
        return VERBS[verb](self.guide, self.case, by, request, self.world)

    def act(self, verb: str, name: str = "", by: Actor = EVERYBODY, day: str | None = None, **written: Any) -> "Matter":
        """Does a general act; the test fails where it is refused."""
        if day is not None and date.fromisoformat(day) > self.today:
            self.today = date.fromisoformat(day)
        return self._write(self.ask_to(verb, name, by, day, **written))

    def not_acted(
        self, verb: str, name: str = "", by: Actor = EVERYBODY, day: str | None = None, **written: Any
    ) -> list[str]:
        """The codes of what stands against a general act."""
        return _codes(self.ask_to(verb, name, by, day, **written))

    def tick(self, day: str | None = None) -> list[str]:
        """Lets the clock run on to a day, and gives the kinds of what a tick then writes down."""
        assert self.case is not None
        self.today = self._day(day)
        draft = tick(self.guide, self.case, self.world)
        return self._write(draft).effects() if draft else []

    def adopt(self, by: Actor = EVERYBODY, day: str | None = None, **written: Any) -> Draft | Refusal:
        """What bringing in a case would write; `card`, `assigns`, and how it stands."""
        card, assigns = written.pop("card", {}), written.pop("assigns", {})
        request = Request(self.guide.id, self._day(day), record=written, card=card, assigns=assigns)
        return adopt(self.guide, by, request, self.world)

    def write(self, decision: Draft | Refusal) -> "Matter":
        """Writes down what was decided; the test fails where it was refused."""
        return self._write(decision)

    def migrate(self, to: Guide, by: Actor = EVERYBODY) -> Draft | Refusal:
        """What moving the case to another version would write."""
        assert self.case is not None
        return migrate(self.guide, to, self.case, by, Request("migrate", self.today), self.world)

    def all(self, *names: str) -> "Matter":
        """Does acts that need nothing written, one after another."""
        for name in names:
            self.do(name)
        return self

    def send(self, step: str, *to: str, **days: str) -> "Matter":
        """Drafts, signs, releases and serves a paper as far as its kind asks for it, on one day."""
        day = days.get("day")
        for verb in ("draft", "sign", "release"):
            if f"{step}.{verb}" in self.guide.acts:
                self.do(f"{step}.{verb}", day=day)
        for role in to:
            self.do(f"{step}.serve", day=day, to=role)
        return self

    def refused(self, name: str, by: Actor | None = None, day: str | None = None, **written: Any) -> tuple[Reason, ...]:
        """Why the act is refused; the test fails where it is not."""
        return _reasons(self.ask(name, by, day, **written))

    def codes(self, name: str, by: Actor | None = None, day: str | None = None, **written: Any) -> list[str]:
        """The codes of the reasons, in order; none where the act may be done."""
        return _codes(self.ask(name, by, day, **written))

    def offers(self, by: Actor = EVERYBODY, day: str | None = None) -> dict[str, list[str]]:
        """The acts of the state, each with the codes of what stands against it."""
        assert self.case is not None
        found = offers(self.guide, self.case, by, self._day(day), self.world)
        assert len({offer.act for offer in found}) == len(found), "an act is offered twice"
        return {offer.act: sorted(reason.code for reason in offer.reasons) for offer in found}

    def can(self, by: Actor = EVERYBODY, day: str | None = None) -> set[str]:
        """The acts that may be done."""
        return {act for act, codes in self.offers(by, day).items() if not codes}

    def run(self, deadline: str) -> str:
        """How the newest run of a deadline stands today."""
        assert self.case is not None
        run = self.case.run(deadline)
        return run.on(self.today) if run else "pending"

    def runs(self, deadline: str) -> list[str]:
        """How all runs of a deadline stand as written down."""
        assert self.case is not None
        return [run.status for run in self.case.deadlines if run.deadline == deadline]

    def effects(self) -> list[str]:
        """The kinds of the newest entry's effects."""
        return [effect["kind"] for effect in opened(self.lines[-1].entry)["effects"]]

    def _day(self, day: str | None) -> date:
        return date.fromisoformat(day) if day else self.today

    def _write(self, decision: Draft | Refusal) -> "Matter":
        assert isinstance(decision, Draft), "\n".join(f"{r.code}: {r.text('en')}" for r in decision.reasons)
        taken = [self._next(number.unit, number.series, number.year) for number in decision.numbers]
        new = self._entropy.identifier
        case = self.case.id if self.case else new(self.world.now)
        around = Circumstances(case, new(self.world.now), self._entropy.salt())
        self.previous = self.case
        line, self.case = sealed(decision, self.case, taken, around)
        self.lines.append(line)
        ENTRIES.validate(opened(line.entry))
        if self.thorough:
            assert restored(self.case) == self.case
            assert folded(self.lines) == self.case
        return self

    def _next(self, *series: Any) -> int:
        self.counters[series] = self.counters.get(series, 0) + 1
        return self.counters[series]


def folded(lines: list[Sealed]) -> Case | None:
    """The case that lines of the trail lead to, read from their bytes alone."""
    case: Case | None = None
    for line in lines:
        case = evolve(case, opened(line.entry), opened(line.body), line.hash)
    return case


def restored(case: Case) -> Case:
    """The case after a way through text and back."""
    written = json.dumps(project(case), ensure_ascii=False)
    assert project(restore(json.loads(written))) == json.loads(written)
    return restore(json.loads(written))


def _codes(decision: Draft | Refusal) -> list[str]:
    reasons = _reasons(decision) if isinstance(decision, Refusal) else ()
    return sorted(reason.code for reason in reasons)


def _reasons(decision: Draft | Refusal) -> tuple[Reason, ...]:
    assert isinstance(decision, Refusal), "the act was not refused"
    for reason in decision.reasons:
        assert reason.text("zh")
        assert reason.text("en")
    return decision.reasons
