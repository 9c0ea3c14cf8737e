"""The threat model, attack by attack: at which level each is found, and which none can find.

Level 1 is the chain, 2 the marks of the engine, 3 the checkpoints kept elsewhere. Twelve entries in three cases; the
log was signed after six and after nine, and the newest three are under no checkpoint.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from attacker import Attacker, attacker
from jiandu.engine.log import Keeper, logs
from jiandu.engine.places import File
from jiandu.store import Database, advance_case, append, insert_case, put_text, read_case, read_trails
from jiandu.trail import Keyring, verify_trail
from jiandu.trail.log import verify_logs
from jiandu.trail.note import Ed25519Signer
from store.samples import made, register
from trail.samples import BEGIN, ENTROPY, GUIDE, sealed

MACS = Keyring.of("k1 " + "a1" * 32)
SIGNER = Ed25519Signer("jiandu/test", b"\x07" * 32)


@dataclass
class World:
    """A database with its log, what is kept outside it, and what an auditor finds at each level."""

    url: str
    database: Database
    keeper: Keeper
    cases: list[str]

    def act(self, case: str, **changes: Any) -> None:
        """One entry more, as the engine writes it."""
        with self.database.writing() as connection:
            seen = read_case(connection, case)
            line = sealed(case, seen.seq + 1 if seen else 1, seen.head if seen else None, **changes)
            line = replace(line, mac=MACS.mark(line.entry))
            if seen is None:
                insert_case(connection, register(line))
            else:
                advance_case(connection, register(line), seen.seq)
            append(connection, line)

    def found(self, level: int) -> set[str]:
        """The codes of the faults that one who checks this level alone finds."""
        with self.database.reading() as connection:
            if level == 3:
                report = verify_logs(list(logs(connection)), self.outside, SIGNER.key)
                return {fault.code for fault in report.faults if fault.text("zh") and fault.text("en")}
            chains = verify_trail(read_trails(connection)).faults
            if level == 1:
                return {fault.code for fault in chains}
            marked = verify_trail(read_trails(connection), macs=MACS).faults
            return {fault.code for fault in marked} - {fault.code for fault in chains}

    @property
    def outside(self) -> list[str]:
        return self.keeper.places[0].notes()

    def levels(self) -> dict[int, set[str]]:
        return {level: codes for level in (1, 2, 3) if (codes := self.found(level))}


@pytest.fixture
def world(made_url: str, tmp_path: Path) -> World:
    database = Database.connect(made_url)
    keeper = Keeper(database, SIGNER, [File(tmp_path / "outside")], MACS)
    with database.writing() as connection:
        put_text(connection, GUIDE, "guide", b"{}")
    world = World(made_url, database, keeper, [ENTROPY.identifier(BEGIN) for _ in range(3)])
    for number in range(12):
        world.act(world.cases[number % 3])
        if number in (5, 8):
            keeper.checkpoint()
    keeper.sequence()
    return world


def test_an_untouched_world_has_no_faults_at_any_level(world: World) -> None:
    assert world.levels() == {}


def edited(told: list[dict[str, Any]], at: int = 1, **changes: Any) -> list[dict[str, Any]]:
    """The history with another entry in its second place."""
    return [{**one, **changes} if n == at else one for n, one in enumerate(told)]


def swapped(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [told[0], told[2], told[1], *told[3:]]


def own_hash(thief: Attacker, case: str, seq: int) -> None:
    """1b: an entry changed, and its own hash made right."""
    raw = thief.sql("SELECT bytes FROM entries WHERE case_id = :case AND seq = :seq", case=case, seq=seq)[0][0]
    forged = bytes(raw).replace(b'"name":"accept"', b'"name":"reject"')
    hash_ = sha256(b"\0" + forged).hexdigest()
    said = {"raw": forged, "hash": hash_, "case": case, "seq": seq}
    thief.sql("UPDATE entries SET bytes = :raw, hash = :hash WHERE case_id = :case AND seq = :seq", **said)


def all_of(*steps: Callable[[Attacker, list[str]], None]) -> Callable[[Attacker, list[str]], None]:
    def done(thief: Attacker, cases: list[str]) -> None:
        for step in steps:
            step(thief, cases)
        thief.relog()

    return done


def tail(count: int, *which: int) -> Callable[[Attacker, list[str]], None]:
    """The newest entries of some cases gone, with the register made right."""

    def done(thief: Attacker, cases: list[str]) -> None:
        for case in which:
            thief.rewrite(cases[case], lambda told: told[:-count])

    return done


def rewritten(change: Callable[[list[Any]], list[Any]]) -> Callable[[Attacker, list[str]], None]:
    return lambda thief, cases: thief.rewrite(cases[0], change)


WHERE = "WHERE case_id = :case AND seq = :seq"
MATRIX: dict[str, tuple[Callable[[Attacker, list[str]], Any], dict[int, set[str]]]] = {
    "1a a body edited": (
        lambda thief, cases: thief.sql(f"UPDATE bodies SET bytes = :raw {WHERE}", raw=b"{}", case=cases[0], seq=2),
        {1: {"body-altered"}},
    ),
    "1a an entry edited": (
        lambda thief, cases: thief.sql(f"UPDATE entries SET bytes = :raw {WHERE}", raw=b"{}", case=cases[0], seq=2),
        {1: {"entry-altered"}, 3: {"log-leaf-altered", "root-mismatch"}},
    ),
    "1b an entry edited with its own hash": (
        lambda thief, cases: own_hash(thief, cases[0], 2),
        {1: {"link-broken"}, 2: {"mac-wrong"}, 3: {"log-leaf-altered", "root-mismatch"}},
    ),
    "1b the newest entry edited with its own hash": (
        lambda thief, cases: own_hash(thief, cases[0], 4),
        {1: {"head-mismatch"}, 2: {"mac-wrong"}, 3: {"log-leaf-altered"}},
    ),
    "1c an entry edited and everything recomputed": (
        all_of(rewritten(lambda told: edited(told, name="reject"))),
        {2: {"mac-wrong"}, 3: {"root-mismatch"}},
    ),
    "1c another person put into an entry and everything recomputed": (
        all_of(rewritten(lambda told: edited(told, 0, by={"id": "somebody.else"}))),
        {2: {"mac-wrong"}, 3: {"root-mismatch"}},
    ),
    "1c the same without the log": (
        rewritten(lambda told: edited(told, name="reject")),
        {2: {"mac-wrong"}, 3: {"log-leaf-altered", "root-mismatch"}},
    ),
    "2a the newest row deleted": (
        lambda thief, cases: [
            thief.sql(f"DELETE FROM {table} {WHERE}", case=cases[0], seq=4) for table in ("bodies", "entries")
        ],
        {1: {"newest-missing"}, 3: {"log-entry-missing"}},
    ),
    "2b an unsigned tail deleted with its head": (all_of(tail(1, 0)), {}),
    "2b the whole unsigned tail deleted with its heads": (all_of(tail(1, 0, 1, 2)), {}),
    "2c a signed tail deleted": (all_of(tail(2, 0, 1, 2)), {3: {"log-shorter"}}),
    "2c a signed entry of one case deleted": (all_of(tail(2, 0)), {3: {"root-mismatch"}}),
    "2d a whole case deleted": (
        all_of(lambda thief, cases: thief.forget(cases[1])),
        {3: {"root-mismatch", "log-shorter"}},
    ),
    "2d a whole case deleted, the log left as it was": (
        lambda thief, cases: thief.forget(cases[1]),
        {3: {"log-entry-missing", "root-mismatch"}},
    ),
    "3 entries of a case exchanged": (
        all_of(rewritten(swapped)),
        {1: {"time-backwards"}, 2: {"mac-wrong"}, 3: {"root-mismatch"}},
    ),
    "3b the order of cases exchanged in the log": (
        lambda thief, _: thief.relog(lambda leaves: [leaves[1], leaves[0], *leaves[2:]]),
        {3: {"root-mismatch"}},
    ),
    "6 a forged actor with a whole chain": (
        lambda thief, cases: thief.insert(cases[0], by={"id": "chief"}, body=sha256(b"0" * 32 + b"{}").hexdigest()),
        {2: {"mac-missing"}},
    ),
    "9 the trigger that asks for places is gone": (
        lambda thief, cases: thief.sql("DELETE FROM log_pending"),
        {},
    ),
}


@pytest.mark.parametrize("attack", MATRIX)
def test_an_attack_is_found_at_the_levels_that_can_find_it(world: World, attack: str) -> None:
    done, levels = MATRIX[attack]
    with attacker(world.url) as thief:
        done(thief, world.cases)
    assert world.levels() == levels


def test_4_an_old_backup_is_found_by_the_checkpoints_alone(world: World) -> None:
    with attacker(world.url) as thief:
        tail(3, 0, 1, 2)(thief, world.cases)
        thief.relog()
    assert world.levels() == {3: {"log-shorter"}}


def test_4b_a_made_up_database_is_found_by_marks_and_checkpoints(world: World, tmp_path: Path) -> None:
    other = made(f"sqlite:///{tmp_path / 'other.db'}")
    false = World("", other, replace(world.keeper, database=other, signer=SIGNER), world.cases)
    for number in range(12):
        false.act(world.cases[number % 3])
    replace(false.keeper, places=()).checkpoint()
    assert false.levels() == {3: {"log-missing"}}
    with attacker(f"sqlite:///{tmp_path / 'other.db'}") as thief, world.database.reading() as connection:
        (log,) = logs(connection)
        thief.sql("UPDATE log_epochs SET origin = :origin", origin=log.origin)
        thief.sql("UPDATE entries SET mac = NULL WHERE seq = 1")
    assert false.levels() == {2: {"mac-missing"}, 3: {"root-mismatch"}}


def test_2b_what_an_unsigned_tail_held_is_missed_by_who_was_given_its_hash(world: World) -> None:
    with world.database.reading() as connection:
        given = read_case(connection, world.cases[0]).head
    with attacker(world.url) as thief:
        all_of(tail(1, 0))(thief, world.cases)
        assert thief.sql("SELECT count(*) FROM entries WHERE hash = :hash", hash=given) == [(0,)]


def test_2b_a_receipt_closes_the_gap(world: World) -> None:
    world.keeper.receipt(world.cases[0], 4)
    with attacker(world.url) as thief:
        all_of(tail(1, 0))(thief, world.cases)
    assert world.found(3) == {"log-shorter"}


def test_5_an_older_day_stands_in_the_entry_beside_the_instant_of_recording(world: World) -> None:
    world.act(world.cases[0], day="2020-01-01", recorded_at="2026-05-06T02:00:00.000Z")
    world.keeper.checkpoint()
    assert world.levels() == {}


def test_6_a_forged_entry_gets_no_place_in_the_log(world: World) -> None:
    with attacker(world.url) as thief:
        thief.insert(world.cases[0], by={"id": "chief"})
        thief.sql("INSERT INTO log_pending VALUES (:case, 5)", case=world.cases[0])
    done = world.keeper.sequence()
    assert (done.added, [fault.code for fault in done.faults]) == (0, ["mac-missing"])
    _, later = world.keeper.checkpoint()
    assert [fault.code for fault in later.faults] == ["mac-missing"]


@pytest.mark.parametrize("kept", [0, 1])
def test_7_two_histories_under_one_key_are_found_by_who_sees_both(world: World, kept: int, tmp_path: Path) -> None:
    place = File(tmp_path / "branch")
    branch = replace(world.keeper, places=[place])
    branch.checkpoint()
    with attacker(world.url) as thief:
        all_of(rewritten(lambda told: edited(told, 3, name="reject")))(thief, world.cases)
    replace(world.keeper, places=[File(tmp_path / "other")]).checkpoint()
    both = [*place.notes(), *File(tmp_path / "other").notes()]
    with world.database.reading() as connection:
        report = verify_logs(list(logs(connection)), both[kept:] if kept else both, SIGNER.key)
    assert {fault.code for fault in report.faults} == (set() if kept else {"log-forked"})


def test_8_a_clock_set_back_is_seen_within_a_case(world: World) -> None:
    world.act(world.cases[0], recorded_at="2026-05-06T00:00:00.000Z")
    assert world.levels() == {1: {"time-backwards"}}


def test_9_what_no_checkpoint_covers_is_counted(world: World) -> None:
    with attacker(world.url) as thief:
        thief.sql("DELETE FROM log_pending")
    world.act(world.cases[0])
    with world.database.reading() as connection:
        assert verify_logs(list(logs(connection)), world.outside, SIGNER.key).covered == 9
