"""Events posted to a real HTTP server: whole, signed, and not taken for delivered unless the receiver said so."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from cloudevents.core.formats.json import JSONFormat
from standardwebhooks import Webhook, WebhookVerificationError

from guides_for_tests.office import Office
from jiandu.clock import FixedClock
from jiandu.errors import UsageError
from jiandu.relay import Relay, SinkError, open_sink
from jiandu.relay.http import HttpSink, signature
from jiandu.store import EventRow
from relay.receiver import by_case

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
EVENT = EventRow("id1", "case", "c", 1, "jiandu.entry.do", '{"data": "甲"}')


class Receiving(ThreadingHTTPServer):
    """Keeps what is posted, and answers what it is told to: for a case, or for all."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answer, self.answers = 204, {}
        self.url = f"http://127.0.0.1:{self.server_port}/events?x=1"


class Handler(BaseHTTPRequestHandler):
    server: Receiving

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        case = json.loads(body)["data"]
        status = self.server.answers.get(case["case"] if isinstance(case, dict) else "", self.server.answer)
        if status == 204:
            self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiving]:
    with Receiving() as receiver:
        thread = Thread(target=receiver.serve_forever)
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()


def test_events_are_posted_in_order_and_a_stranger_can_check_and_read_them(office: Office, receiver: Receiving) -> None:
    case = office.open(card={"note": "检举人张三"}).id
    office.do(case, "take")
    assert Relay(office.engine.database, open_sink(receiver.url, SECRET), clock=office.clock).turn().sent == 2
    assert by_case(body for _, body in receiver.got) == {case: [1, 2]}
    for headers, body in receiver.got:
        Webhook(SECRET).verify(body, headers)
        event = from_http_event(HTTPMessage(headers, body), JSONFormat())
        assert headers["content-type"] == "application/cloudevents+json; charset=UTF-8"
        assert event.get_subject() == case
        assert event.get_id() == headers["webhook-id"] == event.get_data()["hash"]
        assert "张三" not in body.decode()


def test_a_changed_an_old_or_a_strangers_request_is_found_out(receiver: Receiving) -> None:
    open_sink(receiver.url, SECRET).send(EVENT)
    ((headers, body),) = receiver.got
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    HttpSink(receiver.url, bytes(range(32)), FixedClock(datetime.now(UTC) - timedelta(minutes=6))).send(EVENT)
    for secret, found, read in [
        (SECRET, headers, body + b" "),
        (SECRET, {**headers, "webhook-id": "id2"}, body),
        (SECRET, {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}, body),
        (other, headers, body),
        (SECRET, *receiver.got[1]),
    ]:
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(read, found)


def test_a_signature_is_that_of_the_specification() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("status", [302, 400, 401, 404, 410, 429, 500, 503])
def test_any_other_answer_means_that_it_has_to_be_sent_again(receiver: Receiving, status: int) -> None:
    receiver.answer = status
    with pytest.raises(
        SinkError, check=lambda error: (error.code, error.facts) == ("sink-refused", {"detail": f"HTTP {status}"})
    ):
        open_sink(receiver.url, SECRET).send(EVENT)


def test_one_case_that_the_receiver_chokes_on_waits_alone(office: Office, receiver: Receiving) -> None:
    bad, good = office.open().id, office.open().id
    receiver.answers[bad] = 500
    relay = Relay(office.engine.database, open_sink(receiver.url, SECRET), clock=office.clock)
    turn = relay.turn()
    assert (turn.sent, [(row.case_id, row.error) for row in turn.failed]) == (1, [(bad, "HTTP 500")])
    del receiver.answers[bad]
    office.clock.instant += timedelta(seconds=1)
    assert relay.turn().sent == 1
    assert by_case(body for _, body in receiver.got) == {good: [1], bad: [1]}


def test_nobody_there_is_said_so(tmp_path: Path) -> None:
    with Receiving() as gone:
        pass
    silent = Receiving()  # takes connections and never answers
    for url in (gone.url, silent.url.replace("http:", "https:"), "http://name.invalid/"):
        sink = open_sink(url, SECRET)
        if url.startswith("https"):
            silent.socket.settimeout(1)
            thread = Thread(target=lambda: silent.socket.accept()[0].close())
            thread.start()
        with pytest.raises(SinkError, check=lambda error: error.code == "sink-unreachable" and error.facts["detail"]):
            sink.send(EVENT)
    thread.join()
    silent.server_close()


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        (None, "relay-secret-missing"),
        ("", "relay-secret"),
        ("whsec_c2hvcnQ=", "relay-secret"),
        ("秘" * 40, "relay-secret"),
        ("no base64!" * 9, "relay-secret"),
    ],
)
def test_nothing_goes_out_unsigned(secret: str | None, code: str) -> None:
    with pytest.raises(UsageError, check=lambda error: error.code == code and error.text("zh")):
        open_sink("https://host/", secret)
