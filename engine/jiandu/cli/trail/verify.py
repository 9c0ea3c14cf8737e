"""`jiandu trail verify`: whether the trail, of one case or of all, is as it was written."""

from typing import Any

import click

from jiandu.catalogue import Language, say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import auditor
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.data import fault_data
from jiandu.trail import Report


@named("verify")
@click.argument("case", type=WORDS, required=False)
@click.pass_obj
def command(settings: Settings, case: str | None) -> Exit:
    title = say("progress-verify", settings.language)
    with auditor(settings) as opened, screen.progress(title, quiet=settings.quiet):
        report = opened.verify(case)
    if settings.json:
        screen.write_json(_report(report, settings.language))
    elif report.found or not settings.quiet:
        screen.write(report.text(settings.language))
    return Exit.TAMPERED if report.found else Exit.FINE


def _report(report: Report, language: Language) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in ("level", "cases", "entries", "found")}
    return {**counts, "faults": [fault_data(fault, language) for fault in report.faults]}
