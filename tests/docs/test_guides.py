"""The pages of the guides are what the guides say today, and no guide leaves a question open."""

import runpy
from pathlib import Path

import pytest

from jiandu.catalogue import Language
from jiandu.cli.wording.guide import Told
from jiandu.cli.wording.questions import Answers, answers
from jiandu.guide.library import Library

ROOT = Path(__file__).parents[2]
LIBRARY = Library(ROOT / "guides")


def test_the_pages_are_fresh() -> None:
    written = {
        str(page.relative_to(ROOT / "docs/guides")): page.read_text("utf-8")
        for page in ROOT.glob("docs/guides/**/*.md")
    }
    assert runpy.run_path(str(ROOT / "scripts/guides.py"))["pages"]() == written


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", LIBRARY.ids())
def test_of_everything_to_be_done_it_is_said_who_when_on_what_and_what_if_not(name: str, language: Language) -> None:
    told = Told(LIBRARY.guide(name), language)
    asked = [answer for _, found in answers(told) for answer in found]
    assert len(asked) > 10
    assert [one.title for one in asked if "" in cells(one)] == []


def cells(one: Answers) -> tuple[str, ...]:
    return one.title, one.who, one.when, one.law, one.otherwise
