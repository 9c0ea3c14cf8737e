"""The engine on real databases: numbers, reading, refusals that write nothing, people by day, pinned texts."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from guides_for_tests.office import BOSS, CLERK, LETTERS, OFFICER, Office, at_once, refusal
from jiandu.case import Actor
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.errors import StoreError, TamperedError
from jiandu.guide.library import Library
from jiandu.store import Database

STRANGER = Actor("x", frozenset(("clerk",)), "u9")


def test_numbers_are_gapless_in_order_of_recording_from_eight_threads(office: Office) -> None:
    cases = [office.open() for _ in range(24)]
    rounds = [cases[index::8] for index in range(8)]
    at_once(*[lambda mine=mine: [office.do(case, "take") for case in mine] for mine in rounds])
    taken = {office.engine.case(case.id, by=CLERK).number for case in cases}
    assert taken == {f"u1案〔2026〕{seq}号" for seq in range(1, 25)}


def test_a_refused_act_leaves_the_database_as_it_was(office: Office) -> None:
    case = office.open()
    office.send(case)
    before = office.dump()
    refused = [
        office.codes(case, "review", BOSS, key="k"),
        office.codes(case, "shelve", key="k2"),
        office.codes(case, "nothing"),
        office.codes(case, "take", day=date(2030, 1, 1)),
        office.codes("no-such-case", "take"),
        refusal(lambda: office.open(by=OFFICER, key="z")),
        refusal(lambda: office.engine.open("lettres", unit="u1", by=CLERK)),
        refusal(lambda: office.engine.open("zzzzzzzzzz", unit="u1", by=CLERK)),
    ]
    assert refused == [
        ["role-required"], ["not-offered"], ["unknown-name"], ["future-day"], ["unknown-case"], ["role-required"],
        ["unknown-guide"], ["unknown-guide"],
    ]  # fmt: skip
    office.engine.offers(case.id, by=OFFICER)
    assert office.dump() == before


def test_an_act_that_fails_in_the_middle_leaves_the_database_as_it_was(office: Office, monkeypatch) -> None:
    case = office.open()
    before = office.dump()
    monkeypatch.setattr("jiandu.engine.writing.append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.do(case, "take", key="k")
    monkeypatch.undo()
    assert office.dump() == before
    assert office.do(case, "take", key="k").number == "u1案〔2026〕1号"


def test_only_the_own_unit_and_those_above_read_a_case(office: Office, people: PeopleFile) -> None:
    office.know(people)
    case = office.open(by=Actor("k"))
    engine = office.engine
    for reader in ("k", "s"):
        assert engine.case(case.id, by=Actor(reader)).id == case.id
        assert [found.id for found in engine.cases(by=Actor(reader))] == [case.id]
    for read in (engine.case, engine.offers, engine.history):
        assert refusal(lambda r=read: r(case.id, by=Actor("n"))) == ["outside-unit"]
        assert refusal(lambda r=read: r(case.id, by=Actor("nobody"))) == ["unknown-person"]
        assert refusal(lambda r=read: r("none", by=Actor("k"))) == ["unknown-case"]
    assert engine.cases(by=Actor("n")) == ()
    assert refusal(lambda: engine.open("letters", unit="u7", by=Actor("k"))) == ["unknown-unit"]


def test_without_a_directory_the_host_says_who_belongs_where(office: Office) -> None:
    case = office.open()
    assert refusal(lambda: office.engine.case(case.id, by=STRANGER)) == ["outside-unit"]
    assert office.codes(case, "take", STRANGER) == ["outside-unit"]


def test_roles_are_those_of_the_day_of_the_act(office: Office, people: PeopleFile) -> None:
    office.know(people)
    case = office.open(by=Actor("k", frozenset(("boss",))))
    office.wait(30)
    office.wait(10)
    assert office.codes(case, "read", Actor("o")) == ["role-required"]
    assert office.do(case, "read", Actor("o"), day=date(2026, 3, 31)).seq == 2
    assert office.codes(case, "take", Actor("o", frozenset(("clerk",)))) == ["role-required"]
    assert office.do(case, "take", Actor("k")).number == "某县案〔2026〕1号"


def test_a_case_goes_on_under_the_text_it_was_opened_under(office: Office, guides: Path) -> None:
    case = office.open()
    changed = LETTERS.replace("take: {title: 登记, by: clerk, numbers: case}", "take: {title: 登记, by: boss}")
    (guides / "letters.yaml").write_text(changed, encoding="utf-8")
    later = Engine(office.engine.database, guides=Library(guides), clock=office.clock)
    fresh = later.open("letters", unit="u1", by=CLERK)
    assert fresh.text != case.text
    assert later.do(case.id, "take", by=CLERK).number == "u1案〔2026〕1号"
    assert refusal(lambda: later.do(fresh.id, "take", by=CLERK)) == ["role-required"]
    (guides / "letters.yaml").unlink()
    bare = Engine(office.engine.database, guides=Library(guides), clock=office.clock)
    assert bare.do(case.id, "once", by=CLERK).seq == 3


def test_the_entry_behind_a_case_is_read_alone_and_missed_where_it_is_gone(office: Office) -> None:
    case = office.open()
    later = office.act("note", case, reason="备查")
    assert [office.engine.entry(one).content["seq"] for one in (case, later)] == [1, 2]
    with pytest.raises(TamperedError):
        office.engine.entry(replace(later, seq=3))


def test_a_text_that_is_gone_is_said_to_be_gone(office: Office, monkeypatch) -> None:
    case = office.open()
    monkeypatch.setattr("jiandu.engine.reading.read_text", lambda *_: None)
    office.engine.library = Library(office.engine.library.folder)
    with pytest.raises(StoreError) as raised:
        office.engine.guide_of(case)
    assert raised.value.text("zh")
    assert raised.value.text("en")


@pytest.mark.parametrize("practice", [True, False])
def test_every_entry_of_a_practice_database_says_so(url: str, guides: Path, practice: bool) -> None:
    with Database.connect(url) as database:
        database.init(practice=practice)
        engine = Engine(database, guides=guides)
        case = engine.open("letters", unit="u1", by=CLERK)
        engine.do(case.id, "take", by=CLERK)
        said = [entry.content.get("practice", False) for entry in engine.history(case.id, by=CLERK)]
    assert said == [practice] * 2


def test_the_entry_says_who_when_and_under_which_text(office: Office) -> None:
    case = office.open()
    office.do(case, "take")
    entry = office.engine.history(case.id, by=CLERK)[-1].content
    assert entry["by"] == {"id": CLERK.id, "roles": ["clerk"], "unit": "u1", "auth": "host", "of": None}
    assert (entry["day"], entry["recorded_at"]) == ("2026-03-02", "2026-03-02T09:00:00.000Z")
    assert entry["guide"] == case.text


def test_an_instant_needs_its_zone_and_gives_the_legal_day(office: Office) -> None:
    case = office.open()
    with pytest.raises(ValueError, match="zone"):
        office.do(case, "take", at=datetime(2026, 3, 2, 9))
    done = office.do(case, "take", at=datetime.fromisoformat("2026-03-01T16:30:00+00:00"))
    assert done.acts["take"].on == date(2026, 3, 2)


def test_the_whole_trail_verifies(office: Office) -> None:
    for _ in range(3):
        office.send(office.open())
    report = office.engine.verify()
    assert (report.cases, report.entries, report.found) == (3, 15, 0)
    [case, *_] = office.engine.cases(by=CLERK)
    assert office.engine.verify(case.id).entries == 5
    assert refusal(lambda: office.engine.verify("none")) == ["unknown-case"]


def test_a_case_goes_its_whole_way(office: Office) -> None:
    case = office.open(card={"note": "急"})
    office.do(case, "take")
    office.do(case, "read", OFFICER, record={"note": "已阅"})
    office.send(case)
    office.wait(3)
    office.do(case, "send.answer", OFFICER)
    office.do(case, "go")
    done = office.do(case, "shelve")
    assert (done.status, done.outcome) == ("finished", "finished_well")
    assert {run.status for run in done.deadlines} == {"met"}
    assert office.engine.case(case.id, by=CLERK) == done
