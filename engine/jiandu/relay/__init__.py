"""Events on their way out: taken from the outbox, handed to a sink, and struck off once the sink has them.

Each goes out at least once, those of a case in their order. Any number of relays may share the work.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import NamedTuple

from jiandu.clock import Clock, SystemClock, SystemEntropy, rfc3339
from jiandu.relay.sink import Sink, SinkError, open_sink
from jiandu.store import Database, DeliveryRow, any_event, claim, read_events, settle

__all__ = ["CASES", "EVENTS", "LEASE", "LONGEST", "Relay", "Sink", "SinkError", "Turn", "open_sink"]

LEASE = timedelta(minutes=2)
"""How long a relay holds the cases it took; what a relay that died was holding goes on after that."""

CASES, EVENTS = 100, 100
"""How many cases a relay takes at once, and how many events of each: what it may repeat if it dies."""

LONGEST = timedelta(minutes=5)
"""The longest wait before an event that failed is tried again; waits double from one second."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one turn: how many cases were taken, how many events went out, which cases wait and why.

    Not `reached`: nobody was there to take anything, and the turn was ended early.
    """

    taken: int = 0
    sent: int = 0
    failed: tuple[DeliveryRow, ...] = ()
    reached: bool = True


class _Ended(NamedTuple):
    """How far a case has come, how many of its events went out, and whether anybody was there to take them."""

    row: DeliveryRow
    sent: int
    reached: bool = True


class Relay:
    """Takes the events of a database to a sink.

    The clocks of machines that share this work may differ by the sink's patience, no more. Raises StoreError.
    """

    def __init__(self, database: Database, sink: Sink, *, clock: Clock | None = None, lease: timedelta = LEASE) -> None:
        self._spare = lease.total_seconds() - 2 * sink.patience  # once for the last event, once for clocks that differ
        if self._spare <= 0:
            raise ValueError("a lease that one event may outlast")
        self.database = database
        self.sink = sink
        self.clock = clock or SystemClock()
        self.lease = lease

    def turn(self) -> Turn:
        """Takes on the cases that are due, and sends what waits of them."""
        ends = monotonic() + self._spare
        with self.database.glancing() as connection:
            if not any_event(connection):  # nobody is kept from writing only to learn this
                return Turn()
        now = self.clock.now()
        holder = SystemEntropy().identifier(now)
        with self.database.writing() as connection:
            taken = claim(connection, holder, rfc3339(now), rfc3339(now + self.lease), CASES)
        return self._work(holder, taken, lambda: monotonic() < ends)

    def _work(self, holder: str, taken: Sequence[DeliveryRow], is_time: Callable[[], bool]) -> Turn:
        """Sends, and writes down how far it came, even where it is interrupted; what it did not get to is set free."""
        ended: dict[str, _Ended] = {}
        reached = True
        try:
            for row in taken:
                if not (reached and is_time()):
                    break
                ended[row.case_id] = found = self._deliver(row, is_time)
                reached = found.reached
        finally:
            left = {row.case_id: row for row in taken} | {case: one.row for case, one in ended.items()}
            with self.database.writing() as connection:
                settle(connection, holder, left.values())
        failed = tuple(one.row for one in ended.values() if one.row.error)
        return Turn(len(taken), sum(one.sent for one in ended.values()), failed, reached)

    def _deliver(self, row: DeliveryRow, is_time: Callable[[], bool]) -> _Ended:
        """Sends the events of a case, in order, until one fails: nothing overtakes it."""
        with self.database.glancing() as connection:
            events = read_events(connection, row.case_id, EVENTS)
        sent = 0
        for event in events:
            if not is_time():
                break
            try:
                self.sink.send(event)
            except SinkError as error:
                return _Ended(self._waiting(row, error), sent, error.code != "sink-unreachable")
            row = row._replace(sent=event.seq, attempts=0, not_before=rfc3339(self.clock.now()), error=None)
            sent += 1
        return _Ended(row, sent)

    def _waiting(self, row: DeliveryRow, error: SinkError) -> DeliveryRow:
        wait = min(timedelta(seconds=2 ** min(row.attempts, 20)), LONGEST)
        again = rfc3339(self.clock.now() + wait)
        return row._replace(attempts=row.attempts + 1, not_before=again, error=str(error.facts["detail"]))
