"""`jiandu trail replay`: every case made anew from its entries, and compared with the register."""

import click

from jiandu.catalogue import say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import auditor
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.data import fault_data


@named("replay")
@click.argument("case", type=WORDS, required=False)
@click.pass_obj
def command(settings: Settings, case: str | None) -> Exit:
    title = say("progress-replay", settings.language)
    with auditor(settings) as opened, screen.progress(title, quiet=settings.quiet):
        faults = list(opened.replay(case))
    if settings.json:
        data = [fault_data(fault, settings.language) for fault in faults]
        screen.write_json({"found": len(faults), "faults": data})
    elif faults or not settings.quiet:
        lines = [fault.text(settings.language) for fault in faults]
        screen.write("\n".join(lines) or say("replay-whole", settings.language))
    return Exit.TAMPERED if faults else Exit.FINE
