"""What a stranger may send: hostile JSON, bodies without end, requests without end; never a traceback, never a 500."""

import json
import socket
from typing import Any

import httpx
import pytest

from jiandu.errors import UsageError
from jiandu.serve import Limits
from jiandu.serve.body import DEEPEST, parse
from jiandu.serve.limits import Buckets
from jiandu.serve.problems import language_of
from service import Service, token

HOSTILE = {
    b'{"guide": "letters", "guide": "secret", "unit": "u1"}': "json-twice",
    b'{"guide": "letters", "unit": "u1", "card": {"note": {"a": 1, "a": 2}}}': "json-twice",
    b'{"guide": "letters", "unit": "u1", "card": {"note": NaN}}': "json-number",
    b'{"guide": "letters", "unit": "u1", "card": {"note": -Infinity}}': "json-number",
    b'{"guide": "letters", "unit": "u1", "card": {"note": 1e999}}': "json-number",
    b'{"guide": "letters", "unit": "u1", "card": {"note": 1.5}}': "json-number",
    b'{"guide": "letters", "unit": "u1", "card": {"note": 9007199254740992}}': "json-number",
    b'{"guide": "letters", "unit": "u1", "card": {"note": ' + b"9" * 100_000 + b"}}": "json-number",
    b"[" * 100_000: "json-deep",
    b'{"a":' * 400 + b"1" + b"}" * 400: "json-deep",
    b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1): "json-deep",
    rb'{"guide": "letters", "unit": "u1", "card": {"note": "\ud800"}}': "json-text",
    rb'{"\udfff": 1}': "json-text",
    b"\xff\xfe{}": "json-syntax",
    b"\xef\xbb\xbf{}": "json-syntax",
    b'{"guide": "letters",}': "json-syntax",
    b"{'guide': 1}": "json-syntax",
    b'{"guide": "letters", "unit": "u1"} {}': "json-syntax",
    b"": "json-syntax",
    b"null": "request-unfit",
    b"[]": "request-unfit",
    b'"letters"': "request-unfit",
    b'{"guide": "letters", "unit": "u1", "by": "b"}': "request-unfit",
    b'{"guide": "letters", "unit": "u1", "day": "2026-02-30"}': "request-unfit",
    b'{"guide": "letters", "unit": "u1", "day": "0001-01-01"}': "request-unfit",
    b'{"guide": "letters", "unit": "u1", "card": null}': "request-unfit",
    rb'{"guide": "letters", "unit": "\u0000"}': "request-unfit",
    b'{"unit": "u1"}': "request-unfit",
}


UNFIT = ["e\u0301", "\u0000", "", " ", "x" * 20_001, ["x"], {"a": [1]}, 7, True]


def test_a_hostile_body_is_a_problem_of_its_sender(service: Service) -> None:
    with service.client("k") as clerk:
        for body, code in HOSTILE.items():
            answer = clerk.post("/cases", content=body, headers={"Content-Type": "application/json"})
            assert (answer.status_code, answer.json()["code"]) == (400, code), body[:80]


def test_a_value_that_fits_no_field_is_refused_with_its_reason(service: Service) -> None:
    case = service.opened()
    with service.client("o") as officer:
        for note in UNFIT:
            refused(officer, case, note)


def refused(officer: httpx.Client, case: str, note: Any) -> None:
    for path, asked in (
        ("amend", {"card": {"note": note}, "reason": "更正"}),
        ("acts/read", {"record": {"note": note}}),
        ("note", {"reason": note}),
        ("amend", {"card": {"kind": "y"}, "reason": note}),
    ):
        answer = officer.post(f"{case}/{path}", json=asked)
        assert answer.status_code in (400, 422), (path, note, answer.text)
        assert answer.json()["code"] in ("refused", "request-unfit")


def test_a_fault_says_where_it_is_and_what_is_asked_there(service: Service) -> None:
    with service.client("k") as clerk:
        answer = clerk.post("/cases", json={"unit": "u1", "day": "tomorrow", "mood": 1}).json()
    assert {(one["pointer"], one["keyword"]) for one in answer["errors"]} == {
        ("/body/guide", "required"),
        ("/body/day", "format"),
        ("/body/day", "pattern"),
        ("/body/mood", "additionalProperties"),
    }


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "application/json; charset=gbk", ""])
def test_what_is_no_json_by_its_own_word_is_not_read(service: Service, media: str) -> None:
    with service.client("k") as clerk:
        answer = clerk.post("/cases", content=b"{}", headers={"Content-Type": media})
    assert (answer.status_code, answer.json()["code"]) == (415, "body-no-json")


def test_a_body_beyond_the_limit_is_not_read_to_its_end(start: Any) -> None:
    def endless() -> Any:
        for _ in range(200):
            yield b" " * 1000

    with start(Limits(body=10_000)) as service, service.client("k") as clerk:
        for content in (b"x" * 10_001, endless()):
            answer = clerk.post("/cases", content=content, headers={"Content-Type": "application/json"})
            assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def test_who_asks_too_often_waits_and_nobody_else_does(start: Any) -> None:
    with start(Limits(rate=0.5, burst=3)) as service, service.client("k") as clerk, service.client("o") as officer:
        answers = [clerk.get("/cases") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[3].headers["Retry-After"] == "2"
        assert answers[3].json()["code"] == "too-many-requests"
        assert officer.get("/cases").status_code == 200


def test_a_bucket_fills_with_time_and_never_over_its_brim() -> None:
    now = [0.0]
    buckets = Buckets(Limits(rate=2, burst=2), now=lambda: now[0])
    assert [buckets.wait("k") for _ in range(3)] == [0, 0, 0.5]
    now[0] = 0.5
    assert [buckets.wait("k"), buckets.wait("k")] == [0, 0.5]
    now[0] = 100
    assert [buckets.wait("k") for _ in range(3)] == [0, 0, 0.5]


def test_a_body_that_never_comes_is_not_waited_for(start: Any) -> None:
    with start(Limits(seconds=0.5)) as service:
        host, port = service.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 10) as line:
            head = f"POST /cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token('k')}\r\n"
            line.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{".encode())
            answer = b""
            while b"took-too-long" not in answer and (part := line.recv(10_000)):
                answer += part
    assert b" 503 " in answer
    assert b"took-too-long" in answer


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.4, zh;q=0.5", "zh"),
        ("fr, en-GB;q=0.3", "en"),
        ("zh;q=0, en;q=0.1", "en"),
        ("en;q=x, zh", "zh"),
    ],
)
def test_the_language_is_the_one_liked_best(header: str, language: str) -> None:
    assert language_of(header) == language


def test_without_a_wish_the_language_is_that_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert [language_of(header) for header in (None, "", "fr", ",;q=", "q=1;")] == ["zh"] * 5


def test_plain_json_is_read_as_it_is() -> None:
    value = {"a": [1, -9007199254740991, "😀", None, True, {"b": {}}]}
    assert parse(json.dumps(value).encode()) == value
    assert parse(b"[1.0, -0.0, 1e3, 9007199254740991.0, 120e-1]") == [1, 0, 1000, 2**53 - 1, 12]
    assert {type(one) for one in parse(b"[1.0, -0.0, 1e3]")} == {int}


@pytest.mark.parametrize(
    "number",
    ["0.5", "0.99999999999999999999", "1e16", "1e999999999", "0e999999999", "1e-999999999", "1e99999999999999999999"],
)
def test_a_fraction_is_no_number_here_and_none_takes_long(number: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(number.encode())
    assert refused.value.code == "json-number"
