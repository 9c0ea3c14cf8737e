"""A situation of a case as one whole number: a slot for each thing that the guide looks at, a bit for each value.

A slot with one bit set is known, one with several may be any of them: a value is only chosen where something reads it.
Questions are asked of the number in Kleene's logic: yes, no, or not known; `split` divides a situation until the
question has an answer. What is not followed at all (free days, other cases) stays unknown for ever.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Truth = bool | None
NO, YES = False, True
"""The values of a slot that has but two."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What is followed of one thing: its values, each a bit from `shift` on."""

    name: tuple[str, ...]
    values: tuple[Any, ...]
    shift: int

    @property
    def mask(self) -> int:
        """All of its bits."""
        return ((1 << len(self.values)) - 1) << self.shift

    def bits(self, *values: Any) -> int:
        """The bits of some values."""
        return self.where(lambda value: value in values)

    def where(self, test: Callable[[Any], bool]) -> int:
        """The bits of the values that pass a test."""
        return sum(1 << (self.shift + n) for n, value in enumerate(self.values) if test(value))

    def of(self, s: int) -> list[Any]:
        """The values that it may have in a situation."""
        return [value for n, value in enumerate(self.values) if s >> (self.shift + n) & 1]


@dataclass(frozen=True, slots=True)
class Cond:
    """A question about a situation. `atoms` are the bits for yes and for no of each slot that it reads."""

    value: Callable[[int], Truth]
    atoms: tuple[tuple[int, int], ...] = ()

    @property
    def reads(self) -> int:
        """The bits of every slot that it reads."""
        return _union(yes | no for yes, no in self.atoms)


ALWAYS, NEVER, FREE = Cond(lambda _: True), Cond(lambda _: False), Cond(lambda _: None)


def atom(slot: Slot, yes: int) -> Cond:
    """Whether the slot has one of the values whose bits are given."""
    no = slot.mask & ~yes
    if not yes or not no:
        return ALWAYS if yes else NEVER
    return Cond(lambda s: (None if s & no else True) if s & yes else False, ((yes, no),))


def every(conds: Iterable[Cond]) -> Cond:
    """Whether all of them are true."""
    parts = [cond for cond in conds if cond is not ALWAYS]
    if NEVER in parts or len(parts) < 2:
        return NEVER if NEVER in parts else (parts[0] if parts else ALWAYS)
    values = tuple(part.value for part in parts)

    def value(s: int) -> Truth:
        found: Truth = True
        for one in values:
            if (truth := one(s)) is False:
                return False
            found = found if truth else None
        return found

    atoms = tuple(dict.fromkeys(pair for part in parts for pair in part.atoms))
    return Cond(value, atoms)


def no(cond: Cond) -> Cond:
    """Whether it is not true."""
    if cond in (ALWAYS, NEVER):
        return NEVER if cond is ALWAYS else ALWAYS
    asked = cond.value
    return Cond(lambda s: None if (truth := asked(s)) is None else not truth, cond.atoms)


def some(conds: Iterable[Cond]) -> Cond:
    """Whether one of them is true."""
    return no(every([no(cond) for cond in conds]))


def split(cond: Cond, s: int) -> Iterator[tuple[int, Truth]]:
    """The situation in parts of which each has one answer; unknown is left what rests on things not followed."""
    truth = cond.value(s)
    if truth is None:
        for yes, other in cond.atoms:
            if s & yes and s & other:
                yield from split(cond, s & ~other)
                yield from split(cond, s & ~yes)
                return
    yield s, truth


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


Op = Callable[[int], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Change:
    """What an act does to a situation: the situations that may come of it, the bits it looks at and those it writes."""

    of: Op
    reads: int
    writes: int
    wipes: int = 0
    """The bits of slots that are written whatever they were."""


def becomes(slot: Slot, bits: int) -> Change:
    """The slot gets these values, whatever it had."""
    mask = slot.mask
    return Change(lambda s: (s & ~mask | bits,), 0, mask, mask)


def turns(slot: Slot, into: dict[Any, tuple[Any, ...]]) -> Change:
    """Each value of the slot turns into others; those not named stay."""
    moved = [(slot.bits(value), slot.bits(*into.get(value, (value,)))) for value in slot.values]
    mask = slot.mask

    def of(s: int) -> Iterable[int]:
        bits = 0
        for old, new in moved:
            if s & old:
                bits |= new
        return (s & ~mask | bits,)

    return Change(of, 0, mask)


def then(changes: Iterable[Change]) -> Change:
    """One change after the other."""
    parts = tuple(changes)

    def of(s: int) -> Iterable[int]:
        found = [s]
        for part in parts:
            found = [after for before in found for after in part.of(before)]
        return found

    reads = wipes = 0
    for part in parts:
        reads |= part.reads & ~wipes
        wipes |= part.wipes & ~reads
    return Change(of, reads, _union(p.writes for p in parts), wipes)


def either(*changes: Change) -> Change:
    """One of the changes, nobody knows which."""
    return Change(
        lambda s: [after for change in changes for after in change.of(s)],
        _union(c.reads for c in changes),
        _union(c.writes for c in changes),
    )


NOTHING = Change(lambda s: (s,), 0, 0)


def where(cond: Cond, yes: Change, other: Change = NOTHING) -> Change:
    """One change where the question is answered by yes, another where by no, both where nobody knows."""
    if cond in (ALWAYS, NEVER):
        return yes if cond is ALWAYS else other

    def of(s: int) -> Iterable[int]:
        for part, truth in split(cond, s):
            if truth is not False:
                yield from yes.of(part)
            if truth is not True:
                yield from other.of(part)

    return Change(of, cond.reads | yes.reads | other.reads, yes.writes | other.writes)


def only(cond: Cond) -> Change:
    """What is left of the situation where the question may be answered by yes."""
    return where(cond, NOTHING, Change(lambda _: (), 0, 0))
