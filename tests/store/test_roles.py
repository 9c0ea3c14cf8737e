"""Five roles on PostgreSQL: who makes the tables, writes cases, keeps the log, only reads, and takes events out."""

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

import invariants
from guides_for_tests.office import BOSS, CLERK, ENGINE_GUIDES, OFFICER
from jiandu.engine import Engine
from jiandu.engine.log import Keeper
from jiandu.errors import StoreError
from jiandu.guide.library import Library
from jiandu.relay import Relay
from jiandu.relay.file import FileSink
from jiandu.store import ROLES, Database, any_event
from jiandu.store.tables import metadata
from store.samples import raw
from stranger import stranger

pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
TABLES = sorted(metadata.tables)


def forbidden():
    return pytest.raises(StoreError, check=lambda error: error.code == "database-forbidden" and error.text("zh"))


@pytest.fixture
def as_role(url):
    """Opens a database, made and granted, as one of the roles."""
    with Database.connect(url) as database:
        database.init(practice=False, outbox=True)
    for _ in range(2):  # as after an upgrade
        with stranger(url) as connection:
            connection.connection.driver_connection.execute(ROLES.read_text(encoding="utf-8"))
    people = {role: f"jiandu_{role}_{os.getpid()}" for role in ("engine", "keeper", "auditor", "relay", "nobody")}
    with stranger(url) as connection:
        for role, person in people.items():
            granted = "" if role == "nobody" else f"IN ROLE jiandu_{role}"
            connection.exec_driver_sql(f"CREATE ROLE {person} LOGIN PASSWORD 'x' {granted}")

    def opened(role: str) -> Database:
        login = {"user": people[role], "password": "x"}
        return Database.connect(make_url(url).update_query_dict(login).render_as_string(hide_password=False))

    yield opened
    with stranger(url) as connection:
        for person in people.values():
            connection.exec_driver_sql(f"DROP ROLE {person}")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in ENGINE_GUIDES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Library(tmp_path)


def worked(engine: Engine) -> str:
    """A case with numbers, papers, deadlines, a child and keys; its id."""
    case = engine.open("letters", unit="u1", by=CLERK, key="o", card={"note": "急"}).id
    engine.do(case, "take", by=CLERK, key="t")
    for act, by in (("send.draft", OFFICER), ("send.sign", BOSS), ("send.release", CLERK)):
        engine.do(case, act, by=by)
    engine.do(case, "send.serve", by=OFFICER, to="police")
    engine.do(case, "read", by=OFFICER, record={"note": "阅"})
    parent = engine.open("inspection", unit="u1", by=CLERK)
    engine.do(parent.id, "find", by=OFFICER, record={"items": [{"what": "违规"}]})
    engine.tick()
    return case


def test_the_engine_does_all_its_work_as_the_engine(as_role, library, url):
    with as_role("engine") as database:
        engine = Engine(database, guides=library)
        assert engine.stored(worked(engine)).seq == 7
        assert engine.verify().found == 0
        assert list(engine.replay()) == []
    invariants.check(url)


NEVER = [
    *(f"{verb} {table}" for table in TABLES if table != "deadlines" for verb in ("DELETE FROM", "TRUNCATE")),
    "TRUNCATE deadlines",
    *(f"UPDATE {table} SET bytes = ''" for table in ("entries", "bodies")),
    "UPDATE texts SET content = ''",
    "UPDATE cases SET unit = 'other'",
    "UPDATE cases SET opened_on = '2020-01-01'",
    "UPDATE keys SET fingerprint = ''",
    "UPDATE meta SET practice = true",
    "INSERT INTO meta VALUES (1, true, 'x', true)",
    "UPDATE alembic_version SET version_num = '9'",
    "ALTER TABLE entries DISABLE TRIGGER ALL",
    "DROP TABLE entries CASCADE",
    "CREATE TABLE more (id int)",
    "SET LOCAL session_replication_role = replica",
    "SET LOCAL ROLE jiandu_owner",
]


def test_the_engine_never_changes_what_it_has_written(as_role, library, url):
    with as_role("engine") as database:
        worked(Engine(database, guides=library))
        for statement in NEVER:
            with forbidden(), database.writing() as connection:
                raw(connection, statement)
    invariants.check(url)


def test_a_keeper_keeps_the_log_and_seals_and_changes_nothing_else(as_role, library, url):
    with as_role("engine") as database:
        case = worked(Engine(database, guides=library))
        with forbidden():
            Keeper(database).sequence()
    with as_role("keeper") as database:
        assert Keeper(database).sequence().added == 10
        engine = Engine(database, guides=library)
        engine.seal(case, [1], by=BOSS, approved_by="o", reason="封存")
        assert Keeper(database).sequence().added == 1
        assert engine.verify().found == 0
        kept = (*NEVER, *(f"UPDATE {table} SET idx = 1" for table in ("log_leaves", "log_nodes")))
        for statement in kept:
            if statement not in ("DELETE FROM log_pending", "DELETE FROM bodies"):
                with forbidden(), database.writing() as connection:
                    raw(connection, statement)


def test_an_auditor_reads_everything_and_writes_nothing(as_role, library):
    with as_role("engine") as database:
        case = worked(Engine(database, guides=library))
    with as_role("auditor") as database:
        engine = Engine(database, guides=library)
        assert engine.verify().found == 0
        assert list(engine.replay()) == []
        assert len(engine.history(case, by=CLERK)) == 7
        with forbidden():
            engine.do(case, "once", by=CLERK)
        for statement in (*NEVER, *(f"INSERT INTO {table} SELECT * FROM {table}" for table in TABLES)):
            with forbidden(), database.writing() as connection:
                raw(connection, statement)


def test_a_relay_takes_events_out_and_sees_no_case(as_role, library, url, tmp_path):
    with as_role("engine") as database:
        worked(Engine(database, guides=library))
    with as_role("relay") as database:
        assert Relay(database, FileSink(tmp_path / "events.jsonl")).turn().sent == 10
        with database.glancing() as connection:
            assert not any_event(connection)
        seen = [f"SELECT * FROM {table}" for table in ("cases", "entries", "bodies", "texts", "keys", "deadlines")]
        written = [
            "UPDATE outbox SET payload = ''",
            "DELETE FROM deliveries",
            "INSERT INTO outbox SELECT * FROM outbox",
        ]
        for statement in (*seen, *written, "UPDATE meta SET outbox = false"):
            with forbidden(), database.writing() as connection:
                raw(connection, statement)
    invariants.check(url)


def test_nobody_else_sees_anything(as_role):
    with forbidden():
        as_role("nobody").status()
