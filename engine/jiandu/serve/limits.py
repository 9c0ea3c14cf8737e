"""How much one may ask for, and how often."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic


@dataclass(frozen=True, slots=True)
class Limits:
    """`body` in bytes, `rate` in requests a second of one person, `seconds` for one answer, `threads` at work at once.

    A person may ask `burst` times at once, and then goes on at the rate.
    """

    body: int = 1_000_000
    rate: float = 20
    burst: int = 40
    seconds: float = 30
    threads: int = 8


@dataclass(slots=True)
class Buckets:
    """A bucket of tokens for each person; whoever finds none waits. As many as the login has people, and no more."""

    limits: Limits
    now: Callable[[], float] = monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, person: str) -> float:
        """Takes a token; answers 0, or the seconds until there is one."""
        now, full = self.now(), float(self.limits.burst)
        left, since = self._left.get(person, (full, now))
        left = min(full, left + (now - since) * self.limits.rate)
        taken = left >= 1
        self._left[person] = (left - taken, now)
        return 0 if taken else (1 - left) / self.limits.rate
