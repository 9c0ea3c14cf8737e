"""Conditions: what they answer, held against an evaluator that was written from the page alone."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guide.independent_evaluator import holds
from jiandu.catalogue import Text
from jiandu.findings import Place
from jiandu.guide.conditions import LEVELS, Condition
from jiandu.guide.grammar import Names, read_condition
from jiandu.guide.model import Field
from jiandu.source import read
from jiandu.source.cursor import Cursor

NOWHERE = Place("t", 1, 1)
TYPES = {"n": "integer", "m": "amount", "flag": "boolean", "c": "choice", "d": "date", "e": "date", "tags": "choice"}
CHOICES = {"x": Text("子"), "y": Text("丑"), "z": Text("寅")}


def field(name: str) -> Field:
    kind = TYPES[name]
    return Field(name, Text(name), kind, NOWHERE, many=name == "tags", choices=CHOICES if kind == "choice" else {})


FIELDS = {name: field(name) for name in TYPES}
SINGLE = {name: definition for name, definition in FIELDS.items() if not definition.many}
ACTS, STATES, PAPERS, DEADLINES, ROLES = ("s", "t"), ("a", "b"), ("p", "q"), ("l", "k"), ("police", "court")


def names() -> Names:
    return Names(
        states=set(STATES),
        acts=set(ACTS),
        records={"s": SINGLE, "t": SINGLE},
        fields=FIELDS,
        documents=set(PAPERS),
        deadlines=set(DEADLINES),
        roles=set(ROLES),
    )


def compiled(condition: dict[str, Any]) -> Condition:
    """The condition as the guide's own reader compiles it."""
    known = names()
    source = read(json.dumps({"when": condition}, ensure_ascii=False).encode(), "t.yaml")
    found = read_condition(Cursor(source, ("when",)), known)
    assert not known.findings, (condition, known.findings)
    assert found is not None
    return found


@dataclass(frozen=True)
class Seen:
    """A case as plain data, answering what conditions ask."""

    case: dict[str, Any]

    @property
    def today(self) -> date:
        return self.case["today"]

    def field(self, name: str) -> Any:
        return typed(self.case["card"].get(name), name)

    def record(self, act: str, name: str) -> Any:
        return typed(self.case["records"].get(f"{act}.{name}"), name)

    def day(self, act: str) -> date | None:
        found = self.case["records"].get(f"{act}.day")
        return date.fromisoformat(found) if found else None

    def fact(self, kind: str, name: str, to: str) -> int:
        return self.case["facts"].get((kind, name, to), 0)

    def clock(self, kind: str, deadline: str) -> bool:
        return (kind, deadline) in self.case["clocks"]

    def due(self, deadline: str) -> date | None:
        return self.case["due"].get(deadline)

    def unit(self, name: str) -> str:
        return self.case["level"]


def typed(value: Any, name: str) -> Any:
    if value is None:
        return None
    if TYPES[name] == "date":
        return date.fromisoformat(value)
    return tuple(value) if name == "tags" else value


# random conditions and cards

days = st.dates(date(2026, 1, 25), date(2026, 3, 5))
written_days = days.map(str)
values = {
    "integer": st.integers(-3, 4),
    "amount": st.integers(0, 4),
    "boolean": st.booleans(),
    "choice": st.sampled_from(sorted(CHOICES)),
    "date": written_days,
    "level": st.sampled_from(LEVELS),
}
paths = [
    *SINGLE,
    *(f"{act}.{name}" for act in ACTS for name in SINGLE),
    "s.day",
    "t.day",
    "today",
    "act.day",
    "unit.level",
]
shifts = st.tuples(st.sampled_from(["plus", "minus"]), st.integers(1, 40), st.sampled_from(["days", "months"]))


def kind_of(path: str) -> str:
    if path.endswith("day"):
        return "date"
    return "level" if path == "unit.level" else TYPES[path.rpartition(".")[2]]


def operands(kind: str) -> st.SearchStrategy[Any]:
    numbers = ("integer", "amount")
    alike = [p for p in paths if kind_of(p) == kind or (kind in numbers and kind_of(p) in numbers)]
    references = [st.sampled_from(alike).map(lambda path: {"field": path})]
    if kind == "date":
        references.append(st.sampled_from(DEADLINES).map(lambda name: {"due": name}))
        references = [*references, st.builds(_shifted, st.one_of(references), shifts)]
    today = [st.just("today")] if kind == "date" else []
    return st.one_of(values[kind], *today, *references)


def _shifted(reference: dict[str, str], shift: tuple[str, int, str]) -> dict[str, str]:
    return {**reference, shift[0]: f"{shift[1]} {shift[2]}"}


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[str, Any]:
    path = draw(st.sampled_from([*paths, "tags"]))
    if path == "tags":
        return path, {"includes": draw(values["choice"])}
    kind = kind_of(path)
    form = draw(
        st.sampled_from(
            ["is", "among", "bounds"] if kind in ("integer", "amount", "date", "level") else ["is", "among"]
        )
    )
    if form == "is":
        return path, draw(operands(kind))
    if form == "among":
        return path, draw(st.lists(values[kind], min_size=1, max_size=3))
    bounds = st.sampled_from(["at_least", "at_most", "more_than", "less_than"])
    return path, draw(st.dictionaries(bounds, operands(kind), min_size=1, max_size=2))


def named(options: tuple[str, ...]) -> st.SearchStrategy[Any]:
    several = st.lists(st.sampled_from(options), min_size=1, max_size=2)
    often = st.builds(lambda name, n: {name: {"at_least": n}}, st.sampled_from(options), st.integers(1, 3))
    return st.one_of(st.sampled_from(options), several, often)


facts = st.one_of(
    st.tuples(st.sampled_from(["done", "ever"]), named(ACTS)),
    st.tuples(st.just("entered"), named(STATES)),
    st.tuples(st.sampled_from(["signed", "released", "served", "answered"]), named(PAPERS)),
    st.tuples(st.sampled_from(["running", "overdue", "missed"]), st.lists(st.sampled_from(DEADLINES), min_size=1)),
    st.tuples(st.just("has"), st.lists(st.sampled_from(sorted(TYPES)), min_size=1, max_size=2)),
)
leaves = st.lists(st.one_of(comparisons(), facts), min_size=1, max_size=3).map(dict)
served_to = st.builds(lambda name, to: {"served": name, "to": to}, st.sampled_from(PAPERS), st.sampled_from(ROLES))
conditions = st.recursive(
    st.one_of(leaves, served_to),
    lambda inner: st.one_of(
        st.builds(
            lambda kind, parts: {kind: parts}, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)
        ),
        st.builds(lambda part, beside: {**beside, "not": part}, inner, leaves),
    ),
    max_leaves=8,
)
cards = {name: values[kind] for name, kind in TYPES.items() if name != "tags"}
records = {f"{act}.{name}": values[kind] for act in ACTS for name, kind in TYPES.items() if name != "tags"}
asked_facts = [
    *((kind, name, "") for kind in ("done", "ever") for name in ACTS),
    *(("entered", name, "") for name in STATES),
    *((kind, name, "") for kind in ("signed", "released", "served", "answered") for name in PAPERS),
    *(("served", name, to) for name in PAPERS for to in ROLES),
]
cases = st.fixed_dictionaries({
    "today": days,
    "card": st.fixed_dictionaries({}, optional={**cards, "tags": st.lists(values["choice"], max_size=3)}),
    "records": st.fixed_dictionaries({}, optional={**records, "s.day": written_days, "t.day": written_days}),
    "facts": st.dictionaries(st.sampled_from(asked_facts), st.integers(0, 3)),
    "clocks": st.sets(st.tuples(st.sampled_from(["running", "overdue", "missed"]), st.sampled_from(DEADLINES))),
    "due": st.dictionaries(st.sampled_from(DEADLINES), days),
    "level": st.sampled_from(LEVELS),
})  # fmt: skip
EMPTY: dict[str, Any] = {
    "today": date(2026, 2, 1), "card": {}, "records": {}, "facts": {}, "clocks": set(), "due": {}, "level": "city",
}  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(conditions, cases)
@example({"has": ["tags"]}, EMPTY | {"card": {"tags": []}})
@example({"not": {"n": 1, "flag": True}}, EMPTY | {"card": {"n": 1}})
def test_two_readers_of_the_same_page_agree(condition: dict[str, Any], case: dict[str, Any]) -> None:
    assert compiled(condition).holds(Seen(case)) == holds(condition, case)


@settings(deadline=None, max_examples=300)
@given(comparisons(), cases, st.integers(1, 60))
def test_a_test_of_days_turns_only_on_the_days_it_names(
    test: tuple[str, Any], case: dict[str, Any], ahead: int
) -> None:
    condition = compiled(dict([test]))
    day = case["today"]
    moments = set(condition.moments(Seen(case)))
    for later in (day + timedelta(days=n) for n in range(1, ahead + 1)):
        now, then = Seen(case), Seen(case | {"today": later})
        if condition.holds(now) != condition.holds(then):
            assert any(day < moment <= later for moment in moments)
            return


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ({"n": 1}, False),
        ({"n": {"at_most": 1}}, False),
        ({"not": {"n": 1}}, True),
        ({"n": {"at_least": {"field": "s.n"}}}, False),
        ({"d": {"at_least": {"due": "l"}}}, False),
        ({"unit.level": {"at_least": "county"}}, True),
        ({"unit.level": {"more_than": "city"}}, False),
        ({"today": "2026-02-01"}, True),
        ({"today": ["2026-01-31", "today"]}, True),
    ],
)
def test_a_test_of_what_is_absent_is_false(condition: dict[str, Any], answer: bool) -> None:
    assert compiled(condition).holds(Seen(EMPTY)) is answer


@pytest.mark.parametrize("written", ["9999-12-31", "0001-01-01"])
def test_days_at_the_ends_of_time_are_no_error(written: str) -> None:
    for condition in (
        {"today": {"at_least": written}},
        {"d": {"at_most": {"field": "today", "minus": "9999 months"}}, "e": written},
        {"e": {"at_least": {"field": "today", "plus": "9999 days"}}},
    ):
        case = EMPTY | {"card": {"d": "2999-12-31", "e": "1900-01-01"}}
        assert list(compiled(condition).moments(Seen(case))) is not None
        assert compiled(condition).holds(Seen(case)) in (True, False)
