"""What the stories of a guide have walked: states, steps, transitions, conditions both ways, deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jiandu.case import Case
from jiandu.case.situation import Situation
from jiandu.guide.model import Guide

KINDS = ("states", "steps", "transitions", "guards", "deadlines")
"""What is counted. A guard counts twice, once for each answer; a deadline twice, once met and once missed."""


@dataclass(slots=True)
class Coverage:
    """What has been seen of one guide, as (kind, name) with an answer where there are two."""

    guide: Guide
    seen: set[tuple[str, str]] = field(default_factory=set)

    def asked(self, situation: Situation) -> None:
        """An act was judged: which way its conditions turned."""
        act = situation.act
        if act.when is not None:
            self.seen.add(("guards", f"{act.step}.when={act.when.holds(situation.before)}"))
        for rule in act.rules:
            if rule.if_ is None or rule.if_.holds(situation.after):
                self.seen.add(("guards", f"{act.step}.{rule.id}={rule.must.holds(situation.after)}"))

    def done(self, name: str, case: Case) -> None:
        """An act was done, and the case is now this."""
        act = self.guide.acts[name]
        self.seen.add(("transitions" if act.moves else "steps", name if act.moves else act.step))
        self.now(case)

    def now(self, case: Case) -> None:
        """The case stands like this."""
        self.seen.add(("states", case.state))
        for run in case.deadlines:
            if run.status in ("met", "met_late"):
                self.seen.add(("deadlines", f"{run.deadline}=met"))
            if run.late:
                self.seen.add(("deadlines", f"{run.deadline}=missed"))

    def overdue(self, names: Iterator[str]) -> None:
        """Deadlines that stand overdue on the day of an act."""
        self.seen |= {("deadlines", f"{name}=missed") for name in names}

    def all(self) -> dict[str, tuple[str, ...]]:
        """Everything there is to see, by kind."""
        acts = self.guide.acts.values()
        return {
            "states": tuple(self.guide.states),
            "steps": tuple(dict.fromkeys(act.step for act in acts if not act.moves)),
            "transitions": tuple(act.name for act in acts if act.moves),
            "guards": tuple(dict.fromkeys(f"{guard}={answer}" for guard in self._guards() for answer in (True, False))),
            "deadlines": tuple(f"{name}={end}" for name in self.guide.deadlines for end in ("met", "missed")),
        }

    def missing(self, kind: str) -> tuple[str, ...]:
        """What no story has seen."""
        return tuple(name for name in self.all()[kind] if (kind, name) not in self.seen)

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many of how many were seen, by kind."""
        return {kind: (len(names) - len(self.missing(kind)), len(names)) for kind, names in self.all().items()}

    def _guards(self) -> Iterator[str]:
        for act in self.guide.acts.values():
            if act.when is not None:
                yield f"{act.step}.when"
            yield from (f"{act.step}.{rule.id}" for rule in act.rules)
