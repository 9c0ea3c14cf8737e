"""What reaches the terminal: cleaned of everything that could steer it, painted only where somebody looks."""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from jiandu.check.report.text import Line

UNSHOWN = "\ufffd"
"""Stands for a character that steers a terminal or turns the direction of a text."""
_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")
_ORDINARY = re.compile(r"[\n\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff60]*")
_PAINTS = {"error": "red", "warning": "yellow", "advice": "cyan", "faint": "bright_black"}


def prepare() -> None:
    """Lets every character pass that the terminal's encoding has, and stands in for the others."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def cleaned(text: str) -> str:
    """The text without characters that steer a terminal; line ends stay.

    >>> cleaned("甲\\x1b[2J乙\\u202e")
    '甲\ufffd[2J乙\ufffd'
    """
    return text if _ORDINARY.fullmatch(text) else "".join(map(_mark, text))


def _mark(mark: str) -> str:
    return UNSHOWN if mark != "\n" and unicodedata.category(mark) in _STEERING else mark


def write(text: str, *, err: bool = False) -> None:
    """Prints a text."""
    click.echo(cleaned(text), err=err)


def write_json(data: Any) -> None:
    """Prints data, every character that steers a terminal written as an escape."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo("".join(map(_escaped, text)) if not _ORDINARY.fullmatch(text) else text)


def _escaped(mark: str) -> str:
    return json.dumps(mark)[1:-1] if mark != "\n" and unicodedata.category(mark) in _STEERING else mark


def write_lines(lines: Iterable[Line], *, err: bool = False) -> None:
    """Prints lines of which pieces are painted where the terminal shows colours and nobody objects."""
    painted = _shows_colours(sys.stderr if err else sys.stdout)
    for line in lines:
        pieces = ((cleaned(span.text).replace("\n", " "), _PAINTS.get(span.paint)) for span in line)
        said = "".join(click.style(text, fg=paint) if painted and paint else text for text, paint in pieces)
        click.echo(said.rstrip(), err=err, color=painted)


def _shows_colours(stream: IO[str]) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Says on standard error, to somebody who looks, what takes so long, and takes it back at the end."""
    looked_at = sys.stderr.isatty() and not quiet

    def tell(text: str) -> None:
        if looked_at and text:
            click.echo(f"\r\x1b[K{cleaned(text)}", err=True, nl=False, color=True)

    tell(title)
    try:
        yield tell
    finally:
        if looked_at:
            click.echo("\r\x1b[K", err=True, nl=False, color=True)
