"""`jiandu graph`: the diagram of a guide."""

import click

from jiandu.cli.frame import options, screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.guides import guide_of
from jiandu.cli.frame.settings import Settings
from jiandu.guide.draw import dot, mermaid
from jiandu.guide.petri import pnml

FORMATS = {"mermaid": mermaid, "dot": dot, "pnml": pnml}


@named("graph")
@options.taking(options.guide, click.option("--format", "drawn", type=click.Choice(list(FORMATS)), default="mermaid"))
@click.pass_obj
def command(settings: Settings, guide: str, drawn: str) -> None:
    found = guide_of(settings, guide)
    diagram = FORMATS[drawn](found, settings.language)
    if settings.json:
        screen.write_json({"guide": found.id, "version": found.version, "format": drawn, "diagram": diagram})
    else:
        screen.write(diagram.rstrip("\n"))
