"""`jiandu case offers`: what can be done now; and if not, why not and from when."""

from datetime import date

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings
from jiandu.data import offers_data


@named("offers")
@options.taking(options.case, options.by, options.day)
@click.option("--all", "whole", is_flag=True)
@click.pass_obj
def command(settings: Settings, case: str, by: str | None, day: date | None, *, whole: bool) -> None:
    with desk(settings, by) as opened:
        found, _ = opened.read(case)
        offered = opened.engine.offers(case, by=opened.by, day=day)
        data = {**opened.data(found, day), **offers_data(offered, settings.language)}
        opened.show(data, opened.told(found).offers(offered, settings, whole=whole))
