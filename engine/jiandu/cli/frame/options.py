"""Options that several commands share."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import click

from jiandu.cli.frame.types import ATTACHED, DAY, INSTANT, NAMED, WORDS, Whole
from jiandu.clock import legal_day
from jiandu.errors import UsageError

Decorator = Callable[[Any], Any]

by: Decorator = click.option("--as", "by", envvar="JIANDU_AS", type=WORDS)
day: Decorator = click.option("--day", type=DAY)
at: Decorator = click.option("--at", type=INSTANT)
key: Decorator = click.option("--key", type=WORDS)
case: Decorator = click.argument("case", type=WORDS)
guide: Decorator = click.argument("guide", type=WORDS)
unit: Decorator = click.option("--unit", type=WORDS, required=True)
card: Decorator = click.option("--set", "card", type=NAMED, multiple=True)
record: Decorator = click.option("--record", type=NAMED, multiple=True)
attach: Decorator = click.option("--attach", type=ATTACHED, multiple=True)
person: Decorator = click.option("--person", type=WORDS, multiple=True)
ground: Decorator = click.option("--ground", type=WORDS)
reason: Decorator = click.option("--reason", type=WORDS)
approved_by: Decorator = click.option("--approved-by", type=WORDS)
of: Decorator = click.option("--of", type=WORDS)
expect_seq: Decorator = click.option("--expect-seq", type=Whole(0))

OPENING = (unit, by, day, at, key)
"""What every way of bringing in a case takes."""
ACTING = (of, by, day, at, key, expect_seq)
"""What every act in a case takes."""


def taking(*params: Decorator) -> Decorator:
    """Gives a command all these, in this order."""

    def given(command: Any) -> Any:
        for param in reversed(params):
            command = param(command)
        return command

    return given


def one_time(asked: Mapping[str, Any]) -> date | None:
    """The legal day asked for, None for today. Raises UsageError where two times are given for one act."""
    day: date | None = asked["day"]
    at: datetime | None = asked["at"]
    if day is not None and at is not None:
        raise UsageError("usage-day-and-at")
    return legal_day(at) if at else day
