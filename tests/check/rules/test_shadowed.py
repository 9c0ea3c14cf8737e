"""Which alternatives and rules stand behind others."""

import pytest

from guides_for_tests.faulty import told

ANY = "any: [{kind: [a, b]}, {kind: a}]"
SMALL = "small: {must: {amount: {less_than: 10}}, says: 金额较小的才可以结案}"
LARGE = "not_large: {if: {kind: a}, must: {amount: {at_most: 20}}, says: 甲类案件金额不得过大}"
KIND = "choices: {a: 甲, b: 乙, c: 丙}, required_from: intake"


def twice(any_: str, *changes: tuple[str, str]) -> int:
    """How many alternatives stand behind an earlier one."""
    return len([one for one in told("shadowed", (ANY, any_), *changes) if one.message == "shadowed-twice"])


def behind(small: str = SMALL, large: str = LARGE, *changes: tuple[str, str]) -> list[tuple[object, object]]:
    """The rules behind another, each with that one."""
    found = told("shadowed", (SMALL, small), (LARGE, large), (ANY, "kind: a"), *changes)
    return [(one.facts["rule"], one.facts["other"]) for one in found]


@pytest.mark.parametrize(
    ("any_", "found"),
    [
        ("any: [{kind: [a, b]}, {kind: a}]", 1),
        ("any: [{kind: a}, {kind: a}]", 1),
        ("any: [{amount: 1}, {kind: [a, b]}, {kind: a}]", 1),
        ("any: [{kind: [a, b]}, {kind: [a, c]}, {kind: a}]", 1),  # told once, however many hold it
        ("any: [{kind: [a, b]}, {kind: a}, {kind: b}]", 2),
        ("any: [{has: kind}, {kind: a}]", 1),
        ("any: [{kind: a}, {any: [{kind: [b, c]}, {kind: b}]}]", 1),
        ("all: [{entered: intake}, {any: [{kind: [a, b]}, {kind: a}]}]", 1),
        ("any: [{amount: {more_than: 3}}, {amount: {more_than: 4}}]", 1),
        ("any: [{amount: {more_than: 4}}, {amount: {more_than: 3}}]", 0),
        ("any: [{kind: a}, {kind: [a, b]}]", 0),
        ("any: [{kind: a}, {kind: b}]", 0),
        ("any: [{has: amount}, {kind: a}]", 0),  # which is always true, but speaks of something else
        ("any: [{kind: a}, {not: {has: kind}}]", 0),  # which is never true, and told as such
        ("all: [{kind: [a, b]}, {kind: a}]", 0),
        ("not: {kind: [a, b], not: {kind: a}}", 0),
    ],
)
def test_an_alternative_stands_behind_what_holds_it(any_: str, found: int) -> None:
    assert twice(any_) == found


def test_where_a_field_may_be_empty_an_alternative_that_is_else_the_same_is_not() -> None:
    any_ = "any: [{kind: [a, b, c]}, {not: {kind: [a, b]}}]"
    assert twice(any_) == 1
    assert twice(any_, (KIND, KIND.replace("intake", "closed"))) == 0


def test_an_alternative_of_a_limit_and_of_a_rule_is_judged_as_well() -> None:
    rule = (
        LARGE,
        LARGE.replace("{amount: {at_most: 20}}", "{any: [{amount: {at_most: 20}}, {amount: {at_most: 15}}]}"),
    )
    assert twice("kind: a", rule) == 1
    limit = (
        "{title: 办, owed_by: clerk, when: {%s}, counts_from: {entered: intake}, length: 7 days, met_by: {done: end}}"
    )
    assert twice("kind: a", ("states:\n", f"deadlines: {{ending: {limit % ANY}}}\nstates:\n")) == 1


def test_what_is_too_much_to_be_tried_is_not_judged() -> None:
    many = "".join(f"  f{n}: {{title: 项{n}, type: choice, choices: {{a: 甲, b: 乙, c: 丙}}}}\n" for n in range(9))
    every = ", ".join(f"f{n}: a" for n in range(9))
    fields = ("fields:\n", f"fields:\n{many}")
    assert twice("any: [{f0: a, f1: a}, {f0: a, f1: a, f2: a}]", fields) == 1
    assert twice(f"any: [{{f0: a, f1: a}}, {{{every}}}]", fields) == 0


def test_the_finding_names_both_alternatives() -> None:
    (found,) = [one for one in told("shadowed") if one.message == "shadowed-twice"]
    assert [said for _, said in found.also] == ["shadowed-before"]
    assert (found.place.line, found.also[0][0].line) == (26, 26)
    assert found.also[0][0].column < found.place.column


# rules


def softly(rule: str) -> str:
    """The rule as one that only warns."""
    return rule.replace("says", "enforce: warn, says")


def later(rule: str) -> str:
    """The rule in two versions."""
    return rule.replace("says", "versions: [{until: 2026-12-31}, {from: 2027-01-01}], says")


def amount(bound: str, more: str = "", name: str = "small") -> str:
    return f"{name}: {{must: {{amount: {{{bound}}}}}, says: 金额{more}}}"


@pytest.mark.parametrize(
    ("small", "large", "found"),
    [
        (SMALL, LARGE, [("not_large", "small")]),
        (amount("less_than: 20"), amount("less_than: 10", name="not_large"), [("small", "not_large")]),
        (amount("less_than: 10"), amount("less_than: 10", name="not_large"), [("not_large", "small")]),
        (amount("less_than: 10"), amount("more_than: 20", name="not_large"), []),
        (amount("less_than: 10"), LARGE.replace("{if: {kind: a}, ", "{if: {kind: [a, b]}, "), [("not_large", "small")]),
        (SMALL.replace("{must", "{if: {kind: b}, must"), LARGE, []),
        (SMALL.replace("{must", "{if: {kind: [a, b]}, must"), LARGE, [("not_large", "small")]),
        (SMALL, "not_large: {must: {kind: [a, b]}, says: 类别}", []),  # of something else
        (amount("more_than: 50"), "not_large: {must: {kind: [a, b]}, says: 类别}", []),  # which is always broken
        (SMALL, softly(LARGE), [("not_large", "small")]),
        (softly(SMALL), LARGE, []),  # a warning bars nothing
        (softly(SMALL), softly(LARGE), [("not_large", "small")]),
        (later(SMALL), LARGE, []),
        (SMALL, later(LARGE), []),
        (amount("less_than: 50"), amount("less_than: 60", name="not_large"), []),  # neither is ever broken
    ],
)
def test_a_rule_stands_behind_one_that_refuses_all_that_it_refuses(
    small: str, large: str, found: list[tuple[str, str]]
) -> None:
    assert behind(small, large) == found


def test_each_rule_is_told_once_behind_the_first_that_holds_it() -> None:
    third = f"{LARGE}\n          third: {{must: {{amount: {{less_than: 30}}}}, says: 金额}}"
    assert behind(SMALL, third) == [("not_large", "small"), ("third", "small")]
