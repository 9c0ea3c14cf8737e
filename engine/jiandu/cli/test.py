"""`jiandu test`: do the stories come true, and what of the guides have they walked?"""

from collections.abc import Mapping
from pathlib import Path

import click

from jiandu.calendar import Calendar
from jiandu.catalogue import say
from jiandu.check.report.excerpt import pages_of_files
from jiandu.check.suite import Suite, play_all
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.guides import guides_folder
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE, SHARES
from jiandu.cli.wording.junit import junit
from jiandu.cli.wording.stories import coverage_told, failure_told, short_of, suite_data
from jiandu.errors import UsageError


@named("test")
@click.argument("paths", nargs=-1, type=FILE)
@click.option("--fail-under", type=SHARES)
@click.option("--junit", "junit_", type=FILE)
@click.pass_obj
def command(
    settings: Settings, paths: tuple[Path, ...], fail_under: Mapping[str, int] | None, junit_: Path | None
) -> Exit:
    suite = _played(settings, paths or (guides_folder(settings),))
    short = short_of(suite, fail_under or {}, settings.language)
    if junit_ is not None:
        _write(junit_, junit(suite, settings.language))
    if settings.json:
        screen.write_json(suite_data(suite, settings.language))
    else:
        _show(settings, suite, short)
    return Exit.WRONG if suite.failed or short else Exit.FINE


def _played(settings: Settings, paths: tuple[Path, ...]) -> Suite:
    with screen.progress("", quiet=settings.quiet or settings.json) as tell:

        def step(done: int, all_: int) -> None:
            tell(say("progress-stories", settings.language, {"done": done, "all": all_}))

        return play_all(paths, Calendar.shipped(), step)


def _show(settings: Settings, suite: Suite, short: list[str]) -> None:
    pages = pages_of_files()
    for result in suite.failed:
        screen.write_lines(failure_told(result, settings.language, pages))
    if not settings.quiet:
        for line in coverage_told(suite, settings.language):
            screen.write(line)
    for line in short:
        screen.write(line)


def _write(file: Path, content: str) -> None:
    try:
        file.write_text(content, encoding="utf-8")
    except (OSError, ValueError):
        raise UsageError("file-unwritable", file=str(file)) from None
