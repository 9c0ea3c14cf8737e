"""`jiandu trail show`: the trail of a case as it is kept."""

import json
from typing import Any

import click

from jiandu.catalogue import say
from jiandu.cli.frame import options, screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import actor, engine
from jiandu.cli.frame.settings import Settings
from jiandu.data import entry_data


@named("show")
@options.taking(options.case, options.by)
@click.pass_obj
def command(settings: Settings, case: str, by: str | None) -> None:
    with engine(settings) as opened:
        entries = opened.history(case, by=actor(by))
    if settings.json:
        screen.write_json({"entries": [entry_data(entry) for entry in entries]})
        return
    for entry in entries:
        facts = {"seq": entry.content["seq"], "hash": entry.hash}
        screen.write(say("trail-entry", settings.language, facts))
        screen.write(_line(entry.content))
        screen.write(say("trail-sealed", settings.language) if entry.body is None else _line(entry.body))


def _line(content: Any) -> str:
    """An entry or a body on one line, keys in order, as it is kept."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
