"""`jiandu diff`: what has changed between two texts of a guide, how heavy it weighs, and the version it asks for."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from jiandu.catalogue import say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.guides import library
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE, WORDS
from jiandu.errors import UsageError
from jiandu.guide.bundle import Bundle
from jiandu.guide.diff import WEIGHTS, Difference, Edit, difference
from jiandu.guide.library import Library
from jiandu.source import read_file

LONGEST = 60
"""So many characters of a value are shown."""


@named("diff")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE, required=False)
@click.option("--base", type=WORDS)
@click.pass_obj
def command(settings: Settings, old: Path, new: Path | None, base: str | None) -> Exit:
    if (new is None) == (base is None):
        raise UsageError("usage-diff")
    if base is not None:
        with tempfile.TemporaryDirectory() as folder:
            found = difference(_of_revision(old, base, Path(folder)), _bundle(old, settings))
    else:
        found = difference(_bundle(old, settings), _bundle(new or old, settings))
    if settings.json:
        screen.write_json(_data(found))
    else:
        screen.write("\n".join(_told(found, settings)))
    return Exit.FINE if found.enough else Exit.WRONG


def _bundle(path: Path, settings: Settings) -> Bundle:
    """The text of a guide in a file; lexicons come from beside it, or from `--guides`."""
    beside = path.parent if settings.guides is None else library(settings).folder
    return Library(beside).texts(read_file(path))


def _of_revision(path: Path, base: str, folder: Path) -> Bundle:
    """The text as it was in a revision of git, with the lexicons of then. Raises UsageError where git has none."""
    git = ["git", "-C", str(path.parent.resolve()), "archive", "--format=tar", "--end-of-options", base, "."]
    try:
        packed = subprocess.run(git, capture_output=True, check=True)  # noqa: S603  git and a revision, no shell
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return Library(folder).texts(read_file(folder / path.name, str(path)))
    except (OSError, subprocess.CalledProcessError, tarfile.TarError, UsageError):
        raise UsageError("diff-no-revision", name=base, file=str(path)) from None


def _told(found: Difference, settings: Settings) -> Iterator[str]:
    lang = settings.language
    for weight in WEIGHTS:
        edits = [edit for edit in found.edits if edit.weight == weight]
        if edits and weight != "none":
            yield say(f"diff-{weight}", lang)
            yield from (f"  {_line(edit)}" for edit in edits)
            yield ""
    facts = {"old": found.old, "new": found.new, "step": say(f"diff-step-{found.step}", lang)}
    yield say("diff-enough" if found.enough else "diff-too-low", lang, facts)


def _line(edit: Edit) -> str:
    sign = {"added": "+", "removed": "-", "changed": "~"}[edit.kind]
    if edit.kind == "changed":
        return f"{sign} {edit.path}: {_short(edit.before)} → {_short(edit.after)}"
    return f"{sign} {edit.path}"


def _short(value: Any) -> str:
    said = str(value)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def _data(found: Difference) -> dict[str, Any]:
    edits = [
        {"path": edit.path, "kind": edit.kind, "weight": edit.weight, "before": edit.before, "after": edit.after}
        for edit in found.edits
    ]
    return {"edits": edits, "step": found.step, "old": found.old, "new": found.new, "enough": found.enough}
