"""A fair queue: whoever came first is served first, which a plain lock does not promise."""

import os
from collections import deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakValueDictionary


class Queue:
    """Threads that wait for one thing, in the order in which they came."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def place(self, seconds: float) -> Iterator[bool]:
        """Whether the turn came within that time; it lasts until the end of the block."""
        got = self._came(seconds)
        try:
            yield got
        finally:
            if got:
                self._pass_on()

    def __len__(self) -> int:
        """How many are waiting."""
        return len(self._waiting)

    def _came(self, seconds: float) -> bool:
        mine = Lock()
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._mutex:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came at the very last moment

    def _pass_on(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_QUEUES: WeakValueDictionary[tuple[int, Hashable], Queue] = WeakValueDictionary()
_FINDING = Lock()


def queue_of(thing: Hashable) -> Queue:
    """The queue of a thing, the same for all of this process; a forked process has its own."""
    with _FINDING:
        return _QUEUES.setdefault((os.getpid(), thing), Queue())
