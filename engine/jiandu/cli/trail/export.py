"""`jiandu trail export`: the trail for a court, a spreadsheet, or tools that mine processes."""

from collections.abc import Callable
from pathlib import Path

import click

from jiandu.catalogue import say
from jiandu.cli.frame import keys, options, screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import auditor
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE, WORDS
from jiandu.cli.wording.case import CaseTold
from jiandu.clock import legal_day
from jiandu.engine import Engine
from jiandu.engine.log import Keeper
from jiandu.errors import UsageError
from jiandu.export import lines, ocel
from jiandu.export.bundle import Bundle

FORMATS = ("bundle", "jsonl", "csv", "ocel_json", "ocel_sqlite")


@named("export")
@click.argument("case", type=WORDS, required=False)
@options.taking(*(click.option(f"--{name.replace('_', '-')}", name, type=FILE) for name in FORMATS))
@options.taking(keys.sign_key, keys.checkpoints)
@click.pass_obj
def command(
    settings: Settings, /, case: str | None, sign_key: Path | None, checkpoints: Path | None, **asked: Path | None
) -> None:
    wanted = {name: path for name, path in asked.items() if path is not None}
    if not wanted or ("bundle" in wanted and case is None):
        raise UsageError("export-what")
    with auditor(settings) as opened, screen.progress(say("progress-export", settings.language), quiet=settings.quiet):
        for name, path in wanted.items():
            try:
                if name == "bundle" and case is not None:
                    _bundle(opened, keys.keeper(opened, sign_key, checkpoints), case).write(path)
                else:
                    WRITERS[name](opened, case, path)
            except OSError as error:
                raise UsageError("export-unwritten", path=str(path), detail=error.strerror) from None


def _bundle(opened: Engine, keeper: Keeper, case: str) -> Bundle:
    from jiandu.cli.wording.court import court_page

    found = opened.stored(case)
    told = CaseTold(found, opened.guide_of(found), "zh", legal_day(opened.clock.now()))
    rows, texts = opened.kept(case)
    proofs = [keeper.receipt(case, row.seq) for row in rows] if keeper.signer else []
    if proofs:  # all under one checkpoint
        proofs = [keeper.receipt(case, row.seq) for row in rows]
    key = str(keeper.signer.key) if keeper.signer else ""
    page = court_page(told, list(opened.entries(case)), key, proofs)
    return Bundle(rows, texts, page, proofs, keeper.signer)


def _text(write: Callable[..., int], encoding: str, newline: str) -> Callable[[Engine, str | None, Path], None]:
    def written(opened: Engine, case: str | None, path: Path) -> None:
        with path.open("w", encoding=encoding, newline=newline) as file:
            write(opened.entries(case), file)

    return written


WRITERS: dict[str, Callable[[Engine, str | None, Path], None]] = {
    "jsonl": _text(lines.write_lines, "utf-8", "\n"),
    "csv": _text(lines.write_csv, "utf-8-sig", ""),  # the mark tells spreadsheets that it is Unicode
    "ocel_json": lambda opened, case, path: ocel.write_json(opened.entries(case), path),
    "ocel_sqlite": lambda opened, case, path: ocel.write_sqlite(opened.entries(case), path),
}
