"""The values over which a question is answered, each with its answer: none is missing, and none cannot be."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from guides_for_tests.manifold import CLAIMING
from jiandu.check.questions import questions
from jiandu.check.values import asked, cases, leaves, reads
from jiandu.guide.conditions import Condition, Group, compiled, parts

MOST = 60
"""Of larger questions only the number of values is compared."""


def conditions() -> Iterator[tuple[str, Condition]]:
    """Every condition of the guide, and every single part of it."""
    asked_ = [(one.about.zh, one.condition) for one in questions(CLAIMING)]
    asked_ += [(f"statement {n}", one.condition) for n, one in enumerate(CLAIMING.statements)]
    for about, condition in asked_:
        yield about, condition
        if isinstance(condition.node, Group):
            leaf = [node for node in parts(condition.node) if not isinstance(node, Group)]
            yield from ((f"{about}, {n}", compiled(node)) for n, node in enumerate(leaf))


def answered(about: str, condition: Condition) -> Iterator[str]:
    found = cases(CLAIMING, [condition])
    names = sorted(" ".join(name) for name in reads(CLAIMING, condition))
    yield f"{about}: {leaves(condition)} of {', '.join(names)}: {'too many' if found is None else len(found)}"
    for values in found if found is not None and len(found) <= MOST else ():
        told = ", ".join(f"{name[-1]} {_told(value)}" for name, value in values.of.items())
        yield f"  {'yes' if asked(condition)(values) else 'no '} {told}"


def _told(value: Any) -> str:
    return " and ".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)


def test_every_question_is_answered_over_as_many_values_as_it_was(golden: object) -> None:
    lines = [line for about, condition in conditions() for line in answered(about, condition)]
    golden("values.txt", "".join(f"{line}\n" for line in lines))  # type: ignore[operator]


@pytest.mark.parametrize(("known", "acting", "empty", "undone"), [
    (frozenset[str](), "", True, True),
    (frozenset({"number"}), "", False, True),
    (frozenset[str](), "list", True, False),
])  # fmt: skip
def test_what_is_known_is_filled_and_what_is_seen_as_done_is_done(
    known: frozenset[str], acting: str, *, empty: bool, undone: bool
) -> None:
    by_name = dict(conditions())
    bounded = next(c for c in by_name.values() if reads(CLAIMING, c) == {("field", "number")})
    done = next(c for c in by_name.values() if reads(CLAIMING, c) == {("done", "list")})
    assert any(v.of["field", "number"] is None for v in cases(CLAIMING, [bounded], known) or ()) is empty
    assert any(v.of["done", "list"] == 0 for v in cases(CLAIMING, [done], known, acting) or ()) is undone
