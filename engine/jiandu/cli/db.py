"""`jiandu db`: making a database, bringing it up to date, looking at it."""

from typing import Any

import click

from jiandu.catalogue import Text, say, words
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import group
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.settings import Settings
from jiandu.store import Database, Status, shown

command = group("db")


@command.command("init")
@click.option("--practice", is_flag=True)
@click.option("--outbox", is_flag=True)
@click.pass_obj
def init(settings: Settings, practice: bool, outbox: bool) -> None:
    with Database.connect(settings.database) as database:
        database.init(practice=practice, outbox=outbox)
        _show(settings, database.status(), "db-made")


@command.command("upgrade")
@click.pass_obj
def upgrade(settings: Settings) -> None:
    with Database.connect(settings.database) as database:
        database.upgrade()
        _show(settings, database.status(), "db-upgraded")


@command.command("status")
@click.pass_obj
def status(settings: Settings) -> Exit:
    with Database.connect(settings.database) as database:
        found = database.status()
    _show(settings, found, "db-status" if found.exists else "db-none")
    return Exit.FINE if found.version == found.head else Exit.DATABASE


@command.command("outbox")
@click.argument("switch", type=click.Choice(["on", "off"]))
@click.pass_obj
def outbox(settings: Settings, switch: str) -> None:
    with Database.connect(settings.database) as database:
        database.switch_outbox(on=switch == "on")
        _show(settings, database.status(), f"db-outbox-{switch}")


def _show(settings: Settings, found: Status, code: str) -> None:
    if settings.json:
        screen.write_json(_data(found))
    elif not settings.quiet:
        kind = Text(*words()["db-practice" if found.practice else "db-real"])
        facts = {"database": shown(settings.database), "version": found.version, "head": found.head, "kind": kind}
        screen.write(say(code, settings.language, facts))


def _data(found: Status) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("exists", "version", "head", "practice", "instance", "outbox")}
