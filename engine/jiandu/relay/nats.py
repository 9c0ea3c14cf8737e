"""A stream of NATS JetStream, which stores an event before it says so and drops one that it has seen lately.

The stream is there already: how long it keeps what, and in how many copies, is decided by whoever runs it.
"""

import asyncio
from urllib.parse import SplitResult

import nats
from nats.aio.client import Client
from nats.errors import Error

from jiandu.errors import UsageError
from jiandu.relay.sink import CONTENT_TYPE, SinkError
from jiandu.store import EventRow

TIMEOUT = 5
"""Seconds to wait for a connection, and for the stream to say that it has an event."""


class NatsSink:
    """Each case has its subject, `<subject>.<case id>`, so that one who listens may choose."""

    patience = 3.0 * TIMEOUT

    def __init__(self, server: str, subject: str) -> None:
        self._server, self._subject = server, subject
        self._runner = asyncio.Runner()
        self._client: Client | None = None

    def send(self, event: EventRow) -> None:
        try:
            self._runner.run(self._publish(event))
        except (Error, OSError, TimeoutError) as error:
            self._runner.run(self._leave())
            raise SinkError("sink-unreachable", str(error) or type(error).__name__) from error

    def close(self) -> None:
        self._runner.run(self._leave())
        self._runner.close()

    async def _publish(self, event: EventRow) -> None:
        if self._client is None:
            self._client = await nats.connect(
                self._server, allow_reconnect=False, connect_timeout=TIMEOUT, error_cb=_in_the_answer
            )
        headers = {"Nats-Msg-Id": event.id, "content-type": CONTENT_TYPE}
        subject = f"{self._subject}.{event.aggregateid}"
        await self._client.jetstream().publish(subject, event.payload.encode(), timeout=TIMEOUT, headers=headers)

    async def _leave(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()


async def _in_the_answer(_: Exception) -> None:
    """What goes wrong is raised where it is waited for."""


def opened(address: SplitResult, _: str | None) -> NatsSink:
    """The sink of an address: `nats://host:4222/subject`, by default below the subject `jiandu`. Raises UsageError."""
    if not address.hostname:
        raise UsageError("relay-address")
    return NatsSink(address._replace(path="").geturl(), address.path.strip("/").replace("/", ".") or "jiandu")
