"""Reading a text: characters, events, tree, and every remark at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from jiandu.errors import GuideError, UsageError
from jiandu.findings import Finding, Place, in_order
from jiandu.source import characters
from jiandu.source.events import listen
from jiandu.source.page import Page
from jiandu.source.tree import Mark, Path, grow


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read: plain data, and by path where key and value of everything stand."""

    file: str
    text: str
    data: Any
    places: Mapping[Path, Mark]

    def place(self, path: Path) -> Place:
        """Where the key of `path` stands, or a value without one; what is not there stands where its parent does."""
        mark = self._mark(path)
        return mark.key or mark.value

    def value_place(self, path: Path) -> Place:
        """Where the value of `path` stands; what is not there stands where its parent does."""
        return self._mark(path).value

    def _mark(self, path: Path) -> Mark:
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def read(content: bytes | str, file: str) -> Source:
    """The data and places of a text. Raises GuideError with everything that is wrong with it, and nothing else."""
    page = Page(file, characters.text_of(content, file))
    unseen = characters.remarks(page)
    heard = listen(page, characters.neutral(page.text) if unseen else page.text)
    tree = grow(page, heard.events)
    remarks = heard.findings + tree.findings
    if heard.broken:
        remarks = _before(heard.broken, remarks)
    elif tree.empty:
        remarks.append(Finding("empty-file", Place(file, 1, 1)))
    if findings := unseen + _elsewhere(unseen, remarks):
        raise GuideError(in_order(findings))
    return Source(file, page.text, tree.data, tree.places)


def read_file(path: FilePath, file: str | None = None) -> Source:
    """The data and places of a file, called `file` in remarks. Raises GuideError, or UsageError if it does not open."""
    name = file or str(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(characters.LARGEST + 1)
    except FileNotFoundError:
        raise UsageError("file-missing", file=name) from None
    except (OSError, ValueError):
        raise UsageError("file-unreadable", file=name) from None
    return _lately(content, name)


_lately = lru_cache(maxsize=16)(read)
"""Of the last files: a story is judged and played, and begins with one that others begin with too."""


def _before(broken: Finding, remarks: list[Finding]) -> list[Finding]:
    """What breaks a text, and the remarks on lines above it: those below may be its consequences."""
    return [remark for remark in remarks if remark.place.line < broken.place.line] + [broken]


def _elsewhere(unseen: list[Finding], remarks: list[Finding]) -> list[Finding]:
    """The remarks on lines without invisible characters, which may have caused those on their own."""
    lines = {remark.place.line for remark in unseen}
    return [remark for remark in remarks if remark.place.line not in lines]
