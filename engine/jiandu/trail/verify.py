"""Whether the chains of a trail are still as they were written: level 1, which anyone can check who can read the
database, and with the engine's keys level 2. The log, level 3, is checked in `log`.

Rows are taken as any database may give them back, malformed in whatever way: what is wrong with them becomes a fault,
never an exception. One cause is told once, by the case and the line where it lies. Entries stream through; memory
holds one row and the faults.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from jiandu.canonical import LARGEST
from jiandu.catalogue import Language, say
from jiandu.trail.entry import ALGORITHM, VERSION, body_digest, leaf_hash, opened
from jiandu.trail.mac import Keyring

Head = tuple[int, str]
"""What the register of cases says of a case: how many entries it has, and the hash of the newest."""

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_DIGEST = re.compile(r"[0-9a-f]{64}")

KEPT = 1000
"""How many faults a report keeps; the rest it only counts."""


class Row(NamedTuple):
    """An entry with its body as a database gave them back: of any type, and None where there is nothing."""

    case: Any
    seq: Any
    act: Any
    entry: Any
    hash: Any
    salt: Any
    body: Any
    mac: Any = None


class Chain(NamedTuple):
    """All rows of a case by seq, and its head; no head where the register does not know the case."""

    case: Any
    head: Head | None
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the trail: where it lies, and the facts of its sentence."""

    code: str
    case: str
    seq: int
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The fault in words."""
        return say(self.code, language, {**self.facts, "case": self.case, "seq": self.seq})


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, to which levels, and what was found; of very many faults the first are kept.

    `notes` are facts that are no faults, yet change what the result is worth.
    """

    levels: tuple[int, ...]
    cases: int
    entries: int
    found: int
    faults: tuple[Fault, ...]
    notes: tuple[tuple[str, Mapping[str, object]], ...] = ()

    @property
    def level(self) -> int:
        """The highest level that was checked."""
        return max(self.levels)

    def text(self, language: Language) -> str:
        """The report in lines: the result, the faults, the levels reached, and what they cannot show."""
        facts = {"cases": self.cases, "entries": self.entries, "found": self.found}
        lines = [say("trail-faulty" if self.found else "trail-whole", language, facts)]
        lines += [fault.text(language) for fault in self.faults]
        if self.found > len(self.faults):
            lines.append(say("trail-more", language, {"more": self.found - len(self.faults)}))
        lines += [say(code, language, said) for code, said in self.notes]
        lines += [say(f"trail-level-{level}", language) for level in self.levels]
        return "\n".join([*lines, say(f"trail-limits-{''.join(map(str, self.levels))}", language)])

    def also(self, level: int, faults: Sequence[Fault], notes: Iterable[tuple[str, Mapping[str, object]]]) -> "Report":
        """The report with what another level has found."""
        kept = (*self.faults, *faults)[:KEPT]
        levels, notes = (*self.levels, level), (*self.notes, *notes)
        return replace(self, levels=levels, found=self.found + len(faults), faults=kept, notes=notes)


def verify_trail(chains: Iterable[Chain], kept: int = KEPT, macs: Keyring | None = None) -> Report:
    """The report over whole chains, one after another. Never raises for what stands in the rows."""
    cases = entries = found = lost = 0
    faults: list[Fault] = []
    for chain in chains:
        walk = _Walk(chain.case, macs)
        for fault in walk.over(chain.rows, chain.head):
            found += 1
            faults += [fault] if len(faults) < kept else []
        cases, entries, lost = cases + 1, entries + walk.seen, lost + walk.lost
    notes = (("trail-lost", {"lost": lost}),) if lost else ()
    return Report((1, 2) if macs else (1,), cases, entries, found, tuple(faults), notes)


def verify_chain(case: Any, rows: Iterable[Row], head: Head | None, macs: Keyring | None = None) -> Iterator[Fault]:
    """What is wrong with the rows of one case, given by seq, measured against its head. Never raises."""
    return _Walk(case, macs).over(rows, head)


@dataclass(slots=True)
class _Walk:
    """How far the check of one case has come.

    `links` is what the next entry's `prev` may be: the hash as stored and as computed, which differ only where a
    fault has been told already; nothing where the entry before is not there. `told` are the lines that a fault
    about a misplaced entry has named, so that they are not told missing as well. `bare` are those whose body is gone,
    until a later entry says that it was sealed. `lost` counts the marks whose key is gone.
    """

    case: Any
    macs: Keyring | None = None
    lost: int = 0
    seen: int = 0
    last: int = 0
    links: tuple[Any, ...] = (None,)
    recorded: str = ""
    gaps: list[tuple[int, int]] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    bare: set[int] = field(default_factory=set)

    def over(self, rows: Iterable[Row], head: Head | None) -> Iterator[Fault]:
        """All faults, those that need the whole case last."""
        for row in rows:
            self.seen += 1
            yield from list(self._row(row)) or self._marked(row)
        yield from (self._fault("body-missing", seq) for seq in sorted(self.bare))
        yield from self._gaps()
        yield from self._head(head)

    def _marked(self, row: Row) -> Iterator[Fault]:
        code = self.macs.fault(row.entry, row.mac) if self.macs else None
        if code == "mac-lost":
            self.lost += 1
        elif code:
            yield self._fault(code, row.seq)

    def _row(self, row: Row) -> Iterable[Fault]:
        if type(row.entry) is not bytes:
            return self._unread(row, "entry-malformed", (row.hash,))
        if (computed := leaf_hash(row.entry)) != row.hash:
            return self._unread(row, "entry-altered", (row.hash, computed))
        if (content := _read(row.entry)) is None:
            return self._unread(row, "entry-malformed", (row.hash,))
        if (
            (content["case"], content["seq"]) != (row.case, row.seq)
            or row.case != self.case
            or type(row.seq) is not int
        ):
            return self._misplaced(row, content)
        return self._placed(row, content)

    def _unread(self, row: Row, code: str, links: tuple[Any, ...]) -> Iterable[Fault]:
        if not _is_seq(row.seq):
            return [self._fault(code, self.last + 1)]
        self._reached(row.seq, links)
        return [self._fault(code, row.seq)]

    def _misplaced(self, row: Row, content: dict[str, Any]) -> Iterable[Fault]:
        own = content["seq"] if content["case"] == self.case else None
        stands = row.seq if _is_seq(row.seq) else own or self.last + 1
        self.told |= {stands, own or stands}
        facts = {
            "found": f"{shown(row.case)}/{shown(row.seq)}",
            "says": f"{shown(content['case'])}/{content['seq']}",
        }
        return [self._fault("entry-misplaced", stands, facts)]

    def _placed(self, row: Row, content: dict[str, Any]) -> Iterable[Fault]:
        if row.seq <= self.last:
            return [self._fault("entry-twice", row.seq)]
        faults = []
        if row.seq == self.last + 1 and content["prev"] not in self.links:
            faults.append(self._fault("link-broken", row.seq, {"before": row.seq - 1}))
        if row.act != content["act"]:
            faults.append(self._fault("act-altered", row.seq, {"found": shown(row.act), "says": shown(content["act"])}))
        if content["recorded_at"] < self.recorded:
            facts = {"recorded": content["recorded_at"], "before": self.recorded}
            faults.append(self._fault("time-backwards", row.seq, facts))
        if row.body is None:
            self.bare.add(row.seq)
        elif _body_altered(row, content["body"]):
            faults.append(self._fault("body-altered", row.seq))
        self.bare -= set(sealed_by(content))
        self._reached(row.seq, (row.hash,))
        self.recorded = content["recorded_at"]
        return faults

    def _reached(self, seq: int, links: tuple[Any, ...]) -> None:
        if seq > self.last + 1:
            self.gaps.append((self.last + 1, seq - 1))
        if seq > self.last:
            self.last, self.links = seq, links

    def _gaps(self) -> Iterator[Fault]:
        for first, last in self.gaps:
            if not self._all_told(first, last):
                which = str(first) if first == last else f"{first}–{last}"
                yield self._fault("entry-missing", first, {"last": last, "which": which})

    def _head(self, head: Any) -> Iterator[Fault]:
        if head is None:
            yield self._fault("case-missing", self.last)
        elif not _is_head(head):
            yield self._fault("head-mismatch", self.last)
        elif head[0] > self.last:
            if not self._all_told(self.last + 1, head[0]):
                yield self._fault("newest-missing", self.last + 1, {"last": head[0]})
        elif head[0] < self.last:
            yield self._fault("head-behind", self.last, {"says": head[0]})
        elif head[1] not in self.links:
            yield self._fault("head-mismatch", self.last)

    def _all_told(self, first: int, last: int) -> bool:
        return last - first < len(self.told) and all(seq in self.told for seq in range(first, last + 1))

    def _fault(self, code: str, seq: int, facts: Mapping[str, object] | None = None) -> Fault:
        return Fault(code, shown(self.case), seq, facts or {})


def _read(entry: bytes) -> dict[str, Any] | None:
    """The content of an entry's bytes; None where they are no entry this verifier knows."""
    try:
        content = opened(entry)
    except (ValueError, RecursionError):
        return None
    return content if _is_entry(content) else None


def _is_entry(content: dict[str, Any]) -> bool:
    get = content.get
    prev = get("prev")
    return (
        (get("v"), get("alg")) == (VERSION, ALGORITHM)
        and type(get("case")) is type(get("act")) is str
        and _is_seq(get("seq"))
        and content["seq"] > 0
        and (prev is None or _is(_DIGEST, prev))
        and _is(_DIGEST, get("body"))
        and _is(_INSTANT, get("recorded_at"))
    )


def _is(form: re.Pattern[str], value: object) -> bool:
    return type(value) is str and form.fullmatch(value) is not None


def _is_head(head: Any) -> bool:
    return isinstance(head, tuple) and tuple(map(type, head)) == (int, str) and _is_seq(head[0])


def _is_seq(value: Any) -> bool:
    return type(value) is int and -LARGEST <= value <= LARGEST


def sealed_by(content: Mapping[str, Any]) -> list[int]:
    """The entries whose bodies this one says were taken out of sight; none for what is no such entry."""
    effects = content.get("effects") if content.get("kind") == "seal" else None
    named = [one.get("entry") for one in effects if type(one) is dict] if type(effects) is list else []
    return [seq for seq in named if type(seq) is int]


def _body_altered(row: Row, expected: str) -> bool:
    if type(row.body) is not bytes or type(row.salt) is not str:
        return True
    try:
        return body_digest(row.salt, row.body) != expected
    except ValueError:
        return True


def shown(value: object) -> str:
    """A value of any type and size, fit to be printed: short, and without characters that steer a terminal."""
    if not isinstance(value, str):
        value = str(value) if _is_seq(value) else f"<{type(value).__name__}>"
    text = value[:64]
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)
