"""What a value on the command line may be. A wrong one is a UsageError with a sentence of ours."""

import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiandu.errors import UsageError

if TYPE_CHECKING:
    ParamType = click.ParamType[Any]
else:
    ParamType = click.ParamType

KINDS = ("states", "steps", "transitions", "guards", "deadlines")
"""What coverage counts."""
_PERCENTS = frozenset(map(str, range(101)))


class Kind(ParamType):
    """A kind of value, read from text by `read`, which knows the option it was given to."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        return self.read(value, param.opts[0] if param else "") if isinstance(value, str) else value

    def read(self, written: str, option: str) -> Any:
        """The value. Raises UsageError."""
        raise NotImplementedError


class Words(Kind):
    """Text: real characters in normal form C, as everything that is kept."""

    def read(self, written: str, option: str) -> Any:
        if any(unicodedata.category(mark) == "Cs" for mark in written):
            raise UsageError("usage-not-text", name=option)
        return unicodedata.normalize("NFC", written)


class Named(Words):
    """`name=value`, as a pair."""

    def read(self, written: str, option: str) -> Any:
        return _pair(super().read(written, option), option)


class Attached(Kind):
    """`name=file`, as a pair; the file's name is taken byte for byte."""

    def read(self, written: str, option: str) -> Any:
        name, file = _pair(written, option)
        if not file:
            raise UsageError("usage-no-pair", option=option, value=written)
        return name, file


class Day(Kind):
    """A legal day: `2026-05-06`."""

    def read(self, written: str, option: str) -> Any:
        try:
            day = date.fromisoformat(written)
        except ValueError:
            day = date.min
        if day.isoformat() != written or not _reckonable(day):
            raise UsageError("usage-no-day", option=option, value=written)
        return day


class Instant(Kind):
    """An instant with its zone: `2026-05-06T09:30+08:00`."""

    def read(self, written: str, option: str) -> Any:
        try:
            instant = datetime.fromisoformat(written)
        except ValueError:
            instant = datetime.min.replace(tzinfo=UTC)
        if instant.tzinfo is None or not _reckonable(instant.date()):
            raise UsageError("usage-no-instant", option=option, value=written)
        return instant.astimezone(UTC)


class Whole(Kind):
    """A whole number from `least` on."""

    def __init__(self, least: int) -> None:
        self.least = least

    def read(self, written: str, option: str) -> Any:
        digits = written.isascii() and written.isdigit() and len(written) < 16
        if not digits or int(written) < self.least:
            raise UsageError("usage-no-number", option=option, value=written, least=self.least)
        return int(written)


class Shares(Kind):
    """`kind=percent,…`, each kind of coverage at most once."""

    def read(self, written: str, option: str) -> Any:
        pairs = [piece.partition("=") for piece in written.split(",")]
        shares = {kind: int(n) for kind, _, n in pairs if kind in KINDS and n in _PERCENTS}
        if len(shares) != len(pairs):
            raise UsageError("usage-no-shares", option=option, value=written, kinds=KINDS)
        return shares


def _pair(written: str, option: str) -> tuple[str, str]:
    name, sign, value = written.partition("=")
    if not sign or not name:
        raise UsageError("usage-no-pair", option=option, value=written)
    return name, value


def _reckonable(day: date) -> bool:
    """Whether periods can be counted from the day in both directions without leaving the calendar."""
    return 1900 <= day.year <= 9000


WORDS, NAMED, ATTACHED, DAY, INSTANT, SHARES = Words(), Named(), Attached(), Day(), Instant(), Shares()
FILE = click.Path(path_type=Path, readable=False)
"""A file or folder; whoever reads it will say what is wrong with it."""
