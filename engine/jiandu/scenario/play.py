"""Playing a story in memory: every act through `decide`, sealed and folded as a database would, every claim tested."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, Draft, Refusal, Request, World, do, offers, open_case
from jiandu.case.sealing import Circumstances, sealed
from jiandu.case.situation import Situation
from jiandu.catalogue import Language, say
from jiandu.clock import LEGAL_ZONE, CountedEntropy
from jiandu.errors import Reason
from jiandu.findings import Place
from jiandu.guide.model import Guide
from jiandu.scenario.coverage import Coverage
from jiandu.scenario.story import Item, Story
from jiandu.trail import Sealed

MORNING = time(9, tzinfo=LEGAL_ZONE)
ONE_MINUTE = timedelta(minutes=1)


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


def play(story: Story, guide: Guide, calendar: Calendar, coverage: Coverage | None = None) -> Played:
    """Plays the story to its end or to its first failure."""
    return Stage(story, guide, calendar, coverage or Coverage(guide)).play()


class Stage:
    """The world in which a story plays: one case, a clock that follows its days, chance that is none."""

    def __init__(self, story: Story, guide: Guide, calendar: Calendar, coverage: Coverage) -> None:
        self.story = story
        self.guide = guide
        self.calendar = calendar
        self.coverage = coverage
        self.played = Played(story)
        self.case: Case | None = None
        self.entropy = CountedEntropy()
        self.now = datetime.min.replace(tzinfo=LEGAL_ZONE)
        self.counters: dict[tuple[str, str, int], int] = {}

    def play(self) -> Played:
        """The story, played to its end or to its first failure."""
        for item in self.story.items:
            self.played.failure = self.take(item)
            if self.played.failure:
                break
        self.played.case = self.case
        return self.played

    def take(self, item: Item) -> Failure | None:
        """How the item failed, if it did."""
        self._wait(item)
        if "expect" in item.data:
            return next(self._untrue(item), None)
        return self.act(item)

    def act(self, item: Item) -> Failure | None:
        """Does what the item says, in memory."""
        decision = self._decide(item, item.request(self.guide.id))
        if isinstance(decision, Draft):
            return self._unwarned(item, decision) or self._write(item, decision)
        return unlike(item, decision.reasons)

    def _wait(self, item: Item) -> None:
        """Lets the clock run on to the day on which the item is entered; a day that was named is taken at its word."""
        day = item.recorded_on or item.day
        if day is not None and (item.recorded_on or day > self.now.date()):
            self.now = datetime.combine(day, MORNING)
        self.now += ONE_MINUTE

    def _decide(self, item: Item, request: Request) -> Draft | Refusal:
        actor = self.story.cast[item.data["as"]]
        world = World(self.now, self.calendar, self.story.unit)
        if "open" in item.data:
            return open_case(self.guide, actor, request, world)
        if self.case is None:
            raise ValueError("a story opens its case first")
        if act := self.guide.acts.get(request.name):
            self.coverage.asked(Situation(self.guide, self.case, act, actor, request, world))
            self.coverage.overdue(run.deadline for run in self.case.deadlines if run.missed(request.day))
        return do(self.guide, self.case, actor, request, world)

    def _write(self, item: Item, draft: Draft) -> Failure | None:
        if "refused" in item.data:
            return self.not_refused(item)
        taken = [self._next(wanted.unit, wanted.series, wanted.year) for wanted in draft.numbers]
        new = self.entropy.identifier
        around = Circumstances(
            case=self.case.id if self.case else new(self.now),
            act=new(self.now),
            salt=self.entropy.salt(),
            key=item.data.get("key"),
            practice=True,
        )
        line, self.case = sealed(draft, self.case, taken, around)
        self.played.lines.append(line)
        if "do" in item.data:
            self.coverage.done(item.data["do"], self.case)
        self.coverage.now(self.case)
        return None

    def _next(self, *series: Any) -> int:
        self.counters[series] = self.counters.get(series, 0) + 1
        return self.counters[series]

    def not_refused(self, item: Item) -> Failure:
        """The failure of an act that was to be refused."""
        return Failure(item.place, "story-not-refused", {"act": self._title(item)})

    def _title(self, item: Item) -> object:
        act = self.guide.acts.get(item.data.get("do", ""))
        return act.title if act else item.data.get("do", self.guide.title)

    def _unwarned(self, item: Item, draft: Draft) -> Failure | None:
        wanted = sorted((w["code"], w.get("rule")) for w in item.data.get("warned", ()))
        got = sorted((w["code"], w["rule"]) for w in draft.content["warnings"])
        same = [code for code, _ in wanted] == [code for code, _ in got]
        if same and all(rule in (None, other) for (_, rule), (_, other) in zip(wanted, got, strict=True)):
            return None
        facts = {"wanted": [code for code, _ in wanted], "got": [code for code, _ in got]}
        return Failure(item.place, "story-warned-otherwise", facts)

    # expectations

    def _untrue(self, item: Item) -> Iterator[Failure]:
        case, expected = self.case, item.data["expect"]
        if case is None:
            raise ValueError("a story opens its case first")
        for name in ("state", "status", "outcome", "number"):
            if name in expected:
                yield from self._compare(item, name, expected[name], getattr(case, name))
        for name, value in expected.get("card", {}).items():
            yield from self._compare(item, name, value, case.card.get(name))
        if "offers" in expected:
            yield from self._compare(item, "offers", sorted(expected["offers"]), sorted(self._offered(item, case)))
        for name, wanted in expected.get("deadlines", {}).items():
            yield from self._deadline(item, case, name, wanted)
        for name, wanted in expected.get("papers", {}).items():
            yield from self._paper(item, case, name, wanted)

    def _compare(self, item: Item, name: str, wanted: object, got: object) -> Iterator[Failure]:
        if wanted != got:
            yield Failure(item.place, "story-otherwise", {"name": name, "wanted": wanted, "got": got})

    def _offered(self, item: Item, case: Case) -> Iterator[str]:
        """The acts that somebody of the cast (or the one named) may do now."""
        named = item.data.get("as")
        actors = [self.story.cast[named]] if named else list(self.story.cast.values())
        world = World(self.now, self.calendar, self.story.unit)
        able = {act for actor in actors for act in self._able(case, actor, item.day or self.now.date(), world)}
        yield from able

    def _able(self, case: Case, actor: Actor, day: date, world: World) -> Iterator[str]:
        return (o.act for o in offers(self.guide, case, actor, day, world) if not o.reasons)

    def _deadline(self, item: Item, case: Case, name: str, wanted: Mapping[str, Any]) -> Iterator[Failure]:
        deadline, _, n = name.partition("#")
        runs = [run for run in case.deadlines if run.deadline == deadline]
        run = next((run for run in runs if str(run.n) == n), None) if n else (runs[-1] if runs else None)
        today = item.day or self.now.date()
        got: Mapping[str, object] = {"is": "pending"}
        if run is not None:
            days = {"due": run.due.isoformat(), "raw_end": run.raw_end.isoformat()}
            got = {**days, "is": run.on(today), "n": run.n, "started_on": run.started_on.isoformat()}
        for key, value in wanted.items():
            yield from self._compare(item, f"{name}.{key}", value, got.get(key))

    def _paper(self, item: Item, case: Case, name: str, wanted: Mapping[str, Any]) -> Iterator[Failure]:
        document, _, n = name.partition("#")
        papers = [paper for paper in case.papers if paper.document == document and n in ("", str(paper.n))]
        paper = papers[-1] if papers else None
        for key, value in wanted.items():
            yield from self._compare(item, f"{name}.{key}", value, getattr(paper, key, None))


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
