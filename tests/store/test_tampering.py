"""Someone with the database and a tool of his own changes the trail behind the engine's back: it is found."""

import pytest

from jiandu.store import read_trail, read_trails
from jiandu.store.tables import APPEND_ONLY
from jiandu.trail import verify_chain, verify_trail
from store.samples import act, open_case
from stranger import stranger
from trail.samples import FIRST, SECOND, leaf_hash

OPEN = {
    "sqlite": [f"DROP TRIGGER {table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")],
    "postgresql": ["SET LOCAL session_replication_role = replica"],  # no trigger, no foreign key
}


@pytest.fixture
def tampered(database, made_url):
    """Runs statements as somebody who is past the triggers, and gives the faults after it."""
    with database.writing() as connection:
        open_case(connection, SECOND)
        for case in (FIRST, SECOND):
            for _ in range(4):
                act(connection, case)

    def tamper(*statements):
        with stranger(made_url) as connection:
            for statement in (*OPEN[connection.dialect.name], *statements):
                connection.exec_driver_sql(statement)
        with database.reading() as connection:
            report = verify_trail(read_trails(connection))
        assert report.text("zh")
        return [(fault.code, fault.case, fault.seq) for fault in report.faults]

    return tamper


def test_an_untouched_database_has_no_faults(tampered):
    assert tampered() == []


ATTACKS = {
    "UPDATE entries SET hash = 'x' WHERE {}": "entry-altered",
    "UPDATE entries SET act = 'x' WHERE {}": "act-altered",
    "DELETE FROM bodies WHERE {}": "body-missing",
    "DELETE FROM entries WHERE {}": "entry-missing",
}
ATTACKS_ON_A_FILE = {
    "UPDATE entries SET bytes = bytes || x'20' WHERE {}": "entry-malformed",
    "UPDATE entries SET bytes = CAST(bytes || ' ' AS BLOB) WHERE {}": "entry-altered",
    "UPDATE entries SET bytes = CAST(bytes AS TEXT) WHERE {}": "entry-malformed",
    "UPDATE entries SET bytes = CAST(x'ff' AS TEXT) WHERE {}": "entry-malformed",
    "UPDATE entries SET bytes = 5 WHERE {}": "entry-malformed",
    "UPDATE entries SET bytes = zeroblob(10000000) WHERE {}": "entry-altered",
    "UPDATE entries SET hash = x'00' WHERE {}": "entry-altered",
    "UPDATE entries SET hash = CAST(x'ff' AS TEXT) WHERE {}": "entry-altered",
    "UPDATE bodies SET bytes = x'7b7d' WHERE {}": "body-altered",
    "UPDATE bodies SET bytes = CAST(bytes AS TEXT) WHERE {}": "body-altered",
    "UPDATE bodies SET salt = 0 WHERE {}": "body-altered",
}
ATTACKS_ON_POSTGRESQL = {
    r"UPDATE entries SET bytes = bytes || '\x20' WHERE {}": "entry-altered",
    r"UPDATE entries SET bytes = bytes || '\xff' WHERE {}": "entry-altered",
    "UPDATE entries SET bytes = '' WHERE {}": "entry-altered",
    "UPDATE entries SET hash = upper(hash) WHERE {}": "entry-altered",
    r"UPDATE bodies SET bytes = '\x7b7d' WHERE {}": "body-altered",
    "UPDATE bodies SET salt = '' WHERE {}": "body-altered",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_change_of_one_row_is_one_fault_that_names_it(tampered, attack):
    assert tampered(attack.format(f"case_id = '{FIRST}' AND seq = 3")) == [(ATTACKS[attack], FIRST, 3)]


@pytest.mark.parametrize("attack", ATTACKS_ON_A_FILE)
def test_a_change_that_only_a_file_allows_is_one_fault_that_names_it(tampered, path, attack):
    place = f"case_id = '{FIRST}' AND seq = 3"
    assert tampered(attack.format(place)) == [(ATTACKS_ON_A_FILE[attack], FIRST, 3)]


@pytest.mark.parametrize("made_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("attack", ATTACKS_ON_POSTGRESQL)
def test_a_change_of_one_row_on_postgresql_is_one_fault_that_names_it(tampered, attack):
    place = f"case_id = '{FIRST}' AND seq = 3"
    assert tampered(attack.format(place)) == [(ATTACKS_ON_POSTGRESQL[attack], FIRST, 3)]


def test_a_removed_newest_entry_is_missed(tampered):
    assert tampered(f"DELETE FROM entries WHERE case_id = '{SECOND}' AND seq = 5") == [("newest-missing", SECOND, 5)]


def test_a_removed_trail_is_missed(tampered):
    assert tampered(f"DELETE FROM entries WHERE case_id = '{SECOND}'") == [("newest-missing", SECOND, 1)]


def test_entries_swapped_within_a_case_are_named(tampered):
    where = f"WHERE case_id = '{FIRST}' AND seq"
    swap = [f"UPDATE entries SET seq = {to} {where} = {at}" for at, to in ((2, 99), (4, 2), (99, 4))]
    assert tampered(*swap) == [("entry-misplaced", FIRST, 2), ("entry-misplaced", FIRST, 4)]


def test_entries_swapped_between_cases_are_named(tampered):
    moves = (FIRST, "x"), (SECOND, FIRST), ("x", SECOND)
    swap = [f"UPDATE entries SET case_id = '{to}' WHERE case_id = '{at}' AND seq = 3" for at, to in moves]
    assert tampered(*swap) == [("entry-misplaced", FIRST, 3), ("entry-misplaced", SECOND, 3)]


@pytest.mark.parametrize("seq", ["-1", "99"])
def test_an_entry_under_another_seq_is_one_fault(tampered, seq):
    (fault,) = tampered(f"UPDATE entries SET seq = {seq} WHERE case_id = '{FIRST}' AND seq = 3")
    assert fault[:2] == ("entry-misplaced", FIRST)


@pytest.mark.parametrize("seq", ["'x'", "2.5", "x'00'"])
def test_an_entry_under_a_seq_that_is_no_number_in_a_file_is_one_fault(tampered, path, seq):
    (fault,) = tampered(f"UPDATE entries SET seq = {seq} WHERE case_id = '{FIRST}' AND seq = 3")
    assert fault[:2] == ("entry-misplaced", FIRST)


def test_a_case_removed_from_the_register_leaves_its_entries_behind(tampered):
    assert tampered(f"DELETE FROM cases WHERE id = '{SECOND}'") == [("case-missing", SECOND, 5)]


@pytest.mark.parametrize(("change", "code", "seq"), [("seq = 4", "head-behind", 5), ("head = 'x'", "head-mismatch", 5)])
def test_a_changed_register_is_found(tampered, change, code, seq):
    assert tampered(f"UPDATE cases SET {change} WHERE id = '{FIRST}'") == [(code, FIRST, seq)]


def test_a_case_alone_can_be_checked(database):
    with database.reading() as connection:
        rows = list(read_trail(connection, FIRST))
        assert list(verify_chain(FIRST, iter(rows), (1, leaf_hash(rows[0].entry)))) == []
