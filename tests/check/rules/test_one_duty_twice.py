"""Which limits are one duty, and which of the two is told."""

import pytest

from guides_for_tests.faulty import told

REPLY = "  ask.reply: {on_missed: {nothing: true}}\n"
OWN = (
    "  explaining: {title: 说明理由, owed_by: police, counts_from: {served: demand}, length: 7 days, "
    "met_by: {answered: demand}, on_missed: {nothing: true}}\n"
)
TWIN = OWN.replace("explaining", "replying").replace("说明理由", "答复")


def twice(*changes: tuple[str, str]) -> list[tuple[object, object]]:
    return [(one.facts["deadline"].zh, one.facts["other"].zh) for one in told("one-duty-twice", *changes)]  # type: ignore[attr-defined]


def own(*changes: tuple[str, str]) -> tuple[str, str]:
    """The limit that is written apart, said otherwise."""
    text = OWN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return OWN, text


@pytest.mark.parametrize(
    "changed",
    [
        own(("owed_by: police", "right_of: police")),
        own(("owed_by: police", "internal: true, owed_by: police")),
        own(("owed_by: police", "owed_by: clerk")),
        own(("counts_from: {served: demand}", "counts_from: {entered: intake}")),
        own(("counts_from: {served: demand}", "counts_from: {missed: ask.reply}")),
        own(("met_by: {answered: demand}", "met_by: {done: end}")),
        own(("met_by: {answered: demand}", "met_by: [{done: end}, {answered: ask}]")),
        own(("met_by: {answered: demand}", "void_by: {answered: demand}")),
    ],
)
def test_a_right_a_control_value_or_another_beginning_or_end_or_debtor_is_another_limit(
    changed: tuple[str, str],
) -> None:
    assert twice(changed) == []


@pytest.mark.parametrize(
    "changed",
    [
        own(("owed_by: police", "when: {entered: intake}, owed_by: police")),
        own(("served: demand", "served: ask")),
        own(("met_by: {answered: demand}", "met_by: {answered: ask}")),
    ],
)
def test_whatever_name_the_events_bear_the_duty_is_one(changed: tuple[str, str]) -> None:
    assert [str(one.place) for one in told("one-duty-twice", changed)] == ["small.yaml:21:3"]


def test_of_a_paper_s_period_and_a_limit_the_latter_is_told() -> None:
    both = told("one-duty-twice", (f"{REPLY}{OWN}", f"{OWN}{REPLY}"))
    assert [one.facts["deadline"].zh for one in both] == ["说明理由"]  # type: ignore[attr-defined]
    assert [said for _, said in both[0].also] == ["one-duty-twice-first"]


CLERKS = ("before: end, sends: demand}", "before: end, sends: demand}, tell: {title: 告知, by: clerk, optional: true}")


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("", "", True),
        ("internal: true, ", "internal: true, ", True),
        ("internal: true, ", "", False),
        ("when: {entered: intake}, ", "", True),
        ("", "when: {entered: intake}, ", True),
        ("when: {entered: intake}, ", "when: {not: {entered: intake}}, ", False),
    ],
)
def test_two_limits_written_apart_are_one_duty_unless_each_has_its_case(ours: str, theirs: str, *, same: bool) -> None:
    ends = "owed_by: clerk, counts_from: {done: tell}, length: 7 days, met_by: {done: end}}\n"
    first, second = f"  first: {{title: 甲, {ours}{ends}", f"  second: {{title: 乙, {theirs}{ends}"
    found = twice(CLERKS, (OWN, first + second))
    assert found == ([("乙", "甲")] if same else [])


@pytest.mark.parametrize("swapped", [False, True])
def test_a_right_is_no_duty_whichever_stands_first(*, swapped: bool) -> None:
    limit = "{name}: {{title: 甲, {whose}: clerk, counts_from: {{done: tell}}, length: 7 days, met_by: {{done: end}}}}"
    whose = ("right_of", "owed_by") if swapped else ("owed_by", "right_of")
    both = [limit.format(name=name, whose=one) for name, one in zip(("first", "second"), whose, strict=True)]
    assert twice(CLERKS, (OWN, f"  {both[0]}\n  {both[1]}\n")) == []


def test_of_three_each_pair_is_told() -> None:
    assert len(twice((OWN, OWN + TWIN))) == 3
