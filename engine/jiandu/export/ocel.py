"""The trail as an object-centric event log, OCEL 2.0, in JSON and in SQLite.

An event is an entry; its type is the act (or the general kind of it), its time the instant of recording, in which the
order of a case is beyond doubt; the legal day is an attribute. Objects are cases, persons, papers and deadlines.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiandu.engine import Entry

CASE, PERSON, PAPER, DEADLINE = "案件", "人员", "文书", "期限"
EVENT = ("seq", "kind", "day", "actor", "roles", "unit", "guide", "hash")
OBJECT: Mapping[str, tuple[str, ...]] = {CASE: ("guide", "version", "unit"), PERSON: (), PAPER: (), DEADLINE: ()}
BEGINNING = "1970-01-01T00:00:00Z"
"""Where the standard puts the first value of an attribute."""
Links = Mapping[str, str]


@dataclass(slots=True)
class _Log:
    """Objects by id with their type and attributes; the events themselves pass by."""

    objects: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    def events(self, entries: Iterable[Entry]) -> Iterator[tuple[str, str, str, Mapping[str, str], Links]]:
        """Id, type, time, attributes and objects (id: qualifier) of each entry."""
        for entry in entries:
            said = entry.content
            by, seq = said["by"], said["seq"]
            attributes = {"seq": seq, "kind": said["kind"], "day": said["day"], "actor": by["id"], "hash": entry.hash}
            attributes |= {"roles": " ".join(by["roles"]), "unit": by["unit"] or "", "guide": said["guide"]}
            time = f"{said['recorded_at'][:-1]}{seq % 1000:03}Z"  # a microsecond each, so that ties keep their order
            type_ = said["name"] if said["kind"] == "do" else said["kind"]
            values = {name: str(attributes[name]) for name in EVENT}
            yield f"{said['case']}/{seq}", type_, time, values, self._links(said)

    def _links(self, said: Mapping[str, Any]) -> Links:
        case = said["case"]
        links = {case: "主案", f"{PERSON}:{said['by']['id']}": "承办"}
        opened = {name: str(said["effects"][0].get(name, "")) for name in OBJECT[CASE]} if said["seq"] == 1 else {}
        self.objects[case] = (CASE, opened or self.objects.get(case, (CASE, {}))[1])
        self.objects.setdefault(f"{PERSON}:{said['by']['id']}", (PERSON, {}))
        for effect in said["effects"]:
            for id_, type_, how in _touched(case, effect):
                self.objects.setdefault(id_, (type_, {}))
                links.setdefault(id_, how)
        return links


def _touched(case: str, effect: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The objects that an effect is about: id, type, and how."""
    if "paper" in effect:
        yield f"{PAPER}:{case}:{effect['paper']}", PAPER, "产生" if effect["kind"] == "paper_drafted" else "办理"
    if "deadline" in effect:
        yield f"{DEADLINE}:{case}:{effect['deadline']}#{effect['n']}", DEADLINE, effect["kind"]
    if effect["kind"] == "case_linked":
        yield effect["case"], CASE, "关联案件"


def write_json(entries: Iterable[Entry], path: Path) -> None:
    """Writes the log as JSON; objects and events are held in memory. Raises OSError."""
    log, types = _Log(), set()
    events = []
    for id_, type_, time, values, links in log.events(entries):
        types.add(type_)
        told = [{"name": name, "value": value} for name, value in values.items()]
        related = [{"objectId": other, "qualifier": how} for other, how in links.items()]
        events.append({"id": id_, "type": type_, "time": time, "attributes": told, "relationships": related})
    objects = [
        {
            "id": id_,
            "type": type_,
            "attributes": [{"name": name, "time": BEGINNING, "value": value} for name, value in values.items()],
            "relationships": [],
        }
        for id_, (type_, values) in log.objects.items()
    ]
    whole = {
        "eventTypes": [_type(name, EVENT) for name in sorted(types)],
        "objectTypes": [_type(name, attributes) for name, attributes in OBJECT.items()],
        "events": events,
        "objects": objects,
    }
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


def _type(name: str, attributes: Iterable[str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": one, "type": "string"} for one in attributes]}


_TABLES = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type (ocel_type));
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (
  ocel_event_id TEXT REFERENCES event (ocel_id), ocel_object_id TEXT REFERENCES object (ocel_id), ocel_qualifier TEXT,
  PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
  ocel_source_id TEXT REFERENCES object (ocel_id), ocel_target_id TEXT REFERENCES object (ocel_id), ocel_qualifier TEXT,
  PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""


def write_sqlite(entries: Iterable[Entry], path: Path) -> None:
    """Writes the log as a file of SQLite, an older one replaced. Raises OSError."""
    path.unlink(missing_ok=True)
    log, maps = _Log(), dict[str, str]()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_TABLES)
        for id_, type_, time, values, links in log.events(entries):
            if type_ not in maps:  # names of acts come from a text: none of them is ever a name in SQL
                maps[type_] = _table(connection, "event", type_, f"t{len(maps) + 1:03}", EVENT)
            connection.execute("INSERT INTO event VALUES (?, ?)", (id_, type_))
            connection.execute(f"INSERT INTO {maps[type_]} VALUES ({_marks(EVENT, 2)})", (id_, time, *values.values()))  # noqa: S608
            connection.executemany(
                "INSERT INTO event_object VALUES (?, ?, ?)", ((id_, *link) for link in links.items())
            )
        for number, (type_, names) in enumerate(OBJECT.items(), 1):
            table = _table(connection, "object", type_, f"o{number:03}", names)
            for id_, (own, values) in log.objects.items():
                if own == type_:
                    row = (id_, BEGINNING, None, *(values.get(name, "") for name in names))
                    connection.execute("INSERT INTO object VALUES (?, ?)", (id_, type_))
                    connection.execute(f"INSERT INTO {table} VALUES ({_marks(names, 3)})", row)  # noqa: S608


def _table(connection: sqlite3.Connection, kind: str, type_: str, mapped: str, names: Iterable[str]) -> str:
    table, changed = f"{kind}_{mapped}", ["ocel_changed_field TEXT"] if kind == "object" else []
    columns = ", ".join([*changed, *(f"{name} TEXT" for name in names)])
    connection.execute(f"INSERT INTO {kind}_map_type VALUES (?, ?)", (type_, mapped))  # noqa: S608
    key = "PRIMARY KEY (ocel_id, ocel_time)" if kind == "object" else "PRIMARY KEY (ocel_id)"
    owner = f"ocel_id TEXT REFERENCES {kind} (ocel_id)"
    connection.execute(f"CREATE TABLE {table} ({owner}, ocel_time TIMESTAMP, {columns}, {key})")
    return table


def _marks(names: Iterable[str], more: int) -> str:
    return ", ".join(["?"] * (len(tuple(names)) + more))
