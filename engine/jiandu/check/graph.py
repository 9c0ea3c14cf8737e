"""The way of a case through a guide, without its data: which states lead to which."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from jiandu.guide.model import Act, Guide


class Graph:
    """The states of a guide and the transitions between them, whatever their conditions."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide

    @cached_property
    def ways(self) -> Mapping[str, tuple[Act, ...]]:
        """The transitions out of each state."""
        return {state: tuple(act for act in acts if act.moves) for state, acts in self.guide.offered.items()}

    @cached_property
    def reached(self) -> Mapping[str, tuple[str, ...]]:
        """The states a case can come to, each with a shortest way there."""
        ways: dict[str, tuple[str, ...]] = {self.guide.initial: (self.guide.initial,)}
        waiting = [self.guide.initial]
        for state in waiting:
            for act in self.ways[state]:
                if act.to not in ways:
                    ways[act.to] = (*ways[state], act.to)
                    waiting.append(act.to)
        return ways

    def passed(self, state: str) -> frozenset[str]:
        """The states that every path there enters, and enters by an act of ours."""
        events = {act.to for acts in self.ways.values() for act in acts if act.event}
        return frozenset(one for one in self.reached if one not in events and not self._around(one, state))

    def _around(self, one: str, state: str) -> bool:
        """Whether a path leads to a state without entering another."""
        found = [self.guide.initial] if one not in (self.guide.initial, state) else []
        for here in found:
            found += [act.to for act in self.ways[here] if act.to not in (*found, one)]
        return state in found

    @cached_property
    def ending(self) -> frozenset[str]:
        """The states from which some way leads to the end."""
        return self.leading_to(state.id for state in self.guide.states.values() if state.final)

    def leading_to(self, states: Iterable[str]) -> frozenset[str]:
        """Those states and all that lead to them."""
        before: dict[str, list[str]] = {state: [] for state in self.guide.states}
        for state, acts in self.ways.items():
            for act in acts:
                before[act.to].append(state)
        found = list(states)
        seen = set(found)
        for state in found:
            fresh = [one for one in before[state] if one not in seen]
            seen.update(fresh)
            found += fresh
        return frozenset(seen)

    def from_here(self, state: str) -> frozenset[str]:
        """That state and all that it leads to."""
        return self._onward[state]

    @cached_property
    def _onward(self) -> Mapping[str, frozenset[str]]:
        return {state: self.closed([state], lambda _: True) for state in self.guide.states}

    def closed(self, states: Iterable[str], usable: Callable[[Act], bool]) -> frozenset[str]:
        """Those states and all that usable transitions lead to from them."""
        found = list(states)
        seen = set(found)
        for one in found:
            fresh = dict.fromkeys(act.to for act in self.ways[one] if act.to not in seen and usable(act))
            seen.update(fresh)
            found += fresh
        return frozenset(seen)

    def may_follow(self, first: Act, later: Act) -> bool:
        """Whether some path lets an act be done after another, or in the same stay."""
        ends = (first.to,) if first.moves else tuple(state for state in first.states if state in self.reached)
        return any(state in self.from_here(end) for end in ends for state in later.states)
