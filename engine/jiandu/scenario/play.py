"""Playing a story in memory: every act decided, sealed and folded as a database would, every claim tested."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, Offer, Refusal, offers
from jiandu.case.acts.tick import ENGINE
from jiandu.case.situation import Situation
from jiandu.case.view import CaseView
from jiandu.catalogue import Language, say
from jiandu.clock import LEGAL_ZONE
from jiandu.errors import Reason, UsageError
from jiandu.findings import Place
from jiandu.guide.model import Guide
from jiandu.scenario.coverage import Coverage
from jiandu.scenario.expect import Standing, untrue
from jiandu.scenario.memory import Memory
from jiandu.scenario.story import Item, Story
from jiandu.trail import Sealed, opened

MORNING = time(9, tzinfo=LEGAL_ZONE)
ONE_MINUTE = timedelta(minutes=1)


class _NoCaseError(Exception):
    """No case has that name yet; a story that has one case gives it none."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Failure:
    """A line of a story that did not come true, and what came instead."""

    place: Place
    code: str
    facts: Mapping[str, object]
    reasons: tuple[Reason, ...] = ()

    def text(self, language: Language) -> str:
        """The failure in words, with the reasons of a refusal below."""
        lines = [say(self.code, language, self.facts)]
        return "\n".join([*lines, *(f"  [{reason.code}] {reason.text(language)}" for reason in self.reasons)])


@dataclass(slots=True)
class Played:
    """A story that was played: its trail, the case at its end, and where it failed, if it did."""

    story: Story
    lines: list[Sealed] = field(default_factory=list)
    case: Case | None = None
    failure: Failure | None = None


def play(
    story: Story,
    guide: Guide,
    calendar: Calendar,
    coverage: Coverage | None = None,
    guide_of: Callable[[str], Guide] | None = None,
) -> Played:
    """Plays the story to its end or to its first failure; `guide_of` gives the guides of the cases that acts open."""
    return MemoryStage(story, guide, calendar, coverage or Coverage(guide), guide_of).play()


class Stage:
    """Where a story plays: a clock that follows its days, cases by the names that the story gives them."""

    def __init__(self, story: Story, guide: Guide, calendar: Calendar) -> None:
        self.story = story
        self.guide = guide
        self.calendar = calendar
        self.played = Played(story)
        self.now = datetime.min.replace(tzinfo=LEGAL_ZONE)
        self.names: dict[str, str] = {}

    def play(self) -> Played:
        """The story, played to its end or to its first failure."""
        for item in self.story.items:
            self._wait(item)
            try:
                self.played.failure = self.take(item)
            except _NoCaseError as error:
                code = "story-unknown-case" if error.name else "story-opens-first"
                self.played.failure = Failure(item.place, code, {"name": error.name})
            if self.played.failure:
                break
        self.played.case = self.read(self.names[""]) if "" in self.names else None
        return self.played

    def take(self, item: Item) -> Failure | None:
        """How the item failed, if it did."""
        if item.verb == "expect":
            return self._expect(item)
        if item.verb == "calendar":
            self.load(self.calendar.known_only(date.fromisoformat(item.data["calendar"])))
            return None
        return self.act(item)

    def act(self, item: Item) -> Failure | None:
        """Does what the item says."""
        raise NotImplementedError

    def load(self, calendar: Calendar) -> None:
        """From here on this calendar counts."""
        raise NotImplementedError

    def read(self, case: str) -> Case:
        """The case of that id as it stands."""
        raise NotImplementedError

    def offered(self, case: Case, actor: Actor, day: date) -> tuple[Offer, ...]:
        """What a person may do."""
        raise NotImplementedError

    def case_of(self, item: Item) -> Case:
        """The case that an item speaks of: by its name, by its relation and number, or the one without a name."""
        return self.read(self._id(item.data.get("case", "")))

    def not_refused(self, item: Item) -> Failure:
        """The failure of an act that was to be refused."""
        return Failure(item.place, "story-not-refused", {"act": self._title(item)})

    def _id(self, name: str) -> str:
        if name in self.names:
            return self.names[name]
        relation, _, n = name.partition("#")
        found = [
            link.case for case in self.names.values() for link in self.read(case).links if link.relation == relation
        ]
        if not found or (n and len(found) < int(n)):
            raise _NoCaseError(name)
        return found[int(n) - 1 if n else -1]

    def _wait(self, item: Item) -> None:
        """Lets the clock run on to the day on which the item is entered; a day that was named is taken at its word."""
        day = item.recorded_on or item.day
        if day is not None and (item.recorded_on or day > self.now.date()):
            self.now = datetime.combine(day, MORNING)
        self.now += ONE_MINUTE

    def _title(self, item: Item) -> object:
        act = self.guide.acts.get(item.data.get("do", ""))
        return act.title if act else item.data.get("do", item.verb)

    def _expect(self, item: Item) -> Failure | None:
        case, today = self.case_of(item), item.day or self.now.date()
        offered = tuple(self._able(item, case, today)) if "offers" in item.data["expect"] else ()
        related: dict[str, tuple[str, ...]] = {}
        for link in case.links:
            related[link.relation] = (*related.get(link.relation, ()), self._name(link.case))
        wrong = next(untrue(item.data["expect"], Standing(case, today, offered, related)), None)
        if wrong is None:
            return None
        name, wanted, got = wrong
        return Failure(item.place, "story-otherwise", {"name": name, "wanted": wanted, "got": got})

    def _name(self, case: str) -> str:
        return next((name for name, known in self.names.items() if known == case), case)

    def _able(self, item: Item, case: Case, day: date) -> Iterator[str]:
        """The acts that somebody of the cast (or the one named) may do."""
        named = item.data.get("as")
        actors = [self.story.cast[named]] if named else list(self.story.cast.values())
        yield from {o.act for actor in actors for o in self.offered(case, actor, day) if not o.reasons}


class MemoryStage(Stage):
    """A stage without a database."""

    def __init__(
        self,
        story: Story,
        guide: Guide,
        calendar: Calendar,
        coverage: Coverage,
        guide_of: Callable[[str], Guide] | None,
    ) -> None:
        super().__init__(story, guide, calendar)
        self.coverage = coverage
        self.memory = Memory(guide_of or self._only, calendar, story.unit, story.above, self.now)

    def _only(self, name: str) -> Guide:
        """The guide of the story, where no others are at hand."""
        if name != self.guide.id:
            raise UsageError("guide-missing", name=name)
        return self.guide

    def act(self, item: Item) -> Failure | None:
        self.memory.now = self.now
        if item.verb == "tick":
            for case in [self.case_of(item)] if "case" in item.data else list(self.memory.cases.values()):
                self.memory.tick(case, ENGINE)
            return self._claimed(item)
        before = len(self.memory.lines)
        decision = self._decided(item)
        if isinstance(decision, Refusal):
            return unlike(item, decision.reasons)
        if "refused" in item.data:
            return self.not_refused(item)
        self.played.lines = self.memory.lines
        return self._written(item, self.memory.lines[before]) or self._claimed(item)

    def load(self, calendar: Calendar) -> None:
        self.memory.now = self.now
        self.memory.calendar = calendar
        for case in list(self.memory.cases.values()):
            self.memory.tick(case, ENGINE)

    def read(self, case: str) -> Case:
        return self.memory.cases[case]

    def offered(self, case: Case, actor: Actor, day: date) -> tuple[Offer, ...]:
        self.memory.now = self.now
        return offers(self.memory.guide_of(case.guide), case, actor, day, self.memory.world(case))

    def _decided(self, item: Item) -> Any:
        actor, key = self.story.cast[item.data["as"]], item.data.get("key")
        request = item.request(self.guide.id, self.names)
        if item.verb in ("open", "adopt"):
            return getattr(self.memory, item.verb)(self.guide, actor, request, key)
        case = self.case_of(item)
        guide = self.memory.guide_of(case.guide)
        if item.verb == "do" and guide is self.guide and request.name in guide.acts:
            self.coverage.asked(
                Situation(guide, case, guide.acts[request.name], actor, request, self.memory.world(case))
            )
            self.coverage.overdue(run.deadline for run in case.deadlines if run.missed(request.day))
        return self.memory.act(item.verb, case, actor, request, key)

    def _written(self, item: Item, line: Sealed) -> Failure | None:
        case = self.memory.cases[line.case]
        if item.verb in ("open", "adopt"):
            self.names[item.data.get("case", "")] = case.id
        if case.guide == self.guide.id:
            if item.verb == "do":
                self.coverage.done(item.data["do"], case)
            self.coverage.now(case)
        return _unwarned(item, opened(line.entry)["warnings"])

    def _claimed(self, item: Item) -> Failure | None:
        """Whether what the author claims of every story is true of every case of this one."""
        for case in self.memory.cases.values():
            guide = self.memory.guide_of(case.guide)
            view = self._view(guide, case)
            for statement in guide.statements:
                if statement.condition.holds(view) is statement.never:
                    return Failure(item.place, "story-statement-broken", {"says": statement.says})
        return None

    def _view(self, guide: Guide, case: Case) -> CaseView:
        world = self.memory.world(case)
        return CaseView(guide, case, world.unit, self.now.date(), kin=world.kin)


def unlike(item: Item, reasons: tuple[Reason, ...]) -> Failure | None:
    """The failure of a refusal that was not expected, or expected for other reasons."""
    wanted = item.data.get("refused")
    if wanted is None:
        return Failure(item.place, "story-refused", {}, reasons)
    left = list(reasons)
    for one in wanted:
        match = next((reason for reason in left if _fits(one, reason)), None)
        if match is None:
            return Failure(item.place, "story-refused-otherwise", {"wanted": one["code"]}, reasons)
        left.remove(match)
    return Failure(item.place, "story-refused-for-more", {}, tuple(left)) if left else None


def _unwarned(item: Item, warnings: list[Mapping[str, Any]]) -> Failure | None:
    wanted = sorted((w["code"], w.get("rule") or "") for w in item.data.get("warned", ()))
    got = sorted((w["code"], w["rule"] or "") for w in warnings)
    same = [code for code, _ in wanted] == [code for code, _ in got]
    if same and all(rule in ("", other) for (_, rule), (_, other) in zip(wanted, got, strict=True)):
        return None
    facts = {"wanted": [code for code, _ in wanted], "got": [code for code, _ in got]}
    return Failure(item.place, "story-warned-otherwise", facts)


def _fits(wanted: Mapping[str, Any], reason: Reason) -> bool:
    basis = wanted.get("basis", [])
    cited = {basis} if isinstance(basis, str) else set(basis)
    earliest = reason.earliest.isoformat() if reason.earliest else None
    return (
        wanted["code"] == reason.code
        and wanted.get("rule") in (None, reason.rule)
        and cited <= set(reason.basis)
        and wanted.get("earliest") in (None, earliest)
    )
