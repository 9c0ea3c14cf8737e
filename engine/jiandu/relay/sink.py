"""Where events go: what a sink promises, and which one an address means."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from jiandu.errors import JianduError, UsageError
from jiandu.store import EventRow

CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8"

_SINKS = {"file": "file", "http": "http", "https": "http", "nats": "nats", "tls": "nats"}
"""The module of each kind of address; it is imported when it is asked for."""


class SinkError(JianduError):
    """An event that was not taken: `sink-refused` by one who answers, `sink-unreachable` because nobody does. What
    became of it is not known; it is sent again."""

    def __init__(self, code: str, detail: object) -> None:
        self.code = code
        super().__init__(detail=detail)


class Sink(Protocol):
    """A place that takes events, one after the other."""

    @property
    def patience(self) -> float:
        """How many seconds one event may take at most."""
        ...

    def send(self, event: EventRow) -> None:
        """Returns once the event is safe there. Raises SinkError where that is not certain."""
        ...

    def close(self) -> None:
        """Gives back what was opened."""
        ...


def open_sink(address: str, secret: str | None = None) -> Sink:
    """The sink of an address: `file:events.jsonl`, `https://host/path`, `nats://host:4222/subject`.

    Nothing is connected yet. What goes by HTTP is signed with the `secret`. Raises UsageError.
    """
    try:
        parsed = urlsplit(address)
        _ = parsed.port  # read, to be told of one that is none
        module = import_module(f"jiandu.relay.{_SINKS[parsed.scheme]}")
    except (ValueError, KeyError):
        raise UsageError("relay-address") from None
    except ImportError:
        raise UsageError("relay-library") from None
    opened: Callable[[SplitResult, str | None], Sink] = module.opened
    return opened(parsed, secret)
