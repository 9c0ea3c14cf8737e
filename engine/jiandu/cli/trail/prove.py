"""`jiandu trail prove`: that an entry stands in the signed log, or that the log has only grown."""

import base64
from pathlib import Path

import click

from jiandu.cli.frame import keys, options, screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import auditor
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS, Whole
from jiandu.errors import UsageError


@named("prove")
@click.argument("case", type=WORDS, required=False)
@click.argument("seq", type=Whole(1), required=False)
@options.taking(click.option("--since", type=Whole(1)), keys.sign_key, keys.checkpoints)
@click.pass_obj
def command(
    settings: Settings, case: str | None, seq: int | None, since: int | None, sign_key: Path | None,
    checkpoints: Path | None,
) -> None:  # fmt: skip
    if (case is None) == (since is None):
        raise UsageError("prove-what")
    with auditor(settings) as opened:
        keeper = keys.keeper(opened, sign_key, checkpoints)
        if case is not None:
            proof = keeper.receipt(case, seq or opened.stored(case).seq)
            data = {"place": proof.place, "hashes": _written(proof.hashes), "note": proof.note}
            _show(settings, data, str(proof))
        elif since is not None:
            note, hashes = keeper.consistency(since)
            data = {"since": since, "hashes": _written(hashes), "note": note}
            _show(settings, data, "\n".join([*_written(hashes), "", note]))


def _written(hashes: tuple[bytes, ...]) -> list[str]:
    return [base64.b64encode(one).decode() for one in hashes]


def _show(settings: Settings, data: object, text: str) -> None:
    if settings.json:
        screen.write_json(data)
    else:
        screen.write(text.rstrip("\n"))
