"""`jiandu people`: the file that says who holds which office."""

import click

from jiandu.catalogue import say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import group
from jiandu.cli.frame.engines import people
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.failures import findings_shown
from jiandu.cli.frame.settings import Settings
from jiandu.errors import GuideError

command = group("people")


@command.command("check")
@click.pass_obj
def check(settings: Settings) -> Exit:
    try:
        found = people(settings)
    except GuideError as error:
        findings_shown(error.findings, settings)
        return Exit.WRONG
    counts = {"units": len(found.units), "people": len(found.people)}
    if settings.json:
        screen.write_json({**counts, "findings": []})
    elif not settings.quiet:
        screen.write(say("people-fine", settings.language, counts))
    return Exit.FINE
