"""The machine, the offers and the gate agree, and a refused act is no act at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transitions import MachineError

from guides_for_tests.matter import person
from guides_for_tests.random_acts import GUIDES, Written, walk
from jiandu.case import Actor, Draft, Refusal
from jiandu.case.acts.do import is_here
from jiandu.case.gate import gate
from jiandu.case.machine import machine_of
from jiandu.case.situation import Request, Situation

HANDS = [
    person("all", "clerk", "officer", "boss"),
    person("second", "clerk", "officer", "boss"),
    person("p1", "prosecutor", "case_manager", "complaints", "department_head"),
    person("p2", "prosecutor", "chief", "case_manager", "department_head", "assistant"),
    person("stranger"),
    person("away", "clerk", unit="u9"),
]
people = st.sampled_from(HANDS)
steps = st.lists(st.tuples(people, st.integers(0, 10**6), st.integers(0, 12)), max_size=25)


@settings(deadline=None)
@given(st.sampled_from(sorted(GUIDES)), steps, people, st.integers(-5, 5))
def test_an_act_is_offered_without_reasons_exactly_when_it_is_accepted_with_a_fitting_record(
    guide: str, way: list[tuple[Actor, int, int]], by: Actor, ahead: int
) -> None:
    matter = walk(GUIDES[guide], way)
    day = (matter.today + timedelta(days=ahead)).isoformat()
    for act, reasons in matter.offers(by, day).items():
        accepted = any(not matter.codes(act, by, day, **written) for written in Written(matter).all(act))
        assert accepted == (not reasons), (act, reasons)


@settings(deadline=None)
@given(st.sampled_from(sorted(GUIDES)), steps, people)
def test_the_machine_knows_the_moves_of_a_state_and_every_step_and_moves_as_the_guide_says(
    guide: str, way: list[tuple[Actor, int, int]], by: Actor
) -> None:
    matter = walk(GUIDES[guide], way)
    assert matter.case is not None
    machine, state = machine_of(matter.guide), matter.case.state
    offered = matter.offers(by)
    for name, act in matter.guide.acts.items():
        if state in act.states or not (act.moves or matter.guide.states[state].final):
            assert machine.attempt(state, name, lambda: True) == (act.to or state)
            assert machine.attempt(state, name, lambda: False) is None
        else:
            with pytest.raises(MachineError):
                machine.attempt(state, name, lambda: True)
        if matter.case.status == "finished":
            continue
        here = is_here(matter.guide, matter.case, act)
        assert name not in offered or here
        if here and name not in offered:  # a paper's act is offered when some paper waits for it
            assert act.verb
            assert act.name != matter.guide.openers[act.step].name
        assert here == (matter.codes(name, by) != ["not-offered"])


@settings(deadline=None)
@given(st.sampled_from(sorted(GUIDES)), steps, people)
def test_what_is_done_is_what_the_gate_lets_through(guide: str, way: list[tuple[Actor, int, int]], by: Actor) -> None:
    matter = walk(GUIDES[guide], way)
    assert matter.case is not None
    for name in matter.offers(by):
        for written in Written(matter).all(name):
            request = Request(name, matter.today, **written)
            reasons = gate(Situation(matter.guide, matter.case, matter.guide.acts[name], by, request, matter.world))
            decision = matter.ask(name, by, **written)
            assert isinstance(decision, Draft if not reasons else Refusal)
            assert isinstance(decision, Draft) or decision.reasons == reasons


@settings(deadline=None)
@given(st.sampled_from(sorted(GUIDES)), steps)
def test_asking_changes_nothing(guide: str, way: list[tuple[Actor, int, int]]) -> None:
    matter = walk(GUIDES[guide], way)
    before = matter.case
    for name in matter.guide.acts:
        matter.ask(name, HANDS[0])
    matter.offers(HANDS[0], date(2030, 1, 1).isoformat())
    assert matter.case is before
