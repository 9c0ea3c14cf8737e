"""Every code of a refusal has its row in docs/reasons.md, and no row is stale."""

import re
from pathlib import Path

from jiandu.catalogue import sections

WORDS = {code: words for part in sections("refusals").values() for code, words in part.items()}

PAGE = (Path(__file__).parents[2] / "docs/reasons.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)
SENTENCES = {
    *("already-relied-on", "duty-open", "guide-draft", "guide-retired", "refused", "unknown-power", "which-addressee"),
    *(code for code in WORDS if code.startswith("act-")),
}
"""Words that a reason with another code is said in, and the names of the general acts."""


def test_every_code_has_its_row() -> None:
    codes = {code for code in WORDS if "." not in code} - SENTENCES
    assert sorted(ROWS) == sorted(codes)


def test_the_sentences_left_out_are_in_the_catalogue() -> None:
    assert WORDS.keys() >= SENTENCES
