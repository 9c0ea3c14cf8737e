"""Warnings and expiries: each written down once, whenever, however often and by however many workers somebody ticks."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from guides_for_tests.matter import CALENDAR
from guides_for_tests.office import BOSS, CLERK, OFFICER, Office, at_once
from jiandu.calendar import Calendar
from jiandu.case import Case
from jiandu.engine import Engine
from jiandu.errors import TamperedError
from jiandu.store import Database, read_deadlines


def effects(office: Office, case: Case) -> list[str]:
    """What the ticks of a case have written down."""
    entries = (e.content for e in office.engine.history(case.id, by=BOSS))
    return [effect["kind"] for entry in entries if entry["kind"] == "tick" for effect in entry["effects"]]


def test_a_tick_writes_down_what_is_due_and_the_next_one_nothing(office: Office) -> None:
    case = office.open()
    office.wait(1)
    assert (office.engine.tick(), office.engine.tick()) == (1, 0)
    office.wait(3)
    assert (office.engine.tick(), office.engine.tick()) == (1, 0)
    office.wait(10)
    assert (office.engine.tick(case.id), office.engine.tick()) == (1, 0)
    assert effects(office, case) == ["deadline_warned", "deadline_warned", "deadline_overdue"]


def test_a_tick_touches_only_the_cases_that_have_something(office: Office) -> None:
    late, done = office.open(), office.open()
    office.do(done, "read", OFFICER)
    office.wait(20)
    assert office.engine.tick() == 1
    assert (effects(office, late), effects(office, done)) == (["deadline_overdue"], [])


def test_whoever_ticks_a_tick_is_the_engine_s(office: Office) -> None:
    case = office.open()
    office.wait(20)
    office.engine.tick()
    entry = office.engine.history(case.id, by=BOSS)[-1].content
    assert entry["by"] == {"id": "engine", "roles": [], "unit": None, "auth": "engine", "of": None}
    assert (entry["kind"], entry["name"], entry["day"]) == ("tick", "tick", "2026-03-22")


def test_what_is_never_ticked_is_computed_all_the_same(office: Office) -> None:
    case = office.open()
    today = office.wait(30)
    assert office.engine.stored(case.id).run("reading").on(today) == "overdue"


def test_a_case_that_cannot_be_read_keeps_no_other_from_its_turn(office: Office) -> None:
    broken, sound = sorted((office.open(), office.open()), key=lambda case: case.id)
    office.wait(20)
    kept = office.projection(broken)
    office.rewrite(broken, b"{")
    with pytest.raises(TamperedError) as raised:
        office.engine.tick()
    office.rewrite(broken, kept)
    assert raised.value.facts == {"case": broken.id}
    assert effects(office, sound) == ["deadline_overdue"]


def test_workers_that_tick_at_once_write_everything_down_once(office: Office) -> None:
    cases = [office.open() for _ in range(6)]
    office.wait(20)
    done = at_once(*[office.engine.tick] * 6)
    assert all(isinstance(one, int) for one in done), done
    assert sum(done) == 6
    assert [effects(office, case) for case in cases] == [["deadline_overdue"]] * 6


ENGINE = str(Path(__file__).parents[2] / "engine")
TICK = """
import sys
from datetime import UTC, datetime
from jiandu.clock import FixedClock
from jiandu.engine import Engine
from jiandu.store import Database
with Database.connect(sys.argv[1]) as database:
    clock = FixedClock(datetime(2026, 3, 22, 9, tzinfo=UTC))
    sys.stdin.readline()
    print(Engine(database, guides=sys.argv[2], clock=clock).tick())
"""


def test_two_processes_that_tick_at_once_write_everything_down_once(office: Office, guides: Path) -> None:
    cases = [office.open() for _ in range(8)]
    office.wait(20)
    command = [sys.executable, "-c", TICK, office.url, str(guides)]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(command, **piped, env={**os.environ, "PYTHONPATH": ENGINE}) for _ in range(2)]
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    said = [int(worker.communicate()[0]) for worker in workers]
    assert sum(said) == 8
    assert [effects(office, case) for case in cases] == [["deadline_overdue"]] * 8


def test_a_tick_and_an_act_at_once_both_come_through(office: Office) -> None:
    for _ in range(6):
        case = office.open()
        office.wait(10)
        done = at_once(lambda c=case: office.engine.tick(c.id), lambda c=case: office.do(c, "read", OFFICER))
        assert isinstance(done[1], Case), done
        after = office.engine.stored(case.id)
        assert after.run("reading").status == "met_late"
        assert office.engine.tick(case.id) == 0


def test_a_clock_that_goes_back_takes_the_trail_nowhere(office: Office) -> None:
    case = office.open()
    office.wait(20)
    office.engine.tick()
    office.clock.instant = datetime(2026, 3, 10, tzinfo=UTC)
    assert office.engine.tick() == 0
    office.do(case, "take")
    office.engine.act("note", case.id, by=CLERK, reason="备查")
    recorded = [entry.content["recorded_at"] for entry in office.engine.history(case.id, by=BOSS)]
    assert recorded == sorted(recorded)
    assert recorded[-1] == recorded[1]
    assert office.engine.verify().found == 0
    office.wait(40)
    assert Counter(effects(office, case)) == {"deadline_overdue": 1}


def test_a_year_that_is_loaded_makes_days_sure_with_exactly_one_entry(office: Office) -> None:
    office.engine.load_calendar(CALENDAR.known_only(date(2026, 3, 6)))
    case = office.open()
    run = case.run("reading")
    assert (run.provisional, str(run.due)) == (True, "2026-03-09")
    assert (office.engine.tick(), office.engine.tick()) == (1, 0)
    longer = holiday_on("2026-03-09")
    office.engine.load_calendar(longer)
    assert (office.engine.tick(), office.engine.tick()) == (1, 0)
    [_, recomputed] = [e.content for e in office.engine.history(case.id, by=BOSS) if e.content["kind"] == "tick"]
    assert [effect["kind"] for effect in recomputed["effects"]] == ["deadline_recomputed"]
    assert (recomputed["calendar"], recomputed["effects"][0]["due"]) == (longer.digest, "2026-03-10")
    run = office.engine.stored(case.id).run("reading")
    assert (run.provisional, run.generation, str(run.due)) == (False, 2, "2026-03-10")
    assert any(step["code"] == "trace-calendar" and step["digest"] == longer.digest for step in run.trace)


def holiday_on(day: str) -> Calendar:
    """The shipped calendar, with one day more that is off."""
    data = json.loads(CALENDAR.content)
    data["years"]["2026"]["off"].append({"name": "临时放假", "from": day, "to": day})
    return Calendar.from_data(data)


def test_the_register_of_runs_says_what_the_cases_say(office: Office) -> None:
    case = office.open()
    office.act("suspend", case, ground="ill", reason="病")
    with office.engine.database.reading() as connection:
        [row] = read_deadlines(connection, case.id)
    assert (row.status, row.due) == ("paused", None)
    office.wait(40)
    assert office.engine.tick() == 0
    office.act("resume", case)
    assert office.engine.stored(case.id).run("reading").status == "running"


@pytest.mark.parametrize("limit", [1, 2])
def test_every_case_gets_its_turn_however_few_are_read_at_once(office: Office, limit: int) -> None:
    cases = [office.open() for _ in range(5)]
    office.wait(20)
    while office.engine.tick(limit=limit):
        pass
    assert [effects(office, case) for case in cases] == [["deadline_overdue"]] * 5


def test_a_finished_case_keeps_what_it_was(office: Office) -> None:
    case = office.open()
    office.do(case, "take")
    office.do(case, "go")
    office.do(case, "shelve")
    office.wait(60)
    assert office.engine.tick() == 0


def test_a_case_of_a_database_opened_twice_ticks_once(office: Office, guides: Path) -> None:
    case = office.open()
    office.wait(20)
    with Database.connect(office.url) as other:
        twin = Engine(other, guides=guides, clock=office.clock)
        assert (twin.tick(case.id), office.engine.tick(case.id)) == (1, 0)
