"""What a value on the command line may be. A wrong one is a UsageError with a sentence of ours."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import click

from jiandu.errors import UsageError

KINDS = ("states", "steps", "transitions", "guards", "deadlines")
"""What coverage counts."""


class Words(click.ParamType):
    """Text: real characters in normal form C, as everything that is kept."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        if any(unicodedata.category(mark) == "Cs" for mark in text):
            raise UsageError("usage-not-text", name=param.opts[0] if param else "")
        return unicodedata.normalize("NFC", text)


class Named(Words):
    """`name=value`, as a pair."""

    name = "pair"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        name, sign, written = super().convert(value, param, ctx).partition("=")
        if not sign or not name:
            raise UsageError("usage-no-pair", option=param.opts[0] if param else "", value=value)
        return name, written


class Attached(click.ParamType):
    """`name=file`, as a pair; the file's name is taken byte for byte."""

    name = "attached"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        name, sign, file = str(value).partition("=")
        if not sign or not name or not file:
            raise UsageError("usage-no-pair", option=param.opts[0] if param else "", value=value)
        return name, file


class Day(click.ParamType):
    """A legal day: `2026-05-06`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value or not _reckonable(day):
            raise UsageError("usage-no-day", option=param.opts[0] if param else "", value=value)
        return day


class Instant(click.ParamType):
    """An instant with its zone: `2026-05-06T09:30+08:00`."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None or not _reckonable(instant.date()):
            raise UsageError("usage-no-instant", option=param.opts[0] if param else "", value=value)
        return instant.astimezone(UTC)


class Whole(click.ParamType):
    """A whole number from `least` on."""

    name = "whole"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        written = str(value)
        if not (written.isascii() and written.isdigit() and len(written) < 16 and int(written) >= self.least):
            raise UsageError("usage-no-number", option=param.opts[0] if param else "", value=value, least=self.least)
        return int(written)


class Shares(click.ParamType):
    """`kind=percent,…`, each kind of coverage at most once."""

    name = "shares"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, int]:
        if isinstance(value, dict):
            return value
        pairs = [piece.partition("=") for piece in str(value).split(",")]
        shares = {kind: int(n) for kind, _, n in pairs if kind in KINDS and n in _PERCENTS}
        if len(shares) != len(pairs):
            raise UsageError("usage-no-shares", value=value, kinds=KINDS)
        return shares


_PERCENTS = frozenset(map(str, range(101)))


def _reckonable(day: date) -> bool:
    """Whether periods can be counted from the day in both directions without leaving the calendar."""
    return 1900 <= day.year <= 9000


WORDS, NAMED, ATTACHED, DAY, INSTANT, SHARES = Words(), Named(), Attached(), Day(), Instant(), Shares()
