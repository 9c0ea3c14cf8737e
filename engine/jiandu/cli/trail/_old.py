"""`jiandu trail`: whether the trail is as it was written, and the trail itself."""

import json
from typing import Any

import click

from jiandu.catalogue import Language, say
from jiandu.cli.frame import options, screen
from jiandu.cli.frame.command import group
from jiandu.cli.frame.engines import actor, auditor, engine
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.cli.wording.data import entry_data
from jiandu.trail import Report

command = group("trail")


@command.command("verify")
@click.argument("case", type=WORDS, required=False)
@click.pass_obj
def verify(settings: Settings, case: str | None) -> Exit:
    title = say("progress-verify", settings.language)
    with auditor(settings) as opened, screen.progress(title, quiet=settings.quiet):
        report = opened.verify(case)
    if settings.json:
        screen.write_json(_report(report, settings.language))
    elif report.found or not settings.quiet:
        screen.write(report.text(settings.language))
    return Exit.TAMPERED if report.found else Exit.FINE


@command.command("show")
@options.case
@options.by
@click.pass_obj
def show(settings: Settings, case: str, by: str | None) -> None:
    with engine(settings) as opened:
        entries = opened.history(case, by=actor(by))
    if settings.json:
        screen.write_json({"entries": [entry_data(entry) for entry in entries]})
        return
    for entry in entries:
        facts = {"seq": entry.content["seq"], "hash": entry.hash}
        screen.write(say("trail-entry", settings.language, facts))
        screen.write(_line(entry.content))
        screen.write(say("trail-sealed", settings.language) if entry.body is None else _line(entry.body))


def _report(report: Report, language: Language) -> dict[str, Any]:
    faults = [
        {"code": fault.code, "case": fault.case, "seq": fault.seq, "message": fault.text(language)}
        for fault in report.faults
    ]
    counts = {name: getattr(report, name) for name in ("level", "cases", "entries", "found")}
    return {**counts, "faults": faults}


def _line(content: Any) -> str:
    """An entry or a body on one line, keys in order, as it is kept."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
