"""Cases driven at random through every kind of act: what is refused changes nothing, what is done leaves a sound case,
and a second telling of the guide, which knows nothing of the engine, arrives at the same."""

import os
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from case.reference import Reference
from case.test_agreement import HANDS
from guides_for_tests.matter import EVERYBODY, Matter, person
from guides_for_tests.random_acts import GUIDES, NEXT, Written, opened
from invariants import Everything
from jiandu.case import Actor, Draft, Refusal
from jiandu.trail import opened as read

SOAK = bool(os.environ.get("JIANDU_SOAK"))
EXAMPLES = 1_500 if SOAK else 80
STEPS = 60
KINDS = (
    *("open", "adopt", "do", "amend", "assign", "note", "extend", "suspend", "resume"),
    *("link", "rescind", "migrate", "tick"),
)
OWNER = replace(EVERYBODY, roles=EVERYBODY.roles | {"complaints", "prosecutor", "case_manager", "department_head"})
CHIEF = person("chief", "chief", "case_manager", "department_head", "boss", "administrator", "officer", "clerk")
people = st.sampled_from([*HANDS, OWNER, CHIEF])
chances = st.integers(0, 10**6)
accepted: Counter[str] = Counter()
refused: Counter[str] = Counter()


class Walk(RuleBasedStateMachine):
    """A case, its people, and days that pass."""

    matter: Matter
    reference: Reference

    @initialize(guide=st.sampled_from(sorted(GUIDES)), elsewhere=st.integers(0, 4), choice=chances)
    def begin(self, guide: str, elsewhere: int, choice: int) -> None:
        self.name = guide
        if elsewhere:
            self.matter = opened(GUIDES[guide])
            self.matter.thorough = False
            self.tell("open")
            return
        self.matter = Matter(GUIDES[guide])
        self.matter.thorough = False
        states = [name for name, state in self.matter.guide.states.items() if not state.final]
        state = states[choice % len(states)]
        adopted = self.matter.adopt(OWNER, state=state, source="台账", opened_on="2026-02-02")
        self.matter.write(adopted)
        self.tell("adopt")
        self.reference.state, self.reference.visits = state, {state: 1}
        self.reference.past.clear()
        self.reference.remember()

    def tell(self, verb: str) -> None:
        """Begins the other telling."""
        accepted[verb] += 1
        self.texts = {self.matter.guide.digest: self.matter.guide.text}
        self.texts[self.matter.calendar.digest] = self.matter.calendar.content
        self.reference = Reference(self.matter.guide.text, self.matter.calendar.content)
        self.reference.card |= {} if verb == "adopt" else self.matter.case.card
        self.reference.remember()

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        self.matter.today += timedelta(days=days)

    @rule(by=people, choice=chances, back=st.integers(0, 25))
    def act(self, by: Actor, choice: int, back: int) -> None:
        """Any act of the state at all, fitting or not, on a day that may lie back."""
        names = sorted(self.matter.offers(by)) or sorted(self.matter.guide.acts)
        self.attempt(names[choice % len(names)], by, choice, back)

    @rule(choice=chances)
    def act_as_offered(self, choice: int) -> None:
        self.offered(choice)

    @rule(choice=chances)
    def act_as_offered_once_more(self, choice: int) -> None:
        self.offered(choice)

    @rule(choice=chances, days=st.integers(0, 3))
    def act_as_offered_some_days_later(self, choice: int, days: int) -> None:
        self.matter.today += timedelta(days=days)
        self.offered(choice)

    def offered(self, choice: int) -> None:
        """Something that somebody may do."""
        by = (OWNER, CHIEF, *HANDS)[choice % 4]
        if able := sorted(self.matter.can(by)):
            self.attempt(able[choice // 4 % len(able)], by, choice // len(able), 0)

    @rule(by=people, choice=chances)
    def act_amiss(self, by: Actor, choice: int) -> None:
        names = sorted(self.matter.guide.acts)
        before = self.matter.case
        wrong = {"record": {"no such field": "x"}, "card": {"track": 7}}
        assert self.matter.codes(names[choice % len(names)], by, **wrong)
        assert self.matter.case is before

    def attempt(self, name: str, by: Actor, choice: int, back: int) -> None:
        written = Written(self.matter).some(name, choice)
        day = (self.matter.today - timedelta(days=back)).isoformat()
        if self.done("do", self.matter.ask(name, by, day, **written)):
            effects = read(self.matter.lines[-1].entry)["effects"]
            paper = next((e["paper"] for e in effects if e["kind"].startswith("paper_") and e["kind"] not in NEW), None)
            to = next((e["to"] for e in effects if e["kind"] == "paper_served"), None)
            self.reference.do(name, written.get("card", {}), paper, to)
            self.reference.remember()

    def done(self, verb: str, decision: Draft | Refusal) -> bool:
        """Writes down what was allowed; what was refused must have changed nothing."""
        before, lines = self.matter.case, len(self.matter.lines)
        if isinstance(decision, Refusal):
            assert decision.reasons
            refused[verb] += 1
            return False
        self.matter.write(decision)
        accepted[verb] += 1
        assert (self.matter.case.seq, len(self.matter.lines)) == (before.seq + 1, lines + 1)
        return True

    # the general acts

    @rule(by=st.sampled_from([OWNER, CHIEF, OWNER, CHIEF, *HANDS]), choice=chances)
    def note_or_assign(self, by: Actor, choice: int) -> None:
        roles = [role.id for role in self.matter.guide.roles.values() if role.assigned]
        if choice % 2:
            self.general("note", by, reason="备查")
        else:
            self.general("assign", by, assigns={roles[choice % len(roles)]: (("all", "p1")[choice // 2 % 2],)})

    @rule(choice=chances)
    def amend(self, choice: int) -> None:
        dates = [field for field in self.matter.guide.fields.values() if field.type in ("date", "boolean")]
        field = dates[choice % len(dates)]
        moved = (self.matter.today - timedelta(days=choice % 30)).isoformat()
        card = {field.id: moved if field.type == "date" else bool(choice // 7 % 2)}
        if self.done("amend", self.matter.ask_to("amend", by=OWNER, card=card, reason="误")):
            self.reference.card |= card
            self.reference.remember()

    @rule(choice=chances)
    def extend(self, choice: int) -> None:
        runs = {run.deadline for run in self.matter.case.deadlines if run.unfinished or choice % 5 == 0}
        able = [limit for limit in self.matter.guide.deadlines.values() if limit.extend and limit.id in runs]
        if able:
            deadline = able[choice % len(able)]
            grounds = [*deadline.extend.grounds, *deadline.extend.grounds, "none"]
            self.general("extend", CHIEF, name=deadline.id, ground=grounds[choice // 5 % len(grounds)])

    @rule(choice=chances)
    def suspend_or_resume(self, choice: int) -> None:
        suspension, suspended = self.matter.guide.suspension, self.matter.case.status == "suspended"
        if suspended:
            self.general("resume", CHIEF, becomes="closed" if self.reference.outcome else "open")
        elif suspension and (self.matter.case.state in suspension.states or choice % 5 == 0):
            self.general("suspend", CHIEF, becomes="suspended", ground=next(iter(suspension.grounds)), reason="病")

    @rule(choice=chances)
    def link(self, choice: int) -> None:
        names = [*self.matter.guide.related, *self.matter.guide.related, "nothing"]
        self.general("link", OWNER, name=names[choice % len(names)], other=f"other-{choice % 50}")

    @rule()
    def rescind(self) -> None:
        if self.done("rescind", self.matter.ask_to("rescind", by=CHIEF, reason="误")):
            self.reference.undo()
            self.reference.remember()

    @rule()
    def migrate(self) -> None:
        new = NEXT.get(self.name)
        if new is None or self.matter.guide is new or self.matter.case.status == "finished":
            return
        if self.done("migrate", self.matter.migrate(new)):
            self.matter.guide = new
            self.texts[new.digest] = new.text
            self.reference.remember()

    @rule(days=st.integers(0, 9))
    def tick(self, days: int) -> None:
        self.matter.today += timedelta(days=days)
        if self.matter.tick():
            accepted["tick"] += 1
            self.reference.remember()
            assert self.matter.tick() == []

    def general(self, verb: str, by: Actor, name: str = "", becomes: str = "", **written: Any) -> None:
        if self.done(verb, self.matter.ask_to(verb, name, by, **written)):
            self.reference.status = becomes or self.reference.status
            self.reference.remember()

    # what must be true

    @invariant()
    @precondition(lambda self: hasattr(self, "matter"))
    def the_other_telling_says_the_same(self) -> None:
        case, told = self.matter.case, self.reference
        assert (case.state, case.status, case.outcome) == (told.state, told.status, told.outcome)
        assert {state: visit.n for state, visit in case.visits.items()} == told.visits
        papers = [(p.name, p.step, p.visit, p.status, sorted(p.served), p.answered_on is not None) for p in case.papers]
        assert papers == [
            (p["name"], p["step"], p["visit"], p["status"], sorted(p["served"]), p["answered"]) for p in told.papers
        ]

    @invariant()
    @precondition(lambda self: hasattr(self, "matter"))
    def every_day_is_counted_right(self) -> None:
        for run in self.matter.case.deadlines:
            words = self.reference.length(run.deadline, run.started_on)
            if words is not None and not words["length"].endswith(("hours", "hour")):
                assert run.due == self.reference.due(run.started_on, words, run.extensions, run.pauses), run
            late = run.met_on is not None and run.met_on > run.due and run.paused_on is None
            assert (run.status == "met_late") == late
            assert run.unfinished or run.status in ("met", "met_late", "void", "superseded")

    def teardown(self) -> None:
        """The whole trail once more, by every invariant there is."""
        if hasattr(self, "matter"):
            Everything.of_one(self.matter.lines, self.matter.case, self.texts, self.matter.counters).hold()


NEW = ("paper_drafted", "paper_abandoned")
"""What an act does to papers that it does not name."""


def test_random_walks_through_every_kind_of_act() -> None:
    accepted.clear()
    refused.clear()
    dealt = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=not SOAK)
    run_state_machine_as_test(Walk, settings=dealt)
    done, asked = accepted.total(), accepted.total() + refused.total()
    print(f"{done} of {asked} acts accepted ({100 * done // asked} %)", dict(accepted), "refused", dict(refused))
    assert done >= 0.3 * asked
    if SOAK:
        assert min(accepted[kind] for kind in KINDS) >= 100, accepted


@pytest.mark.parametrize("guide", sorted(GUIDES))
def test_a_guide_reaches_an_end(guide: str) -> None:
    chance = random.Random(guide)  # the same walk at every run
    for _ in range(40):
        matter = opened(GUIDES[guide])
        matter.thorough = False
        for _ in range(150):
            by = chance.choice((OWNER, CHIEF))
            if matter.case.status == "finished" or not (able := sorted(matter.can(by))):
                continue
            moves = [name for name in able if matter.guide.acts[name].moves]
            name = chance.choice(moves if moves and chance.random() < 0.4 else able)
            written = Written(matter).some(name, chance.randrange(300))
            if isinstance(matter.ask(name, by, **written), Draft):
                matter.do(name, by, **written)
            matter.today += timedelta(days=chance.choice((0, 1, 8)))
        if matter.case.status == "finished":
            print(f"{guide} ends after {matter.case.seq} acts and {(matter.today - date(2026, 3, 2)).days} days")
            return
    pytest.fail(f"no walk of {guide} came to its end")
