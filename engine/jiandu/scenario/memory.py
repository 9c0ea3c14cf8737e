"""A place for cases that forgets everything: acts decided, sealed and folded as an engine does, without a database."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

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
    evolve,
    open_case,
    tick,
)
from jiandu.case.sealing import Circumstances, sealed
from jiandu.case.view import Kin
from jiandu.clock import CountedEntropy
from jiandu.directory import Unit
from jiandu.errors import Reason, UsageError
from jiandu.guide.model import Guide
from jiandu.trail import Sealed, opened


@dataclass(slots=True)
class Memory:
    """Cases, their trails and the numbers taken. `units` are those above the unit of a case, nearest first."""

    guide_of: Callable[[str], Guide]
    calendar: Calendar
    unit: Unit
    above: tuple[Unit, ...]
    now: datetime
    entropy: CountedEntropy = field(default_factory=CountedEntropy)
    cases: dict[str, Case] = field(default_factory=dict)
    lines: list[Sealed] = field(default_factory=list)
    counters: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def open(self, guide: Guide, actor: Actor, request: Request, key: str | None) -> Draft | Refusal:
        """Opens a case; the draft that was written, or why not."""
        decision = open_case(guide, actor, request, self.world(None))
        return self._kept(decision, None, actor, key)

    def adopt(self, guide: Guide, actor: Actor, request: Request, key: str | None) -> Draft | Refusal:
        """Brings in a case that runs elsewhere."""
        return self._kept(adopt(guide, actor, request, self.world(None)), None, actor, key)

    def act(self, verb: str, case: Case, actor: Actor, request: Request, key: str | None) -> Draft | Refusal:
        """Does an act on a case."""
        world = self.world(case)
        if verb == "link" and request.other and request.other not in self.cases:
            return Refusal((Reason("unknown-case", {"name": request.other}),))
        if verb == "rescind":
            world = replace(world, newest=self._newest(case), previous=self._previous(case))
        return self._kept(VERBS[verb](self.guide_of(case.guide), case, actor, request, world), case, actor, key)

    def tick(self, case: Case, actor: Actor) -> None:
        """Writes down what time has brought to a case."""
        draft = tick(self.guide_of(case.guide), case, self.world(case))
        if draft is not None:
            self._kept(draft, case, actor, None)

    def world(self, case: Case | None) -> World:
        """What an act may know."""
        province = next((one for one in (self.unit, *self.above) if one.level == "province"), None)
        superior = self.above[0] if self.above else None
        kin = tuple(self._kin(link.relation, self.cases[link.case]) for link in case.links) if case else ()
        return World(self.now, self.calendar, self.unit, superior, province, kin)

    def related(self, case: Case, relation: str) -> list[Case]:
        """The cases of a relation, in the order in which they were linked."""
        return [self.cases[link.case] for link in case.links if link.relation == relation]

    @staticmethod
    def _kin(relation: str, case: Case) -> Kin:
        return Kin(case.id, relation, case.guide, case.state, case.status, case.outcome, case.seq, case.card)

    def _kept(self, decision: Draft | Refusal, before: Case | None, actor: Actor, key: str | None) -> Draft | Refusal:
        """What was decided, written down, the cases that the act opens too; ids and salts as an engine draws them."""
        if isinstance(decision, Refusal):
            return decision
        new = self.entropy.identifier
        act, own = new(self.now), before.id if before else new(self.now)
        children = [new(self.now) for _ in decision.children]
        written = [
            (decision.related(children), before, Circumstances(own, act, self.entropy.salt(), key, practice=True))
        ]
        for child, wanted in zip(children, decision.children, strict=True):
            day = date.fromisoformat(decision.content["day"])
            request = Request(wanted.guide, day, card=wanted.card, assigns=wanted.holders)
            world = replace(self.world(None), unit=self._unit(wanted.unit))
            try:
                guide = self.guide_of(wanted.guide)
            except UsageError:
                return Refusal((Reason("unknown-guide", {"name": wanted.guide}),))
            opening = open_case(guide, actor, request, world, parent=own)
            if isinstance(opening, Refusal):
                return opening
            written.append((opening, None, Circumstances(child, act, self.entropy.salt(), None, practice=True)))
        for draft, case, around in written:
            taken = [self._next(wanted.unit, wanted.series, wanted.year) for wanted in draft.numbers]
            line, after = sealed(draft, case, taken, around)
            self.lines.append(line)
            self.cases[after.id] = after
        return decision

    def _unit(self, name: str) -> Unit:
        known = (one for one in (self.unit, *self.above) if one.id == name)
        return next(known, replace(self.unit, id=name))

    def _next(self, *series: Any) -> int:
        self.counters[series] = self.counters.get(series, 0) + 1
        return self.counters[series]

    def _newest(self, case: Case) -> dict[str, Any]:
        return opened(next(line for line in reversed(self.lines) if line.case == case.id).entry)

    def _previous(self, case: Case) -> Case | None:
        before: Case | None = None
        for line in [line for line in self.lines if line.case == case.id][:-1]:
            before = evolve(before, opened(line.entry), opened(line.body), line.hash)
        return before
