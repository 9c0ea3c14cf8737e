"""Every rule finds its fault in a small guide, says so in both languages, and is silent about the mended one."""

from pathlib import Path

import pytest

from jiandu.check import check_text
from jiandu.check.report.text import findings_told
from jiandu.check.rules import rules
from jiandu.findings import Finding
from jiandu.source.page import Page

FOLDER = Path(__file__).parent
RULES = {rule.id: rule for rule in rules()}


def judged(file: Path) -> tuple[Finding, ...]:
    return check_text(file.read_bytes(), Path("small.yaml"), RULES[file.parent.name].profile)


@pytest.mark.parametrize("rule", RULES)
def test_it_finds_its_fault_and_nothing_else(rule: str, golden: object) -> None:
    file = FOLDER / rule / "fires.yaml"
    found = judged(file)
    assert {finding.rule for finding in found} == {rule}
    assert {finding.severity for finding in found} == {RULES[rule].severity}
    page = Page("small.yaml", file.read_text("utf-8"))
    told = [f"{''.join(span.text for span in line)}\n"
            for language in ("zh", "en") for line in findings_told(found, language, lambda _: page)]  # fmt: skip
    golden(FOLDER / rule / "fires.txt", "".join(told))  # type: ignore[operator]


@pytest.mark.parametrize("rule", RULES)
def test_it_is_silent_about_the_mended_guide(rule: str) -> None:
    assert judged(FOLDER / rule / "silent.yaml") == ()


@pytest.mark.parametrize("rule", RULES)
def test_it_says_what_is_wrong_why_it_matters_and_what_to_do(rule: str) -> None:
    for finding in judged(FOLDER / rule / "fires.yaml"):
        assert all(part(language) for language in ("zh", "en") for part in (finding.what, finding.why, finding.fix))


@pytest.mark.parametrize("rule", [one.id for one in rules() if one.explores])
def test_a_cause_that_is_seen_at_once_hides_what_only_walking_through_cases_shows(rule: str) -> None:
    text = (FOLDER / rule / "fires.yaml").read_text("utf-8")
    caused = text.replace("outcomes: {", "outcomes: {idle: 无人用, ")
    assert caused != text
    assert {one.rule for one in check_text(caused.encode(), Path("small.yaml"), RULES[rule].profile)} == {
        "unused-definition"
    }


def test_every_folder_is_that_of_a_rule() -> None:
    assert {folder.name for folder in FOLDER.iterdir() if folder.is_dir() and folder.name != "__pycache__"} == set(
        RULES
    )
