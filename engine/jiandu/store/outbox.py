"""Events that wait to go out, and how far those of each case have gone.

An event is written in the transaction of its entry. It is found again by its case, never by "everything after the last
number": numbers are given out in one order and committed in another, and a reader who counts on loses what came late.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from jiandu.store.prepared import Prepared, rows
from jiandu.store.tables import cases, deliveries, meta, outbox


class EventRow(NamedTuple):
    """An event as it waits: `payload` is all of it, as it goes out."""

    id: str
    aggregatetype: str
    aggregateid: str
    seq: int
    type: str
    payload: str


class DeliveryRow(NamedTuple):
    """How far the events of a case have gone; `not_before` is an instant as text."""

    case_id: str
    sent: int
    attempts: int
    not_before: str
    holder: str | None = None
    error: str | None = None


_PUT = Prepared(insert(outbox))
_BEGIN = Prepared(insert(deliveries))
_SETTLE = Prepared(
    update(deliveries)
    .where(deliveries.c.case_id == bindparam("case_id_"), deliveries.c.holder == bindparam("held"))
    .values({name: bindparam(name) for name in DeliveryRow._fields[1:]})
)
_REMOVE = Prepared(
    delete(outbox).where(outbox.c.aggregateid == bindparam("case_id"), outbox.c.seq <= bindparam("sent"))
)


def put_event(connection: Connection, event: EventRow) -> None:
    """Adds the event of an entry that is written in the same transaction."""
    if event.seq == 1:
        _BEGIN.run(connection, DeliveryRow(event.aggregateid, 0, 0, "")._asdict())
    _PUT.run(connection, event._asdict())


def switch_outbox(connection: Connection, *, on: bool) -> None:
    """From the next entry on each has its event, or none has; what waits already still goes out."""
    rows(connection, update(meta).values(outbox=on))
    if on:
        waiting = select(outbox.c.aggregateid)
        rows(connection, delete(deliveries).where(deliveries.c.case_id.not_in(waiting)))
        begun = select(cases.c.id, cases.c.seq, literal(0), literal("")).where(
            cases.c.id.not_in(select(deliveries.c.case_id))
        )
        rows(connection, insert(deliveries).from_select(DeliveryRow._fields[:4], begun))


def any_event(connection: Connection) -> bool:
    """Whether there is any event that has not gone out."""
    return rows(connection, select(outbox.c.seq).limit(1)).first() is not None


def claim(connection: Connection, holder: str, now: str, until: str, limit: int) -> list[DeliveryRow]:
    """Cases with events that nobody else holds and that are due, longest waiting first; they are held until then.

    On PostgreSQL a case that another relay is claiming at this moment is passed over; on SQLite one writes at a time.
    """
    due = (deliveries.c.not_before <= now, deliveries.c.case_id.in_(select(outbox.c.aggregateid)))
    order = (deliveries.c.not_before, deliveries.c.case_id)
    wanted = select(deliveries).where(*due).order_by(*order).limit(limit).with_for_update(skip_locked=True)
    found = [DeliveryRow._make(row) for row in rows(connection, wanted)]
    held = deliveries.c.case_id.in_([row.case_id for row in found])
    rows(connection, update(deliveries).where(held).values(holder=holder, not_before=until))
    return found


def read_events(connection: Connection, case_id: str, limit: int) -> list[EventRow]:
    """The events of a case that have not gone out, by seq."""
    wanted = select(outbox).where(outbox.c.aggregateid == case_id).order_by(outbox.c.seq).limit(limit)
    return [EventRow._make(row) for row in rows(connection, wanted)]


def settle(connection: Connection, holder: str, reached: Iterable[DeliveryRow]) -> None:
    """Writes down how far each case has come, and removes what went out. A case that `holder` does not hold any more
    stays as it is: whoever holds it now will send again."""
    for row in sorted(reached):
        values = {**row._asdict(), "holder": None, "case_id_": row.case_id, "held": holder}
        if _SETTLE.run(connection, values):
            _REMOVE.run(connection, {"case_id": row.case_id, "sent": row.sent})


def count_events(connection: Connection) -> int:
    """How many events have not gone out."""
    return int(rows(connection, select(func.count()).select_from(outbox)).scalar_one())


def list_stuck(connection: Connection) -> list[DeliveryRow]:
    """Cases whose next event has failed, those with most attempts first."""
    failed = select(deliveries).where(deliveries.c.attempts > 0)
    found = rows(connection, failed.order_by(deliveries.c.attempts.desc(), deliveries.c.case_id))
    return [DeliveryRow._make(row) for row in found]
