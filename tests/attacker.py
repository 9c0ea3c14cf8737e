"""Somebody who may write anything to the database, knows how it is built, and recomputes whatever he changes.

He has not the keys: neither that of the marks nor that which signs.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from jiandu.store.tables import APPEND_ONLY
from jiandu.trail import leaf_hash
from stranger import stranger

Content = dict[str, Any]


@contextmanager
def attacker(url: str) -> Iterator["Attacker"]:
    """One who is past the triggers; on a file they are gone afterwards."""
    with stranger(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for table in APPEND_ONLY:
                for verb in ("update", "delete"):
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS entries_pending")
        yield Attacker(connection)


@dataclass(frozen=True)
class Attacker:
    connection: Connection

    def sql(self, statement: str, **values: Any) -> list[Any]:
        result = self.connection.execute(text(statement), values)
        return list(result) if result.returns_rows else []

    def contents(self, case: str) -> list[Content]:
        """What the entries of a case say."""
        rows = self.sql("SELECT bytes FROM entries WHERE case_id = :case ORDER BY seq", case=case)
        return [json.loads(bytes(row[0])) for row in rows]

    def rewrite(self, case: str, change: Callable[[list[Content]], list[Content]]) -> None:
        """Another history of a case, its chain and its head computed anew; each entry keeps the mark it had."""
        self.sql("DELETE FROM seals WHERE case_id = :case", case=case)
        kept = {
            row[0]: row[1:] for row in self.sql("SELECT seq, act, mac FROM entries WHERE case_id = :case", case=case)
        }
        bodies = {
            row[0]: row for row in self.sql("SELECT seq, salt, bytes FROM bodies WHERE case_id = :case", case=case)
        }
        told = change(self.contents(case))
        self.sql("DELETE FROM bodies WHERE case_id = :case", case=case)
        self.sql("DELETE FROM entries WHERE case_id = :case", case=case)
        before = None
        for seq, content in enumerate(told, 1):
            raw = canonical({**content, "seq": seq, "prev": before})
            before = leaf_hash(raw)
            said = {"case": case, "seq": seq, "act": content["act"], "raw": raw, "hash": before}
            mark = kept.get(content["seq"], (None, None))[1]
            self.sql("INSERT INTO entries VALUES (:case, :seq, :act, :raw, :hash, :mark)", **said, mark=mark)
        for seq, (salt, raw) in self._bodies(told, bodies):
            self.sql("INSERT INTO bodies VALUES (:case, :seq, :salt, :raw)", case=case, seq=seq, salt=salt, raw=raw)
        self.sql("UPDATE cases SET seq = :seq, head = :head WHERE id = :case", seq=len(told), head=before, case=case)

    def _bodies(self, told: list[Content], bodies: dict[Any, Any]) -> Iterator[tuple[int, tuple[str, bytes]]]:
        for seq, content in enumerate(told, 1):
            for old, salt, raw in bodies.values():
                if old == content["seq"]:
                    yield seq, (salt, bytes(raw))

    def forget(self, case: str) -> None:
        """A case that never was."""
        for table in ("seals", "bodies", "entries", "log_pending"):
            self.sql(f"DELETE FROM {table} WHERE case_id = :case", case=case)
        self.sql("DELETE FROM cases WHERE id = :case", case=case)

    def relog(self, order: Callable[[list[Any]], list[Any]] = list) -> None:
        """The log computed anew over what is there now; `order` is asked how the places are given."""
        hashes = {(row[0], row[1]): bytes.fromhex(row[2]) for row in self.sql("SELECT case_id, seq, hash FROM entries")}
        leaves = self.sql("SELECT case_id, seq, hash FROM log_leaves WHERE epoch = 1 ORDER BY idx")
        first, *others = [tuple(leaf) for leaf in leaves]
        there = [first, *order([(*leaf[:2], hashes[leaf[:2]]) for leaf in others if leaf[:2] in hashes])]
        self.sql("DELETE FROM log_leaves")
        for idx, (case, seq, hash_) in enumerate(there):
            said = {"idx": idx, "case": case, "seq": seq, "hash": bytes(hash_)}
            self.sql("INSERT INTO log_leaves VALUES (1, :idx, :case, :seq, :hash)", **said)
        self.sql("UPDATE log_epochs SET size = :size", size=len(there))
        self.sql("DELETE FROM checkpoints")

    def insert(self, case: str, **said: Any) -> None:
        """One more entry of a case, written as if the engine had; without its mark."""
        self.rewrite(case, lambda told: [*told, {**told[-1], **said, "seq": len(told) + 1}])
        raw, salt = b"{}", "0" * 32
        self.sql(
            "INSERT INTO bodies SELECT case_id, seq, :salt, :raw FROM entries WHERE case_id = :case "
            "AND seq = (SELECT max(seq) FROM entries WHERE case_id = :case)",
            case=case, salt=salt, raw=raw,
        )  # fmt: skip


def canonical(content: Content) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
