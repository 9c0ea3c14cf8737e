"""`jiandu relay`: taking events out of the database to those who wait for them."""

import signal
import time
from contextlib import closing
from pathlib import Path

import click

from jiandu.catalogue import say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE, WORDS
from jiandu.errors import UsageError
from jiandu.relay import Relay, Turn, open_sink
from jiandu.store import Database, DeliveryRow, count_events, list_stuck

PAUSE = 1
"""Seconds to wait where nothing is due."""


@named("relay")
@click.option("--to", "sink", envvar="JIANDU_TO", type=WORDS)
@click.option("--secret", "secret", type=FILE)
@click.option("--once", "drained", is_flag=True)
@click.option("--status", "backlog", is_flag=True)
@click.pass_obj
def command(settings: Settings, sink: str | None, secret: Path | None, drained: bool, backlog: bool) -> Exit:
    with Database.connect(settings.database) as database:
        _is_on(database)
        if not backlog:
            _relay(settings, database, sink, secret, once=drained)
        return _status(settings, database) if backlog or drained else Exit.FINE


def _is_on(database: Database) -> None:
    """Raises UsageError where there is no event, and never will be."""
    with database.glancing() as connection:
        if database.tells_as is None and not count_events(connection):
            raise UsageError("outbox-off")


def _relay(settings: Settings, database: Database, address: str | None, secret: Path | None, *, once: bool) -> None:
    if address is None:
        raise UsageError("relay-nowhere")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is being worked on is set free at the end
    with closing(open_sink(address, _read(secret))) as sink:
        relay = Relay(database, sink)
        while True:
            turn = relay.turn()
            _tell(settings, turn)
            if not turn.taken or not turn.reached:
                if once:
                    return
                time.sleep(PAUSE)


def _read(file: Path | None) -> str | None:
    """Raises UsageError `file-missing`, `file-unreadable`."""
    try:
        return file.read_text(encoding="ascii") if file else None
    except FileNotFoundError:
        raise UsageError("file-missing", file=file) from None
    except (OSError, UnicodeDecodeError):
        raise UsageError("file-unreadable", file=file) from None


def _tell(settings: Settings, turn: Turn) -> None:
    """What went out, and what did not."""
    if settings.json:
        return
    if turn.sent and not settings.quiet:
        screen.write(say("relayed", settings.language, {"events": turn.sent}))
    for row in turn.failed:
        screen.write(say("relay-stuck", settings.language, row._asdict()), err=True)


def _status(settings: Settings, database: Database) -> Exit:
    """Shows what has not gone out, and ends with 1 where something cannot."""
    with database.reading() as connection:
        waiting, stuck = count_events(connection), list_stuck(connection)
    if settings.json:
        screen.write_json({"waiting": waiting, "stuck": [_data(row) for row in stuck]})
    elif not settings.quiet:
        screen.write(say("relay-waiting", settings.language, {"events": waiting, "cases": len(stuck)}))
        for row in stuck:
            screen.write(say("relay-stuck", settings.language, row._asdict()))
    return Exit.WRONG if stuck else Exit.FINE


def _data(row: DeliveryRow) -> dict[str, object]:
    named = {"case": row.case_id, "seq": row.sent + 1, "attempts": row.attempts}
    return {**named, "again_at": row.not_before, "error": row.error}
