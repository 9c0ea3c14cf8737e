"""Every code of a refusal is named by a test that meets it, and said in both languages."""

import re
from pathlib import Path

import pytest

from jiandu.catalogue import sections
from jiandu.errors import ConflictError

WORDS = {code: words for part in sections("refusals").values() for code, words in part.items()}

HOME = Path(__file__).parents[1]
SENTENCES = {"duty-open", "refused", "which-addressee", *(code for code in WORDS if code.startswith("act-"))}
"""Words that a reason with another code is said in, and the names of the general acts."""
CODES = sorted(code for code in WORDS if "." not in code and code not in SENTENCES)
NAMED = {
    word
    for folder in ("case", "engine", "guide")
    for file in sorted((HOME / folder).glob("test_*.py"))
    for word in re.findall(r'"([a-z-]+)"', file.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_met_by_a_test(code: str) -> None:
    assert code in NAMED


@pytest.mark.parametrize("code", sorted(WORDS))
def test_a_code_is_said_in_both_languages_and_english_asks_for_no_fact_of_its_own(code: str) -> None:
    chinese, english = (set(re.findall(r"\{(\w+)\}", sentence)) for sentence in WORDS[code])
    assert all(WORDS[code])
    assert english <= chinese


def test_a_conflict_is_a_code_of_its_own() -> None:
    assert ConflictError(case="x").code == "conflict"
    assert ConflictError(case="x").text("zh")
