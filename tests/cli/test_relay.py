"""`jiandu relay`: events out of a database, and what is said of those that cannot go out."""

import base64
import json
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from command_line import ROOT, Office, opened


@pytest.fixture
def telling(bench: Office) -> Office:
    """An office whose database tells of one more case from its beginning."""
    assert bench.run("db", "outbox", "on", now=None).code == 0
    opened(bench)
    return bench


def lines(office: Office) -> list[dict[str, object]]:
    return [json.loads(line) for line in (office.folder / "events.jsonl").read_text().splitlines()]


def test_what_waits_goes_out_and_nothing_is_left(telling: Office) -> None:
    assert telling.run("relay", "--status", "--json", now=None).json == {"waiting": 1, "stuck": []}
    done = telling.run("relay", "--to", "file:events.jsonl", "--once", lang="en", now=None)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Events that went out: 1.",
        "Events that have not gone out: 0; cases that are held up: 0.",
    ]
    again = telling.run("relay", "--once", "--quiet", now=None, JIANDU_TO="file:events.jsonl")
    assert (again.code, again.said, len(lines(telling))) == (0, "", 1)


def test_a_database_begins_with_an_outbox_or_gets_one_or_loses_it(bench: Office) -> None:
    assert bench.run("db", "status", "--json", now=None).json["outbox"] is False
    assert bench.run("relay", "--to", "file:x", "--once", now=None).code == 2
    assert "outbox-off" in bench.run("relay", "--status", now=None).err
    assert "每条记录" in bench.run("db", "outbox", "on", now=None).out
    assert bench.run("db", "status", "--json", now=None).json["outbox"] is True
    opened(bench)
    assert bench.run("db", "outbox", "off", "--json", now=None).json["outbox"] is False
    opened(bench)
    assert bench.run("relay", "--status", "--json", now=None).json["waiting"] == 1, "what waited still goes out"
    made = bench.run("db", "init", "--outbox", "--json", now=None, JIANDU_DB="sqlite:///new.db")
    assert made.json["outbox"] is True


class Refusing(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(403)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def secret(telling: Office) -> str:
    (telling.folder / "secret").write_bytes(base64.b64encode(bytes(32)) + b"\n")
    return "secret"


def test_a_receiver_that_refuses_is_seen_by_the_operator(telling: Office, secret: str) -> None:
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        done = telling.run("relay", "--to", address, "--secret", secret, "--once", lang="en", now=None)
        thread.join()
    assert (done.code, done.out) == (1, done.out)
    assert "is held up: the event after entry 0 was tried 1 times" in done.err
    assert "HTTP 403" in done.err
    status = telling.run("relay", "--status", "--json", now=None)
    (stuck,) = status.json["stuck"]
    assert (status.code, stuck["seq"], stuck["attempts"], stuck["error"]) == (1, 1, 1, "HTTP 403")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), "relay-nowhere"),
        (("--to", "events.jsonl"), "relay-address"),
        (("--to", "ftp://host/"), "relay-address"),
        (("--to", "https://host/"), "relay-secret-missing"),
        (("--to", "https://host/", "--secret", "people.yaml"), "file-unreadable"),
        (("--to", "https://host/", "--secret", "empty"), "relay-secret"),
        (("--to", "https://host/", "--secret", "nothing"), "file-missing"),
        (("--to", "https://host/", "--secret", "."), "file-unreadable"),
    ],
)
def test_what_cannot_be_meant_is_said_so(telling: Office, args: tuple[str, ...], code: str) -> None:
    (telling.folder / "empty").touch()
    done = telling.run("relay", *args, "--once", "--json", now=None)
    assert (done.code, done.json["error"]["code"]) == (2, code)


def test_without_the_library_of_an_address_it_says_which_is_missing(telling: Office) -> None:
    (telling.folder / "nats.py").write_text("raise ImportError")
    done = telling.run("relay", "--to", "nats://h/", "--once", "--json", now=None, PYTHONPATH=str(telling.folder))
    assert (done.code, done.json["error"]["code"]) == (2, "relay-library")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_relay_goes_on_until_it_is_ended_and_holds_nothing_then(telling: Office, ending: signal.Signals) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "relay", "--to", "file:events.jsonl", "--quiet"]
    relay = subprocess.Popen(command, cwd=telling.folder, preexec_fn=interruptible)
    try:
        for count in (1, 2):
            ends = time.monotonic() + 20
            while not is_there(telling.folder / "events.jsonl", count) and time.monotonic() < ends:
                time.sleep(0.05)
            assert is_there(telling.folder / "events.jsonl", count)
            opened(telling)
        relay.send_signal(ending)
        assert relay.wait(20) == 130
    finally:
        relay.kill()
        relay.wait()
    assert telling.run("relay", "--to", "file:events.jsonl", "--once", now=None).code == 0
    assert len(lines(telling)) == 3


def interruptible() -> None:
    """Who starts the tests in the background of a shell makes all of their children deaf to SIGINT."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def is_there(file: Path, count: int) -> bool:
    return file.exists() and file.read_bytes().count(b"\n") >= count
