"""A sink in memory, which refuses what it is told to, and what can be said of events in the order of their arrival."""

import json
from collections import defaultdict
from collections.abc import Iterable
from threading import Lock

from jiandu.relay import SinkError
from jiandu.store import EventRow


class Receiver:
    """Takes events, except those of the cases in `refuses`, and none at all while it is `away`."""

    patience = 0.0

    def __init__(self) -> None:
        self.events: list[EventRow] = []
        self.refuses: set[str] = set()
        self.away = False
        self.tried = 0
        self._lock = Lock()

    def send(self, event: EventRow) -> None:
        self.tried += 1
        if self.away:
            raise SinkError("sink-unreachable", "away")
        if event.aggregateid in self.refuses:
            raise SinkError("sink-refused", "no")
        with self._lock:
            self.events.append(event)

    def close(self) -> None:
        pass

    @property
    def seqs(self) -> dict[str, list[int]]:
        """What arrived of each case."""
        return by_case(event.payload for event in self.events)


def by_case(payloads: Iterable[str | bytes]) -> dict[str, list[int]]:
    """The seqs of each case in the order of their arrival."""
    found: dict[str, list[int]] = defaultdict(list)
    for data in (json.loads(payload)["data"] for payload in payloads):
        found[data["case"]].append(data["seq"])
    return dict(found)


def is_in_order(seqs: list[int]) -> bool:
    """Whether each event came after those before it, though some came again."""
    return all(seq <= max(seqs[:place], default=0) + 1 for place, seq in enumerate(seqs))
