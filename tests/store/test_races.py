"""Writers at the same moment: one wins, the others are told, and numbers have no gaps."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest

from jiandu.errors import ConflictError
from jiandu.store import Database, advance_case, append, read_case, read_trail, take_number
from jiandu.trail import verify_chain
from store.samples import act, register, run
from trail.samples import FIRST, sealed


def at_once(count, work):
    """The results of the same work in many threads that start together."""
    barrier = Barrier(count)

    def start(place):
        barrier.wait()
        return work(place)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


@pytest.mark.parametrize("own", [True, False], ids=["one object", "an object each"])
@pytest.mark.parametrize("count", [2, 8])
def test_of_writers_who_saw_the_same_entry_exactly_one_wins(database, made_url, count, own):
    def write(_):
        mine = database if own else Database.connect(made_url)
        with mine.reading() as connection:
            seen = read_case(connection, FIRST)
        line = sealed(FIRST, seen.seq + 1, seen.head)
        seen_by_all.wait()
        try:
            with mine.writing() as connection:
                advance_case(connection, register(line), seen.seq)
                append(connection, line)
        except ConflictError:
            return "conflict"
        return line.hash

    for _ in range(5):
        seen_by_all = Barrier(count)
        results = at_once(count, write)
        (winner,) = [result for result in results if result != "conflict"]
        with database.reading() as connection:
            case = read_case(connection, FIRST)
            assert case.head == winner
            assert list(verify_chain(FIRST, read_trail(connection, FIRST), (case.seq, case.head))) == []


def test_numbers_have_no_gaps_under_eight_threads(database):
    def take(place):
        taken = []
        for turn in range(20):
            with suppress(ZeroDivisionError):
                with database.writing() as connection:
                    number = take_number(connection, "haiyun", "case-filing", 2026)
                    _ = 1 / ((place + turn) % 5)  # every fifth act fails after it took its number
                taken.append(number)
        return taken

    numbers = sorted(number for taken in at_once(8, take) for number in taken)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 8 * 20 * 4 // 5


def test_a_database_in_memory_serves_threads_in_turn():
    with Database.connect("sqlite://") as database:

        def take(_):
            with database.writing() as connection:
                return take_number(connection, "haiyun", "case-filing", 2026)

        assert sorted(at_once(8, take)) == list(range(1, 9))


def test_a_writer_that_is_killed_leaves_whole_acts_only(database, made_url):
    script = """
    import os, sys, threading
    from jiandu.store import Database
    from store.samples import act
    database = Database.connect(sys.argv[1])
    threading.Timer(0.3, lambda: os.kill(os.getpid(), 9)).start()
    while True:
        with database.writing() as connection:
            act(connection)
        print("done", flush=True)
    """
    ended = run(script, made_url)
    assert ended.returncode == -9, ended.stderr
    acknowledged = ended.stdout.count("done")
    with database.writing() as connection:
        act(connection)
        case = read_case(connection, FIRST)
        assert case.seq in (acknowledged + 2, acknowledged + 3)
        assert list(verify_chain(FIRST, read_trail(connection, FIRST), (case.seq, case.head))) == []
