"""From the words typed to the number the command ends with."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from jiandu.catalogue import Language, language_of_locale
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import Folder
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.failures import told
from jiandu.cli.frame.help import ROOT
from jiandu.cli.frame.settings import Settings

PACKAGE = "jiandu.cli"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; answers with the number to end with."""
    args = list(sys.argv[1:] if argv is None else argv)
    settings = Settings(_language(args), json="--json" in args)
    screen.prepare()
    try:
        return _run(args, settings)
    except (KeyboardInterrupt, click.Abort):
        return Exit.INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click leaves at once when the reader has gone
        return _unheard()


def _run(args: list[str], settings: Settings) -> int:
    root = Folder(PACKAGE, [str(Path(__file__).parent.parent)], name=ROOT)
    try:
        code = root.main(args, prog_name=ROOT, obj=settings, standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, click.Abort):
        raise
    except Exception as error:
        return told(error, settings)
    return int(code or Exit.FINE)


def _language(args: list[str]) -> Language:
    """The language asked for, known before anything is understood: what is wrong with the rest is said in it."""
    asked = language_of_locale()
    for before, arg in pairwise(["", *args]):
        written = arg if before == "--lang" else arg.removeprefix("--lang=")
        if written in ("zh", "en") and (before == "--lang" or arg != written):
            asked = "zh" if written == "zh" else "en"
    return asked


def _unheard() -> Exit:
    """Nobody reads any more; what Python would still flush at its end goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.UNHEARD
