"""`jiandu tick`: writing down the warnings and expiries that are due."""

import time

import click

from jiandu.catalogue import say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import engine
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import Whole
from jiandu.engine import Engine
from jiandu.errors import UsageError


@named("tick")
@click.option("--once", is_flag=True)
@click.option("--loop", type=Whole(1))
@click.pass_obj
def command(settings: Settings, once: bool, loop: int | None) -> None:
    if once and loop:
        raise UsageError("usage-once-and-loop")
    with engine(settings) as opened:
        _tick(settings, opened)
        while loop:
            time.sleep(loop)
            _tick(settings, opened)


def _tick(settings: Settings, opened: Engine) -> None:
    cases = opened.tick()
    if settings.json:
        screen.write_json({"cases": cases})
    elif not settings.quiet:
        screen.write(say("ticked" if cases else "ticked-none", settings.language, {"cases": cases}))
