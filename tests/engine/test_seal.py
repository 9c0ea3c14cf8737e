"""Sealing: what a body held is gone for good, and chain, log and register stay whole."""

import pytest

from guides_for_tests.office import BOSS, CLERK, ENGINE_GUIDES, OFFICER, refusal
from jiandu.case.model import SEALED
from jiandu.engine import Engine
from jiandu.engine.log import Keeper
from jiandu.errors import StoreError
from jiandu.guide.library import Library
from jiandu.store import Database
from jiandu.store.tables import metadata
from jiandu.trail import Keyring
from jiandu.trail.note import Ed25519Signer
from store.samples import raw
from stranger import stranger

SECRET = "未成年人张某某"


@pytest.fixture
def engine(made_url, tmp_path):
    for name, text in ENGINE_GUIDES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with Database.connect(made_url) as database:
        yield Engine(database, guides=Library(tmp_path), macs=Keyring.of("k1 " + "a1" * 32))


@pytest.fixture
def case(engine):
    opened = engine.open("letters", unit="u1", by=CLERK, card={"note": SECRET}).id
    engine.do(opened, "take", by=CLERK)
    engine.do(opened, "read", by=OFFICER, record={"note": SECRET})
    return opened


def seal(engine, case, *seqs, **other):
    return engine.seal(case, seqs, **{"by": BOSS, "approved_by": "o", "reason": "犯罪记录封存", **other})


def held(url):
    """Whether the database holds the secret anywhere in its rows."""
    with stranger(url) as connection:
        rows = [row for name in metadata.tables for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
    values = [value for row in rows for value in row]
    return any(SECRET.encode() in bytes(v) for v in values if isinstance(v, (bytes, memoryview))) or SECRET in values


def test_a_sealed_body_is_nowhere_and_everything_else_is_whole(engine, case, made_url):
    signer = Ed25519Signer("jiandu/test", b"\x07" * 32)
    keeper = Keeper(engine.database, signer, macs=engine.macs)
    note = keeper.checkpoint()[0]
    assert held(made_url)
    after = seal(engine, case, 1, 3)
    assert not held(made_url)
    assert after.card["note"] == SEALED
    assert engine.case(case, by=CLERK) == after
    report = engine.verify(notes=[note, keeper.checkpoint()[0]], key=signer.key)
    assert (report.levels, report.found) == ((1, 2, 3), 0)
    assert list(engine.replay()) == []


def test_who_sealed_it_and_why_stands_in_the_trail(engine, case):
    seal(engine, case, 3)
    *_, third, last = engine.history(case, by=CLERK)
    assert third.body is None
    assert (last.content["kind"], last.content["by"]["id"], last.content["people"]) == ("seal", "b", ["o"])
    assert last.content["effects"] == [{"kind": "body_sealed", "entry": 3}]
    assert last.body == {"reason": "犯罪记录封存"}


def test_a_case_that_has_ended_can_be_sealed(engine, case):
    engine.do(case, "go", by=CLERK)
    engine.do(case, "shelve", by=CLERK)
    assert seal(engine, case, 1).status == "finished"
    assert engine.verify().found == 0


@pytest.mark.parametrize(
    ("seqs", "other", "codes"),
    [
        ((), {}, ["seal-nothing"]),
        ((9,), {}, ["seal-nothing"]),
        ((1,), {"approved_by": "b"}, ["seal-two-people"]),
        ((1,), {"reason": " "}, ["record-invalid"]),
        ((0,), {"approved_by": "b", "reason": ""}, ["record-invalid", "seal-nothing", "seal-two-people"]),
    ],
)
def test_sealing_asks_for_a_body_two_people_and_a_reason(engine, case, seqs, other, codes):
    assert refusal(lambda: seal(engine, case, *seqs, **other)) == codes
    assert len(engine.history(case, by=CLERK)) == 3


def test_a_body_is_sealed_once(engine, case):
    seal(engine, case, 1)
    assert refusal(lambda: seal(engine, case, 1)) == ["seal-nothing"]


def test_a_body_that_no_entry_says_is_sealed_cannot_be_removed(engine, case):
    seal(engine, case, 1)
    with (
        pytest.raises(StoreError, check=lambda error: error.code == "database-refused"),
        engine.database.writing() as connection,
    ):
        raw(connection, "DELETE FROM bodies WHERE seq = 3")


def test_a_body_taken_away_under_a_seal_that_the_trail_does_not_know_is_missed(engine, case):
    with engine.database.writing() as connection:
        raw(connection, f"INSERT INTO seals VALUES ('{case}', 3, 2)")
        raw(connection, "DELETE FROM bodies WHERE seq = 3")
    assert [(fault.code, fault.seq) for fault in engine.verify().faults] == [("body-missing", 3)]
