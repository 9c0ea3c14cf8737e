"""`jiandu case history`: what was done in the case, each entry in the words of the text it was done under."""

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings
from jiandu.data import entry_data


@named("history")
@options.taking(options.case, options.by)
@click.pass_obj
def command(settings: Settings, case: str, by: str | None) -> None:
    with desk(settings, by) as opened:
        found, _ = opened.read(case)
        entries = opened.engine.history(case, by=opened.by)
        data = {**opened.data(found), "history": [entry_data(entry) for entry in entries]}
        opened.show(data, (line for e in entries for line in opened.told(found, e.content["guide"]).entry(e)))
