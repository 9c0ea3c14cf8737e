"""`jiandu case deadlines`: what is due and when, and how each day was found."""

from datetime import date

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings
from jiandu.data import run_data


@named("deadlines")
@options.taking(options.case, click.option("--why", is_flag=True), options.by, options.day)
@click.pass_obj
def command(settings: Settings, case: str, why: bool, by: str | None, day: date | None) -> None:
    with desk(settings, by) as opened:
        found, _ = opened.read(case)
        on = day or opened.today
        runs = [run_data(run, on, why=why) for run in found.deadlines]
        opened.show({**opened.data(found, on), "deadlines": runs}, opened.told(found).deadlines(on, why=why))
