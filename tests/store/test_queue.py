"""Whoever came first is served first; measured by order, so that a slow machine changes nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock, Thread
from time import sleep

import pytest

from jiandu.errors import StoreError
from jiandu.store import Database
from jiandu.store.queue import Queue, queue_of
from store.samples import act

THREADS, TURNS = 8, 25


def waiting(queue: Queue, count: int) -> None:
    """Returns once so many wait."""
    while len(queue) < count:
        sleep(0.001)


def test_threads_are_served_in_the_order_in_which_they_came():
    queue, served, start = Queue(), [], Event()

    def wait(name: int) -> None:
        with queue.place(60) as came:
            assert came
            served.append(name)

    def hold() -> None:
        with queue.place(60):
            start.wait()

    holder = Thread(target=hold)
    holder.start()
    threads = []
    for name in range(THREADS):
        threads.append(Thread(target=wait, args=(name,)))
        threads[-1].start()
        waiting(queue, name + 1)
    start.set()
    for thread in [holder, *threads]:
        thread.join()
    assert served == list(range(THREADS))


def served_before(take_turn: Callable[[Callable[[], None]], None]) -> list[int]:
    """How many were served between the coming of each of many threads and its turn, sorted."""
    served: list[int] = []

    def work(_: int) -> None:
        together.wait()
        for _ in range(TURNS):
            came = len(served)
            take_turn(lambda came=came: served.append(len(served) - came))

    together = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    assert len(served) == THREADS * TURNS
    return sorted(served)


def is_fair(served: list[int]) -> bool:
    """Everybody but a few that were held up on their way to the queue waits for those in it, each once."""
    return served[len(served) * 98 // 100] <= THREADS


def test_of_many_who_come_again_and_again_nobody_is_passed_by():
    queue, lock = Queue(), Lock()

    def in_turn(serve: Callable[[], None]) -> None:
        with queue.place(60):
            sleep(0.0005)
            serve()

    def as_it_comes(serve: Callable[[], None]) -> None:
        with lock:
            sleep(0.0005)
            serve()

    assert is_fair(served_before(in_turn))
    assert not is_fair(served_before(as_it_comes)), "a plain lock would do"


def test_who_waits_too_long_goes_away_and_the_others_keep_their_places():
    queue = Queue()
    with ThreadPoolExecutor(2) as pool, queue.place(1):
        patient = pool.submit(lambda: _came(queue, 60))
        waiting(queue, 1)
        assert not pool.submit(lambda: _came(queue, 0.01)).result()
        assert len(queue) == 1
        pool.submit(lambda: None).result()
        assert not patient.done()
    assert patient.result()
    assert _came(queue, 0)


def _came(queue: Queue, seconds: float) -> bool:
    with queue.place(seconds) as came:
        return came


def test_an_error_in_a_turn_passes_it_on():
    queue = Queue()
    with pytest.raises(ZeroDivisionError), queue.place(1):
        _ = 1 / 0
    assert _came(queue, 0)


def test_all_databases_of_a_file_share_one_queue_in_a_process(database, path, made_url):
    other = Database.connect(made_url, busy_timeout=50)
    with database.writing() as connection:
        act(connection)
        with pytest.raises(StoreError, check=lambda error: error.code == "database-locked"), other.writing():
            pass
    with other.writing() as connection:
        act(connection)
    assert len(queue_of(path.absolute())) == 0


def test_writers_of_one_file_are_served_in_turn(database, path):
    def write(serve: Callable[[], None]) -> None:
        with database.writing() as connection:
            act(connection)
            serve()

    assert is_fair(served_before(write))
