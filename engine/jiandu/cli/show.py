"""`jiandu show`: a guide in words, or one thing of it."""

import click

from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.guides import guide_of
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.cli.wording.guide import Told
from jiandu.cli.wording.listing import guide_data, part_data
from jiandu.cli.wording.page import page
from jiandu.cli.wording.questions import answers
from jiandu.errors import UsageError
from jiandu.names import closest


@named("show")
@click.argument("guide", type=WORDS)
@click.argument("name", type=WORDS, required=False)
@click.option("--questions", is_flag=True)
@click.option("--markdown", is_flag=True)
@click.pass_obj
def command(settings: Settings, guide: str, name: str | None, *, questions: bool, markdown: bool) -> None:
    found = guide_of(settings, guide)
    told = Told(found, settings.language)
    if markdown:
        screen.write(page(told).rstrip("\n"))
        return
    if questions:
        _answer(settings, told)
        return
    lines = told.all() if name is None else told.one(name)
    if lines is None:
        guess = closest(name or "", told.names())
        raise UsageError("nothing-named.guess" if guess else "nothing-named", name=name, guess=guess)
    if settings.json:
        whole = guide_data(found, settings.language)
        screen.write_json(whole if name is None else part_data(found, name, settings.language))
    else:
        screen.write("\n".join(lines))


def _answer(settings: Settings, told: Told) -> None:
    """The four questions, act by act."""
    asked = [answer for _, found in answers(told) for answer in found]
    cells = [{"act": one.act.name, "title": one.title, "who": one.who, "when": one.when, "law": one.law,
              "otherwise": one.otherwise} for one in asked]  # fmt: skip
    if settings.json:
        screen.write_json({"guide": told.guide.id, "version": told.guide.version, "questions": cells})
        return
    for one in cells:
        screen.write(told.say("offer", title=one["title"], act=one["act"]))
        for cell in ("who", "when", "law", "otherwise"):
            screen.write("  " + told.say(f"asked-{cell}", **{cell: one[cell]}))
