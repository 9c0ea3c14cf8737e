"""`jiandu show`: a guide in words, or one thing of it."""

import click

from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.guides import guide_of
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.cli.wording.guide import Told
from jiandu.cli.wording.listing import guide_data, part_data
from jiandu.errors import UsageError
from jiandu.names import closest


@named("show")
@click.argument("guide", type=WORDS)
@click.argument("name", type=WORDS, required=False)
@click.pass_obj
def command(settings: Settings, guide: str, name: str | None) -> None:
    found = guide_of(settings, guide)
    told = Told(found, settings.language)
    lines = told.all() if name is None else told.one(name)
    if lines is None:
        guess = closest(name or "", told.names())
        raise UsageError("nothing-named.guess" if guess else "nothing-named", name=name, guess=guess)
    if settings.json:
        whole = guide_data(found, settings.language)
        screen.write_json(whole if name is None else part_data(found, name, settings.language))
    else:
        screen.write("\n".join(lines))
