"""What the outside hears: an event for every entry, written with it or not at all, of ids and states alone."""

import json
from typing import Any

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from sqlalchemy import NullPool, create_engine, event, make_url

import invariants
from guides_for_tests.office import BOSS, CLERK, OFFICER, Office
from jiandu.store import DeliveryRow, claim, count_events
from stranger import stranger

SETTINGS = ("PRAGMA foreign_keys = ON", "PRAGMA recursive_triggers = ON", "PRAGMA synchronous = FULL")


def told(office: Office) -> list[dict[str, Any]]:
    """The events that wait, as they go out."""
    with stranger(office.url) as connection:
        rows = connection.exec_driver_sql("SELECT payload FROM outbox ORDER BY aggregateid, seq").scalars()
        return [json.loads(row) for row in rows]


def test_an_event_says_which_act_it_was_and_where_the_case_stands_now(office: Office) -> None:
    case = office.open()
    office.do(case, "take")
    case = office.do(case, "go")
    event = told(office)[-1]
    assert event.pop("source").startswith("urn:uuid:")
    assert event == {
        "specversion": "1.0",
        "id": case.head,
        "type": "jiandu.entry.do",
        "subject": case.id,
        "time": "2026-03-02T09:00:00.000Z",
        "datacontenttype": "application/json",
        "data": {
            "case": case.id,
            "seq": 3,
            "guide": "letters",
            "kind": "do",
            "name": "go",
            "state": "b",
            "hash": case.head,
        },
    }


def test_a_strangers_tool_reads_every_event(office: Office) -> None:
    office.send(office.open())
    with stranger(office.url) as connection:
        rows = connection.exec_driver_sql("SELECT id, aggregatetype, aggregateid, type, payload FROM outbox").all()
    assert len(rows) == 5
    for name, kind, case, type_, payload in rows:
        read = JSONFormat().read(CloudEvent, payload)
        found = (read.get_id(), "case", read.get_subject(), read.get_type())
        assert found == (name, kind, case, type_)


def test_what_was_said_and_who_it_was_about_is_not_told(office: Office) -> None:
    case = office.open(card={"note": "检举人张三"})
    office.do(case, "read", OFFICER, record={"note": "李四"}, people=("w",))
    office.act("note", case, by=CLERK, reason="王五")
    said = json.dumps(told(office), ensure_ascii=False)
    assert [word for word in ("张三", "李四", "王五", '"k"', '"o"', "u1") if word in said] == []


def test_an_act_in_two_cases_and_a_tick_have_their_events(office: Office) -> None:
    parent = office.engine.open("inspection", unit="u1", by=CLERK)
    parent = office.engine.do(parent.id, "find", by=OFFICER, record={"items": [{"what": "违规"}]})
    child = parent.links[0].case
    case = office.open()
    office.wait(20)
    office.engine.tick()
    kinds = [(event["subject"], event["data"]["seq"], event["data"]["kind"]) for event in told(office)]
    assert {(parent.id, 1, "open"), (parent.id, 2, "do"), (child, 1, "open")} < set(kinds)
    assert (case.id, 2, "tick") in kinds


def test_a_refused_act_and_a_repeated_key_tell_nothing(office: Office) -> None:
    case = office.open(key="k")
    office.open(key="k")
    assert office.codes(case, "shelve") == ["not-offered"]
    assert len(told(office)) == 1


def test_an_event_is_kept_or_taken_back_with_the_hosts_transaction(office: Office) -> None:
    case = office.open()
    host = create_engine(make_url(office.url).difference_update_query(["unsafe"]), poolclass=NullPool)
    if host.dialect.name == "sqlite":
        event.listen(host, "connect", lambda driver, _: [driver.execute(one) for one in SETTINGS])
    with host.connect() as connection:
        office.engine.using(connection).do(case.id, "take", by=CLERK)
        assert count_events(connection) == 2
        assert len(told(office)) == 1
        connection.rollback()
        assert len(told(office)) == 1
        office.engine.using(connection).do(case.id, "once", by=CLERK)
        connection.commit()
    assert [event["data"]["name"] for event in told(office)] == ["letters", "once"]


def test_an_act_whose_event_cannot_be_written_is_not_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = office.open()
    monkeypatch.setattr("jiandu.engine.writing.put_event", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.do(case, "take")
    assert office.engine.stored(case.id).seq == 1


def test_an_outbox_that_is_off_holds_nothing_and_begins_with_the_next_entry(office: Office) -> None:
    database = office.engine.database
    database.switch_outbox(on=False)
    old = office.open()
    office.do(old, "take")
    assert told(office) == []
    with stranger(office.url) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM deliveries").scalar() == 0
    database.switch_outbox(on=True)
    office.do(old, "once")
    new = office.open()
    assert [(told["subject"], told["data"]["seq"]) for told in told(office)] == sorted([(old.id, 3), (new.id, 1)])
    with database.writing() as connection:
        taken = claim(connection, "a", "2026-03-02", "2026-03-03", 9)
    assert sorted(taken) == sorted([DeliveryRow(old.id, 2, 0, ""), DeliveryRow(new.id, 0, 0, "")])


def test_what_waited_when_it_was_switched_off_still_waits(office: Office) -> None:
    one, two = office.open(), office.open()
    office.engine.database.switch_outbox(on=False)
    office.engine.database.switch_outbox(on=True)
    office.do(two, "take")
    assert [(told["subject"], told["data"]["seq"]) for told in told(office)] == sorted(
        [(one.id, 1), (two.id, 1), (two.id, 2)]
    )
    invariants.check(office.url)


def test_a_practice_database_says_so_in_every_event(office: Office) -> None:
    with stranger(office.url) as connection:
        connection.exec_driver_sql("UPDATE meta SET practice = true")
    office.engine.database._known = None
    office.open(by=CLERK)
    assert [told["data"]["practice"] for told in told(office)] == [True]


def test_every_kind_of_act_has_its_type(office: Office) -> None:
    case = office.open()
    office.act("amend", case, by=OFFICER, card={"note": "x"}, reason="r")
    office.act("suspend", case, by=BOSS, ground="ill", reason="r")
    office.act("resume", case, by=BOSS)
    types = [event["type"].rpartition(".")[2] for event in told(office)]
    assert types == ["open", "amend", "suspend", "resume"]
