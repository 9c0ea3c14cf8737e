"""What the log over all entries reads and writes: places and hashes, never what an entry means."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, literal_column, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite understands the same

from jiandu.store.prepared import Prepared, rows
from jiandu.store.tables import (
    bodies,
    checkpoints,
    entries,
    log_epochs,
    log_leaves,
    log_nodes,
    log_pending,
    meta,
    seals,
)
from jiandu.trail.log import Leaf, Waiting
from jiandu.trail.tree import Read, grown


class Epoch(NamedTuple):
    """One of the logs of a database: its number, its name, its first leaf, how many leaves it has."""

    n: int
    origin: str
    opening: bytes
    size: int


_AHEAD = log_leaves.alias("ahead")
_EPOCHS = Prepared(select(log_epochs).order_by(log_epochs.c.n))
_INSERT_EPOCH = Prepared(insert(log_epochs))
_GROW = Prepared(update(log_epochs).where(log_epochs.c.n == bindparam("n_")).values(size=bindparam("size")))
_JOINED = log_pending.outerjoin(
    entries, (entries.c.case_id == log_pending.c.case_id) & (entries.c.seq == log_pending.c.seq)
)
_ALL_PENDING = Prepared(
    upsert(log_pending)
    .from_select(
        ["case_id", "seq"], select(entries.c.case_id, entries.c.seq).where(entries.c.seq > literal_column("0"))
    )
    .on_conflict_do_nothing()
)
_PLACED = (log_leaves.c.case_id == log_pending.c.case_id) & (log_leaves.c.seq == log_pending.c.seq)
_DONE = Prepared(
    delete(log_pending).where(
        exists().where(_PLACED, log_leaves.c.epoch == bindparam("epoch"), log_leaves.c.idx >= bindparam("start"))
    )
)
_INSERT_LEAF = Prepared(insert(log_leaves))
_INSERT_NODE = Prepared(insert(log_nodes))
_RANGE = {
    table: Prepared(
        select(table.c.hash)
        .where(
            table.c.epoch == bindparam("epoch"),
            *([table.c.level == bindparam("level")] if table is log_nodes else []),
            table.c.idx >= bindparam("start"),
            table.c.idx < bindparam("end"),
        )
        .order_by(table.c.idx)
    )
    for table in (log_leaves, log_nodes)
}
_PLACE = Prepared(
    select(log_leaves.c.idx).where(
        log_leaves.c.case_id == bindparam("case"),
        log_leaves.c.seq == bindparam("seq"),
        log_leaves.c.epoch == bindparam("epoch"),
    )
)
_LEAVES = Prepared(
    select(log_leaves.c.idx, log_leaves.c.case_id, log_leaves.c.seq, log_leaves.c.hash, entries.c.bytes)
    .select_from(
        log_leaves.outerjoin(entries, (entries.c.case_id == log_leaves.c.case_id) & (entries.c.seq == log_leaves.c.seq))
    )
    .where(log_leaves.c.epoch == bindparam("epoch"))
    .order_by(log_leaves.c.idx)
)
_KEEP_CHECKPOINT = Prepared(upsert(checkpoints).on_conflict_do_nothing())
_SEAL = Prepared(insert(seals))
_REMOVE_BODY = Prepared(
    delete(bodies).where(bodies.c.case_id == bindparam("case_id"), bodies.c.seq == bindparam("seq"))
)


def instance_of(connection: Connection) -> str:
    """The id that tells this database from every other."""
    return str(rows(connection, select(meta.c.instance)).scalar_one())


def read_epochs(connection: Connection) -> list[Epoch]:
    """The logs of this database, oldest first; none where nobody has begun one."""
    return [Epoch(n, origin, bytes(opening), size) for n, origin, opening, size in _EPOCHS.each(connection, {})]


def begin_epoch(connection: Connection, origin: str, opening: bytes) -> None:
    """Begins a log, in which every entry there is waits for its place. One who comes second gets a StoreError."""
    before = read_epochs(connection)
    _INSERT_EPOCH.run(connection, {"n": len(before) + 1, "origin": origin, "opening": opening, "size": 0})
    if before:
        _ALL_PENDING.run(connection, {})


def lock_log(connection: Connection) -> Epoch | None:
    """The log that grows, which nobody else lets grow until the end of the transaction."""
    rows(connection, select(meta.c.one).with_for_update())  # a row that is always there, and that nobody else locks
    epochs = read_epochs(connection)
    return epochs[-1] if epochs else None


def waiting(connection: Connection, epoch: int, after: tuple[str, int], limit: int) -> list[Waiting]:
    """Entries without a place in the log, by case and seq."""
    ahead = _AHEAD.c.case_id == log_pending.c.case_id, _AHEAD.c.seq == log_pending.c.seq - 1, _AHEAD.c.epoch == epoch
    wanted = (
        select(log_pending.c.case_id, log_pending.c.seq, entries.c.bytes, entries.c.hash, entries.c.mac, _AHEAD.c.hash)
        .select_from(_JOINED.outerjoin(_AHEAD, and_(*ahead)))
        .where(tuple_(log_pending.c.case_id, log_pending.c.seq) > after)
        .order_by(log_pending.c.case_id, log_pending.c.seq)
        .limit(limit)
    )
    return [Waiting._make(row) for row in rows(connection, wanted)]


def add_leaves(connection: Connection, epoch: Epoch, leaves: Iterable[tuple[str | None, int | None, bytes]]) -> int:
    """Gives these their places after the last one, and answers how many leaves there are then."""
    made = [
        {"epoch": epoch.n, "idx": idx, "case_id": case, "seq": seq, "hash": hash_}
        for idx, (case, seq, hash_) in enumerate(leaves, epoch.size)
    ]
    size = epoch.size + len(made)
    _INSERT_LEAF.run_many(connection, made)
    _DONE.run(connection, {"epoch": epoch.n, "start": epoch.size})
    _raise(connection, epoch, size)
    _GROW.run(connection, {"n_": epoch.n, "size": size})
    return size


def hashes(connection: Connection, epoch: int) -> Read:
    """How the hashes of a log are read for its roots and proofs."""

    def read(level: int, start: int, count: int) -> list[bytes]:
        asked = {"epoch": epoch, "level": level, "start": start, "end": start + count}
        return [bytes(hash_) for (hash_,) in _RANGE[log_nodes if level else log_leaves].each(connection, asked)]

    return read


def place_of(connection: Connection, epoch: int, case: str, seq: int) -> int | None:
    """Which leaf an entry is; None where it has no place yet."""
    row = _PLACE.first(connection, {"epoch": epoch, "case": case, "seq": seq})
    return None if row is None else int(row[0])


def read_leaves(connection: Connection, epoch: int) -> Iterator[Leaf]:
    """Every leaf of a log in its order, one at a time, with the entry it is said to be."""
    return map(Leaf._make, _LEAVES.stream(connection, {"epoch": epoch}))


def keep_checkpoint(connection: Connection, epoch: int, size: int, note: str) -> None:
    """Keeps a copy of what was signed; of a size, the first stays."""
    _KEEP_CHECKPOINT.run(connection, {"epoch": epoch, "size": size, "note": note.encode()})


def newest_checkpoint(connection: Connection, epoch: int) -> str | None:
    """The note of the largest checkpoint of a log that was signed."""
    kept = select(checkpoints.c.note).where(checkpoints.c.epoch == epoch).order_by(checkpoints.c.size.desc()).limit(1)
    note = rows(connection, kept).scalar()
    return None if note is None else bytes(note).decode(errors="replace")


def remove_bodies(connection: Connection, case: str, seqs: Iterable[int], sealed_by: int) -> None:
    """Removes bodies for good, by the word of an entry of the same case that is there already."""
    for seq in seqs:
        _SEAL.run(connection, {"case_id": case, "seq": seq, "sealed_by": sealed_by})
        _REMOVE_BODY.run(connection, {"case_id": case, "seq": seq})


def _raise(connection: Connection, epoch: Epoch, size: int) -> None:
    read, level = hashes(connection, epoch.n), 1
    while made := grown(read, epoch.size, size, level):
        first = epoch.size >> 8 * level
        nodes = ({"epoch": epoch.n, "level": level, "idx": idx, "hash": one} for idx, one in enumerate(made, first))
        _INSERT_NODE.run_many(connection, nodes)
        level += 1
