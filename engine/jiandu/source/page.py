"""A text cut into lines, and where things stand on it. Lines and columns of a page count from 0, as the parser's do."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from yaml import Event, Mark

from jiandu.findings import Place

_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class Page:
    """A text under the name of its file."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; there is always one."""
        return _BREAK.split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def place(self, line: int, column: int, length: int = 1) -> Place:
        """A place; a line past the last one is the end of the last."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return Place(self.file, line + 1, column + 1, max(1, length))

    def at(self, offset: int, length: int = 1) -> Place:
        """The place of the character at that offset."""
        line = bisect_right(self._starts, offset) - 1
        return self.place(line, offset - self._starts[line], length)

    def of(self, event: Event) -> Place:
        """Where an event stands: a scalar as far as it reaches on its first line, a collection where it begins."""
        start, end = start_of(event), end_of(event)
        length = end.column - start.column
        if end.line != start.line:
            length = len(self.lines[start.line].rstrip()) - start.column
        return Place(self.file, start.line + 1, start.column + 1, length if length > 1 else 1)

    def rest(self, line: int, column: int) -> Place:
        """From a character to the end of its line, without a comment or blanks."""
        written = self.lines[line][column:].split(" #")[0].rstrip()
        return self.place(line, column, len(written))

    def between(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """The lines from one to another, both included, as far as there are any."""
        for line in range(max(first, 0), min(last + 1, len(self.lines))):
            yield line, self.lines[line]


def start_of(event: Event) -> Mark:
    """Where an event begins; every event that a parser gives has its marks."""
    return cast("Mark", event.start_mark)


def end_of(event: Event) -> Mark:
    """Where an event ends: the first character that is not its own."""
    return cast("Mark", event.end_mark)
