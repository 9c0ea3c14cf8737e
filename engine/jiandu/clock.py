"""Time and chance, handed in: nothing else asks the machine what time it is or for random bytes."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

LEGAL_ZONE = timezone(timedelta(hours=8), "UTC+8")
"""Legal days are days of this fixed offset; no time-zone data is needed."""


class Clock(Protocol):
    def now(self) -> datetime:
        """This instant, aware, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands where it is put: for practice databases, stories and tests."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


class Entropy(Protocol):
    def identifier(self, now: datetime) -> str:
        """A new id of a case or an act: a UUIDv7, 36 characters."""
        ...

    def salt(self) -> str:
        """32 hexadecimal digits that nobody can guess."""
        ...


@dataclass(frozen=True, slots=True)
class SystemEntropy:
    """Chance from the operating system."""

    def identifier(self, now: datetime) -> str:
        return uuid7(now, secrets.randbits(74))

    def salt(self) -> str:
        return secrets.token_hex(16)


@dataclass(slots=True)
class CountedEntropy:
    """Chance that is none: the same ids and salts at every run, for stories and golden texts."""

    drawn: int = 0

    def identifier(self, now: datetime) -> str:
        self.drawn += 1
        return uuid7(now, self.drawn)

    def salt(self) -> str:
        self.drawn += 1
        return f"{self.drawn:032x}"


def uuid7(now: datetime, chance: int) -> str:
    """RFC 9562 version 7: 48 bits of milliseconds, then 74 bits of chance."""
    millis = int(now.timestamp() * 1000) & (2**48 - 1)
    high, low = (chance >> 62) & 0xFFF, chance & (2**62 - 1)
    return str(uuid.UUID(int=millis << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low))


def legal_day(instant: datetime) -> date:
    """The legal day on which an aware instant falls."""
    return instant.astimezone(LEGAL_ZONE).date()


def rfc3339(instant: datetime) -> str:
    """An aware instant as text, UTC, with milliseconds: `2026-03-02T01:30:00.000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
