"""What holds of every database that an engine has written, read with SQL and plain Python wherever that is enough."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from jsonschema_rs import validator_for
from sqlalchemy import Connection

from jiandu.calendar import Calendar
from jiandu.case import (
    VERBS,
    Actor,
    Case,
    Draft,
    Refusal,
    Request,
    World,
    evolve,
    open_case,
    project,
    restore,
    tick,
)
from jiandu.case.view import Kin
from jiandu.clock import LEGAL_ZONE, legal_day
from jiandu.directory import Unit
from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.trail import Sealed
from stranger import stranger

Entry = dict[str, Any]
SCHEMA = Path(__file__).parents[1] / "schemas" / "entry.schema.json"
ENTRIES = validator_for(SCHEMA.read_text(encoding="utf-8"))
UNPLAYED = ("adopt", "rescind", "migrate")
"""Acts that put a whole case in place: their entry is folded, not asked for again."""
LEVELS = ("county", "city", "province")
"""Levels at which a unit may be: the trail does not tell, so an act has to have been allowed at one of them."""
RECKONED = ("deadline_started", "deadline_extended", "deadline_resumed", "deadline_recomputed")
RECORDED = {"sqlite": "rowid", "postgresql": "pg_xact_commit_timestamp(xmin), cmin::text::int"}
ENDED = ("deadline_met", "deadline_voided", "deadline_superseded")


def check(url: str, acknowledged: Iterable[tuple[str, int]] = ()) -> None:
    """Fails where an invariant does not hold of a database; `acknowledged` are cases and seqs promised."""
    with stranger(url) as connection:
        everything = Everything(connection)
    everything.is_acknowledged(acknowledged)
    everything.hold()


class Everything:
    """The rows of a database, and one method an invariant."""

    def __init__(self, connection: Connection) -> None:
        def rows(sql: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

        self.trail: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for case, *row in rows(
            "SELECT e.case_id, e.seq, e.act, e.bytes, e.hash, b.salt, b.bytes FROM entries e "
            "LEFT JOIN bodies b USING (case_id, seq) ORDER BY e.case_id, e.seq"
        ):
            self.trail[case].append(tuple(row))
        self.cases = {row[0]: row[1:] for row in rows("SELECT id, seq, head, projection, text FROM cases")}
        self.keys = rows("SELECT actor, scope, key, case_id, act, seq FROM keys")
        self.texts: dict[str, bytes] = dict(rows("SELECT digest, content FROM texts"))
        self.counters = {row[:3]: row[3] for row in rows("SELECT unit, series, year, last FROM counters")}
        self.deadlines = rows("SELECT case_id, name, n, status, due FROM deadlines")
        ((source, on),) = rows("SELECT instance, outbox FROM meta")
        self.source = f"urn:uuid:{source}" if on else None
        self.sent: dict[str, int] = dict(rows("SELECT case_id, sent FROM deliveries"))
        self.waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for case, *row in rows("SELECT aggregateid, seq, id, type, payload FROM outbox ORDER BY aggregateid, seq"):
            self.waiting[case].append(tuple(row))
        self.order = rows(f"SELECT case_id, seq FROM entries ORDER BY {RECORDED[connection.dialect.name]}")
        if connection.dialect.name == "sqlite":
            assert rows("PRAGMA integrity_check") == [("ok",)]
            assert not rows("PRAGMA foreign_key_check")

    @classmethod
    def of_one(cls, lines: list[Sealed], case: Case, texts: dict[str, bytes], counters: dict[Any, int]) -> "Everything":
        """A case that was never in a database, as if it were the only one in one."""
        found = cls.__new__(cls)
        rows = [(line.seq, line.act, line.entry, line.hash, line.salt, line.body) for line in lines]
        found.trail, found.keys, found.texts, found.counters = {case.id: rows}, [], texts, counters
        found.cases = {case.id: (case.seq, case.head, json.dumps(project(case)), case.text)}
        found.deadlines = [
            (case.id, run.deadline, run.n, run.status, None if run.status == "paused" else run.due.isoformat())
            for run in case.deadlines
        ]
        found.order = [(case.id, line.seq) for line in lines]
        found.source = None
        return found

    def hold(self) -> None:
        """Fails where an invariant does not hold."""
        for name in filter(re.compile(r"i\d").match, dir(self)):
            getattr(self, name)()

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
            before, recorded = None, ""
            for number, (seq, act, entry, digest, salt, body) in enumerate(rows, 1):
                said = json.loads(entry)
                ENTRIES.validate(said)
                assert hashlib.sha256(b"\0" + entry).hexdigest() == digest
                assert (said["seq"], said["prev"], said["case"], said["act"]) == (number, before, case, act)
                assert seq == number
                assert said["body"] == hashlib.sha256(salt.encode() + body).hexdigest()
                assert said["recorded_at"] >= recorded, "the clock of the trail went back"
                before, recorded = digest, said["recorded_at"]
            assert self.cases[case][:2] == (len(rows), before)

    def i4_the_state_is_the_fold_of_the_trail(self) -> None:
        for name, rows in self.trail.items():
            case: Case | None = None
            for _, _, entry, digest, _, body in rows:
                case = evolve(case, json.loads(entry), json.loads(body), digest)
            assert json.loads(self.cases[name][2]) == project(case)
            runs = {
                (run.deadline, run.n, run.status, None if run.status == "paused" else run.due.isoformat())
                for run in case.deadlines
            }
            assert {row[1:] for row in self.deadlines if row[0] == name} == runs

    def i5_i7_no_act_that_the_pinned_text_did_not_allow_and_nothing_left_to_tick_after_a_tick(self) -> None:
        """The acts are asked for again in the order of recording, each of the cases as they then were."""
        cases: dict[str, Case] = {}
        for name, seq in self.order:
            _, _, entry, digest, _, body = self.trail[name][seq - 1]
            said, hidden, case = json.loads(entry), json.loads(body), cases.get(name)
            assert hashlib.sha256(self.texts[said["guide"]]).hexdigest() == said["guide"]
            if said["kind"] not in UNPLAYED:
                asked = (again(self.texts, cases, case, said, hidden, level) for level in LEVELS)
                decision = next((found for found in asked if isinstance(found, Draft)), None)
                assert isinstance(decision, Draft), (
                    name,
                    seq,
                    said["name"],
                    again(self.texts, cases, case, said, hidden),
                )
                assert blank(decision.content["effects"]) == blank(said["effects"])
            cases[name] = evolve(case, said, hidden, digest)
            if said["kind"] == "tick":
                assert again(self.texts, cases, cases[name], said, hidden) is None
            self._nothing_is_closed_over_what_it_holds(cases, cases[name], said)

    def _nothing_is_closed_over_what_it_holds(self, cases: Mapping[str, Case], case: Case, said: Entry) -> None:
        """I11, as of the moment of closing."""
        held = {name for name, relation in pinned(self.texts, said["guide"]).related.items() if relation.holds}
        if "case_closed" in {effect["kind"] for effect in said["effects"]}:
            linked = [cases[link.case].status for link in case.links if link.relation in held and link.case in cases]
            assert not {"open", "suspended"} & set(linked), (case.id, said["seq"])

    def i6_each_entry_since_the_outbox_is_on_has_one_event_that_went_out_or_waits(self) -> None:
        """What went out was removed, up to one entry; it was on before the first."""
        if self.source is None:
            return
        assert self.sent.keys() == self.trail.keys() >= self.waiting.keys()
        for case, rows in self.trail.items():
            waiting = self.waiting[case]
            assert [seq for seq, *_ in waiting] == list(range(self.sent[case] + 1, len(rows) + 1)), case
            for seq, name, type_, payload in waiting:
                said, told = json.loads(rows[seq - 1][2]), json.loads(payload)
                assert (name, told["id"], told["source"], told["subject"]) == (
                    rows[seq - 1][3],
                    name,
                    self.source,
                    case,
                )
                assert (type_, told["type"]) == (f"jiandu.entry.{said['kind']}", type_)
                data, expected = told["data"], {"case": case, "seq": seq, "hash": name}
                expected |= {key: said[key] for key in ("kind", "name", "practice") if key in said}
                assert data == {**expected, "guide": data["guide"], "state": data["state"]}, "no more than that"
            if waiting:
                stands = json.loads(self.cases[case][2])
                assert (data["guide"], data["state"]) == (stands["guide"], stands["state"])

    def i7_no_warning_or_expiry_twice(self) -> None:
        for case in self.trail:
            given: dict[tuple[str, int, int], list[str]] = defaultdict(list)
            noted, generation = set(), defaultdict(lambda: 1)
            for effect in (effect for entry in self.entries(case) for effect in entry["effects"]):
                if effect["kind"] == "case_restored":  # what was undone is as if it had never been reckoned
                    stand = {(run.deadline, run.n): run for run in restore(effect["case"]).deadlines}
                    generation.clear()
                    generation.update({name: run.generation for name, run in stand.items()})
                    given.clear()
                    given.update({(*name, run.generation): list(run.warned) for name, run in stand.items()})
                    noted = {(*name, run.generation) for name, run in stand.items() if run.noted}
                if "deadline" not in effect:
                    continue
                run = (effect["deadline"], effect["n"])
                if effect["kind"] == "deadline_recomputed":
                    generation[run] = effect["generation"]
                this = (*run, generation[run])
                if effect["kind"] == "deadline_warned":
                    assert effect["warned"][: len(given[this])] == given[this]
                    assert len(set(effect["warned"])) == len(effect["warned"]) > len(given[this])
                    given[this] = effect["warned"]
                if effect["kind"] == "deadline_overdue":
                    assert this not in noted
                    noted.add(this)

    def i8_numbers_are_gapless_in_order_of_recording(self) -> None:
        taken: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        for name, seq in self.order:
            entry = json.loads(self.trail[name][seq - 1][2])
            for effect in entry["effects"]:
                if effect["kind"] == "number_taken":
                    assert effect["year"] == int(entry["day"][:4])
                    taken[effect["unit"], effect["series"], effect["year"]].append(effect["seq"])
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in taken.values()), taken
        assert {series: len(numbers) for series, numbers in taken.items()} == self.counters

    def i9_no_paper_is_served_that_was_not_signed_numbered_and_released(self) -> None:
        for case in self.trail:
            ready: dict[str, set[str]] = defaultdict(set)
            for entry in self.entries(case):
                guide = pinned(self.texts, entry["guide"])
                for effect in entry["effects"]:
                    if effect["kind"] == "case_restored":
                        ready |= dict(readied(guide, effect["case"], entry["kind"]))
                    elif "paper" in effect:
                        ready[effect["paper"]].add(effect["kind"])
                    if effect["kind"] == "paper_served":
                        assert ready[effect["paper"]] >= wanted(guide, effect["paper"].partition("#")[0])

    def i10_what_was_met_late_stays_late(self) -> None:
        for case in self.trail:
            due: dict[tuple[str, int], str] = {}
            ended: set[tuple[str, int]] = set()
            still: set[tuple[str, int]] = set()  # while a run stands still, nothing is late
            for effect in (effect for entry in self.entries(case) for effect in entry["effects"]):
                if effect["kind"] == "case_restored":
                    stand = restore(effect["case"]).deadlines
                    due = {(run.deadline, run.n): str(run.due) for run in stand}
                    still = {(run.deadline, run.n) for run in stand if run.paused_on}
                    ended = {(run.deadline, run.n) for run in stand if not run.unfinished}
                if "deadline" not in effect:
                    continue
                run = effect["deadline"], effect["n"]
                assert run not in ended or effect["kind"] in ("deadline_recomputed", "duty_done"), effect
                if effect["kind"] in RECKONED:
                    due[run] = effect["due"]
                if effect["kind"] == "deadline_paused":
                    still.add(run)
                if effect["kind"] == "deadline_resumed":
                    still.discard(run)
                if effect["kind"] in ENDED:
                    ended.add(run)
                if effect["kind"] == "deadline_met":
                    assert effect["late"] == (run not in still and effect["on"] > due[run])

    def i11_a_case_ends_once_and_by_a_move(self) -> None:
        for case in self.trail:
            entries = self.entries(case)
            for entry in entries:
                kinds = [effect["kind"] for effect in entry["effects"]]
                assert kinds.count("case_closed") <= 1
                assert "case_finished" not in kinds or "state_changed" in kinds
            finished = [e["seq"] for e in entries if "case_finished" in [x["kind"] for x in e["effects"]]]
            later = [e["kind"] for e in entries if finished and e["seq"] > finished[0]]
            assert set(later) <= {"tick"}, "something was done after the end"

    def i12_nobody_acts_outside_his_table(self) -> None:
        for case in self.trail:
            text = ""
            for entry in self.entries(case):
                kind, guide = entry["kind"], pinned(self.texts, entry["guide"])
                said = pinned(self.texts, text) if kind == "migrate" else guide
                text, roles, of = entry["guide"], set(entry["by"]["roles"]), entry["by"]["of"]
                if kind == "tick":
                    assert (entry["by"]["id"], entry["by"]["auth"], roles) == ("engine", "engine", set())
                elif is_opened_by_another(entry):
                    assert self._by_the_act_that_opened_it(entry)
                else:
                    may = set(said.roles[of].recorded_by if of else table(said, entry))
                    readers = set(said.secrecy.readers) if said.secrecy else set()
                    assert roles & may, (entry["name"], "nobody's hands")
                    assert of is None or of in table(said, entry)
                    assert roles <= may | readers

    def _by_the_act_that_opened_it(self, entry: Entry) -> bool:
        opener = next(e["case"] for e in entry["effects"] if e["kind"] == "case_linked")
        [act] = [other for other in self.entries(opener) if other["act"] == entry["act"]]
        linked = [e["case"] for e in act["effects"] if e["kind"] == "case_linked"]
        return act["by"]["id"] == entry["by"]["id"] and entry["case"] in linked


_LIBRARY = Library.shipped()


def pinned(texts: dict[str, bytes], digest: str) -> Guide:
    """The guide of a text in the database."""
    return _LIBRARY.pinned(digest, texts[digest])


def table(guide: Guide, entry: Entry) -> tuple[str, ...]:
    """The roles that may do what an entry says was done."""
    if entry["kind"] == "do":
        return guide.acts[entry["name"]].by
    extension = guide.deadlines[entry["name"]].extend if entry["kind"] == "extend" else None
    return extension.by if extension and extension.by else guide.powers[entry["kind"]].by


def is_opened_by_another(entry: Entry) -> bool:
    """Whether an opening is the work of an act in another case."""
    links = [e for e in entry["effects"] if e["kind"] == "case_linked"]
    return entry["kind"] == "open" and bool(links)


def wanted(guide: Guide, document: str) -> set[str]:
    """What has to have happened to a paper before it is served."""
    kind = guide.documents[document]
    asked = {"paper_signed": kind.signed_by, "paper_released": kind.released_by, "number_taken": kind.number}
    return {effect for effect, needed in asked.items() if needed}


def readied(guide: Guide, case: Mapping[str, Any], kind: str) -> Iterable[tuple[str, set[str]]]:
    """What has happened to each paper of a case that is put in place; what was served elsewhere is taken as it is."""
    for paper in restore(case).papers:
        found = {"paper_signed": paper.signed_on, "paper_released": paper.released_on, "number_taken": paper.number}
        done = {effect for effect, value in found.items() if value}
        yield paper.name, wanted(guide, paper.document) if kind == "adopt" and paper.served else done


def blank(effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Effects without what only the transaction knows: numbers, and the cases that the act opens."""
    return [
        {k: v for k, v in effect.items() if k not in ("seq", "number", *(("case",) if is_link(effect) else ()))}
        for effect in effects
    ]


def is_link(effect: Mapping[str, Any]) -> bool:
    return effect["kind"] == "case_linked" and effect["relation"] != "parent"


def again(
    texts: dict[str, bytes],
    cases: Mapping[str, Case],
    case: Case | None,
    said: Entry,
    hidden: dict[str, Any],
    level: str = "county",
) -> Draft | Refusal | None:
    """The decision on the same request, put together from what the entry and its body say."""
    guide, by = pinned(texts, said["guide"]), said["by"]
    world = world_of(texts, cases, case, said, level)
    held = frozenset(by["roles"])
    elsewhere = dict.fromkeys(("above", "province", *filter(is_id, (case.card if case else {}).values())), held)
    actor = Actor(by["id"], held, by["unit"], by["auth"], elsewhere)
    if said["kind"] == "tick":
        assert case is not None
        return tick(guide, case, world)
    request = requested(guide, case, said, hidden)
    if case is not None:
        return VERBS[said["kind"]](guide, case, actor, request, world)
    parent = next((e["case"] for e in said["effects"] if e["kind"] == "case_linked"), None)
    return open_case(guide, actor, request, world, parent)


def is_id(value: object) -> bool:
    return isinstance(value, str)


def world_of(
    texts: dict[str, bytes], cases: Mapping[str, Case], case: Case | None, said: Entry, level: str = "county"
) -> World:
    """The world in which an act was done."""
    recorded = datetime.fromisoformat(said["recorded_at"])
    day = date.fromisoformat(said["day"])
    assert day <= legal_day(recorded)
    ticks = said["kind"] == "tick" and day < legal_day(recorded)  # the clock went back, the trail did not
    now = datetime.combine(day, time(23, 59), LEGAL_ZONE) if ticks else recorded
    unit = case.unit if case else said["effects"][0]["unit"]
    taken = [effect for effect in said["effects"] if effect["kind"] == "number_taken"]
    short = {("paper" in effect): effect["unit"] for effect in taken}
    own = Unit(unit, unit, short.get(False, short.get(True, unit)), None, level)
    above = Unit("above", "above", short.get(True, unit), None, "city")
    province = Unit("province", "province", short.get(True, unit), None, "province")
    links = [link for link in case.links if link.case in cases] if case else []
    kin = tuple(kin_of(link.relation, cases[link.case]) for link in links)
    calendar = Calendar.from_content(texts[said["calendar"]])
    return World(now, calendar, own, above, province, kin)


def kin_of(relation: str, case: Case) -> Kin:
    return Kin(case.id, relation, case.guide, case.state, case.status, case.outcome, case.seq, case.card)


def requested(guide: Guide, case: Case | None, said: Entry, hidden: dict[str, Any]) -> Request:
    """What was asked for, as far as the trail tells."""
    effects = said["effects"]
    done = next((e for e in effects if e["kind"] in ("step_done", "transition_done", "record_amended")), {"record": {}})
    changed = next((e["values"] for e in effects if e["kind"] == "card_changed"), {})
    written = {**changed, **hidden.get("card", {})}
    if said["kind"] == "do" or (case is None and not is_opened_by_another(said)):
        fills = guide.powers["open"].fills if case is None else guide.acts[said["name"]].fills
        written = {name: value for name, value in written.items() if name in fills}
    papers = [e for e in effects if e["kind"].startswith("paper_") and e["kind"] not in NEW]
    linked = next((e["case"] for e in effects if e["kind"] == "case_linked"), "")
    request = Request(
        said["name"],
        date.fromisoformat(said["day"]),
        datetime.fromisoformat(said["at"]) if "at" in said else None,
        record={**done["record"], **hidden.get("record", {})},
        card=written,
        assigns={e["role"]: tuple(e["persons"]) for e in effects if e["kind"] == "holder_assigned"},
        paper=papers[0]["paper"] if papers else None,
        to=next((e["to"] for e in effects if e["kind"] == "paper_served"), None),
        of=said["by"]["of"],
        people=tuple(said.get("people", ())),
        reason=hidden.get("reason", hidden.get("note", "")),
        ground=next((e["ground"] for e in effects if "ground" in e), ""),
    )
    return replace(request, other=linked) if said["kind"] == "link" else request


NEW = ("paper_drafted", "paper_abandoned")
"""What an act does to papers that its request does not name."""
