"""The log over the entries of all cases: what may take a place in it, and whether it is the one that was signed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jiandu.canonical import encode
from jiandu.trail.entry import opened
from jiandu.trail.mac import Keyring
from jiandu.trail.standalone import Checkpoint, Key, checkpoint_of, leaf, opened_note
from jiandu.trail.tree import Frontier
from jiandu.trail.verify import Fault, shown


class Waiting(NamedTuple):
    """An entry that asks for a place; `before` is the hash that the log has for the entry ahead of it."""

    case: Any
    seq: Any
    entry: Any
    hash: Any
    mac: Any
    before: Any


class Leaf(NamedTuple):
    """A leaf as the database gives it back: its place, which entry it is, its hash, that entry as it stands."""

    idx: Any
    case: Any
    seq: Any
    hash: Any
    entry: Any


class Log(NamedTuple):
    """One of the logs of a database: its number, its name, its first leaf, and all its leaves in their order."""

    n: int
    origin: str
    opening: bytes
    leaves: Iterable[Leaf]


@dataclass(frozen=True, slots=True)
class LogReport:
    """What was found of the logs: faults, what else a reader must know, how many entries a checkpoint covers."""

    faults: tuple[Fault, ...]
    notes: tuple[tuple[str, Mapping[str, object]], ...]
    covered: int


def admitted(rows: Iterable[Waiting], macs: Keyring | None) -> Iterator[tuple[Waiting, Fault | None]]:
    """The rows that may take a place, and those that may not with the reason. Behind one that may not, nobody may,
    and that is told once."""
    place: tuple[Any, int] = (None, 0)
    found: bytes | None = None
    barred: Any = object()
    for row in rows:
        seq = row.seq if type(row.seq) is int else 0
        before = found if place == (row.case, seq - 1) else row.before
        if row.case == barred:
            continue
        if code := _barred(row, before, macs):
            barred = row.case
            yield row, Fault(code, shown(row.case), seq, {"before": seq - 1})
            continue
        place, found = (row.case, seq), bytes.fromhex(row.hash)
        yield row, None


def opening(origin: str, at: str, *, after: str | None = None, **said: object) -> bytes:
    """The first leaf of a log: what it is called, when it was begun, and for one that follows another, the last
    checkpoint of that (`after`), how much was lost, why, and who answers for it."""
    return encode({"v": 1, "origin": origin, "recorded_at": at, "after": after, **said})


def checkpoints_of(notes: Iterable[str], key: Key) -> tuple[list[Checkpoint], list[Fault]]:
    """The checkpoints that the key has signed, and a fault for each note that is none."""
    found, faults = list[Checkpoint](), list[Fault]()
    for at, note in enumerate(notes, 1):
        try:
            found.append(checkpoint_of(opened_note(note, key)))
        except ValueError:
            faults.append(Fault("checkpoint-unsigned", "", at))
    return found, faults


def verify_logs(logs: Sequence[Log], notes: Iterable[str], key: Key) -> LogReport:
    """Whether the logs are those of the checkpoints kept elsewhere. Never raises for what stands in the rows."""
    signed, faults = checkpoints_of(notes, key)
    told: list[tuple[str, Mapping[str, object]]] = []
    covered = 0
    for log, after in zip(logs, [*logs[1:], None], strict=False):
        own = [one for one in signed if one.origin == log.origin]
        walk = _Walk({one.size: one.root for one in own})
        faults += walk.over(log)
        faults += _forks(own)
        covered = min(max((one.size for one in own), default=0), walk.tree.size)
        lost = [one.size for one in own if one.size > walk.tree.size]
        if lost and after is not None and (said := _quoted(after, key)) and max(lost) <= said[0].size:
            told.append(("trail-epoch", {"n": after.n, "lost": said[0].size - walk.tree.size, **said[1]}))
        else:
            faults += [Fault("log-shorter", log.origin, size, {"size": walk.tree.size}) for size in lost]
    known = {log.origin for log in logs}
    faults += [Fault("log-missing", one.origin, one.size) for one in signed if one.origin not in known]
    return LogReport(tuple(faults), tuple(told), max(covered - 1, 0))


def _forks(signed: Iterable[Checkpoint]) -> Iterator[Fault]:
    """Two signed roots of one size: somebody with the key keeps two histories."""
    roots: dict[int, bytes] = {}
    for one in signed:
        if roots.setdefault(one.size, one.root) != one.root:
            yield Fault("log-forked", one.origin, one.size)


def _quoted(log: Log, key: Key) -> tuple[Checkpoint, Mapping[str, object]] | None:
    """The checkpoint that a log says it follows, and why and by whom."""
    try:
        said = opened(log.opening)
        by = (shown(said["by"]), shown(said["approved_by"]))
        return checkpoint_of(opened_note(said["after"], key)), {"reason": shown(said["reason"]), "by": by}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _barred(row: Waiting, before: Any, macs: Keyring | None) -> str | None:
    """The code of why an entry may not have a place: it is not what it says, or not what follows, or not ours."""
    if type(row.entry) is not bytes:
        return "entry-malformed"
    if leaf(row.entry).hex() != row.hash:
        return "entry-altered"
    try:
        content = opened(row.entry)
        said = content["case"], content["seq"], content["prev"]
    except (ValueError, KeyError, RecursionError):
        return "entry-malformed"
    link = before.hex() if type(before) is bytes else None
    if said != (row.case, row.seq, link) or (row.seq == 1) != (link is None) or type(row.seq) is not int:
        return "link-broken"
    code = macs.fault(row.entry, row.mac) if macs else None
    return code if code != "mac-lost" else None


class _Walk:
    """How far the check of one log has come: its tree, grown from the entries themselves."""

    def __init__(self, signed: Mapping[int, bytes]) -> None:
        self.tree, self.signed = Frontier(), signed

    def over(self, log: Log) -> Iterator[Fault]:
        for row in log.leaves:
            if row.idx != self.tree.size:
                yield Fault("log-leaf-missing", log.origin, self.tree.size)
                return
            entry = log.opening if row.idx == 0 else row.entry
            if type(entry) is not bytes:
                yield self._fault("log-entry-missing", row)
            elif leaf(entry) != row.hash:
                yield self._fault("log-leaf-altered", row)
            self.tree.add(leaf(entry) if type(entry) is bytes else b"")
            if self.tree.size in self.signed and self.signed[self.tree.size] != self.tree.root():
                yield Fault("root-mismatch", log.origin, self.tree.size)

    def _fault(self, code: str, row: Leaf) -> Fault:
        return Fault(code, shown(row.case), row.seq if type(row.seq) is int else 0)
