"""An engine over a connection of the host's: what the host writes and what the engine writes are one transaction."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, NullPool, create_engine, event, make_url

from guides_for_tests.office import BOSS, CLERK, Office, refusal
from jiandu.case import Case
from jiandu.engine import Engine
from jiandu.errors import ConflictError, StoreError
from jiandu.store import Database

SETTINGS = ("PRAGMA foreign_keys = ON", "PRAGMA recursive_triggers = ON", "PRAGMA synchronous = FULL")


class Host:
    """A system of somebody else's with a table of its own beside ours, which connects as it likes."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(make_url(url).difference_update_query(["unsafe"]), poolclass=NullPool)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", lambda driver, _: [driver.execute(one) for one in SETTINGS])

    def connect(self) -> Connection:
        return self.engine.connect()

    def rows(self) -> list[str]:
        with self.connect() as connection:
            return list(connection.exec_driver_sql("SELECT word FROM host ORDER BY word").scalars())


def note(connection: Connection, word: str) -> None:
    connection.exec_driver_sql(f"INSERT INTO host VALUES ('{word}')")


@pytest.fixture
def host(office: Office) -> Iterator[Host]:
    host = Host(office.url)
    with host.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE host (word VARCHAR(20) PRIMARY KEY)")
    yield host
    with host.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE host")


def stands(office: Office, case: Case) -> int:
    """The seq that everybody else sees."""
    return office.engine.stored(case.id).seq


def test_what_both_write_is_kept_together_once_the_host_commits(office: Office, host: Host) -> None:
    case = office.open()
    with host.connect() as connection:
        note(connection, "a")
        engine = office.engine.using(connection)
        assert engine.do(case.id, "take", by=CLERK).number == "u1案〔2026〕1号"
        assert engine.case(case.id, by=CLERK).seq == 2
        assert stands(office, case) == 1
        assert connection.in_transaction()
        connection.commit()
        assert not connection.closed
    assert (stands(office, case), host.rows()) == (2, ["a"])


def test_what_both_write_is_taken_back_together(office: Office, host: Host) -> None:
    case = office.open()
    before = office.dump()
    with host.connect() as connection:
        engine = office.engine.using(connection)
        for _ in range(2):  # nor does the engine believe afterwards that anything of it is kept
            note(connection, "a")
            engine.do(case.id, "take", by=CLERK, key="k")
            engine.open("inspection", unit="u1", by=CLERK)
            connection.rollback()
    assert (office.dump(), host.rows()) == (before, [])


def test_an_engine_goes_on_after_the_host_has_committed(office: Office, host: Host) -> None:
    with host.connect() as connection:
        engine = office.engine.using(connection)
        case = engine.open("letters", unit="u1", by=CLERK)
        connection.commit()
        engine.do(case.id, "take", by=CLERK)
        connection.rollback()
        engine.do(case.id, "once", by=CLERK)
        connection.commit()
    assert [entry.content["name"] for entry in office.engine.history(case.id, by=CLERK)] == ["letters", "once"]


def test_a_refused_act_writes_nothing_and_the_transaction_goes_on(office: Office, host: Host) -> None:
    case = office.open()
    with host.connect() as connection:
        note(connection, "a")
        engine = office.engine.using(connection)
        assert refusal(lambda: engine.do(case.id, "shelve", by=CLERK, key="k")) == ["not-offered"]
        assert refusal(lambda: engine.open("letters", unit="u1", by=BOSS, key="k")) == ["role-required"]
        note(connection, "b")
        assert engine.do(case.id, "once", by=CLERK, key="k").seq == 2
        connection.commit()
    assert (stands(office, case), host.rows()) == (2, ["a", "b"])


def test_an_act_that_fails_in_the_middle_is_taken_back_alone(office: Office, host: Host, monkeypatch) -> None:
    case = office.open()
    with host.connect() as connection:
        note(connection, "a")
        engine = office.engine.using(connection)
        monkeypatch.setattr("jiandu.engine.writing.append", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            engine.do(case.id, "take", by=CLERK, key="k")
        monkeypatch.undo()
        assert engine.stored(case.id).seq == 1
        assert engine.do(case.id, "take", by=CLERK, key="k").number == "u1案〔2026〕1号"
        connection.commit()
    assert (stands(office, case), host.rows()) == (2, ["a"])


def test_a_savepoint_of_the_host_takes_the_act_and_its_key_back(office: Office, host: Host) -> None:
    case = office.open()
    with host.connect() as connection:
        note(connection, "a")
        engine = office.engine.using(connection)
        office.engine.using(connection).do(case.id, "once", by=CLERK)
        with connection.begin_nested() as point:
            note(connection, "b")
            engine.do(case.id, "take", by=CLERK, key="k")
            point.rollback()
        assert engine.do(case.id, "take", by=CLERK, key="k").seq == 3
        assert engine.do(case.id, "take", by=CLERK, key="k").seq == 3
        connection.commit()
    assert (stands(office, case), host.rows()) == (3, ["a"])
    assert office.do(case, "take", key="k").seq == 3


def test_what_an_act_locks_stays_locked_until_the_host_commits(office: Office, host: Host) -> None:
    one, two = office.open(), office.open()
    with Database.connect(office.url, busy_timeout=200) as hasty, host.connect() as connection:
        other = Engine(hasty, guides=office.engine.library, clock=office.clock)
        office.engine.using(connection).do(one.id, "take", by=CLERK)
        with pytest.raises(StoreError, check=lambda error: error.code == "database-locked"):
            other.do(two.id, "take", by=CLERK)  # its number waits for the first one's
        assert other.case(two.id, by=CLERK).seq == 1
        connection.rollback()
        assert other.do(two.id, "take", by=CLERK).number == "u1案〔2026〕1号"


def test_a_tick_is_an_act_too(office: Office, host: Host) -> None:
    case = office.open()
    office.wait(20)
    with host.connect() as connection:
        engine = office.engine.using(connection)
        assert (engine.tick(), engine.tick()) == (1, 0)
        connection.rollback()
    assert stands(office, case) == 1
    assert office.engine.tick() == 1


@pytest.mark.parametrize("made_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_postgresql_transaction_that_sees_what_was_hears_of_a_conflict(
    office: Office, host: Host, level: str
) -> None:
    case = office.open()
    with host.connect() as connection:
        connection.execution_options(isolation_level=level)
        engine = office.engine.using(connection)
        assert engine.stored(case.id).seq == 1
        office.do(case, "once")
        with pytest.raises(ConflictError):
            engine.do(case.id, "take", by=CLERK)
        connection.rollback()
        assert engine.do(case.id, "take", by=CLERK).seq == 3
        connection.commit()


@pytest.mark.parametrize("made_url", ["postgresql"], indirect=True)
def test_a_postgresql_transaction_decides_anew_where_another_was_faster(office: Office, host: Host) -> None:
    case = office.open()
    with host.connect() as connection:
        engine = office.engine.using(connection)
        assert engine.stored(case.id).seq == 1
        office.do(case, "once")
        assert engine.do(case.id, "take", by=CLERK).seq == 3
        connection.commit()


def unsafe(setting: str):
    return pytest.raises(
        StoreError, check=lambda error: error.code == "database-unsafe" and setting in error.facts["setting"]
    )


@pytest.mark.parametrize("made_url", ["postgresql"], indirect=True)
def test_a_postgresql_connection_that_commits_by_itself_writes_nothing(office: Office, host: Host) -> None:
    case = office.open()
    with host.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        engine = office.engine.using(connection)
        with unsafe("autocommit"):
            engine.do(case.id, "once", by=CLERK)
    assert stands(office, case) == 1


@pytest.mark.parametrize("setting", ["foreign_keys", "recursive_triggers", "synchronous"])
def test_a_connection_to_a_file_has_to_be_set_as_ours_are(office: Office, path, host: Host, setting: str) -> None:
    with host.connect() as connection:
        connection.connection.driver_connection.execute(f"PRAGMA {setting} = 0")
        with unsafe(setting):
            office.engine.using(connection)


def test_a_connection_to_something_else_is_refused(office: Office) -> None:
    code = "database-foreign" if office.url.startswith("sqlite") else "database-driver"
    refused = pytest.raises(StoreError, check=lambda error: error.code == code)
    with create_engine("sqlite://").connect() as connection, refused:
        office.engine.using(connection)


def test_an_engine_over_a_connection_is_not_put_over_another(office: Office, host: Host) -> None:
    with host.connect() as connection:
        engine = office.engine.using(connection)
        with pytest.raises(TypeError):
            engine.using(connection)
