"""`jiandu migrate`: moving open cases to the version of their guide that the library has."""

from collections.abc import Iterator
from typing import Any

import click

from jiandu.case import Case
from jiandu.catalogue import say
from jiandu.cli.frame import options, screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import Desk, desk
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.failures import reasons_told
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.data import reason_data
from jiandu.errors import Reason, RefusedError, UsageError
from jiandu.guide.model import Guide

Move = tuple[Case, tuple[Reason, ...]]
"""A case, and every reason why it cannot be moved."""


@named("migrate")
@options.taking(options.guide, click.argument("version", type=WORDS), click.option("--dry-run", is_flag=True))
@options.by
@click.pass_obj
def command(settings: Settings, guide: str, version: str, dry_run: bool, by: str | None) -> Exit:
    with desk(settings, by) as opened:
        newest = _newest(opened, guide, version)
        moves = list(opened.engine.migratable(guide))
        if not dry_run:
            moves = list(_moved(opened, moves))
    data = {"guide": guide, "version": version, "dry_run": dry_run, "cases": [_data(settings, *one) for one in moves]}
    opened.show(data, _lines(settings, newest, moves, "planned" if dry_run else "moved"))
    return Exit.WRONG if any(reasons for _, reasons in moves) else Exit.FINE


def _newest(desk: Desk, guide: str, version: str) -> Guide:
    """The guide of the library. Raises UsageError where it has another version."""
    newest = desk.engine.library.guide(guide)
    if newest.version != version:
        raise UsageError("version-other", guide=newest.title, version=version, found=newest.version)
    desk.cites(newest)
    return newest


def _moved(desk: Desk, moves: list[Move]) -> Iterator[Move]:
    """Moves what can be moved, and says of each what stood in the way."""
    settings = desk.settings
    with screen.progress("", quiet=settings.quiet or settings.json) as tell:
        for done, (case, reasons) in enumerate(moves):
            tell(say("progress-migrate", settings.language, {"done": done, "all": len(moves)}))
            yield case, reasons or _refused(desk, case)


def _refused(desk: Desk, case: Case) -> tuple[Reason, ...]:
    try:
        desk.engine.act("migrate", case.id, by=desk.by)
    except RefusedError as refusal:
        return refusal.reasons
    return ()


def _data(settings: Settings, case: Case, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    told = [reason_data(reason, settings.language) for reason in reasons]
    return {"id": case.id, "number": case.number, "from": case.version, "reasons": told}


def _lines(settings: Settings, newest: Guide, moves: list[Move], done: str) -> Iterator[str]:
    for case, reasons in moves:
        facts = {"id": case.id, "number": case.number or say("case-no-number", settings.language)}
        code = "migrate-barred" if reasons else f"migrate-{done}"
        yield say(code, settings.language, {**facts, "from": case.version, "to": newest.version})
        yield from reasons_told(reasons, settings)
    if not moves:
        yield say("migrate-none", settings.language, {"guide": newest.title, "version": newest.version})
