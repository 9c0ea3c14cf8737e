"""Events in a stream of a real NATS server, which keeps them through its own death and drops what it has seen."""

import asyncio
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import nats
import pytest
from nats.js.api import StreamConfig

from guides_for_tests.office import Office
from jiandu.relay import Relay, SinkError, open_sink
from jiandu.store import EventRow
from relay.receiver import by_case


class Server:
    """A server with a stream `jiandu`, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.url = folder, f"nats://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        program = Path(sysconfig.get_path("scripts")) / "nats-server"
        command = [program, "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.folder), "-l", "/dev/null"]
        self.process = subprocess.Popen(command)
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            with socket.socket() as tried:
                if not tried.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.05)
        raise TimeoutError

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def make_stream(self) -> None:
        async def make(stream: nats.js.JetStreamContext) -> None:
            await stream.add_stream(StreamConfig(name="jiandu", subjects=["office.jiandu.>"]))

        self._ask(make)

    def read(self) -> list[nats.aio.msg.Msg]:
        """Everything in the stream, in its order."""

        async def read(stream: nats.js.JetStreamContext) -> list[nats.aio.msg.Msg]:
            count = (await stream.stream_info("jiandu")).state.messages
            reader = await stream.subscribe("office.jiandu.>", ordered_consumer=True)
            return [await reader.next_msg(timeout=5) for _ in range(count)]

        return self._ask(read)

    def _ask(self, question):
        async def ask():
            client = await nats.connect(self.url)
            try:
                return await question(client.jetstream())
            finally:
                await client.close()

        return asyncio.run(ask())


@pytest.fixture
def nats_server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "nats")
    yield server
    server.kill()


def test_events_are_in_the_stream_once_in_order_by_case(office: Office, nats_server: Server) -> None:
    nats_server.make_stream()
    case = office.open().id
    office.do(case, "take")
    sink = open_sink(f"{nats_server.url}/office.jiandu")
    relay = Relay(office.engine.database, sink, clock=office.clock)
    assert relay.turn().sent == 2
    office.do(case, "once")
    nats_server.kill()
    turn = relay.turn()
    assert (turn.sent, turn.reached, len(turn.failed)) == (0, False, 1)
    nats_server.start()
    office.clock.instant += timedelta(seconds=2)
    assert relay.turn().sent == 1
    sink.close()
    found = nats_server.read()
    assert by_case(message.data for message in found) == {case: [1, 2, 3]}
    assert {message.subject for message in found} == {f"office.jiandu.{case}"}
    assert found[0].headers["content-type"].startswith("application/cloudevents+json")


def test_what_is_sent_again_is_kept_once(nats_server: Server) -> None:
    nats_server.make_stream()
    for _ in range(2):
        sink = open_sink(f"{nats_server.url}/office/jiandu")
        sink.send(EventRow("id1", "case", "c", 1, "jiandu.entry.do", "{}"))
        sink.close()
    assert [message.headers["Nats-Msg-Id"] for message in nats_server.read()] == ["id1"]


def test_without_a_stream_that_keeps_it_nothing_counts_as_sent(nats_server: Server) -> None:
    sink = open_sink(f"{nats_server.url}/office")
    with pytest.raises(SinkError, check=lambda error: error.facts["detail"]):
        sink.send(EventRow("id1", "case", "c", 1, "jiandu.entry.do", "{}"))
    sink.close()
