"""What people read, word for word: `JIANDU_ACCEPT=1 pytest tests/cli/test_golden.py` writes it anew."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jiandu.cli import main

Golden = Callable[[str, str], None]
LANGUAGES = ("zh", "en")
BROKEN = """\
jiandu: 1
id: broken
version: 1.0.0
title: 有错的指引
status: trial
effective: {from: 2024-07-08}
uses: [lexicon/sources, lexicon/roles, lexicon/nothing]
open: {by: [complaint]}
initial: clue
states:
  clue:
    title: 线索登记
    transitions:
      submit: {title: 提交受理审查，等待审查结果, by: chieff, when: {done: chek}, to: archive}
  archive: {title: 已归档, final: true}
"""


@pytest.fixture
def said(office: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command says, run in this process in the folder of the office."""
    monkeypatch.chdir(office.folder)  # type: ignore[attr-defined]
    monkeypatch.setenv("JIANDU_PEOPLE", "people.yaml")
    monkeypatch.setenv("JIANDU_NOW", "2026-05-08T12:00+08:00")
    monkeypatch.delenv("JIANDU_AS", raising=False)

    def run(*args: str) -> str:
        main(args)
        captured = capsys.readouterr()
        return captured.out + captured.err

    return run


@pytest.mark.parametrize("lang", LANGUAGES)
class TestTexts:
    def test_findings_read_like_this(self, said: Callable[..., str], golden: Golden, office: object, lang: str) -> None:
        (office.folder / "broken.yaml").write_text(BROKEN, encoding="utf-8")  # type: ignore[attr-defined]
        twice = "jiandu: 1\nid: lexicon/twice\ntitle: 重复\nroles: {}\nid: lexicon/again\n"
        (office.folder / "twice.yaml").write_text(twice, encoding="utf-8")  # type: ignore[attr-defined]
        golden(f"validate-{lang}.txt", said("validate", "broken.yaml", "twice.yaml", "--lang", lang))

    def test_a_guide_reads_like_this(self, said: Callable[..., str], golden: Golden, lang: str) -> None:
        golden(f"show-{lang}.txt", said("show", "case-filing", "--lang", lang))

    def test_the_four_questions_read_like_this(self, said: Callable[..., str], golden: Golden, lang: str) -> None:
        golden(f"questions-{lang}.txt", said("show", "case-filing", "--questions", "--lang", lang))

    def test_a_case_reads_like_this(self, said: Callable[..., str], golden: Golden, case: str, lang: str) -> None:
        golden(f"case-{lang}.txt", said("case", "show", case, "--as", "p1", "--lang", lang))

    def test_offers_read_like_this(self, said: Callable[..., str], golden: Golden, case: str, lang: str) -> None:
        golden(f"offers-{lang}.txt", said("case", "offers", case, "--as", "p1", "--lang", lang))

    def test_a_history_reads_like_this(self, said: Callable[..., str], golden: Golden, case: str, lang: str) -> None:
        golden(f"history-{lang}.txt", said("case", "history", case, "--as", "p1", "--lang", lang))

    def test_a_deadline_explains_itself_like_this(
        self, said: Callable[..., str], golden: Golden, case: str, lang: str
    ) -> None:
        golden(f"deadlines-{lang}.txt", said("case", "deadlines", case, "--why", "--as", "p1", "--lang", lang))

    def test_the_page_of_a_rule_reads_like_this(self, said: Callable[..., str], golden: Golden, lang: str) -> None:
        golden(f"explain-{lang}.txt", said("validate", "--explain", "shadowed", "--lang", lang))

    def test_help_reads_like_this(self, said: Callable[..., str], golden: Golden, lang: str) -> None:
        golden(f"help-{lang}.txt", said("case", "do", "--help", "--lang", lang))

    def test_a_refusal_reads_like_this(self, said: Callable[..., str], golden: Golden, case: str, lang: str) -> None:
        golden(f"refusal-{lang}.txt", said("case", "do", case, "go_up", "--as", "p1", "--lang", lang))


COMMANDS = (
    ["show", "case-filing"],
    ["show", "case-filing", "--questions"],
    ["case", "show", "CASE", "--as", "p1"],
    ["case", "offers", "CASE", "--as", "p1"],
    ["case", "history", "CASE", "--as", "p1"],
    ["case", "deadlines", "CASE", "--why", "--as", "p1"],
    ["case", "list", "--as", "p1"],
    ["trail", "verify"],
    ["test"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_chinese_holds_no_english_but_names(said: Callable[..., str], case: str, command: list[str]) -> None:
    told = said(*(case if word == "CASE" else word for word in command), "--lang", "zh")
    names = r"[（(\[{][^（）()\[\]{}]*[）)\]}]|[0-9a-f]{8}-[0-9a-f-]{27}|[a-z]+[0-9]|[a-z_]+#[0-9]+|[.]pdf"
    plain = re.sub(names, "", re.sub(r"：[a-zA-Z_]+ [^：]*$", "：", told, flags=re.MULTILINE))
    assert re.findall(r"[A-Za-z]{2,}", plain) == []


def test_a_guide_can_be_had_as_a_page(said: Callable[..., str]) -> None:
    page = Path(__file__).parents[2] / "docs/guides/case-filing.md"
    assert said("show", "case-filing", "--markdown", "--lang", "zh") == page.read_text("utf-8").partition("\n")[2]


@pytest.mark.parametrize("name", ["follow", "correct", "notify", "filing", "file_notice", "handler", "track"])
def test_everything_that_has_a_name_can_be_shown_alone(said: Callable[..., str], name: str) -> None:
    assert name in said("show", "case-filing", name)
