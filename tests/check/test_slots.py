"""Questions and changes of a number: what they answer, what they look at and what they write."""

import pytest

from jiandu.check.slots import (
    ALWAYS,
    FREE,
    NEVER,
    NO,
    NOTHING,
    YES,
    Slot,
    atom,
    becomes,
    either,
    every,
    no,
    only,
    some,
    split,
    then,
    turns,
    where,
)

KIND = Slot(("kind",), ("x", "y", "z"), 2)
DONE = Slot(("done",), (NO, YES), 5)
X, Y, Z = (KIND.bits(value) for value in KIND.values)
IS_X, IS_DONE = atom(KIND, X), atom(DONE, DONE.bits(YES))
ALL = KIND.mask | DONE.mask


def test_a_slot_has_a_bit_for_each_value() -> None:
    assert (X, Y, Z, KIND.mask, DONE.mask) == (4, 8, 16, 28, 96)
    assert KIND.of(X | Z | DONE.mask) == ["x", "z"]
    assert KIND.where(lambda value: value > "x") == Y | Z


@pytest.mark.parametrize(("s", "answer"), [(X, True), (Y, False), (X | Y, None)])
def test_a_question_is_unknown_where_both_may_be(s: int, answer: object) -> None:
    assert IS_X.value(s) is answer
    assert no(IS_X).value(s) is (None if answer is None else not answer)


def test_what_holds_for_every_value_or_for_none_is_no_question() -> None:
    assert (atom(KIND, KIND.mask), atom(KIND, 0)) == (ALWAYS, NEVER)
    assert (no(ALWAYS), no(NEVER)) == (NEVER, ALWAYS)
    assert (every([]), every([ALWAYS, IS_X]), every([IS_X, NEVER])) == (ALWAYS, IS_X, NEVER)
    assert (some([]), some([NEVER]), some([IS_X, ALWAYS])) == (NEVER, NEVER, ALWAYS)


def test_one_false_part_is_enough_and_one_unknown_part_leaves_it_open() -> None:
    both, one = every([IS_X, IS_DONE]), some([IS_X, IS_DONE])
    done, undone = DONE.bits(YES), DONE.bits(NO)
    assert [both.value(s) for s in (X | done, X | undone, Y | DONE.mask, X | DONE.mask)] == [True, False, False, None]
    assert [one.value(s) for s in (Y | done, Y | undone, X | DONE.mask, Y | DONE.mask)] == [True, False, True, None]
    assert every([FREE, IS_X]).value(X) is None
    assert every([FREE, IS_X]).value(Y) is False
    assert both.reads == ALL


def test_a_situation_is_split_until_the_question_has_an_answer() -> None:
    assert list(split(IS_X, X)) == [(X, True)]
    assert set(split(IS_X, KIND.mask)) == {(X, True), (Y | Z, False)}
    assert list(split(FREE, KIND.mask)) == [(KIND.mask, None)]


def test_changes_say_what_they_look_at_write_and_wipe() -> None:
    def told(change: object) -> tuple[int, ...]:
        return tuple(getattr(change, name) for name in ("reads", "writes", "wipes"))

    assert told(NOTHING) == (0, 0, 0)
    assert told(only(IS_X)) == (KIND.mask, 0, 0)
    assert told(becomes(KIND, Y)) == (0, KIND.mask, KIND.mask)
    assert told(turns(KIND, {"x": ("y",)})) == (0, KIND.mask, 0)
    assert told(then([becomes(KIND, Y), only(IS_X)])) == (0, KIND.mask, KIND.mask)
    assert told(then([only(IS_X), becomes(KIND, Y)])) == (KIND.mask, KIND.mask, 0)
    assert told(either(becomes(KIND, Y), only(IS_DONE))) == (DONE.mask, KIND.mask, 0)
    assert told(where(IS_X, becomes(DONE, 64), NOTHING)) == (KIND.mask, DONE.mask, 0)


def test_changes_do_what_they_say() -> None:
    assert list(becomes(KIND, Y).of(X | 32)) == [Y | 32]
    assert list(turns(KIND, {"x": ("y", "z")}).of(X | 32)) == [Y | Z | 32]
    assert list(turns(KIND, {"x": ("y",)}).of(Z)) == [Z]
    assert list(then([becomes(KIND, Y), turns(KIND, {"y": ("z",)})]).of(X)) == [Z]
    assert list(either(becomes(KIND, Y), NOTHING).of(X)) == [Y, X]
    assert sorted(where(IS_X, becomes(KIND, Y), becomes(KIND, Z)).of(KIND.mask)) == [Y, Z]
    assert sorted(where(FREE, becomes(KIND, Y), becomes(KIND, Z)).of(X)) == [Y, Z]
    assert (where(ALWAYS, NOTHING, only(IS_X)), where(NEVER, only(IS_X))) == (NOTHING, NOTHING)
    assert list(only(IS_X).of(KIND.mask)) == [X]
    assert list(only(IS_X).of(Y)) == []
