"""The keys that the command line is told of: that of the marks, and those that sign and verify checkpoints."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jiandu.cli.frame.types import FILE, WORDS
from jiandu.engine import Engine
from jiandu.engine.log import Keeper
from jiandu.engine.places import Command, File, Place, Post
from jiandu.errors import UsageError
from jiandu.trail.note import Ed25519Signer
from jiandu.trail.standalone import Key, key_of

sign_key = click.option("--sign-key", envvar="JIANDU_SIGN_KEY", type=FILE)
log_key = click.option("--log-key", envvar="JIANDU_LOG_KEY", type=FILE)
checkpoints = click.option("--checkpoints", envvar="JIANDU_CHECKPOINTS", type=FILE)
handed = click.option("--exec", "exec_", type=WORDS, multiple=True)
posted = click.option("--post", type=WORDS, multiple=True)


def keeper(
    opened: Engine, signing: Path | None, file: Path | None, exec_: tuple[str, ...] = (), post: tuple[str, ...] = ()
) -> Keeper:
    """Who keeps the log of an engine's database. Raises UsageError."""
    places: list[Place] = [*([File(file)] if file else []), *map(Command, exec_), *map(Post, post)]
    signer = read(signing, Ed25519Signer.of) if signing else None
    if signer is not None:
        _can_sign(signer)
    return Keeper(opened.database, signer, places, opened.macs, opened.clock)


def read(path: Path, of: Callable[[str], Any]) -> Any:
    """What a file of keys holds. Raises UsageError `key-unreadable`."""
    try:
        return of(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageError("key-unreadable", path=str(path)) from None


def verifying(path: Path | None, signing: Path | None) -> Key | None:
    """The key that verifies checkpoints: the one handed on, else that of the key that signs."""
    if path is not None:
        found: Key = read(path, key_of)
        return found
    if signing is not None:
        signer: Ed25519Signer = read(signing, Ed25519Signer.of)
        return _can_sign(signer)
    return None


def _can_sign(signer: Ed25519Signer) -> Key:
    try:
        return signer.key
    except ImportError:
        raise UsageError("sign-missing") from None
