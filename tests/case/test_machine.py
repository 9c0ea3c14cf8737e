"""The state machine of a guide: what moves, what stays, what is no act of a state."""

import logging

import pytest
from transitions import MachineError

from guides_for_tests.small import small
from jiandu.case.machine import machine_of

GUIDE = small("""
states:
  a:
    title: 甲
    steps: {look: {title: 看, by: clerk}}
    transitions: {go: {title: 走, by: clerk, to: b}}
  b: {title: 乙, transitions: {end: {title: 终, by: clerk, to: c}}}
  c: {title: 丙, final: true}
""")
MACHINE = machine_of(GUIDE)


def test_a_transition_moves_and_a_step_stays_if_their_gate_opens() -> None:
    assert [MACHINE.attempt("a", act, lambda: True) for act in ("go", "look")] == ["b", "a"]
    assert [MACHINE.attempt("a", act, lambda: False) for act in ("go", "look")] == [None, None]


def test_a_step_is_known_in_every_open_state_and_a_transition_in_its_own() -> None:
    assert MACHINE.attempt("b", "look", lambda: True) == "b"
    for state, act in (("b", "go"), ("c", "look"), ("c", "end"), ("a", "end")):
        with pytest.raises(MachineError):
            MACHINE.attempt(state, act, lambda: True)


def test_a_machine_is_built_once_and_says_nothing_of_its_moves(caplog: pytest.LogCaptureFixture) -> None:
    assert machine_of(small("states: {a: {title: 别}}")) is not MACHINE
    assert machine_of(GUIDE) is MACHINE
    with caplog.at_level(logging.INFO):
        MACHINE.attempt("a", "go", lambda: True)
    assert caplog.records == []
