"""Cases driven at random, act by act: what is refused changes nothing, and what is done leaves a sound case."""

import json
import os
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from case.test_agreement import HANDS
from guides_for_tests.matter import Matter, folded
from guides_for_tests.random_acts import GUIDES, Written, opened
from jiandu.case import Actor, Draft
from jiandu.trail import opened as read

EXAMPLES = 1_000 if os.environ.get("JIANDU_SOAK") else 40
people = st.sampled_from(HANDS)
chances = st.integers(0, 10**6)


class Walk(RuleBasedStateMachine):
    """A case, its people, and days that pass."""

    matter: Matter

    @initialize(guide=st.sampled_from(sorted(GUIDES)))
    def begin(self, guide: str) -> None:
        self.matter = opened(GUIDES[guide])

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        self.matter.today += timedelta(days=days)

    @rule(by=people, choice=chances, back=st.integers(0, 25))
    def act(self, by: Actor, choice: int, back: int) -> None:
        """Any act of the state at all, fitting or not, on a day that may lie back."""
        names = sorted(self.matter.offers(by)) or sorted(self.matter.guide.acts)
        self._attempt(names[choice % len(names)], by, choice, back)

    @rule(by=people, choice=chances)
    def act_as_offered(self, by: Actor, choice: int) -> None:
        if able := sorted(self.matter.can(by)):
            self._attempt(able[choice % len(able)], by, choice, 0)

    @rule(by=people, choice=chances)
    def act_amiss(self, by: Actor, choice: int) -> None:
        names = sorted(self.matter.guide.acts)
        before = self.matter.case
        wrong = {"record": {"no such field": "x"}, "card": {"track": 7}}
        assert self.matter.codes(names[choice % len(names)], by, **wrong)
        assert self.matter.case is before

    def _attempt(self, name: str, by: Actor, choice: int, back: int) -> None:
        matter, before, lines = self.matter, self.matter.case, len(self.matter.lines)
        ways = list(Written(matter).all(name))
        written, day = ways[choice % len(ways)], (matter.today - timedelta(days=back)).isoformat()
        if isinstance(matter.ask(name, by, day, **written), Draft):
            matter.do(name, by, day, **written)
            assert (matter.case.seq, len(matter.lines)) == (before.seq + 1, lines + 1)
        else:
            assert (matter.case, len(matter.lines)) == (before, lines)

    @invariant()
    @precondition(lambda self: hasattr(self, "matter"))
    def the_case_is_sound(self) -> None:
        case, guide = self.matter.case, self.matter.guide
        assert case.state in guide.states
        assert (case.status == "finished") == guide.states[case.state].final
        assert case.status != "closed" or case.outcome is not None
        assert case.status != "open" or case.outcome is None
        for name in {run.deadline for run in case.deadlines}:
            runs = [run for run in case.deadlines if run.deadline == name]
            assert [run.n for run in runs] == list(range(1, len(runs) + 1))
            assert all(run.status != "running" for run in runs[:-1])
        for paper in case.papers:
            kind = guide.documents[paper.document]
            assert not paper.served or not kind.signed_by or paper.signed_on
            assert not paper.served or not kind.released_by or paper.released_on
            assert not paper.served or not kind.number or paper.number
            assert paper.served.keys() <= set(kind.recipients)

    def teardown(self) -> None:
        """The whole trail once more: the fold, the numbers, what was late."""
        if not hasattr(self, "matter"):
            return
        assert folded(self.matter.lines) == self.matter.case
        effects = [effect for line in self.matter.lines for effect in read(line.entry)["effects"]]
        taken = [(e["series"], e["year"], e["seq"]) for e in effects if e["kind"] == "number_taken"]
        assert len(set(taken)) == len(taken)
        due = {(e["deadline"], e["n"]): e["due"] for e in effects if e["kind"] == "deadline_started"}
        late = [
            e for e in effects if e["kind"] == "deadline_met" and e["late"] != (e["on"] > due[e["deadline"], e["n"]])
        ]
        assert not late
        assert json.dumps(effects)


Walk.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=40, deadline=None)
TestRandomWalks = Walk.TestCase
