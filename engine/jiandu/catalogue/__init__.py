"""Every sentence that people read, in Chinese and English: one catalogue, one file a kind of reader's question.

A file is `{section: {code: [Chinese, English]}}`; sections are there for whoever edits it. `pages.json` alone is
`{rule: [paragraph, …]}`, in Chinese: a rule's English page is its docstring.
A message is a code and facts. The code picks the sentence, the facts fill it. Facts may be `Text` (a title in both
languages) or lists of them; everything else is shown as it is.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from string import Formatter
from typing import Any, Literal, Protocol

Language = Literal["zh", "en"]
Words = tuple[str, str]
"""A sentence in Chinese and in English, with `{facts}` to fill."""

_WEEKDAYS = {
    "zh": tuple("一二三四五六日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

KINDS = ("demo", "findings", "refusals", "failures", "http", "trail", "time", "people", "terms", "command")


class Spoken(Protocol):
    """Whatever can say itself in a language: a title, or words that are only made when somebody reads them."""

    def said(self, language: Language) -> str:
        """Itself in words."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A title in both languages. Without English the Chinese stands for both."""

    zh: str
    en: str = ""

    def said(self, language: Language) -> str:
        return self.zh if language == "zh" or not self.en else self.en


def say(code: str, language: Language, facts: Mapping[str, object] | None = None) -> str:
    """The sentence of `code` with its facts filled in. Raises KeyError for a code nobody wrote."""
    sentence = words()[code][0 if language == "zh" else 1]
    return sentence.format_map({name: _said(fact, language) for name, fact in (facts or {}).items()})


def bare(code: str, language: Language) -> str:
    """The sentence of `code` with … for its facts; empty for a code nobody wrote."""
    sentence = words()[code][0 if language == "zh" else 1] if has(code) else ""
    return sentence.format_map({name: "…" for _, name, _, _ in Formatter().parse(sentence) if name})


def said(code: str, **facts: object) -> Text:
    """The sentence of `code` in both languages; titles among the facts speak their own."""
    return Text(say(code, "zh", facts), say(code, "en", facts))


def has(code: str) -> bool:
    """Whether the catalogue knows the code."""
    return code in words()


@cache
def words() -> dict[str, Words]:
    """Every sentence of every kind by its code; a code stands in one kind only."""
    found: dict[str, Words] = {}
    for sentences in chain.from_iterable(sections(kind).values() for kind in KINDS):
        if twice := found.keys() & sentences.keys():
            raise KeyError(f"said twice: {sorted(twice)}")
        found |= sentences
    return found


def sections(kind: str) -> dict[str, dict[str, Words]]:
    """The sentences of one file by section and code."""
    return {name: {code: (zh, en) for code, (zh, en) in said.items()} for name, said in _read(kind).items()}


@cache
def pages() -> dict[str, str]:
    """The Chinese page of every rule; a paragraph is one line."""
    return {rule: "\n\n".join(paragraphs) for rule, paragraphs in _read("pages").items()}


def _read(kind: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(__file__).with_name(f"{kind}.json").read_text(encoding="utf-8"))
    return read


def language_of_locale() -> Language:
    """Chinese when the locale is Chinese, otherwise English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"


def day_words(day: date, language: Language) -> str:
    """A legal day with its weekday, whatever the machine's locale.

    >>> day_words(date(2026, 5, 6), "zh"), day_words(date(2026, 5, 6), "en")
    ('2026年5月6日（星期三）', 'Wednesday 6 May 2026')
    """
    weekday = _WEEKDAYS[language][day.weekday()]
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日（星期{weekday}）"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _said(fact: object, language: Language) -> str:
    if isinstance(fact, str):
        return fact
    if speak := getattr(fact, "said", None):
        return str(speak(language))
    if isinstance(fact, date):
        return day_words(fact, language)
    if isinstance(fact, (tuple, list)):
        return ("、" if language == "zh" else ", ").join(_said(item, language) for item in fact)
    return str(fact)
