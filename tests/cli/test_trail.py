"""The trail from the command line: signed, proved, sealed, exported; and the bundle that a court can check alone."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from attacker import attacker
from command_line import NOON, Office
from jiandu.catalogue import say
from jiandu.cli.wording.case import CaseTold
from jiandu.cli.wording.court import court_page
from jiandu.clock import FixedClock, legal_day
from jiandu.engine import Engine
from jiandu.store import Database
from jiandu.trail import leaf_hash, standalone
from jiandu.trail.standalone import key_of, proof_of

KEYS = {"JIANDU_SIGN_KEY": "keys/log", "JIANDU_CHECKPOINTS": "outside.txt"}


@pytest.fixture
def signing(office: Office) -> Office:
    """An office with a key that signs and a file of checkpoints outside its database."""
    (office.folder / "keys").mkdir()
    assert office.run("trail", "checkpoint", "--new-key", "keys/log").code == 0
    return Office(office.folder, KEYS)


@pytest.fixture
def bundle(signing: Office, case: str) -> Path:
    done = signing.run("trail", "export", case, "--bundle", "b.zip")
    assert (done.code, done.said) == (0, "")
    return signing.folder / "b.zip"


def alone(folder: Path, *args: str) -> tuple[int, str]:
    """`verify.py` of a bundle as anybody starts it: no site, no environment, nothing of ours."""
    command = [sys.executable, "-I", "-S", "verify.py", *args]
    ended = subprocess.run(command, cwd=folder, capture_output=True, timeout=60)
    return ended.returncode, ended.stdout.decode() + ended.stderr.decode()


def unpacked(bundle: Path, folder: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    return folder


# signing


def test_a_key_is_made_once_and_for_its_owner_alone(signing: Office) -> None:
    assert (signing.folder / "keys/log").stat().st_mode & 0o777 == 0o600
    assert key_of((signing.folder / "keys/log.pub").read_text()).name.startswith("jiandu/")
    again = signing.run("trail", "checkpoint", "--new-key", "keys/log", "--json")
    assert (again.code, again.json["error"]["code"]) == (2, "key-unwritten")


def test_checkpoints_lie_outside_and_raise_the_level(signing: Office) -> None:
    note = signing.run("trail", "checkpoint").out
    assert (signing.folder / "outside.txt").read_text() == note
    assert signing.run("trail", "checkpoint").code == 0
    assert (signing.folder / "outside.txt").read_text() == note, "what is the same is not written again"
    found = signing.run("trail", "verify", "--log-key", "keys/log.pub", "--json").json
    assert (found["levels"], found["level"], found["found"]) == ([1, 3], 3, 0)
    assert found["notes"][0]["code"] == "trail-uncovered"


def test_marks_and_checkpoints_together_reach_all_levels(signing: Office, case: str) -> None:
    (signing.folder / "mac").write_text(f"k1 {'a1' * 32}\n")
    marked = Office(signing.folder, {**KEYS, "JIANDU_MAC_KEYS": "mac"})
    done = marked.run("trail", "checkpoint", "--json")
    assert (done.code, {fault["code"] for fault in done.json["faults"]}) == (4, {"mac-missing"})
    found = marked.run("trail", "verify", lang="en")
    assert found.code == 4
    assert say("trail-level-2", "en") in found.out
    assert say("trail-limits-123", "en") in found.out


def test_a_rewritten_database_ends_with_four_and_is_not_signed(signing: Office, case: str) -> None:
    signing.run("trail", "checkpoint")
    with attacker(f"sqlite:///{signing.folder / 'jiandu.db'}") as thief:
        thief.rewrite(case, lambda told: [*told[:3], {**told[3], "name": "other"}, *told[4:]])
        thief.relog()
    assert Office(signing.folder).run("trail", "verify").code == 0, "the chain alone is whole"
    found = signing.run("trail", "verify", "--json")
    assert (found.code, [fault["code"] for fault in found.json["faults"]]) == (4, ["root-mismatch"])
    again = signing.run("trail", "checkpoint", "--json")
    assert (again.code, again.json["error"]["code"]) == (4, "root-mismatch")


def test_after_a_restore_another_log_is_begun_by_two(signing: Office, case: str) -> None:
    backup = (signing.folder / "jiandu.db").read_bytes()
    signing.run("trail", "checkpoint")
    assert signing.run("case", "note", case, "附记", "--as", "p1", now="2026-05-09T12:00+08:00").code in (0, 1)
    for name in ("jiandu.db-wal", "jiandu.db-shm"):
        (signing.folder / name).unlink(missing_ok=True)
    (signing.folder / "jiandu.db").write_bytes(backup)
    assert signing.run("trail", "verify", "--json").json["faults"][0]["code"] == "log-missing"
    args = ("trail", "checkpoint", "--new-log", "--as", "p1", "--approved-by", "d1")
    assert signing.run(*args, "--json").json["error"]["code"] == "usage-missing"
    done = signing.run(*args, "--reason", "磁盘损坏")
    assert done.code == 0, done.err
    found = signing.run("trail", "verify")
    assert found.code == 0, found.said
    assert "磁盘损坏" in found.out


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("checkpoint",), "log-no-signer"),
        (("checkpoint", "--sign-key", "nowhere"), "key-unreadable"),
        (("verify", "--checkpoints", "nowhere"), "checkpoints-none"),
        (("verify", "--checkpoints", "people.yaml"), "checkpoints-without-key"),
        (("prove",), "prove-what"),
        (("export",), "export-what"),
        (("export", "--bundle", "b.zip"), "export-what"),
        (("export", "--jsonl", "no/such/folder"), "export-unwritten"),
    ],
)
def test_what_is_asked_wrongly_is_told(office: Office, args: tuple[str, ...], code: str) -> None:
    done = office.run("trail", *args, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, code)


def test_an_entry_is_proved(signing: Office, case: str) -> None:
    proof = proof_of(signing.run("trail", "prove", case, "3").out)
    key = key_of((signing.folder / "keys/log.pub").read_text())
    entry = signing.run("trail", "show", case, "--as", "p1", "--json").json["entries"][2]
    assert proof.holds(bytes.fromhex(entry["hash"]), key)
    assert leaf_hash(standalone.canonical(entry["entry"])) == entry["hash"]
    grown = signing.run("trail", "prove", "--since", "5", "--json").json
    assert grown["since"] == 5
    assert grown["hashes"]


def test_a_body_is_sealed_by_two(office: Office, case: str) -> None:
    args = ("trail", "seal", case, "1", "3", "--as", "p1", "--reason", "封存")
    assert office.run(*args, "--json").json["refused"][0]["code"] == "seal-two-people"
    stranger = office.run(*args, "--approved-by", "nobody", "--json")
    assert stranger.json["refused"][0]["code"] == "unknown-person"
    done = office.run(*args, "--approved-by", "d1")
    assert done.code == 0, done.err
    assert office.run("trail", "verify").code == 0
    assert office.run("trail", "replay").code == 0
    assert "已封存" in office.run("case", "history", case, "--as", "p1").out


# the bundle


def test_a_bundle_is_checked_alone_in_an_empty_folder(bundle: Path, tmp_path: Path) -> None:
    folder = unpacked(bundle, tmp_path / "unpacked")
    code, said = alone(folder)
    assert (code, "28 entries" in said) == (0, True), said
    key = (folder / "key.txt").read_text().strip()
    assert key in said
    assert alone(folder, "--key", key)[0] == 0
    assert alone(folder, str(bundle))[0] == 0
    other = "jiandu/other+" + key.partition("+")[2]
    assert alone(folder, "--key", other)[0] == 2
    assert alone(folder, "nowhere")[0] == 2


def test_the_same_check_comes_with_the_engine(bundle: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-S", "-m", "jiandu.trail", "verify", str(bundle)]
    search = {"PYTHONPATH": str(Path(standalone.__file__).parents[2])}
    assert subprocess.run(command, cwd=tmp_path, env=search, capture_output=True, timeout=60).returncode == 0
    assert subprocess.run(command[:-2], cwd=tmp_path, env=search, capture_output=True, timeout=60).returncode == 2


def changed(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_one_byte_changed_in_any_member_is_found(bundle: Path, tmp_path: Path) -> None:
    folder = unpacked(bundle, tmp_path / "unpacked")
    members = sorted(path for path in folder.rglob("*") if path.is_file())
    assert len(members) == 37
    for member in members:
        whole = member.read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            member.write_bytes(changed(whole, at))
            assert standalone.main([str(folder)]) == 4, (member.name, at)
        member.write_bytes(whole)
    for name in ("entries.jsonl", "index.html", "verify.py"):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(changed(whole, 5))  # of the check itself a letter of its first line: it still runs
        assert alone(folder)[0] == 4, name
        (folder / name).write_bytes(whole)
    assert alone(folder)[0] == 0


def test_a_member_that_is_gone_or_an_archive_that_is_damaged_is_found(bundle: Path, tmp_path: Path) -> None:
    folder = unpacked(bundle, tmp_path / "unpacked")
    raw = bundle.read_bytes()
    for at in range(0, len(raw), len(raw) // 40):
        (tmp_path / "damaged.zip").write_bytes(changed(raw, at))
        found = standalone.main([str(tmp_path / "damaged.zip")])
        assert found in (0, 4), at  # a byte of no meaning to the archive, or a fault; never an exception
    for name in ("entries.jsonl", "proofs/3.tlog-proof", "manifest.txt", "key.txt", "index.html"):
        shutil.copytree(folder, tmp_path / "less", dirs_exist_ok=True)
        (tmp_path / "less" / name).unlink()
        assert alone(tmp_path / "less")[0] == 4, name


def test_an_entry_taken_out_and_the_list_written_anew_is_found(bundle: Path, tmp_path: Path) -> None:
    folder = unpacked(bundle, tmp_path / "unpacked")
    lines = (folder / "entries.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "entries.jsonl").write_bytes(b"".join(lines[:-1]))
    assert alone(folder)[0] == 4


def test_a_bundle_without_a_key_says_that_it_is_worth_less(office: Office, case: str, tmp_path: Path) -> None:
    assert office.run("trail", "export", case, "--bundle", "b.zip").code == 0
    folder = unpacked(office.folder / "b.zip", tmp_path / "unpacked")
    code, said = alone(folder)
    assert (code, "level 1" in said) == (0, True)
    assert say("court-unsigned", "zh") in (folder / "index.html").read_text()


def test_the_same_trail_makes_the_same_bundle(signing: Office, bundle: Path, case: str) -> None:
    signing.run("trail", "export", case, "--bundle", "again.zip")
    assert (signing.folder / "again.zip").read_bytes() == bundle.read_bytes()


def test_a_sealed_body_is_not_in_the_bundle(signing: Office, case: str, tmp_path: Path) -> None:
    args = ("trail", "seal", case, "1", "--as", "p1", "--approved-by", "d1", "--reason", "封存")
    assert signing.run(*args).code == 0
    signing.run("trail", "export", case, "--bundle", "b.zip")
    folder = unpacked(signing.folder / "b.zip", tmp_path / "unpacked")
    assert alone(folder)[0] == 0
    seqs = [json.loads(line)["seq"] for line in (folder / "bodies.jsonl").read_text().splitlines()]
    assert seqs == list(range(2, 30))
    assert "正文已封存" in (folder / "index.html").read_text()


# the page


@pytest.fixture
def page(office: Office, case: str) -> str:
    with Database.connect(f"sqlite:///{office.folder / 'jiandu.db'}") as database:
        engine = Engine(database, clock=FixedClock(NOON))
        found = engine.stored(case)
        told = CaseTold(found, engine.guide_of(found), "zh", legal_day(NOON))
        return court_page(told, list(engine.entries(case)), "", [])


def test_the_page_is_what_a_judge_reads(page: str, golden: Callable[[str, str], None]) -> None:
    golden("court-zh.html", page)


def test_the_page_is_whole_in_itself_and_runs_nothing(page: str) -> None:
    class Seen(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found, self.open = set[str](), list[str]()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.update((tag, *(name for name, _ in attrs)))
            if tag not in ("meta", "br"):
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    seen = Seen()
    seen.feed(page)
    assert seen.open == []
    assert not seen.found & {"script", "link", "img", "iframe", "src", "href", "onclick", "onload"}


def test_what_people_wrote_is_text_on_the_page(page: str, office: Office, case: str) -> None:
    with Database.connect(f"sqlite:///{office.folder / 'jiandu.db'}") as database:
        engine = Engine(database, clock=FixedClock(NOON))
        found = engine.stored(case)
        told = CaseTold(found, engine.guide_of(found), "zh", legal_day(NOON))
        entries = list(engine.entries(case))
        body = {**(entries[5].body or {}), "note": "<script>alert(1)</script>"}
        hostile = court_page(told, [type(entries[5])(entries[5].content, body, entries[5].hash)], "", [])
    assert "<script" not in hostile
    assert "&lt;script&gt;" in hostile
