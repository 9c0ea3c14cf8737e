"""`jiandu case list`: the cases that one may read."""

from typing import Any

import click

from jiandu.catalogue import say
from jiandu.cli.frame import options
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS, Whole


@named("list")
@click.option("--unit", type=WORDS)
@click.option("--guide", type=WORDS)
@click.option("--state", type=WORDS)
@click.option("--status", type=click.Choice(["open", "suspended", "closed", "finished"]))
@click.option("--number", type=WORDS)
@click.option("--after", type=WORDS)
@click.option("--limit", type=Whole(1))
@options.by
@click.pass_obj
def command(settings: Settings, /, by: str | None, **filters: Any) -> None:
    asked = {name: value for name, value in filters.items() if value is not None}
    with desk(settings, by) as opened:
        cases = opened.engine.cases(by=opened.by, **asked)
        lines = [opened.told(case).line() for case in cases] or [say("cases-none", settings.language)]
        opened.show({"cases": [opened.data(case) for case in cases]}, lines, result=bool(cases))
