"""A line of a text with a mark below the place that is meant, right for characters of every width."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jiandu.findings import Place
from jiandu.source.page import Page

WIDEST = 100
"""So many columns of a line are shown; of a longer one those around the place."""
CUT = "…"
UNSHOWN = "·"
"""Stands for a character that steers a terminal, turns the text or takes no room."""

Pages = Callable[[str], Page | None]
"""Gives the text of a file by its name; None where it cannot be had any more."""


def pages_of_files() -> Pages:
    """The texts of files, each read once."""

    @cache
    def page(file: str) -> Page | None:
        try:
            content = Path(file).read_bytes()
        except (OSError, ValueError):
            return None
        return Page(file, content.decode("utf-8", "replace").removeprefix("\ufeff"))

    return page


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a line, and where in it the mark begins and how long it is, in columns of a terminal."""

    line: str
    before: int
    marked: int


def excerpt(page: Page, place: Place) -> Excerpt:
    """The line of a place."""
    line = page.lines[min(place.line, len(page.lines)) - 1]
    start = min(place.column - 1, len(line))
    left, marked, right = line[:start], line[start : start + place.length], line[start + place.length :]
    marked = _first(shown(marked), WIDEST)
    left = _last(shown(left), WIDEST - width(marked)) if width(line) > WIDEST else shown(left)
    right = _first(shown(right), WIDEST - width(left) - width(marked))
    return Excerpt(left + marked + right, width(left), max(1, width(marked)))


def shown(text: str) -> str:
    """The text as it may be shown: one mark for each character that is no ordinary one; a tab is a blank."""
    return "".join(" " if mark == "\t" else mark if mark.isprintable() and _width(mark) else UNSHOWN for mark in text)


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(_width, text))


def _width(mark: str) -> int:
    if unicodedata.category(mark) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1


def _first(text: str, most: int) -> str:
    """As much of the beginning as there is room for."""
    if width(text) <= most:
        return text
    kept = ""
    for mark in text:
        if width(kept) + _width(mark) > most - 1:
            break
        kept += mark
    return kept + CUT


def _last(text: str, most: int) -> str:
    """As much of the end as there is room for."""
    return _first(text[::-1], most)[::-1]
