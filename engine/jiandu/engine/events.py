"""What the outside hears of an entry: a CloudEvent that says where a case stands now, and nothing of what was said.

Source: CloudEvents 1.0.2, JSON event format, structured mode.
"""

from collections.abc import Mapping
from typing import Any

from jiandu.canonical import encode
from jiandu.case import Case
from jiandu.store import EventRow

AGGREGATE = "case"


def event_of(content: Mapping[str, Any], after: Case, source: str, *, practice: bool) -> EventRow:
    """The event of the entry that led to a case; `content` is what the entry says, `practice` that nothing is real.

    Its id is the hash of the entry: the same at every repetition, and another one should a database that was set back
    write another entry in the same place.
    """
    type_ = f"jiandu.entry.{content['kind']}"
    data = {
        "case": after.id,
        "seq": after.seq,
        "guide": after.guide,
        "kind": content["kind"],
        "name": content["name"],
        "state": after.state,
        "hash": after.head,
        **({"practice": True} if practice else {}),
    }
    envelope = {
        "specversion": "1.0",
        "id": after.head,
        "source": source,
        "type": type_,
        "subject": after.id,
        "time": content["recorded_at"],
        "datacontenttype": "application/json",
        "data": data,
    }
    return EventRow(after.head, AGGREGATE, after.id, after.seq, type_, encode(envelope).decode())
