"""`jiandu serve`: the engine over HTTP, until it is stopped."""

import logging
import socket
from pathlib import Path
from typing import Any

import click

from jiandu.catalogue import say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import engine
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE, WORDS, Whole
from jiandu.errors import UsageError


@named("serve")
@click.option("--host", type=WORDS, default="127.0.0.1")
@click.option("--port", type=Whole(0), default="8000")
@click.option("--keys", type=FILE, required=True)
@click.option("--algorithm", type=WORDS, required=True)
@click.option("--issuer", type=WORDS, required=True)
@click.option("--audience", type=WORDS, required=True)
@click.option("--claim", type=WORDS, default="sub")
@click.option("--rate", type=Whole(1), default="20")
@click.pass_obj
def command(settings: Settings, /, host: str, port: int, keys: Path, rate: int, **token: Any) -> None:
    try:
        import uvicorn

        from jiandu.serve import Limits, Tokens, application
    except ImportError:
        raise UsageError("serve-extra") from None
    tokens, limits = Tokens.load(keys, **token), Limits(rate=rate, burst=2 * rate)
    with engine(settings) as opened, _listening(host, port) as listening:
        for guide in opened.library.ids():
            opened.library.guide(guide)  # what is wrong with one is said before anybody asks
        app = application(opened, tokens, limits)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, lifespan="off", limit_concurrency=1000
        )
        config.timeout_graceful_shutdown = int(limits.seconds)
        if not settings.quiet:
            logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
            address = "http://{}:{}".format(*listening.getsockname()[:2])
            screen.write(say("serving", settings.language, {"address": address}))
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket at the address; any free port for 0. Raises UsageError `serve-address`."""
    try:
        found = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError):
        raise UsageError("serve-address", address=f"{host}:{port}") from None
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does so for its own sockets alone: 40 ms each
    return found
