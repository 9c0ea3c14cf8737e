"""Every rule has its page in both languages, and both pages say the same."""

import re

import pytest

from jiandu.catalogue import pages
from jiandu.check.rules import rules

RULES = {rule.id: rule for rule in rules()}
CODE = re.compile(r"`[^`]*`")


def test_every_rule_has_a_chinese_page_and_every_chinese_page_its_rule() -> None:
    assert list(pages()) == list(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_page_begins_with_a_line_and_goes_on_in_paragraphs(rule: str) -> None:
    for language in ("zh", "en"):
        paragraphs = RULES[rule].page(language).split("\n\n")
        assert len(paragraphs) > 1
        assert all(paragraph.strip() == paragraph != "" for paragraph in paragraphs)


@pytest.mark.parametrize("rule", RULES)
def test_a_chinese_page_is_whole_sentences_each_paragraph_on_a_line_of_its_own(rule: str) -> None:
    paragraphs = RULES[rule].page("zh").split("\n\n")
    assert [paragraph for paragraph in paragraphs if "\n" in paragraph or not paragraph.endswith("。")] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_chinese_page_holds_no_english_but_code_in_backquotes(rule: str) -> None:
    page = RULES[rule].page("zh")
    assert page.count("`") % 2 == 0
    assert re.findall(r"[A-Za-z]+", CODE.sub("", page)) == []


@pytest.mark.parametrize("rule", RULES)
def test_what_the_english_page_has_in_backquotes_the_chinese_has_too(rule: str) -> None:
    english = {" ".join(code.split()) for code in CODE.findall(RULES[rule].page("en"))}
    assert english - set(CODE.findall(RULES[rule].page("zh"))) == set()
