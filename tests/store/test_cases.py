"""What is written of cases is what is read of them."""

import pytest

from jiandu.clock import CountedEntropy
from jiandu.errors import ConflictError, StoreError
from jiandu.store import (
    DeadlineRow,
    KeyRow,
    advance_case,
    append,
    cases_and_heads,
    find_key,
    insert_case,
    list_cases,
    read_case,
    read_deadlines,
    read_text,
    read_trail,
    remember,
    replace_deadlines,
    take_number,
)
from store.samples import act, open_case, register
from trail.samples import BEGIN, FIRST, SECOND, row, sealed

KEY = KeyRow("zhang.san", FIRST, "k-1", "f" * 64, FIRST, "a" * 36, 1)
RUN = DeadlineRow("review", 1, "running", "prosecutor", "2026-05-13", "2026-05-13", "2026-05-06", provisional=False)


def test_an_unknown_case_text_or_key_is_none(database):
    with database.reading() as connection:
        assert read_case(connection, SECOND) is None
        assert read_text(connection, "0" * 64) is None
        assert find_key(connection, "zhang.san", FIRST, "k-1") is None
        assert list(read_trail(connection, SECOND)) == []


def test_a_case_is_read_as_it_was_written(database):
    line = sealed(SECOND, 1, None)
    written = register(line, "案卷".encode())._replace(number="海检立监〔2026〕1号", outcome="filed")
    with database.writing() as connection:
        insert_case(connection, written)
        append(connection, line)
    with database.reading() as connection:
        assert read_case(connection, SECOND) == written
        assert list(read_trail(connection, SECOND)) == [row(line)]


def test_a_case_that_moves_on_keeps_its_unit_and_the_day_it_was_opened(database):
    with database.writing() as connection:
        seen = read_case(connection, FIRST)
        line = sealed(FIRST, 2, seen.head)
        moved = register(line)._replace(state="acceptance", text=seen.text, unit="other", opened_on="2020-01-01")
        advance_case(connection, moved, 1)
        append(connection, line)
    with database.reading() as connection:
        assert read_case(connection, FIRST) == moved._replace(unit=seen.unit, opened_on=seen.opened_on)


@pytest.mark.parametrize("seen", [0, 2])
def test_a_case_seen_at_another_entry_is_not_moved(database, seen):
    with pytest.raises(ConflictError), database.writing() as connection:
        advance_case(connection, register(sealed(FIRST, 2, None)), seen)


def test_a_case_that_is_not_there_is_not_moved(database):
    with pytest.raises(ConflictError), database.writing() as connection:
        advance_case(connection, register(sealed(SECOND, 2, None)), 1)


def test_cases_are_listed_in_order_by_what_is_asked_for(database):
    entropy = CountedEntropy(100)
    ids = [entropy.identifier(BEGIN) for _ in range(6)]
    with database.writing() as connection:
        for place, case in enumerate(ids):
            line = sealed(case, 1, None)
            unit = "haiyun" if place % 2 else "dongze"
            insert_case(connection, register(line)._replace(unit=unit, state=f"s{place}", number=f"n{place}"))
            append(connection, line)
    with database.reading() as connection:

        def listed(**asked):
            return [case.id for case in list_cases(connection, **asked)]

        assert listed() == [FIRST, *ids]
        assert listed(unit="dongze") == ids[::2]
        assert listed(unit="dongze", state="s2") == [ids[2]]
        assert listed(number="n3") == [ids[3]]
        assert listed(status="closed") == listed(guide="other") == []
        assert listed(after=ids[3]) == ids[4:]
        assert listed(limit=2) == [FIRST, ids[0]]
        assert [case for case, _ in cases_and_heads(connection)] == [FIRST, *ids]


def test_a_key_is_found_as_it_was_remembered(database):
    with database.writing() as connection:
        remember(connection, KEY)
    with database.reading() as connection:
        assert find_key(connection, KEY.actor, KEY.scope, KEY.key) == KEY
        assert find_key(connection, "li.si", KEY.scope, KEY.key) is None


def test_a_key_is_taken_before_the_entry_it_leads_to_is_there(database):
    with database.writing() as connection:
        remember(connection, KEY._replace(seq=2))
        act(connection)


def test_a_key_that_leads_to_no_entry_takes_everything_back(database):
    def astray():
        with database.writing() as connection:
            act(connection)
            remember(connection, KEY._replace(seq=3))

    with pytest.raises(StoreError):
        astray()
    with database.reading() as connection:
        assert read_case(connection, FIRST).seq == 1


def test_a_key_that_is_taken_is_a_conflict(database):
    with database.writing() as connection:
        remember(connection, KEY)
    with pytest.raises(ConflictError), database.writing() as connection:
        remember(connection, KEY._replace(fingerprint="0" * 64))


def test_numbers_count_by_unit_series_and_year(database):
    with database.writing() as connection:
        assert [take_number(connection, "haiyun", "case-filing", 2026) for _ in range(3)] == [1, 2, 3]
        assert take_number(connection, "dongze", "case-filing", 2026) == 1
        assert take_number(connection, "haiyun", "notice", 2026) == 1
        assert take_number(connection, "haiyun", "case-filing", 2027) == 1


def test_a_number_that_was_not_used_is_given_out_again(database):
    with pytest.raises(ConflictError), database.writing() as connection:
        advance_case(
            connection, register(sealed(FIRST, 2, None)), take_number(connection, "haiyun", "case-filing", 2026) + 1
        )
    with database.writing() as connection:
        assert take_number(connection, "haiyun", "case-filing", 2026) == 1


def test_deadlines_are_replaced_as_a_whole(database):
    other = RUN._replace(name="reply", n=2, due=None, raw_end=None, owed_by=None, provisional=True)
    with database.writing() as connection:
        replace_deadlines(connection, FIRST, [RUN, other])
        assert read_deadlines(connection, FIRST) == [other, RUN]
        replace_deadlines(connection, FIRST, [RUN._replace(status="met"), other._replace(n=3)])
        assert read_deadlines(connection, FIRST) == [other._replace(n=3), RUN._replace(status="met")]
        replace_deadlines(connection, FIRST, [])
        assert read_deadlines(connection, FIRST) == []


def test_deadlines_that_stay_as_they_are_are_not_written_again(database):
    with database.writing() as connection:
        replace_deadlines(connection, FIRST, [RUN])
        before = changes(connection)
        replace_deadlines(connection, FIRST, [RUN])
        assert changes(connection) == before


def changes(connection):
    """How many rows were written so far."""
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql("SELECT total_changes()").scalar()
    counted = "SELECT sum(n_tup_ins + n_tup_del + n_tup_upd) FROM pg_stat_xact_user_tables"
    return connection.exec_driver_sql(counted).scalar()


def test_the_same_entry_is_not_written_twice(database):
    with pytest.raises(StoreError), database.writing() as connection:
        open_case(connection)


@pytest.mark.parametrize("name", ["'; DROP TABLE cases; --", "名", "%", "%s %(id)s", "a' OR '1'='1"])
def test_no_value_is_ever_read_as_a_statement(database, name):
    with database.writing() as connection:
        assert read_case(connection, name) is None
        assert list_cases(connection, unit=name, state=name) == []
        assert take_number(connection, name, name, 2026) == 1
        assert find_key(connection, name, name, name) is None
    with database.reading() as connection:
        assert read_case(connection, FIRST) is not None


def test_a_zero_in_a_text_which_postgresql_does_not_take_is_a_failure_that_is_named(postgresql):
    refused = pytest.raises(StoreError, check=lambda error: error.code == "database-refused")
    with refused, postgresql.reading() as connection:
        read_case(connection, "名\0")


def test_a_zero_in_a_text_is_a_character_like_others_in_a_file(database, path):
    with database.reading() as connection:
        assert read_case(connection, "名\0") is None
