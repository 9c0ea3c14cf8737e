"""`jiandu case adopt`: a case that is already running elsewhere, as a file describes it."""

from pathlib import Path
from typing import Any

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.standing import standing
from jiandu.cli.frame.types import FILE


@named("adopt")
@options.taking(options.guide, click.option("--file", type=FILE, required=True), *options.OPENING)
@click.pass_obj
def command(
    settings: Settings, /, guide: str, unit: str, file: Path, by: str | None, key: str | None, **asked: Any
) -> None:
    day = options.one_time(asked)
    with desk(settings, by) as opened:
        opened.fields(guide)
        case = opened.engine.adopt(guide, unit=unit, by=opened.by, **standing(file), day=day, key=key)
        opened.show(opened.data(case), [case.id])
