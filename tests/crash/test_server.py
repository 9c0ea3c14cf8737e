"""A PostgreSQL server that is killed, does not answer or cannot be trusted: nothing acknowledged is lost, nothing is
done twice, and everybody is told what to do."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import sleep

import psycopg
import pytest
from sqlalchemy import make_url

import invariants
import postgres
from crash.cutting import wire
from guides_for_tests.office import CLERK, OFFICER
from jiandu.clock import FixedClock
from jiandu.engine import Engine
from jiandu.errors import ConflictError, StoreError
from jiandu.relay import LEASE, Relay
from jiandu.store import Database, EventRow
from relay.receiver import Receiver
from stranger import stranger


def failure(code: str, **facts: str):
    return pytest.raises(
        StoreError, check=lambda error: error.code == code and all(facts[f] in error.facts[f] for f in facts)
    )


@pytest.fixture(scope="module")
def own_server() -> Iterator[object]:
    """A server that may be killed, with its settings as they should be."""
    with tempfile.TemporaryDirectory(prefix="jiandu-own-") as folder:
        server = postgres.started(Path(folder) / "data", postgres.DURABLE)
        yield server
        server.cleanup()


@pytest.fixture
def address(own_server) -> Iterator[str]:
    with postgres.new_database(own_server.get_uri()) as address:
        with Database.connect(address) as database:
            database.init(practice=False, outbox=True)
        yield address


def with_options(address: str, **options: str) -> str:
    return make_url(address).update_query_dict(options).render_as_string(hide_password=False)


# an outcome that nobody knows


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_commit_without_an_answer_is_asked_again_and_gets_its_first_one(address, library, moment) -> None:
    with Database.connect(address) as near:
        case = Engine(near, guides=library).open("letters", unit="u1", by=CLERK)
    socket = f"{make_url(address).query['host']}/.s.PGSQL.5432"
    with tempfile.TemporaryDirectory() as here, wire(socket, Path(here)) as line:
        far = with_options(address, host=here, sslmode="disable", gssencmode="disable")
        with Database.connect(far) as database:
            engine = Engine(database, guides=library)
            assert engine.stored(case.id).seq == 1
            line.cut = moment
            with failure("database-lost"):
                engine.do(case.id, "take", by=CLERK, key="k")
            answered = engine.do(case.id, "take", by=CLERK, key="k")
            assert (answered.seq, answered.number) == (
                2,
                "u1案〔2026〕1号".replace("2026", str(answered.opened_on.year)),
            )
            assert engine.stored(case.id).seq == 2
    invariants.check(address)


# a server that is killed


def test_nothing_acknowledged_is_lost_and_nothing_done_twice_when_the_server_is_killed(
    own_server, address, library
) -> None:
    with Database.connect(address) as database:
        engine = Engine(database, guides=library)
        cases = [engine.open("letters", unit="u1", by=CLERK).id for _ in range(4)]
        answered: dict[str, tuple[str, int]] = {}
        lost: list[str] = []
        over = False

        def write(name: int) -> None:
            done = 0
            while not over:
                key, case = f"{name}-{done}", cases[(name + done) % 4]
                try:
                    after = engine.do(case, "read", by=OFFICER, key=key, record={"note": key})
                except (StoreError, ConflictError) as error:
                    lost.append(error.code)
                    sleep(0.02)  # and ask again, with the same key
                else:
                    answered[key] = (case, after.seq)
                    done += 1

        writers = [Thread(target=write, args=(name,)) for name in range(6)]
        for writer in writers:
            writer.start()
        for _ in range(3):
            before = len(answered)
            while len(answered) < before + 40:
                sleep(0.01)
            postgres.kill(own_server)
            own_server.ensure_postgres_running()
        before = len(answered)
        while len(answered) < before + 10:
            sleep(0.01)
        over = True
        for writer in writers:
            writer.join()
    assert "database-lost" in lost
    assert set(lost) <= {"database-lost", "database-unreachable", "database-locked", "conflict"}
    invariants.check(address, answered.values())
    with stranger(address) as connection:
        kept = connection.exec_driver_sql("SELECT key, case_id, seq FROM keys").all()
    assert {key: (case, seq) for key, case, seq in kept} == answered


def test_a_server_that_was_restarted_meanwhile_is_no_failure(own_server, address, library) -> None:
    with Database.connect(address) as database:
        engine = Engine(database, guides=library)
        case = engine.open("letters", unit="u1", by=CLERK)
        postgres.kill(own_server)
        own_server.ensure_postgres_running()
        assert engine.do(case.id, "take", by=CLERK).seq == 2


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with tempfile.TemporaryDirectory() as empty:
        for work in ("status", "upgrade"):
            with failure("database-unreachable"):
                getattr(Database.connect(f"postgresql:///?host={empty}&dbname=x"), work)()


# a server that does not answer


def test_an_act_that_takes_too_long_is_stopped_and_has_written_nothing(address, library) -> None:
    with Database.connect(with_options(address, statement_timeout="150")) as database:
        engine = Engine(database, guides=library)
        case = engine.open("letters", unit="u1", by=CLERK)
        with stranger(address) as other:
            other.exec_driver_sql("SELECT * FROM cases FOR UPDATE")
            with failure("database-timeout"):
                engine.do(case.id, "take", by=CLERK, key="k")
        assert engine.stored(case.id).seq == 1
        assert engine.do(case.id, "take", by=CLERK, key="k").number.endswith("1号")
    invariants.check(address)


def test_an_act_that_waits_too_long_for_another_is_told_so(address, library) -> None:
    with Database.connect(address, busy_timeout=100) as database:
        engine = Engine(database, guides=library)
        case = engine.open("letters", unit="u1", by=CLERK)
        with stranger(address) as other:
            other.exec_driver_sql("SELECT * FROM cases FOR UPDATE")
            with failure("database-locked"):
                engine.do(case.id, "take", by=CLERK)
        assert engine.do(case.id, "take", by=CLERK).seq == 2


def test_who_finds_no_connection_left_is_told_so(address) -> None:
    database = Database.connect(with_options(address, pool="1"), busy_timeout=50)
    with database, database.reading(), failure("database-locked"), database.writing():
        pass


# a server that cannot be trusted


def test_a_server_without_fsync_is_not_written_to_unless_told_so(unmade) -> None:
    url = make_url(unmade).difference_update_query(["unsafe"]).render_as_string(hide_password=False)
    with stranger(url) as connection:
        if connection.exec_driver_sql("SHOW fsync").scalar() == "on":
            pytest.skip("the server of JIANDU_TEST_URL keeps what it is told")
    with failure("database-unsafe", setting="fsync", found="off"):
        Database.connect(url).init(practice=False)
    assert not Database.connect(unmade).status().exists


@pytest.mark.parametrize("found", ["off", "local"])
def test_a_session_that_does_not_wait_for_the_disk_is_refused(own_server, address, found) -> None:
    with psycopg.connect(own_server.get_uri(), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {make_url(address).query['dbname']} SET synchronous_commit = {found}")
    database = Database.connect(address)
    if found == "local":  # it waits for its own
        assert database.status().exists
    else:
        with failure("database-unsafe", setting="synchronous_commit", found="off"):
            database.status()
        assert Database.connect(with_options(address, unsafe="1")).status().exists


# what a pooler may do


def test_nothing_is_kept_in_a_session(address, library) -> None:
    with Database.connect(with_options(address, pool="1")) as database:
        engine = Engine(database, guides=library)
        case = engine.open("letters", unit="u1", by=CLERK)
        for n in range(8):
            engine.do(case.id, "read", by=OFFICER, key=f"k{n}")
        assert engine.verify().found == 0
        with database.glancing() as connection:
            ask = connection.exec_driver_sql
            assert ask("SELECT count(*) FROM pg_prepared_statements").scalar() == 0
            assert ask("SELECT count(*) FROM pg_cursors WHERE name <> ''").scalar() == 0
            assert ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").scalar() == 0
            assert ask("SELECT name FROM pg_settings WHERE source = 'session'").all() == []
            assert ask("SHOW application_name").scalar() == "jiandu"


def test_a_transaction_says_itself_how_long_it_waits(address) -> None:
    with Database.connect(with_options(address, statement_timeout="5000", busy_timeout="3000")) as database:
        with database.writing() as connection:
            ask = connection.exec_driver_sql
            assert ask("SHOW statement_timeout").scalar() == ask("SHOW idle_in_transaction_session_timeout").scalar()
            assert (ask("SHOW statement_timeout").scalar(), ask("SHOW lock_timeout").scalar()) == ("5s", "3s")
            assert ask("SHOW transaction_isolation").scalar() == "read committed"
        with database.reading() as connection:
            ask = connection.exec_driver_sql
            assert ask("SHOW transaction_isolation").scalar() == "repeatable read"
            assert ask("SHOW transaction_read_only").scalar() == "on"


# a relay


def test_events_that_were_sent_when_the_server_was_killed_are_sent_again_and_none_is_lost(
    own_server, address, library
) -> None:
    receiver, clock = Receiver(), FixedClock(datetime.now(UTC))
    send = receiver.send

    def fatal(event: EventRow) -> None:
        send(event)
        if len(receiver.events) == 3:
            postgres.kill(own_server)

    receiver.send = fatal
    with Database.connect(address) as database:
        engine = Engine(database, guides=library)
        cases = [engine.open("letters", unit="u1", by=CLERK).id for _ in range(4)]
        for case in cases:
            engine.do(case, "once", by=CLERK)
        relay = Relay(database, receiver, clock=clock)
        with pytest.raises(StoreError):
            relay.turn()
        own_server.start()
        clock.instant += LEASE
        assert relay.turn().sent == 8
    assert sorted(receiver.seqs) == sorted(cases)
    assert sorted(receiver.seqs.values()) == [[1, 2], [1, 2], [1, 2, 1, 2], [1, 2, 1, 2]]
    invariants.check(address)
