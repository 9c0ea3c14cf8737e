"""Cases with a trail, for tests: sealed as the engine seals them, read as a database gives them back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from jiandu.clock import CountedEntropy, rfc3339
from jiandu.trail import Chain, Head, Row, Sealed, leaf_hash, seal

BEGIN = datetime(2026, 5, 6, 1, 30, tzinfo=UTC)
ENTROPY = CountedEntropy()
FIRST, SECOND = (ENTROPY.identifier(BEGIN) for _ in range(2))
GUIDE, SETTINGS, CALENDAR = (mark * 64 for mark in "abc")


def content(case: str, seq: int) -> dict[str, Any]:
    """What an act would write as entry `seq`, before it is sealed."""
    return {
        "act": ENTROPY.identifier(BEGIN),
        "case": case,
        "kind": "do" if seq > 1 else "open",
        "name": "accept",
        "by": {"id": "zhang.san", "roles": ["prosecutor"], "unit": "haiyun", "auth": "claimed", "of": None},
        "day": "2026-05-06",
        "recorded_at": rfc3339(BEGIN + timedelta(minutes=seq)),
        "guide": GUIDE,
        "settings": SETTINGS,
        "calendar": CALENDAR,
        "key": None,
        "effects": [{"kind": "state_changed", "from": "clue", "to": "acceptance", "title": "案件受理"}],
        "warnings": [{"code": "rule-broken", "rule": "two_people", "basis": ["rules-2019:560"], "mark": None}],
    }


def sealed(case: str, seq: int, prev: str | None, **changes: Any) -> Sealed:
    """Entry `seq` of a case after the one whose hash is `prev`."""
    body = {"record": {"summary": f"第 {seq} 次谈话：“情况属实”。"}}
    return seal({**content(case, seq), **changes}, seq=seq, prev=prev, body=body, salt=ENTROPY.salt())


def row(line: Sealed) -> Row:
    """A sealed entry as it is read back."""
    return Row(line.case, line.seq, line.act, line.entry, line.hash, line.salt, line.body)


def trail(case: str = FIRST, length: int = 5, changes: Mapping[int, Mapping[str, Any]] | None = None) -> list[Row]:
    """The whole trail of a case; `changes` are other contents by seq."""
    rows: list[Row] = []
    for seq in range(1, length + 1):
        prev = rows[-1].hash if rows else None
        rows.append(row(sealed(case, seq, prev, **(changes or {}).get(seq, {}))))
    return rows


def head(rows: list[Row]) -> Head:
    """What the register says of a case with these rows."""
    return rows[-1].seq, rows[-1].hash


def chain(rows: list[Row], top: Head | None = None) -> Chain:
    """The rows of a case with their head."""
    return Chain(rows[0].case, top or head(rows), rows)


def forged(old: Row, **changes: Any) -> Row:
    """A row whose entry says something else and whose own hash was made right again."""
    entry = json.loads(old.entry) | changes
    content = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return old._replace(entry=content, hash=leaf_hash(content))
