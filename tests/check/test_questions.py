"""The facts of a finding are those of its fault, not of the guide around it."""

from pathlib import Path

import pytest

from jiandu.check import check_text

RULES = Path(__file__).parent / "rules"


@pytest.mark.parametrize("rule", ["gap-in-conditions", "option-to-complete", "never-true", "overlapping-conditions"])
def test_a_text_judged_twice_is_answered_alike(rule: str) -> None:
    content = (RULES / rule / "fires.yaml").read_bytes()
    first, second = (check_text(content, Path("small.yaml"), "release") for _ in range(2))
    assert first == second
    assert all(len(str(finding.facts)) < 2_000 for finding in first)
