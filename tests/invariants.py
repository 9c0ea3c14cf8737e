"""What holds of every database that an engine has written, read with SQL and plain Python wherever that is enough."""

import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, Draft, Refusal, Request, World, do, evolve, open_case, project
from jiandu.clock import legal_day
from jiandu.directory import Unit
from jiandu.guide.library import Library
from jiandu.guide.model import Guide

Entry = dict[str, Any]


def check(path: Path, acknowledged: Iterable[tuple[str, int]] = ()) -> None:
    """Fails where an invariant does not hold of the database in a file; `acknowledged` are cases and seqs promised."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        everything = Everything(connection)
    finally:
        connection.close()
    everything.is_acknowledged(acknowledged)
    for name in filter(re.compile(r"i\d").match, dir(everything)):
        getattr(everything, name)()


class Everything:
    """The rows of a database, and one method an invariant."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute(
            "SELECT e.case_id, e.seq, e.act, e.bytes, e.hash, b.salt, b.bytes FROM entries e "
            "LEFT JOIN bodies b USING (case_id, seq) ORDER BY e.case_id, e.seq"
        )
        self.trail: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for case, *row in rows:
            self.trail[case].append(tuple(row))
        self.cases = {
            row[0]: row[1:] for row in connection.execute("SELECT id, seq, head, projection, text FROM cases")
        }
        self.keys = connection.execute("SELECT actor, scope, key, case_id, act, seq FROM keys").fetchall()
        self.texts = dict(connection.execute("SELECT digest, content FROM texts"))
        self.counters = {row[:3]: row[3] for row in connection.execute("SELECT unit, series, year, last FROM counters")}
        self.deadlines = connection.execute("SELECT case_id, name, n, status, due FROM deadlines").fetchall()
        self.order = [row[0] for row in connection.execute("SELECT bytes FROM entries ORDER BY rowid")]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()

    def entries(self, case: str) -> list[Entry]:
        return [json.loads(row[2]) for row in self.trail[case]]

    def is_acknowledged(self, promised: Iterable[tuple[str, int]]) -> None:
        """I1: every acknowledged entry is there."""
        for case, seq in promised:
            assert len(self.trail[case]) >= seq, f"entry {seq} of {case} was acknowledged and is lost"

    def i2_no_key_twice(self) -> None:
        named = [(e["by"]["id"], e["kind"], c, e["key"]) for c in self.trail for e in self.entries(c) if e["key"]]
        assert len(set(named)) == len(named) == len(self.keys)
        acts = {(case, row[0]): row[1] for case in self.trail for row in self.trail[case]}
        assert all(acts[case, seq] == act for _, _, _, case, act, seq in self.keys)

    def i3_chains_and_heads_verify(self) -> None:
        assert self.trail.keys() == self.cases.keys()
        for case, rows in self.trail.items():
            before = None
            for number, (seq, act, entry, digest, salt, body) in enumerate(rows, 1):
                said = json.loads(entry)
                assert hashlib.sha256(b"\0" + entry).hexdigest() == digest
                assert (said["seq"], said["prev"], said["case"], said["act"]) == (number, before, case, act)
                assert seq == number
                assert said["body"] == hashlib.sha256(salt.encode() + body).hexdigest()
                before = digest
            assert self.cases[case][:2] == (len(rows), before)

    def i4_the_state_is_the_fold_of_the_trail(self) -> None:
        for name, rows in self.trail.items():
            case: Case | None = None
            for _, _, entry, digest, _, body in rows:
                case = evolve(case, json.loads(entry), json.loads(body), digest)
            assert json.loads(self.cases[name][2]) == project(case)
            runs = {(run.deadline, run.n, run.status, run.due.isoformat()) for run in case.deadlines}
            assert {row[1:] for row in self.deadlines if row[0] == name} == runs

    def i5_no_act_that_the_pinned_text_did_not_allow(self) -> None:
        """The acts are asked for again, each of the case as it then was, under the text it is pinned to."""
        for name, rows in self.trail.items():
            case: Case | None = None
            for _, _, entry, digest, _, body in rows:
                said, hidden = json.loads(entry), json.loads(body)
                assert hashlib.sha256(self.texts[said["guide"]]).hexdigest() == said["guide"]
                decision = again(self.texts, case, said, hidden)
                assert not isinstance(decision, Refusal), (name, said["seq"], said["name"], decision)
                assert blank(decision.content["effects"]) == blank(said["effects"])
                case = evolve(case, said, hidden, digest)

    def i8_numbers_are_gapless_in_order_of_recording(self) -> None:
        taken: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        for entry in map(json.loads, self.order):
            for effect in entry["effects"]:
                if effect["kind"] == "number_taken":
                    assert effect["year"] == int(entry["day"][:4])
                    taken[effect["unit"], effect["series"], effect["year"]].append(effect["seq"])
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in taken.values()), taken
        assert {series: len(numbers) for series, numbers in taken.items()} == self.counters

    def i9_no_paper_is_served_that_was_not_signed_numbered_and_released(self) -> None:
        for case, rows in self.trail.items():
            guide = pinned(self.texts, self.cases[case][3])
            ready: dict[str, set[str]] = defaultdict(set)
            for effect in (effect for row in rows for effect in json.loads(row[2])["effects"] if "paper" in effect):
                ready[effect["paper"]].add(effect["kind"])
                if effect["kind"] == "paper_served":
                    assert ready[effect["paper"]] >= wanted(guide, effect["paper"].partition("#")[0])

    def i10_what_was_met_late_stays_late(self) -> None:
        for case in self.trail:
            due: dict[tuple[str, int], str] = {}
            ended: set[tuple[str, int]] = set()
            for entry in self.entries(case):
                for effect in (effect for effect in entry["effects"] if "deadline" in effect):
                    run = effect["deadline"], effect["n"]
                    assert run not in ended
                    if effect["kind"] == "deadline_started":
                        due[run] = effect["due"]
                        continue
                    ended.add(run)
                    if effect["kind"] == "deadline_met":
                        assert effect["late"] == (effect["on"] > due[run])

    def i11_nothing_is_closed_over_what_is_owed(self) -> None:
        for case in self.trail:
            for entry in self.entries(case):
                kinds = [effect["kind"] for effect in entry["effects"]]
                assert kinds.count("case_closed") <= 1
                assert "case_finished" not in kinds or "state_changed" in kinds
            finished = [e["seq"] for e in self.entries(case) if "case_finished" in [x["kind"] for x in e["effects"]]]
            assert finished in ([], [len(self.trail[case])]), "something was done after the end"

    def i12_nobody_acts_outside_his_table(self) -> None:
        for case in self.trail:
            guide = pinned(self.texts, self.cases[case][3])
            for entry in self.entries(case):
                allowed = guide.powers["open"].by if entry["kind"] == "open" else guide.acts[entry["name"]].by
                assert entry["by"]["roles"], (entry["name"], "nobody's hands")
                assert set(entry["by"]["roles"]) <= set(allowed)


_LIBRARY = Library.shipped()


def pinned(texts: dict[str, bytes], digest: str) -> Guide:
    """The guide of a text in the database."""
    return _LIBRARY.pinned(digest, texts[digest])


def wanted(guide: Guide, document: str) -> set[str]:
    """What has to have happened to a paper before it is served."""
    kind = guide.documents[document]
    asked = {"paper_signed": kind.signed_by, "paper_released": kind.released_by, "number_taken": kind.number}
    return {effect for effect, needed in asked.items() if needed}


def blank(effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Effects without what only the transaction knows: numbers."""
    return [{k: v for k, v in effect.items() if k not in ("seq", "number")} for effect in effects]


def again(texts: dict[str, bytes], case: Case | None, said: Entry, hidden: dict[str, Any]) -> Draft | Refusal:
    """The decision on the same request, put together from what the entry and its body say."""
    guide, by = pinned(texts, said["guide"]), said["by"]
    calendar = Calendar.from_content(texts[said["calendar"]])
    now = datetime.fromisoformat(said["recorded_at"])
    unit = case.unit if case else said["effects"][0]["unit"]
    short = next((e["unit"] for e in said["effects"] if e["kind"] == "number_taken"), unit)
    world = World(now, calendar, Unit(unit, unit, short, None, "county"))
    assert date.fromisoformat(said["day"]) <= legal_day(now)
    actor = Actor(by["id"], frozenset(by["roles"]), by["unit"], by["auth"])
    request = requested(guide, case, said, hidden)
    return open_case(guide, actor, request, world) if case is None else do(guide, case, actor, request, world)


def requested(guide: Guide, case: Case | None, said: Entry, hidden: dict[str, Any]) -> Request:
    """What was asked for, as far as the trail tells."""
    effects = said["effects"]
    done = next((e for e in effects if e["kind"] in ("step_done", "transition_done")), {"record": {}})
    changed = next((e["values"] for e in effects if e["kind"] == "card_changed"), {})
    fills = guide.powers["open"].fills if case is None else guide.acts[said["name"]].fills
    written = {**changed, **hidden.get("card", {})}
    paper = next((e["paper"] for e in effects if e["kind"].startswith("paper_") and e["kind"] not in NEW), None)
    return Request(
        said["name"],
        date.fromisoformat(said["day"]),
        record={**done["record"], **hidden.get("record", {})},
        card={name: value for name, value in written.items() if name in fills},
        assigns={e["role"]: tuple(e["persons"]) for e in effects if e["kind"] == "holder_assigned"},
        paper=paper,
        to=next((e["to"] for e in effects if e["kind"] == "paper_served"), None),
    )


NEW = ("paper_drafted", "paper_abandoned")
"""What an act does to papers that its request does not name."""
