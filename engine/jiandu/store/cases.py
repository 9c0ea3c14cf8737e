"""What the engine reads and writes of cases. Every write belongs to one transaction of `Database.writing`.

Locks are taken in this order, always: key, counters, heads by case id, and only then what is merely added. Values are
plain (str, int, bytes); what they mean is not known here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite understands the same

from jiandu.errors import ConflictError
from jiandu.store.prepared import Prepared, rows
from jiandu.store.tables import bodies, cases, counters, deadlines, entries, keys, texts
from jiandu.trail import Chain, Head, Row, Sealed


class CaseRow(NamedTuple):
    """A case as the register has it; `seq` and `head` are those of its newest entry."""

    id: str
    unit: str
    guide: str
    version: str
    text: str
    number: str | None
    state: str
    status: str
    outcome: str | None
    seq: int
    head: str
    projection: bytes
    opened_on: str


class KeyRow(NamedTuple):
    """What a key was used for: the digest of the request, and the entry that answered it."""

    actor: str
    scope: str
    key: str
    fingerprint: str
    case_id: str
    act: str
    seq: int


class DeadlineRow(NamedTuple):
    """A run of a deadline, numbered within its name; days are text."""

    name: str
    n: int
    status: str
    owed_by: str | None
    due: str | None
    raw_end: str | None
    started_on: str
    provisional: bool


_TRAIL = (
    entries.c.case_id,
    entries.c.seq,
    entries.c.act,
    entries.c.bytes,
    entries.c.hash,
    bodies.c.salt,
    bodies.c.bytes,
    entries.c.mac,
)
_BODY = (bodies.c.case_id == entries.c.case_id) & (bodies.c.seq == entries.c.seq)
_WITH_BODIES = entries.outerjoin(bodies, _BODY)
_MOVING = ("guide", "version", "text", "number", "state", "status", "outcome", "seq", "head", "projection")
_KEY = [keys.c[name] == bindparam(name) for name in ("actor", "scope", "key")]
_COUNTER = [counters.c[name] == bindparam(name) for name in ("unit", "series", "year")]

_READ_CASE = Prepared(select(cases).where(cases.c.id == bindparam("id")))
_READ_TEXT = Prepared(select(texts.c.content).where(texts.c.digest == bindparam("digest")))
_PUT_TEXT = Prepared(upsert(texts).on_conflict_do_nothing(index_elements=["digest"]))
_FIND_KEY = Prepared(select(keys).where(*_KEY))
_REMEMBER = Prepared(insert(keys))
_COUNT_UP = Prepared(
    upsert(counters)
    .values({name: bindparam(name) for name in ("unit", "series", "year", "last")})
    .on_conflict_do_update(
        index_elements=["unit", "series", "year"], set_={"last": counters.c.last + literal_column("1")}
    )
)
_READ_COUNTER = Prepared(select(counters.c.last).where(*_COUNTER))
_INSERT_CASE = Prepared(insert(cases))
_ADVANCE_CASE = Prepared(
    update(cases)
    .where(cases.c.id == bindparam("id_"), cases.c.seq == bindparam("seen"))
    .values({name: bindparam(name) for name in _MOVING})
)
_APPEND = Prepared(insert(entries))
_APPEND_BODY = Prepared(insert(bodies))
_READ_DEADLINES = Prepared(
    select(*list(deadlines.c)[1:])
    .where(deadlines.c.case_id == bindparam("case_id"))
    .order_by(deadlines.c.name, deadlines.c.n)
)
_DELETE_DEADLINE = Prepared(
    delete(deadlines).where(*(deadlines.c[name] == bindparam(name) for name in ("case_id", "name", "n")))
)
_INSERT_DEADLINE = Prepared(insert(deadlines))
_READ_TRAIL = Prepared(
    select(*_TRAIL).select_from(_WITH_BODIES).where(entries.c.case_id == bindparam("case_id")).order_by(entries.c.seq)
)
_READ_ENTRY = Prepared(
    select(*_TRAIL)
    .select_from(_WITH_BODIES)
    .where(entries.c.case_id == bindparam("case_id"), entries.c.seq == bindparam("seq"))
)
_READ_HEADS = Prepared(select(cases.c.id, cases.c.seq, cases.c.head).order_by(cases.c.id))
_READ_ORPHANS = Prepared(
    select(*_TRAIL)
    .select_from(_WITH_BODIES)
    .where(~exists().where(cases.c.id == entries.c.case_id))
    .order_by(entries.c.case_id, entries.c.seq)
)


def read_case(connection: Connection, case_id: str) -> CaseRow | None:
    """The case of that id, if there is one."""
    row = _READ_CASE.first(connection, {"id": case_id})
    return None if row is None else CaseRow._make(row)


def list_cases(
    connection: Connection,
    *,
    unit: str | None = None,
    guide: str | None = None,
    state: str | None = None,
    status: str | None = None,
    number: str | None = None,
    after: str = "",
    limit: int = 100,
) -> list[CaseRow]:
    """Cases that have all the values asked for, in the order they were opened; go on with `after` the last id."""
    asked = {"unit": unit, "guide": guide, "state": state, "status": status, "number": number}
    matches = [cases.c[name] == value for name, value in asked.items() if value is not None]
    found = rows(connection, select(cases).where(cases.c.id > after, *matches).order_by(cases.c.id).limit(limit))
    return [CaseRow._make(row) for row in found]


def list_running(connection: Connection, today: str, limit: int = 1000, after: str = "") -> list[CaseRow]:
    """Cases with a run that is not finished and was, or may soon be, due: what a tick has to look at; go on with
    `after` the last id."""
    due = select(deadlines.c.case_id).where(deadlines.c.status == "running", deadlines.c.due <= _horizon(today))
    wanted = select(cases).where(cases.c.id > after, cases.c.id.in_(due)).order_by(cases.c.id).limit(limit)
    found = rows(connection, wanted)
    return [CaseRow._make(row) for row in found]


def _horizon(today: str) -> str:
    """The last due day that a warning of today may be about."""
    return (date.fromisoformat(today) + timedelta(days=400)).isoformat()


def cases_and_heads(connection: Connection) -> Iterator[tuple[str, Head]]:
    """Every case with the seq and hash of its newest entry, by id."""
    for case_id, seq, head in _READ_HEADS.stream(connection, {}):
        yield case_id, (seq, head)


def read_trail(connection: Connection, case_id: str) -> Iterator[Row]:
    """The rows of a case's trail by seq, as they are in the database, one at a time."""
    return map(Row._make, _READ_TRAIL.each(connection, {"case_id": case_id}))


def read_entry(connection: Connection, case_id: str, seq: int) -> Row | None:
    """One row of a case's trail; None where there is none."""
    row = _READ_ENTRY.first(connection, {"case_id": case_id, "seq": seq})
    return None if row is None else Row._make(row)


def read_trails(connection: Connection) -> Iterator[Chain]:
    """The trail of every case with its head, then entries whose case nobody knows; each is read before the next."""
    for case_id, head in cases_and_heads(connection):
        yield Chain(case_id, head, read_trail(connection, case_id))
    for case_id, left in groupby(_READ_ORPHANS.stream(connection, {}), key=lambda row: row[0]):
        yield Chain(case_id, None, map(Row._make, left))


def read_text(connection: Connection, digest: str) -> bytes | None:
    """The content of a text by its digest, if it is kept."""
    row = _READ_TEXT.first(connection, {"digest": digest})
    return None if row is None else bytes(row[0])


def lock_heads(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The newest seq of cases, which nobody moves on until the end of the transaction; taken in order of their ids."""
    wanted = select(cases.c.id, cases.c.seq).where(cases.c.id.in_(sorted(ids))).order_by(cases.c.id)
    return {row.id: row.seq for row in rows(connection, wanted.with_for_update(key_share=True))}


def put_text(connection: Connection, digest: str, kind: str, content: bytes) -> None:
    """Keeps a text; one that is kept already stays as it is."""
    _PUT_TEXT.run(connection, {"digest": digest, "kind": kind, "content": content})


def find_key(connection: Connection, actor: str, scope: str, key: str) -> KeyRow | None:
    """What the key was used for, if it was."""
    row = _FIND_KEY.first(connection, {"actor": actor, "scope": scope, "key": key})
    return None if row is None else KeyRow._make(row)


def remember(connection: Connection, row: KeyRow) -> None:
    """Takes a key; its entry must be there when the transaction ends. Raises ConflictError where it is taken."""
    try:
        _REMEMBER.run(connection, row._asdict())
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise ConflictError(case=row.case_id) from error


def take_number(connection: Connection, unit: str, series: str, year: int) -> int:
    """The next number of a unit, series and year, from 1 without gaps: given back if the transaction fails.

    Whoever takes one holds up every other taker of that series until the end, so it is taken after all that is slow.
    """
    counter = {"unit": unit, "series": series, "year": year}
    _COUNT_UP.run(connection, {**counter, "last": 1})
    return int(_READ_COUNTER.one(connection, counter)[0])


def insert_case(connection: Connection, row: CaseRow) -> None:
    """Enters a new case in the register."""
    _INSERT_CASE.run(connection, row._asdict())


def advance_case(connection: Connection, row: CaseRow, seen_seq: int) -> None:
    """Moves a case on from the entry that was seen. Raises ConflictError where it has moved on since.

    Its unit and the day it was opened stay as they are.
    """
    values = {**row._asdict(), "id_": row.id, "seen": seen_seq}
    if _ADVANCE_CASE.run(connection, values) != 1:
        raise ConflictError(case=row.id)


def append(connection: Connection, sealed: Sealed) -> None:
    """Adds an entry and its body to the trail."""
    place = {"case_id": sealed.case, "seq": sealed.seq}
    said = {"act": sealed.act, "bytes": sealed.entry, "hash": sealed.hash, "mac": sealed.mac}
    _APPEND.run(connection, {**place, **said})
    _APPEND_BODY.run(connection, {**place, "salt": sealed.salt, "bytes": sealed.body})


def read_deadlines(connection: Connection, case_id: str) -> list[DeadlineRow]:
    """The runs of a case, by name and number."""
    rows = _READ_DEADLINES.each(connection, {"case_id": case_id})
    return [DeadlineRow._make((*row[:-1], bool(row[-1]))) for row in rows]


def replace_deadlines(connection: Connection, case_id: str, rows: Iterable[DeadlineRow]) -> None:
    """Makes these the runs of a case; what is so already is not written again, for writing is what takes long."""
    wanted, kept = set(rows), set(read_deadlines(connection, case_id))
    _DELETE_DEADLINE.run_many(connection, ({"case_id": case_id, **row._asdict()} for row in kept - wanted))
    _INSERT_DEADLINE.run_many(connection, ({"case_id": case_id, **row._asdict()} for row in wanted - kept))
