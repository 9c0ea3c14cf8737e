"""Many acts in one transaction of the engine's own: kept or taken back together; a refusal takes nothing else back."""

import pytest

from guides_for_tests.office import CLERK, Office, refusal


def test_what_is_done_in_a_batch_is_kept_at_its_end(office: Office) -> None:
    with office.engine.batch() as together:
        cases = [together.open("letters", unit="u1", by=CLERK, key=str(n)) for n in range(3)]
        assert together.do(cases[0].id, "take", by=CLERK).number == "u1案〔2026〕1号"
    assert [office.engine.stored(case.id).seq for case in cases] == [2, 1, 1]
    assert office.open(key="2") == cases[2]


def test_a_batch_that_breaks_off_has_written_nothing(office: Office) -> None:
    before = office.dump()

    def broken() -> None:
        with office.engine.batch() as together:
            together.open("letters", unit="u1", by=CLERK)
            raise ZeroDivisionError

    for _ in range(2):  # nor does the engine believe afterwards that anything of it is kept
        with pytest.raises(ZeroDivisionError):
            broken()
    assert office.dump() == before
    assert office.open().seq == 1


def test_a_refusal_in_a_batch_takes_nothing_else_back(office: Office) -> None:
    with office.engine.batch() as together:
        first = together.open("letters", unit="u1", by=CLERK)
        assert refusal(lambda: together.do(first.id, "go", by=CLERK)) == ["step-missing"]
        second = together.open("letters", unit="u1", by=CLERK)
    assert (office.engine.stored(first.id).seq, office.engine.stored(second.id).seq) == (1, 1)


def test_a_batch_within_a_batch_is_a_mistake_of_the_program(office: Office) -> None:
    with office.engine.batch() as together, pytest.raises(TypeError), together.batch():
        pass
