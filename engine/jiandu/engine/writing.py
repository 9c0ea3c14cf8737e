"""One act, one transaction: key, numbers, case rows, entries and bodies, deadlines, all together or not at all."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from jiandu.canonical import digest, encode
from jiandu.case import Case, Draft, project
from jiandu.case.sealing import Circumstances, sealed
from jiandu.case.view import Kin
from jiandu.engine.events import event_of
from jiandu.errors import ConflictError
from jiandu.store import (
    CaseRow,
    Connection,
    DeadlineRow,
    KeyRow,
    advance_case,
    append,
    insert_case,
    lock_heads,
    put_event,
    put_text,
    remember,
    replace_deadlines,
    take_number,
)
from jiandu.trail import Keyring


@dataclass(frozen=True, slots=True)
class Line:
    """One entry about to be written: its draft, the case before it, and what the place it is kept in adds."""

    draft: Draft
    before: Case | None
    around: Circumstances


@dataclass(frozen=True, slots=True)
class Use:
    """A key and what it is used for: who asks, in which scope, and the digest of all that is asked."""

    actor: str
    scope: str
    key: str | None
    fingerprint: str


def write(
    connection: Connection,
    lines: Sequence[Line],
    use: Use,
    seen: Sequence[Kin],
    source: str | None,
    macs: Keyring | None = None,
) -> list[Case]:
    """Writes the entries of one act, that of its own case first, and returns the cases after them.

    `seen` are the other cases that the decision looked at; with a `source` each entry gets its event. Raises
    ConflictError where any of them, or the case itself, has moved on since.
    """
    first = lines[0]
    if use.key is not None:
        seq = first.before.seq + 1 if first.before else 1
        owner = (use.actor, use.scope, use.key, use.fingerprint)
        remember(connection, KeyRow(*owner, first.around.case, first.around.act, seq))
    numbers = _numbers(connection, lines)
    _unmoved(connection, seen, lines)
    cases = [_line(connection, line, taken, macs) for line, taken in zip(lines, numbers, strict=True)]
    if source is not None:
        for line, after in zip(lines, cases, strict=True):
            put_event(connection, event_of(line.draft.content, after, source, practice=line.around.practice))
    return cases


def keep(connection: Connection, kind: str, content: bytes, kept: Set[str]) -> None:
    """Keeps a text, unless this process knows that it is kept."""
    if (name := digest(content)) not in kept:
        put_text(connection, name, kind, content)


def _numbers(connection: Connection, lines: Sequence[Line]) -> list[list[int]]:
    """The numbers of each line. Counters are met in one order, so that no two acts wait for each other crosswise."""
    asked = [
        ((n.unit, n.series, n.year), line, at) for line, it in enumerate(lines) for at, n in enumerate(it.draft.numbers)
    ]
    taken = {(line, at): take_number(connection, *series) for series, line, at in sorted(asked)}
    return [[taken[line, at] for at in range(len(it.draft.numbers))] for line, it in enumerate(lines)]


def _unmoved(connection: Connection, seen: Sequence[Kin], lines: Sequence[Line]) -> None:
    """Nothing is locked where no other case was looked at: the case itself is compared when it is moved on."""
    if not seen:
        return
    own = (line.before for line in lines if line.before)
    expected = {kin.id: kin.seq for kin in seen} | {case.id: case.seq for case in own}
    found = lock_heads(connection, expected)
    for case, seq in sorted(expected.items()):
        if found.get(case) != seq:
            raise ConflictError(case=case)


def register(connection: Connection, case: Case) -> None:
    """Writes a case into the register anew, as its trail now tells it."""
    advance_case(connection, _row(case), case.seq)


def _line(connection: Connection, line: Line, taken: list[int], macs: Keyring | None) -> Case:
    entry, after = sealed(line.draft, line.before, taken, line.around)
    entry = replace(entry, mac=macs.mark(entry.entry)) if macs else entry
    if line.before is None:
        insert_case(connection, _row(after))
    else:
        advance_case(connection, _row(after), line.before.seq)
    append(connection, entry)
    if line.before is None or _runs(after) != _runs(line.before):
        replace_deadlines(connection, after.id, _runs(after))
    return after


def _row(case: Case) -> CaseRow:
    return CaseRow(
        id=case.id,
        unit=case.unit,
        guide=case.guide,
        version=case.version,
        text=case.text,
        number=case.number,
        state=case.state,
        status=case.status,
        outcome=case.outcome,
        seq=case.seq,
        head=case.head,
        projection=encode(project(case)),
        opened_on=case.opened_on.isoformat(),
    )


def _runs(case: Case) -> list[DeadlineRow]:
    return [
        DeadlineRow(
            name=run.deadline,
            n=run.n,
            status=run.status,
            owed_by=run.owed_by,
            due=run.due.isoformat() if run.status != "paused" else None,
            raw_end=run.raw_end.isoformat(),
            started_on=run.started_on.isoformat(),
            provisional=run.provisional,
        )
        for run in case.deadlines
    ]
