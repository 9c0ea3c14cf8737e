"""A client that goes away leaves whole acts only: each done or not done, and the same key says which."""

import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jiandu.case import Actor
from jiandu.serve import Limits
from jiandu.store import lock_heads
from service import Service, token

ACTS = 40


def test_clients_that_hang_up_leave_whole_acts(service: Service) -> None:
    case, chance = service.opened(), random.Random(7)
    for n in range(ACTS):
        ask_and_go(service, case, n, chance.uniform(0, 0.02))
    done = settled(service, case)
    with service.client("o") as officer:
        answers = [officer.post(f"{case}/acts/read", headers={"Idempotency-Key": f"r{n}"}) for n in range(ACTS)]
        assert {answer.status_code for answer in answers} == {200}
        assert officer.get(case).json()["seq"] == 1 + ACTS
    assert done > 0
    whole(service)


def test_an_act_that_takes_too_long_is_done_to_its_end(start: Any) -> None:
    with start(Limits(seconds=0.3)) as service, service.client("o", **{"Idempotency-Key": "r1"}) as officer:
        case = service.opened()
        with another_writes(service, case):
            late = officer.post(f"{case}/acts/read")
            assert (late.status_code, late.json()["code"]) == (503, "took-too-long")
            assert late.headers["Retry-After"]
        assert settled(service, case) == 1
        assert officer.post(f"{case}/acts/read").json()["seq"] == 2
    whole(service)


def test_when_all_threads_are_at_work_what_waits_is_given_up(start: Any) -> None:
    with start(Limits(seconds=0.5, threads=1)) as service:
        case = service.opened()
        with another_writes(service, case), service.client("o") as officer:
            assert officer.post(f"{case}/acts/read").json()["code"] == "took-too-long"
            assert officer.post(f"{case}/acts/once").json()["code"] == "took-too-long"
        assert settled(service, case) == 1  # the second had not begun
    whole(service)


@contextmanager
def another_writes(service: Service, case: str) -> Iterator[None]:
    """Somebody who holds up the case, and does not come to an end."""
    with service.engine.database.writing() as connection:
        lock_heads(connection, [case.rpartition("/")[2]])
        yield


def ask_and_go(service: Service, case: str, n: int, after: float) -> None:
    """Sends a request whole, and hangs up before its answer is read."""
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        said = f"Authorization: Bearer {token('o')}\r\nIdempotency-Key: r{n}\r\nContent-Length: 0"
        line.sendall(f"POST {case}/acts/read HTTP/1.1\r\nHost: x\r\n{said}\r\n\r\n".encode())
        time.sleep(after)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # no farewell: reset


def settled(service: Service, case: str) -> int:
    """How many acts were done after the first, once nobody is at work any more."""
    before, now = -1, 0
    while before != now:
        time.sleep(0.3)
        before, now = now, len(service.engine.history(case.rpartition("/")[2], by=Actor("o")))
    return now - 1


def whole(service: Service) -> None:
    assert service.engine.verify().faults == ()
    assert list(service.engine.replay()) == []
