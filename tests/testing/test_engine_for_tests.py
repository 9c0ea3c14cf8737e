"""An engine for tests is a real one: in memory or in a file, the same at every run."""

from pathlib import Path

from jiandu.case import Actor
from jiandu.clock import SystemEntropy
from jiandu.directory import PeopleFile
from jiandu.testing import MONDAY, FixedClock, engine_for_tests

PEOPLE = PeopleFile.load(Path(__file__).parents[2] / "examples/people.yaml")
CARD = {"track": "A", "source": "complaint", "applicant_role": "victim"}


def opened(file: Path | None) -> str:
    with engine_for_tests(file, people=PEOPLE) as engine:
        case = engine.open("case-filing", unit="630102", by=Actor("k1"), card=CARD)
        assert case.opened_on == MONDAY.date()
        assert engine.verify(case.id).faults == ()
        return case.id


def test_memory_and_file_give_the_same_case_at_every_run(tmp_path: Path) -> None:
    assert opened(None) == opened(tmp_path / "a.db") == opened(tmp_path / "b.db")


def test_its_time_and_its_chance_can_be_given(tmp_path: Path) -> None:
    clock = FixedClock(MONDAY.replace(day=3))
    with engine_for_tests(tmp_path / "a.db", people=PEOPLE, clock=clock, entropy=SystemEntropy()) as engine:
        first = engine.open("case-filing", unit="630102", by=Actor("k1"), card=CARD)
        assert (first.opened_on.day, engine.database.practice) == (3, True)
    assert first.id != opened(None)
