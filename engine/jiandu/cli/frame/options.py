"""Options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from jiandu.cli.frame.types import DAY, INSTANT, WORDS
from jiandu.errors import UsageError

Decorator = Callable[[Any], Any]

by: Decorator = click.option("--as", "by", envvar="JIANDU_AS", type=WORDS)
day: Decorator = click.option("--day", type=DAY)
at: Decorator = click.option("--at", type=INSTANT)
key: Decorator = click.option("--key", type=WORDS)
case: Decorator = click.argument("case", type=WORDS)


def one_time(day: date | None, at: datetime | None) -> None:
    """Refuses two times for one act. Raises UsageError."""
    if day is not None and at is not None:
        raise UsageError("usage-day-and-at")
