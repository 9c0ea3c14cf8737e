"""Every situation that a case of a guide can come to, breadth first, each with the move that led there first.

Followed are cases that the guide's own `open` begins and that go by its own acts, each entered on its day; what
amending, adopting, migrating, rescinding or an act of another case may bring about is not. Only what bears on the
questions is looked at (`needed`), and in each state only what something may still read there (`live`). A move's changes
depend on few bits, so each is worked out once for each pattern of those bits.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from jiandu.check.moves import Move, Moves
from jiandu.check.slots import NOTHING, YES, Change, Cond, only, split, then
from jiandu.guide.conditions import Fact
from jiandu.guide.model import Guide

SOME, THOROUGH = (20_000, 1.0), (300_000, 120.0)
"""So many situations are looked at, for so many seconds."""
ACTS = 400
"""Through a guide of more acts nobody walks: what each does to what the others have done grows with their square."""


@dataclass(slots=True)
class Way:
    """A move with what is left of its changes, and its answers so far by the bits they depend on."""

    moves: tuple[Move, ...]
    state: str
    to: str
    gate: Cond
    changes: tuple[Change, ...]
    asks: int
    change: Change = NOTHING
    bits: int = 0
    gates: dict[int, bool] = field(default_factory=dict)
    known: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def seen(self, live: int) -> Change | None:
        """What is left of the changes where only some bits are looked at afterwards; None where nothing is."""
        kept = list[Change]()
        for change in reversed(self.changes):
            if not change.writes or change.writes & live:
                live |= change.reads
                kept.append(change)
        return then(reversed(kept)) if any(change.writes for change in kept) else None

    def open(self, s: int) -> bool:
        """Whether the move may be made."""
        key = s & self.asks
        if (found := self.gates.get(key)) is None:
            found = self.gates[key] = self.gate.value(key) is not False
        return found

    def after(self, s: int) -> Iterator[int]:
        """The situations that may come of it."""
        key = s & self.bits
        if (found := self.known.get(key)) is None:
            found = self.known[key] = tuple(dict.fromkeys(self.change.of(key)))
        rest = s & ~self.bits
        return (rest | one for one in found)


@dataclass(slots=True)
class Question:
    """A question that is put to every situation of a state, with how it divides those so far."""

    cond: Cond
    bits: int
    known: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def parts(self, s: int) -> Iterable[int]:
        """The situation in parts that answer it alike."""
        key = s & self.bits
        if (found := self.known.get(key)) is None:
            found = self.known[key] = tuple(part for part, _ in split(self.cond, key))
        if len(found) == 1:
            return (s,)
        rest = s & ~self.bits
        return [rest | one for one in found]


@dataclass(slots=True)
class Explored:
    """What was found: situations by number, how each was first reached, what follows each."""

    situations: list[int] = field(default_factory=list)
    came: list[tuple[int, int]] = field(default_factory=list)
    next: list[tuple[int, ...]] = field(default_factory=list)
    made: set[int] = field(default_factory=set)
    whole: bool = True
    seconds: float = 0.0


class SpentError(Exception):
    """The budget is used up: there are more situations than are looked at, or no time is left."""


class Explorer:
    """Explores the cases of one guide."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.moves = Moves(guide)
        self.facts = self.moves.facts
        self.all = list(self.moves.all()) if len(guide.acts) <= ACTS else []
        self.claims = [(one, self.facts.asked(one.condition)) for one in guide.statements]
        self.unmet = self._unmet()
        self.needed = self._needed()
        self.ways = [self._way(moves) for moves in self._together()]
        self.by_state: dict[str, list[int]] = {state: [] for state in guide.states}
        self.live = self._live()
        full = (1 << self.facts.size) - 1
        self.dead = {state: full & ~live for state, live in self.live.items()}
        for index, way in enumerate(self.ways):
            if change := way.seen(self.live[way.to]):
                way.change, way.bits = change, change.reads | change.writes
                self.by_state[way.state].append(index)
        self.asked = {state: self._questions(state) for state in guide.states}
        self.asks = {state: _reads(one.cond for one in asked) for state, asked in self.asked.items()}
        self.lowest = sum(1 << slot.shift for slot in self.facts.slots.values())
        self._parts: dict[int, tuple[int, ...]] = {}
        self._most, self._until = THOROUGH[0], float("inf")

    def _unmet(self) -> list[tuple[str, str, Cond]]:
        """What must not be open any more at the end: steps passed over, cases held, duties."""
        names = [name for name in self.facts.slots if name[0] in ("owed", "held")]
        has, owed = self.facts.has, self.moves.owed
        found = [(kind, about, owed(about) if kind == "owed" else has((kind, about), YES)) for kind, about in names]
        return [*found, *(("duty", d.id, self.moves.owing(d)) for d in self.moves.followed if d.duty)]

    # what matters

    def _needed(self) -> int:
        needed = self.facts.state.mask
        for cond in (*(cond for _, cond in self.claims), *(cond for *_, cond in self.unmet)):
            needed |= cond.reads
        before = -1
        while before != needed:
            before = needed
            for move in self.all:
                moves = move.act is not None and move.act.moves
                if moves or any(change.writes & needed for change in move.changes):
                    needed |= move.gate.reads
                    for change in move.changes:
                        needed |= change.reads if change.writes & needed or not change.writes else 0
        return needed

    def _way(self, moves: tuple[Move, ...]) -> Way:
        kept: list[Change] = []
        for move in moves:
            kept += [only(move.gate)] if kept else []
            kept += [change for change in move.changes if change.writes & self.needed or not change.writes]
        return Way(moves, moves[0].state, moves[-1].to, moves[0].gate, tuple(kept), moves[0].gate.reads)

    def _together(self) -> Iterator[tuple[Move, ...]]:
        """The moves; a paper is drafted, signed and released at one go where nothing looks at what is between."""
        named = {(move.state, move.act.name): move for move in self.all if move.act}
        for move in self.all:
            act = move.act
            if act is None or not act.verb or act.step in self._watched or act.verb in ("serve", "answer"):
                yield (move,)
            elif act is self.guide.openers[act.step]:
                later = (named.get((move.state, f"{act.step}.{verb}")) for verb in ("sign", "release"))
                yield (move, *(one for one in later if one is not None and one is not move))

    @cached_property
    def _watched(self) -> set[str]:
        """The steps whose papers something looks at while they are in the house."""
        facts = [node for node in self.facts.nodes if isinstance(node, Fact)]
        named = {name for node in facts for name in node.names if node.kind == "signed" or "." in name}
        return {a.step for a in self.guide.acts.values() if a.verb and named & {a.step, a.document, a.name}}

    def _live(self) -> dict[str, int]:
        """The bits that something may still read, by state; a change that nobody will see reads nothing."""
        always = self.facts.state.mask | _reads(cond for _, cond in self.claims)
        ends = _reads(cond for *_, cond in self.unmet)
        live = {name: always | ends * state.final for name, state in self.guide.states.items()}
        changed = True
        while changed:
            changed = False
            for way in self.ways:
                if (change := way.seen(live[way.to])) and (
                    more := (way.asks | change.reads | (live[way.to] & ~change.wipes)) & ~live[way.state]
                ):
                    live[way.state] |= more
                    changed = True
        return live

    def _questions(self, state: str) -> "list[Question]":
        conds = [self.ways[index].gate for index in self.by_state[state]]
        ends = [cond for *_, cond in self.unmet] if self.guide.states[state].final else []
        return [
            Question(cond, cond.reads) for cond in (*conds, *ends, *(cond for _, cond in self.claims)) if cond.atoms
        ]

    # the way through

    def parts(self, state: str, s: int) -> tuple[int, ...]:
        """A situation of a state in parts, in each of which every question of the state has one answer."""
        s |= self.dead[state]
        if not (s & (s - self.lowest)) & self.asks[state]:
            return (s,)
        if (found := self._parts.get(s)) is None:
            some = [s]
            for question in self.asked[state]:
                if (s & (s - self.lowest)) & question.bits:  # a slot of several bits is not known yet
                    some = [part for one in some for part in question.parts(one)]
                    self._spend(len(some))
            found = self._parts[s] = tuple(some)
        return found

    def _spend(self, situations: int) -> None:
        """Raises SpentError where these are too many, or it is too late: forty yes-or-no fields have 2⁴⁰ answers."""
        if situations > self._most or time.perf_counter() > self._until:
            raise SpentError

    def begin(self) -> Iterator[int]:
        """The situations in which a case may begin."""
        s, opened = self.moves.begun()
        for one in opened.of(s):
            yield from self.parts(self.guide.initial, one)

    def follow(self, s: int) -> Iterator[tuple[int, int]]:
        """Each move that may be made, by its number, with each situation that may come of it."""
        state = self.facts.state.of(s)[0]
        for index in self.by_state[state]:
            way = self.ways[index]
            if way.open(s):
                for after in way.after(s):
                    for part in self.parts(way.to, after):
                        yield index, part

    def explore(self, most: int = THOROUGH[0], seconds: float = THOROUGH[1]) -> Explored:
        """Everything that can be reached, as far as the budget goes."""
        found, started = Explored(), time.perf_counter()
        self._most, self._until = most, started + seconds
        try:
            self._explore(found)
        except SpentError:
            found.whole = False
        found.seconds = time.perf_counter() - started
        return found

    def _explore(self, found: Explored) -> None:
        """Looks at one situation after the other. Raises SpentError with those not looked at still to come."""
        numbers: dict[int, int] = {}

        def number(s: int, came: tuple[int, int]) -> int:
            n = numbers.setdefault(s, len(numbers))
            if n == len(found.situations):
                found.situations.append(s)
                found.came.append(came)
            return n

        if len(self.guide.acts) > ACTS:
            raise SpentError
        for s in self.begin():
            number(s, (-1, -1))
        for n, s in enumerate(found.situations):
            self._spend(n + 1)
            after: set[int] = set()
            for way, s_after in self.follow(s):
                found.made.add(way)
                after.add(number(s_after, (n, way)))
            found.next.append(tuple(after))

    # verdicts

    def stuck(self, found: Explored) -> Iterator[int]:
        """The situations from which nothing leads to an end, the first reached first."""
        before: list[list[int]] = [[] for _ in found.situations]
        for n, after in enumerate(found.next):
            for one in after:
                before[one].append(n)
        good = [n for n, s in enumerate(found.situations) if n >= len(found.next) or self.final(s)]
        seen = bytearray(len(found.situations))
        for n in good:
            seen[n] = 1
        for n in good:
            for one in before[n]:
                if not seen[one]:
                    seen[one] = 1
                    good.append(one)
        return (n for n in range(len(found.next)) if not seen[n])

    def final(self, s: int) -> bool:
        """Whether a situation is one of the end."""
        return self.guide.states[self.facts.state.of(s)[0]].final

    def largest(self, found: Explored) -> str:
        """The title of the field that takes on the most values, where a guide is too large."""
        fields = [slot for slot in self.facts.slots.values() if slot.name[0] in ("field", "record")]
        some = found.situations[:: len(found.situations) // 5_000 + 1]
        slot = max(fields, key=lambda slot: len({s & slot.mask for s in some}), default=None)
        return self.facts.definition(slot.name).title.zh if slot else ""

    def path(self, found: Explored, n: int) -> list[int]:
        """The numbers of the situations on the way there, from the beginning."""
        way = [n]
        while found.came[way[-1]][0] >= 0:
            way.append(found.came[way[-1]][0])
        return way[::-1]


def _reads(conds: Iterable[Cond]) -> int:
    found = 0
    for cond in conds:
        found |= cond.reads
    return found
