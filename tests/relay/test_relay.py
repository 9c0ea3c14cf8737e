"""A relay: each event goes out at least once, those of a case in order, whoever shares the work and whoever dies."""

import json
import os
import random
import subprocess
import sys
import textwrap
import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from guides_for_tests.office import OFFICER, Office
from jiandu.relay import LEASE, LONGEST, Relay
from jiandu.relay.file import FileSink
from jiandu.store import Database, EventRow, claim, count_events, list_stuck, settle
from relay.receiver import Receiver, by_case, is_in_order

ROOT = Path(__file__).parents[2]


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def relay(office: Office, receiver: Receiver) -> Relay:
    return Relay(office.engine.database, receiver, clock=office.clock)


def waiting(office: Office) -> int:
    with office.engine.database.glancing() as connection:
        return count_events(connection)


def test_what_waits_goes_out_once_in_order_and_is_removed(office: Office, relay: Relay, receiver: Receiver) -> None:
    cases = [office.open().id for _ in range(3)]
    for act in ("take", "once", "read"):
        for case in cases:
            office.do(case, act, *([] if act != "read" else [OFFICER]))
    turn = relay.turn()
    assert (turn.taken, turn.sent, turn.failed, turn.reached) == (3, 12, (), True)
    assert receiver.seqs == {case: [1, 2, 3, 4] for case in cases}
    assert (relay.turn().taken, waiting(office)) == (0, 0)
    office.do(cases[0], "go")
    assert (relay.turn().sent, receiver.events[-1].seq) == (1, 5)


def test_a_case_of_many_events_takes_several_turns(
    office: Office, relay: Relay, receiver: Receiver, monkeypatch
) -> None:
    monkeypatch.setattr("jiandu.relay.EVENTS", 2)
    monkeypatch.setattr("jiandu.relay.CASES", 1)
    one, two = office.open().id, office.open().id
    for case in (one, two):
        office.do(case, "take")
        office.do(case, "once")
    turns = [relay.turn().sent for _ in range(5)]
    assert turns == [2, 2, 1, 1, 0], "cases take their turns"
    assert receiver.seqs == {one: [1, 2, 3], two: [1, 2, 3]}


def test_an_event_that_fails_holds_up_its_case_and_no_other(office: Office, relay: Relay, receiver: Receiver) -> None:
    bad, good = office.open().id, office.open().id
    receiver.refuses.add(bad)
    office.do(bad, "take")
    office.do(good, "take")
    turn = relay.turn()
    assert (turn.sent, [row.case_id for row in turn.failed], turn.reached) == (2, [bad], True)
    assert receiver.seqs == {good: [1, 2]}
    with office.engine.database.reading() as connection:
        (stuck,) = list_stuck(connection)
    assert (stuck.case_id, stuck.sent, stuck.attempts, stuck.error, stuck.holder) == (bad, 0, 1, "no", None)
    office.do(good, "once")
    assert (relay.turn().sent, receiver.seqs) == (1, {good: [1, 2, 3]})
    receiver.refuses.clear()
    office.clock.instant += timedelta(seconds=2)
    assert relay.turn().sent == 2
    assert receiver.seqs[bad] == [1, 2]
    with office.engine.database.reading() as connection:
        assert list_stuck(connection) == []


def test_waits_double_and_have_a_longest(office: Office, relay: Relay, receiver: Receiver) -> None:
    receiver.refuses.add(office.open().id)
    waits = []
    for _ in range(12):
        before = office.clock.instant
        while not relay.turn().taken:
            office.clock.instant += timedelta(seconds=1)
        waits.append(int((office.clock.instant - before).total_seconds()))
    assert waits == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, *[LONGEST.total_seconds()] * 2]


def test_nobody_there_ends_the_turn_and_costs_the_others_nothing(
    office: Office, relay: Relay, receiver: Receiver
) -> None:
    cases = [office.open().id for _ in range(5)]
    receiver.away = True
    turn = relay.turn()
    assert (turn.sent, len(turn.failed), turn.reached, receiver.tried) == (0, 1, False, 1)
    receiver.away = False
    assert relay.turn().sent == 4
    office.clock.instant += timedelta(seconds=1)
    assert relay.turn().sent == 1
    assert receiver.seqs == {case: [1] for case in receiver.seqs}
    assert sorted(receiver.seqs) == sorted(cases)


def test_an_interrupted_turn_sets_free_what_it_did_not_get_to(office: Office, relay: Relay, receiver: Receiver) -> None:
    for _ in range(3):
        office.open()
    sends = iter([receiver.send, receiver.send])

    def send(event: object) -> None:
        if (taken := next(sends, None)) is None:
            raise KeyboardInterrupt
        taken(event)

    relay.sink = type("Stopped", (), {"send": staticmethod(send), "patience": 0.0})()
    with pytest.raises(KeyboardInterrupt):
        relay.turn()
    relay.sink = receiver
    assert relay.turn().sent == 1
    assert len(receiver.seqs) == 3


def test_a_lease_is_longer_than_one_event_may_take(office: Office, receiver: Receiver) -> None:
    receiver.patience = 30.0
    with pytest.raises(ValueError, match="lease"):
        Relay(office.engine.database, receiver, lease=timedelta(seconds=60))


def test_nothing_is_sent_that_could_outlast_the_lease(office: Office, receiver: Receiver, monkeypatch) -> None:
    now = [0.0]
    monkeypatch.setattr("jiandu.relay.monotonic", lambda: now[0])
    receiver.patience = 30.0
    relay = Relay(office.engine.database, receiver, clock=office.clock)
    send = receiver.send

    def slow(event: EventRow) -> None:
        send(event)
        now[0] += 50  # two begin in the first of two minutes, and the second ends before they are over

    monkeypatch.setattr(receiver, "send", slow)
    cases = [office.open() for _ in range(2)]
    for case in cases:
        office.do(case, "take")
        office.do(case, "once")
    assert [relay.turn().sent for _ in range(4)] == [2, 2, 2, 0]
    assert receiver.seqs == {case.id: [1, 2, 3] for case in cases}


def test_what_a_relay_holds_nobody_else_takes_until_its_time_is_up(office: Office, receiver: Receiver) -> None:
    one, two = office.open().id, office.open().id
    database = office.engine.database
    with database.writing() as connection:
        (held,) = claim(connection, "a", "2026-03-02T09:00:00.000Z", "2026-03-02T09:02:00.000Z", 1)
    relay = Relay(database, receiver, clock=office.clock)
    assert (relay.turn().sent, receiver.seqs) == (1, {({one, two} - {held.case_id}).pop(): [1]})
    assert relay.turn().taken == 0
    office.clock.instant += LEASE
    assert (relay.turn().sent, waiting(office)) == (1, 0)
    with database.writing() as connection:  # the first one comes to itself, and finds that it holds nothing any more
        settle(connection, "a", [held._replace(sent=0, attempts=7, error="late")])
    with database.reading() as connection:
        assert list_stuck(connection) == []


@pytest.mark.parametrize("made_url", ["postgresql"], indirect=True)
def test_a_case_that_is_being_claimed_is_passed_over_on_postgresql(office: Office) -> None:
    one, two = office.open().id, office.open().id
    database, now, until = office.engine.database, "2026-03-02T09:00:00.000Z", "2026-03-02T09:02:00.000Z"
    with database.writing() as first, database.writing() as second:
        (mine,) = claim(first, "a", now, until, 1)
        (other,) = claim(second, "b", now, until, 5)
    assert {mine.case_id, other.case_id} == {one, two}


def test_relays_that_share_the_work_send_everything_once_and_in_order(
    office: Office, made_url: str, receiver: Receiver
) -> None:
    """Cases are handled all the while."""
    cases, over, faults = [office.open().id for _ in range(6)], Event(), []

    def relayed() -> None:
        try:
            with Database.connect(made_url) as database:
                relay = Relay(database, receiver)
                while relay.turn().taken or not over.is_set():
                    pass
        except Exception as error:
            faults.append(error)

    def handled(case: str) -> None:
        for _ in range(15):
            office.do(case, "read", OFFICER)

    relays = [Thread(target=relayed) for _ in range(4)]
    hands = [Thread(target=handled, args=(case,)) for case in cases]
    for thread in (*relays, *hands):
        thread.start()
    for thread in hands:
        thread.join()
    over.set()
    for thread in relays:
        thread.join()
    while Relay(office.engine.database, receiver).turn().taken:
        pass
    assert faults == []
    assert receiver.seqs == {case: list(range(1, 17)) for case in cases}


KILLED = """
import os, sys
from datetime import UTC, datetime
from jiandu.clock import FixedClock
from jiandu.relay import Relay
from jiandu.relay.file import FileSink
from jiandu.store import Database
from pathlib import Path

class Mortal(FileSink):
    left = 3
    def send(self, event):
        super().send(event)
        Mortal.left -= 1
        if not Mortal.left:
            os.kill(os.getpid(), 9)

clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
Relay(Database.connect(sys.argv[1]), Mortal(Path(sys.argv[2])), clock=clock).turn()
"""


def started(script: str, *arguments: object) -> "subprocess.Popen[bytes]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    search = os.pathsep.join([str(ROOT / "engine"), str(ROOT / "tests")])
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, env={**kept, "PYTHONPATH": search})


def test_a_relay_killed_midway_loses_nothing_and_repeats_what_it_had_not_marked(
    office: Office, made_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "events.jsonl"
    cases = [office.open().id for _ in range(4)]
    for case in cases:
        office.do(case, "take")
    assert started(KILLED, made_url, file).wait(60) == -9
    assert (len(file.read_bytes().splitlines()), waiting(office)) == (3, 8)
    relay = Relay(office.engine.database, FileSink(file), clock=office.clock)
    assert relay.turn().taken == 0, "the dead one still holds them"
    office.clock.instant += LEASE
    assert relay.turn().sent == 8
    found = by_case(file.read_bytes().splitlines())
    assert sorted(found) == sorted(cases)
    assert all(is_in_order(seqs) and set(seqs) == {1, 2} for seqs in found.values())
    assert sum(map(len, found.values())) == 8 + 3


STORM = """
import sys
from datetime import timedelta
from pathlib import Path
from jiandu.relay import Relay
from jiandu.relay.file import FileSink
from jiandu.store import Database

class Hasty(FileSink):
    patience = 0.2

with Database.connect(sys.argv[1]) as database:
    relay = Relay(database, Hasty(Path(sys.argv[2])), lease=timedelta(seconds=1))
    print("ready", flush=True)
    while True:
        relay.turn()
"""


def test_relays_that_are_killed_at_any_moment_lose_nothing_and_keep_the_order(
    office: Office, made_url: str, tmp_path: Path
) -> None:
    file, chance = tmp_path / "events.jsonl", random.Random(2026)
    cases = [office.open().id for _ in range(5)]
    relays = [started(STORM, made_url, file) for _ in range(2)]
    for place in range(8):
        for case in cases:
            for _ in range(4):
                office.do(case, "read", OFFICER)
        time.sleep(chance.uniform(0.1, 0.4))
        relays[place % 2].kill()
        relays[place % 2].wait()
        relays[place % 2] = started(STORM, made_url, file)
    ends = time.monotonic() + 30
    while waiting(office) and time.monotonic() < ends:
        time.sleep(0.1)
    for process in relays:
        process.kill()
        process.wait()
    whole = [line for line in file.read_bytes().splitlines() if is_whole(line)]
    found = by_case(whole)
    assert sorted(found) == sorted(cases)
    assert all(is_in_order(seqs) and set(seqs) == set(range(1, 34)) for seqs in found.values()), found


def is_whole(line: bytes) -> bool:
    try:
        return bool(json.loads(line))
    except ValueError:
        return False
