"""What an author allows on purpose, with its reason, is not told; what is allowed for nothing is."""

from pathlib import Path

import pytest

from jiandu.check import check_text

TEXT = (Path(__file__).parent / "rules/no-effect/fires.yaml").read_text("utf-8")
LINE = "again: {title: 再来一次, by: clerk, to: review}"


def found(comment: str, text: str = TEXT) -> list[str]:
    assert LINE in text
    content = text.replace(LINE, f"{LINE} {comment}").encode()
    return [finding.message or finding.rule for finding in check_text(content, Path("small.yaml"))]


@pytest.mark.parametrize("dash", ["—", "--", ":", "-"])
def test_an_allowed_fault_is_not_told(dash: str) -> None:
    assert found("") == ["no-effect"]
    assert found(f"# jiandu: allow no-effect {dash} 试点要求重新计时") == []


def test_an_allowance_needs_its_reason() -> None:
    assert found("# jiandu: allow no-effect") == ["suppression-without-reason"]


def test_what_is_allowed_for_nothing_is_a_fault_itself() -> None:
    assert found("# jiandu: allow dead-end — 以后再补") == ["no-effect", "stale-suppression"]
    assert found("# jiandu: allow no-efect — 笔误") == ["no-effect", "stale-suppression.guess"]


def test_what_keeps_a_guide_from_being_read_cannot_be_allowed() -> None:
    broken = TEXT.replace("initial: intake", "initial: intakes # jiandu: allow unknown-state — 不行")
    assert [one.rule for one in check_text(broken.encode(), Path("small.yaml"))] == [
        "unknown-state",
        "stale-suppression",
    ]


def test_both_faults_are_worded_in_both_languages() -> None:
    for comment in ("# jiandu: allow no-effect", "# jiandu: allow dead-end — 以后"):
        content = TEXT.replace(LINE, f"{LINE} {comment}").encode()
        for finding in check_text(content, Path("small.yaml")):
            assert all(part(language) for language in ("zh", "en") for part in (finding.what, finding.why, finding.fix))


def test_of_a_rule_that_was_not_asked_nobody_knows_whether_it_is_allowed_for_nothing() -> None:
    assert found("# jiandu: allow dead-transition — 待查") == ["no-effect"]
    content = TEXT.replace(LINE, f"{LINE} # jiandu: allow dead-transition — 待查").encode()
    told = [one.rule for one in check_text(content, Path("small.yaml"), "release")]
    assert told == ["no-effect", "stale-suppression"]
