"""`jiandu case open`: a new case of a guide."""

from typing import Any

import click

from jiandu.cli.frame import options, values
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.values import Pair


@named("open")
@options.taking(options.guide, options.card, *options.OPENING)
@click.pass_obj
def command(
    settings: Settings, /, guide: str, unit: str, card: tuple[Pair, ...], by: str | None, key: str | None, **asked: Any
) -> None:
    day = options.one_time(asked)
    with desk(settings, by) as opened:
        filled = values.typed(card, opened.fields(guide))
        case = opened.engine.open(guide, unit=unit, by=opened.by, card=filled, day=day, key=key)
        opened.show(opened.data(case), [case.id])
