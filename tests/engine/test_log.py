"""The log over all entries: who gets a place, what is signed, what is proved, and what is never signed over."""

import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from attacker import attacker
from jiandu.engine.log import Keeper, logs
from jiandu.engine.places import Command, File, Post
from jiandu.errors import LogError, RefusedError, StoreError, UsageError
from jiandu.store import Database, read_trail
from jiandu.store import log as store
from jiandu.store.tables import APPEND_ONLY
from jiandu.trail.log import verify_logs
from jiandu.trail.note import Ed25519Signer
from jiandu.trail.standalone import checkpoint_of, consistent, leaf, opened_note
from store.samples import act, open_case, opened, raw
from trail import brute
from trail.samples import FIRST, SECOND

SIGNER = Ed25519Signer("jiandu/test", b"\x07" * 32)


@pytest.fixture
def keeper(made_url: str, tmp_path: Path) -> Keeper:
    database = opened(made_url)
    with database.writing() as connection:
        for case in (FIRST, SECOND):
            open_case(connection, case)
            for _ in range(3):
                act(connection, case)
    return Keeper(database, SIGNER, [File(tmp_path / "outside")])


def more(keeper: Keeper, count: int, case: str = FIRST) -> None:
    with keeper.database.writing() as connection:
        for _ in range(count):
            act(connection, case)


def signed(keeper: Keeper) -> tuple[str, int, bytes]:
    return checkpoint_of(opened_note(keeper.checkpoint()[0], SIGNER.key))


def leaves(keeper: Keeper) -> list[bytes]:
    """What is in the log, as it stands in the database: the opening, and the entries."""
    with keeper.database.reading() as connection:
        (log,) = logs(connection)
        return [log.opening, *(row.entry for row in list(log.leaves)[1:])]


def report(keeper: Keeper) -> tuple[set[str], tuple, int]:
    with keeper.database.reading() as connection:
        found = verify_logs(list(logs(connection)), keeper.places[0].notes(), SIGNER.key)
    return {fault.code for fault in found.faults}, found.notes, found.covered


def test_every_entry_gets_one_place_and_keeps_it(keeper: Keeper) -> None:
    assert keeper.sequence().added == 8
    before = leaves(keeper)
    more(keeper, 300)
    assert keeper.sequence().added == 300
    assert keeper.sequence().added == 0
    assert leaves(keeper)[: len(before)] == before
    assert len(leaves(keeper)) == 309


def test_the_root_that_is_signed_is_that_of_the_definition(keeper: Keeper) -> None:
    more(keeper, 520)
    assert signed(keeper)[1:] == (529, brute.mth(leaves(keeper)))
    assert signed(keeper)[1] == 529
    assert report(keeper) == (set(), (), 528)


def test_a_receipt_proves_an_entry_and_signs_the_log_where_nothing_covers_it_yet(keeper: Keeper) -> None:
    receipt = keeper.receipt(SECOND, 4)
    with keeper.database.reading() as connection:
        rows = list(read_trail(connection, SECOND))
    assert receipt.holds(leaf(rows[3].entry), SIGNER.key)
    assert not receipt.holds(leaf(rows[2].entry), SIGNER.key)
    assert not receipt.holds(leaf(rows[3].entry), replace(SIGNER, seed=b"\x08" * 32).key)
    assert replace(keeper, signer=None).receipt(SECOND, 4) == receipt
    with pytest.raises(LogError, check=lambda error: error.code == "log-unplaced"):
        keeper.receipt(SECOND, 9)


def test_a_later_checkpoint_is_proved_to_have_only_added(keeper: Keeper) -> None:
    _, first, root = signed(keeper)
    more(keeper, 300)
    _, size, newest = signed(keeper)
    note, proof = keeper.consistency(first)
    assert checkpoint_of(opened_note(note, SIGNER.key)).size == size
    assert consistent(first, root, size, newest, proof)
    with pytest.raises(LogError):
        keeper.consistency(size + 1)


def test_two_at_once_give_every_entry_one_place(keeper: Keeper, made_url: str) -> None:
    barrier, added = threading.Barrier(4), []

    def work(number: int) -> None:
        with Database.connect(made_url) as database:
            barrier.wait()
            for _ in range(5):
                if number == 0:
                    with database.writing() as connection:
                        act(connection, FIRST)
                added.append(replace(keeper, database=database).sequence().added)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keeper.sequence()
    assert sum(added) <= 13
    assert len(leaves(keeper)) == len(set(leaves(keeper))) == 14
    keeper.checkpoint()
    assert report(keeper)[0] == set()


def test_an_entry_that_does_not_follow_gets_no_place_nor_what_comes_after_it(keeper: Keeper, made_url: str) -> None:
    keeper.sequence()
    more(keeper, 2)
    with attacker(made_url) as thief:
        thief.sql("UPDATE entries SET hash = :hash WHERE case_id = :case AND seq = 5", hash="0" * 64, case=FIRST)
    more(keeper, 1, SECOND)
    with attacker(made_url) as thief:  # who takes the triggers of a file away
        thief.sql("DELETE FROM log_pending")
        thief.sql("INSERT INTO log_pending SELECT case_id, seq FROM entries WHERE seq > 4")
    done = keeper.sequence()
    assert [(fault.code, fault.case, fault.seq) for fault in done.faults] == [("entry-altered", FIRST, 5)]
    assert done.added == 1


def test_nothing_is_signed_over_a_log_that_was_rewritten(keeper: Keeper, made_url: str) -> None:
    keeper.checkpoint()
    with attacker(made_url) as thief:
        thief.relog(lambda places: list(reversed(places)))
    with pytest.raises(LogError, check=lambda error: error.code == "root-mismatch" and error.text("zh")):
        keeper.checkpoint()
    assert len(keeper.places[0].notes()) == 1


def restored(made_url: str) -> None:
    """An old backup: the newest entry of each case is gone, and the log is as short as it was then."""
    with attacker(made_url) as thief:
        for case in (FIRST, SECOND):
            thief.rewrite(case, lambda told: told[:-1])
        thief.relog()


def test_a_restored_backup_is_not_signed_and_begins_another_log_that_quotes_what_was_lost(
    keeper: Keeper, made_url: str
) -> None:
    keeper.checkpoint()
    restored(made_url)
    with pytest.raises(LogError, check=lambda error: error.code == "log-shorter" and error.text("en")):
        keeper.checkpoint()
    with pytest.raises(RefusedError):
        keeper.begin_again(reason="disk", by="a", approved_by="a")
    assert report(keeper)[0] == {"log-shorter"}
    note = keeper.begin_again(reason="磁盘损坏", by="a", approved_by="b")
    assert note.partition("\n")[0].endswith("/epoch-2")
    told = (("trail-epoch", {"n": 2, "lost": 2, "reason": "磁盘损坏", "by": ("a", "b")}),)
    assert report(keeper) == (set(), told, 6)
    more(keeper, 1)
    with attacker(made_url) as thief:  # the trigger of a file is gone with the others
        thief.sql("DELETE FROM log_pending")
        thief.sql("INSERT INTO log_pending VALUES (:case, 4)", case=FIRST)
    keeper.checkpoint()
    assert report(keeper) == (set(), told, 7)
    assert keeper.receipt(FIRST, 4).note.startswith(note.partition("\n")[0])


def test_where_nothing_is_lost_no_other_log_is_begun(keeper: Keeper) -> None:
    keeper.checkpoint()
    with pytest.raises(LogError, check=lambda error: error.code == "log-not-shorter" and error.text("zh")):
        keeper.begin_again(reason="x", by="a", approved_by="b")


def test_another_log_that_nobody_signed_for_is_no_excuse(keeper: Keeper, made_url: str) -> None:
    keeper.checkpoint()
    restored(made_url)
    stranger = replace(keeper, signer=Ed25519Signer("jiandu/test", b"\x09" * 32), places=())
    with keeper.database.writing() as connection:
        store.begin_epoch(connection, "jiandu/x/epoch-2", b'{"after":"","by":"a","approved_by":"b","reason":"x"}')
    stranger.checkpoint()
    assert "log-shorter" in report(keeper)[0]


@pytest.mark.parametrize("table", [name for name in APPEND_ONLY if name.startswith(("log_", "check"))])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET epoch = 1"])
def test_what_is_in_the_log_stays_as_it_was_written(keeper: Keeper, table: str, statement: str) -> None:
    more(keeper, 260)
    keeper.checkpoint()
    with (
        pytest.raises(StoreError, check=lambda error: error.code == "database-refused"),
        keeper.database.writing() as connection,
    ):
        raw(connection, statement.format(table))


def test_without_a_signer_nothing_is_signed(keeper: Keeper) -> None:
    with pytest.raises(UsageError, check=lambda error: error.code == "log-no-signer" and error.text("zh")):
        replace(keeper, signer=None).checkpoint()


def test_a_checkpoint_goes_to_every_place(keeper: Keeper, tmp_path: Path) -> None:
    taken: list[bytes] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204 if len(taken) == 1 else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    post = Post(f"http://127.0.0.1:{server.server_port}/")
    everywhere = replace(keeper, places=[File(tmp_path / "a"), Command(f"tee {tmp_path / 'b'}"), post])
    note = everywhere.checkpoint()[0]
    assert [(tmp_path / name).read_text() for name in "ab"] == [note, note]
    assert taken == [note.encode()]
    more(keeper, 1)
    with pytest.raises(UsageError, check=lambda error: error.code == "checkpoint-unkept"):
        everywhere.checkpoint()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "place",
    [File(Path("/nowhere/at/all")), Command("false"), Command(""), Command("'"), Post("file:///etc/passwd"), Post("x")],
)
def test_a_place_that_takes_nothing_is_told(place: File | Command | Post) -> None:
    with pytest.raises(UsageError, check=lambda error: error.code == "checkpoint-unkept" and error.text("zh")):
        place.put("note")
