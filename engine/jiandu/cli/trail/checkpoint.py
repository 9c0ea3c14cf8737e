"""`jiandu trail checkpoint`: the log as it stands, signed and kept outside the database."""

import os
from pathlib import Path

import click

from jiandu.catalogue import say
from jiandu.cli.frame import keys, options, screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import auditor
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE
from jiandu.data import fault_data
from jiandu.engine.log import Keeper
from jiandu.errors import UsageError
from jiandu.trail.note import Ed25519Signer


@named("checkpoint")
@options.taking(keys.sign_key, keys.checkpoints, keys.handed, keys.posted)
@click.option("--new-key", type=FILE)
@click.option("--new-log", is_flag=True)
@options.taking(options.reason, options.by, options.approved_by)
@click.pass_obj
def command(
    settings: Settings,
    sign_key: Path | None,
    checkpoints: Path | None,
    exec_: tuple[str, ...],
    post: tuple[str, ...],
    new_key: Path | None,
    new_log: bool,
    reason: str | None,
    by: str | None,
    approved_by: str | None,
) -> Exit:
    with auditor(settings) as opened:
        if new_key is not None:
            return _made(settings, new_key, Keeper(opened.database).name())
        keeper = keys.keeper(opened, sign_key, checkpoints, exec_, post)
        if new_log:
            if not (by and approved_by and reason):
                raise UsageError("usage-missing", name="--as, --approved-by, --reason")
            keeper.begin_again(reason=reason, by=by, approved_by=approved_by)
        note, done = keeper.checkpoint()
    faults = [fault.text(settings.language) for fault in done.faults]
    if settings.json:
        told = [fault_data(fault, settings.language) for fault in done.faults]
        screen.write_json({"added": done.added, "note": note, "faults": told})
    else:
        screen.write("\n".join([*faults, note.rstrip("\n")]))
    return Exit.TAMPERED if faults else Exit.FINE


def _made(settings: Settings, path: Path, name: str) -> Exit:
    """A new key in a file that nobody else may read, and beside it the one that is handed on."""
    signer = Ed25519Signer.new(name)
    public = path.with_name(f"{path.name}.pub")
    try:
        handed = f"{signer.key}\n"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{signer.written()}\n")
        public.write_text(handed, encoding="utf-8", newline="\n")
    except ImportError:
        raise UsageError("sign-missing") from None
    except OSError as error:
        raise UsageError("key-unwritten", path=str(path), detail=error.strerror) from None
    screen.write(say("key-made", settings.language, {"path": path, "public": public, "key": handed.strip()}))
    return Exit.FINE
