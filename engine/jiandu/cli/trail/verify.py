"""`jiandu trail verify`: whether the trail, of one case or of all, is as it was written."""

from pathlib import Path
from typing import Any

import click

from jiandu.catalogue import Language, say
from jiandu.cli.frame import keys, options, screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import auditor
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.data import fault_data
from jiandu.engine.places import File
from jiandu.errors import UsageError
from jiandu.trail import Report


@named("verify")
@click.argument("case", type=WORDS, required=False)
@options.taking(keys.checkpoints, keys.log_key, keys.sign_key)
@click.pass_obj
def command(
    settings: Settings, case: str | None, checkpoints: Path | None, log_key: Path | None, sign_key: Path | None
) -> Exit:
    key = keys.verifying(log_key, sign_key) if checkpoints else None
    notes = File(checkpoints).notes() if checkpoints else []
    if checkpoints and (key is None or not notes):
        raise UsageError("checkpoints-without-key" if notes else "checkpoints-none", path=str(checkpoints))
    title = say("progress-verify", settings.language)
    with auditor(settings) as opened, screen.progress(title, quiet=settings.quiet) as tell:
        told = lambda seen: tell(say("progress-verified", settings.language, {"cases": seen}))  # noqa: E731
        report = opened.verify(case, notes=notes, key=key, tell=told)
    if settings.json:
        screen.write_json(_report(report, settings.language))
    elif report.found or not settings.quiet:
        screen.write(report.text(settings.language))
    return Exit.TAMPERED if report.found else Exit.FINE


def _report(report: Report, language: Language) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in ("level", "cases", "entries", "found")}
    notes = [{"code": code, "message": say(code, language, facts)} for code, facts in report.notes]
    faults = [fault_data(fault, language) for fault in report.faults]
    return {**counts, "levels": list(report.levels), "notes": notes, "faults": faults}
