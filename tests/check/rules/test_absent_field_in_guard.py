"""Which bounds may be held against nothing."""

import pytest

from guides_for_tests.faulty import told

MUST = "must: {due_on: {less_than: today}, began_on: {less_than: today}}"
BOUND = "due_on: {less_than: today}"
DUE_ON = "due_on: {title: 期限届满日, type: date}"
LIMIT = "{title: 催办, owed_by: clerk, counts_from: {entered: review}, length: 7 days, met_by: {done: end}}"
ASKING = ("states:\n", f"deadlines: {{asking: {LIMIT}}}\nstates:\n")
OPTIONAL = "optional: true, rules: "


def absent(*changes: tuple[str, str]) -> list[object]:
    return [one.facts["id"] for one in told("absent-field-in-guard", *changes)]


@pytest.mark.parametrize("comparison", ["at_least", "at_most", "more_than", "less_than"])
def test_every_bound_needs_a_value(comparison: str) -> None:
    assert absent((MUST, f"must: {{due_on: {{{comparison}: today}}}}")) == ["due_on"]


@pytest.mark.parametrize(
    "changed",
    [
        [(MUST, "must: {today: {more_than: {field: due_on}}}")],
        [(MUST, "must: {not: {due_on: {less_than: today}}}")],
        [(MUST, f"if: {{{BOUND}}}, must: {{entered: intake}}")],
        [(DUE_ON, DUE_ON.replace("}", ", required_from: closed}"))],
        [
            (OPTIONAL, f"optional: true, when: {{{BOUND}}}, rules: "),
            (MUST, f"must: {{has: due_on, {BOUND}}}"),
        ],
        [(MUST, f"must: {{{BOUND}}}, says: 一}}, asked: {{must: {{has: due_on}}")],  # another rule asks
    ],
)
def test_a_bound_is_found_wherever_it_stands(changed: list[tuple[str, str]]) -> None:
    assert absent(*changed) == ["due_on"]


@pytest.mark.parametrize(
    "changed",
    [
        [(MUST, "must: {due_on: 2026-03-02}")],
        [(MUST, f"if: {{has: due_on}}, must: {{{BOUND}}}")],
        [(OPTIONAL, "optional: true, when: {has: due_on}, rules: ")],
        [(DUE_ON, DUE_ON.replace("}", ", required_from: intake}"))],
        [(DUE_ON, DUE_ON.replace("}", ", required_from: review}"))],
        [(DUE_ON, DUE_ON.replace("}", ", default: 2026-01-01}"))],
        [(MUST, "must: {today: {more_than: 2026-01-01}}")],
        [(MUST, "must: {today: {more_than: {due: asking}}}"), ASKING],
    ],
)
def test_a_field_that_is_asked_for_or_known_may_be_bounded(changed: list[tuple[str, str]]) -> None:
    assert absent(*changed) == []


def test_the_condition_itself_is_judged_once_and_its_rules_with_it() -> None:
    found = told("absent-field-in-guard", (OPTIONAL, f"optional: true, when: {{{BOUND}}}, rules: "))
    assert [one.facts["id"] for one in found] == ["due_on", "due_on"]
    assert found[0].place != found[1].place


def test_a_field_is_told_at_its_first_bound() -> None:
    (found,) = told("absent-field-in-guard", (MUST, f"must: {{any: [{{{BOUND}}}, {{due_on: {{more_than: today}}}}]}}"))
    (alone,) = told("absent-field-in-guard", (MUST, f"must: {{any: [{{{BOUND}}}]}}"))
    assert found.place == alone.place
