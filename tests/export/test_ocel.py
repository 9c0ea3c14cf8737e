"""The event log is OCEL 2.0: both forms say the same, whole and without anything that hangs in the air."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jiandu.engine import Entry
from jiandu.export.ocel import CASE, DEADLINE, EVENT, PAPER, PERSON, write_json, write_sqlite

Table = list[tuple[Any, ...]]


@pytest.fixture
def log(entries: list[Entry], tmp_path: Path) -> dict[str, Any]:
    write_json(entries, tmp_path / "log.json")
    found: dict[str, Any] = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    return found


def test_every_entry_is_an_event_with_its_hash(log: dict[str, Any], entries: list[Entry]) -> None:
    hashes = [{one["name"]: one["value"] for one in event["attributes"]}["hash"] for event in log["events"]]
    assert hashes == [entry.hash for entry in entries]
    assert {event["type"] for event in log["events"]} >= {"open", "take", "send.serve", "go", "link"}
    assert len({event["id"] for event in log["events"]}) == len(entries)


def test_objects_are_cases_persons_papers_and_deadlines_and_none_dangles(log: dict[str, Any]) -> None:
    assert {one["type"] for one in log["objects"]} == {CASE, PERSON, PAPER, DEADLINE}
    known = {one["id"] for one in log["objects"]}
    related = [one for event in log["events"] for one in event["relationships"]]
    assert {one["objectId"] for one in related} == known
    assert all(one["qualifier"] for one in related)
    assert "关联案件" in {one["qualifier"] for one in related}


def test_everything_is_declared_and_every_time_has_its_zone(log: dict[str, Any]) -> None:
    for kind in ("event", "object"):
        types = {one["name"]: {a["name"] for a in one["attributes"]} for one in log[f"{kind}Types"]}
        for one in log[f"{kind}s"]:
            assert {a["name"] for a in one["attributes"]} <= types[one["type"]]
    assert all(event["time"].endswith("Z") for event in log["events"])


def test_the_order_of_a_case_is_the_order_of_its_times(log: dict[str, Any]) -> None:
    by_case: dict[str, list[str]] = {}
    for event in log["events"]:
        by_case.setdefault(event["id"].partition("/")[0], []).append(event["time"])
    assert all(times == sorted(set(times)) for times in by_case.values())


def test_the_file_of_sqlite_says_the_same(log: dict[str, Any], entries: list[Entry], tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    for _ in range(2):  # an older one is replaced
        write_sqlite(entries, path)
    with closing(sqlite3.connect(path)) as connection:

        def rows(sql: str) -> Table:
            return connection.execute(sql).fetchall()

        assert rows("PRAGMA foreign_key_check") == []
        assert set(rows("SELECT ocel_id, ocel_type FROM event")) == {(e["id"], e["type"]) for e in log["events"]}
        assert set(rows("SELECT ocel_id, ocel_type FROM object")) == {(o["id"], o["type"]) for o in log["objects"]}
        links = {(e["id"], r["objectId"], r["qualifier"]) for e in log["events"] for r in e["relationships"]}
        assert set(rows("SELECT * FROM event_object")) == links
        for type_, table in rows("SELECT ocel_type, ocel_type_map FROM event_map_type"):
            wanted = {
                (e["id"], e["time"], *(a["value"] for a in e["attributes"]))
                for e in log["events"]
                if e["type"] == type_
            }
            assert set(rows(f"SELECT ocel_id, ocel_time, {', '.join(EVENT)} FROM event_{table}")) == wanted
        for type_, table in rows("SELECT ocel_type, ocel_type_map FROM object_map_type"):
            ids = {(o["id"],) for o in log["objects"] if o["type"] == type_}
            assert set(rows(f"SELECT ocel_id FROM object_{table}")) == ids


def test_a_hostile_name_of_an_act_is_never_a_name_in_sql(entries: list[Entry], tmp_path: Path) -> None:
    evil = 'x"; DROP TABLE event; --'
    hostile = [Entry({**entry.content, "name": evil}, None, entry.hash) for entry in entries]
    write_sqlite(hostile, tmp_path / "log.sqlite")
    with closing(sqlite3.connect(tmp_path / "log.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM event WHERE ocel_type = ?", (evil,)).fetchone()[0] > 5
