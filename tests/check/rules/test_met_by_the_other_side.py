"""Whose papers may meet a limit of another organ."""

import pytest

from guides_for_tests.faulty import told

MET = "[{done: corrected}, {served: revocation}]"
OWED = "owed_by: police"
REVOKE = "revoke: {title: 撤销通知, by: clerk, optional: true, after: correct, sends: revocation}"
DEMAND = "demand: {title: 纠正违法通知书, signed_by: clerk, addressed_to: police}"
LIMIT = "{title: 另, owed_by: clerk, counts_from: {entered: intake}, length: 9 days, met_by: {done: end}}"
OTHER = ("deadlines:\n", f"deadlines:\n  other: {LIMIT}\n")
REVOCATION = "revocation: {title: 撤销纠正违法通知书决定书, signed_by: clerk, addressed_to: police}"
UNSIGNED = REVOCATION.replace("signed_by: clerk, ", "")


@pytest.mark.parametrize("event", ["served: revocation", "served: revoke", "signed: revocation", "done: revoke"])
def test_our_paper_is_told_at_what_meets_the_limit(event: str) -> None:
    (found,) = told("met-by-the-other-side", (MET, f"[{{done: corrected}}, {{{event}}}]"))
    assert str(found.place) == "small.yaml:24:90"
    assert [said for _, said in found.also] == ["met-by-the-other-side-paper"]


def test_a_paper_that_is_only_released_is_told_too() -> None:
    released = (REVOCATION, REVOCATION.replace("signed_by", "released_by"))
    assert len(told("met-by-the-other-side", released, (MET, "{released: revocation}"))) == 1


@pytest.mark.parametrize(
    "changed",
    [
        [(MET, "{done: corrected}")],
        [(MET, "[{done: corrected}, {missed: other}]"), OTHER],
        [
            (MET, "[{done: corrected}, {answered: demand}]"),
            (DEMAND, DEMAND.replace("}", ", reply: {within: 7 days, by: clerk}}")),
        ],
        [(OWED, "right_of: police")],
        [(OWED, "owed_by: clerk")],
        [(MET, "{entered: closed}")],
        [(REVOCATION, UNSIGNED), (REVOKE, REVOKE.replace("by: clerk", "by: police"))],
        [(REVOCATION, UNSIGNED), (REVOKE, REVOKE.replace("by: clerk", "by: [clerk, police]"))],
    ],
)
def test_what_the_debtor_does_or_nobody_sends_or_nobody_owes_is_no_fault(changed: list[tuple[str, str]]) -> None:
    assert told("met-by-the-other-side", *changed) == []
