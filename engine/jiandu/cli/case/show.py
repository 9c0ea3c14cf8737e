"""`jiandu case show`: the case as it stands."""

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings


@named("show")
@options.taking(options.case, options.by)
@click.pass_obj
def command(settings: Settings, case: str, by: str | None) -> None:
    with desk(settings, by) as opened:
        found, _ = opened.read(case)
        opened.show(opened.data(found), opened.told(found).all(opened.related(found)))
