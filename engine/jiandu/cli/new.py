"""`jiandu new`: a small guide that is right, with one story, to begin from."""

import re
from pathlib import Path

import click

from jiandu import catalogue
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.errors import UsageError
from jiandu.shipped import schema

FOLDER = Path("guides")
"""Where guides are written where `--guides` names no other place."""
PATTERNS = Path(catalogue.__file__).with_name("new")


@named("new")
@click.argument("guide", type=WORDS)
@click.pass_obj
def command(settings: Settings, guide: str) -> None:
    if not re.fullmatch(schema("guide")["$defs"]["guide_id"]["pattern"], guide):
        raise UsageError("usage-guide-id", name=guide)
    folder = Path(settings.guides) if settings.guides else FOLDER
    files = {"guide.yaml": folder / f"{guide}.yaml", "story.yaml": folder / "scenarios" / guide / "first.yaml"}
    for file in files.values():
        if file.exists():
            raise UsageError("file-exists", file=str(file))
    for name, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (PATTERNS / name).read_text(encoding="utf-8").replace("new_guide", guide)
        file.write_text(text, encoding="utf-8", newline="\n")
    written = [str(file) for file in files.values()]
    if settings.json:
        screen.write_json({"written": written})
    else:
        screen.write("\n".join(written))
