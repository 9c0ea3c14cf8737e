"""Whatever is handed to the command line: a number, a code, a sentence in either language, and nothing has changed."""

import ctypes
import re
import resource
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Office = Any
LANGUAGES = ("zh", "en")


def told(office: Office, code: int, word: str, *args: str | bytes, **around: Any) -> None:
    """The command fails like this, as text and as data, in Chinese and English, and leaves no trace of where."""
    text = office.run(*args, lang="zh", **around)
    assert (text.code, f"[{word}]" in text.err) == (code, True), text.said
    assert (text.out, "Traceback" in text.err) == ("", False)
    assert re.search(r"[\u4e00-\u9fff]", text.err)
    data = office.run("--json", *args, lang="en", **around)
    assert (data.code, data.err) == (code, "")
    listed = data.json.get("refused") or data.json.get("findings") or [data.json["error"]]
    said = {one.get("code") or one["rule"]: one["message"] for one in listed}
    assert re.match(r"--|[A-Za-z“`]", said[word])


def found(office: Office, rule: str, file: str, content: bytes) -> None:
    """`validate` and `show` find this in the file."""
    (office.folder / file).write_bytes(content)
    done = office.run("validate", file)
    assert (done.code, f"[{rule}]" in done.out, done.err) == (1, True, ""), done.said
    told(office, 2, rule, "show", file)


# texts

NESTED = b"jiandu: " + b"[" * 100_000
TEXTS = {
    "not-utf8": "jiandu: 1\ntitle: 立案监督\n".encode("gbk"),
    "syntax": b"jiandu: 1\n  id: x\n title: y\n",
    "too-large": NESTED,
    "anchor-or-alias": b"jiandu: 1\nid: &a x\ntitle: *a\n",
    "duplicate-key": b"jiandu: 1\nid: x\nid: y\n",
    "unknown-key": b"jiandu: 1\nid: x\ntitle: y\nstatus: trial\ninitial: a\nversoin: 1.0.0\n",
    "empty-file": b"",
}


@pytest.mark.parametrize("rule", TEXTS)
def test_a_text_that_is_no_guide_is_told_apart_by_its_fault(empty: Office, rule: str) -> None:
    found(empty, rule, "guide.yaml", TEXTS[rule])


def test_a_tag_is_not_carried_out(empty: Office) -> None:
    found(empty, "anchor-or-alias", "guide.yaml", b"jiandu: !!python/object/apply:os.system ['touch done']\n")
    assert not (empty.folder / "done").exists()


def test_a_file_that_is_not_there_or_cannot_be_read_is_named(empty: Office) -> None:
    told(empty, 2, "file-missing", "validate", "nothing.yaml")
    told(empty, 2, "file-missing", "test", "nothing.yaml")
    (empty.folder / "closed.yaml").write_bytes(b"jiandu: 1\n")
    (empty.folder / "closed.yaml").chmod(0)
    told(empty, 2, "file-unreadable", "validate", "closed.yaml", before=bound_by_permissions)


def bound_by_permissions() -> None:
    """Root may read everything, unless it gives up that power (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH) before exec."""
    libc = ctypes.CDLL(None)
    for power in (1, 2):
        libc.prctl(24, power, 0, 0, 0)


def test_a_people_file_that_is_none_is_told_by_its_findings(empty: Office) -> None:
    empty.run("db", "init", "--practice", now=None)
    (empty.folder / "people.yaml").write_text("jiandu: 1\nunits: {}\n", encoding="utf-8")
    told(empty, 2, "missing-key", "case", "list", "--as", "p1")
    told(empty, 2, "file-missing", "case", "list", "--as", "p1", "--people", "nobody.yaml")
    told(empty, 2, "people-missing", "case", "list", "--as", "p1", JIANDU_PEOPLE="")


# what is typed


@pytest.mark.parametrize(
    ("word", "args"),
    [
        ("unknown-command.guess", ["validat"]),
        ("usage-no-option", ["validate", "--stritc"]),
        ("usage-missing", ["case", "open", "case-filing", "--as", "k1"]),
        ("usage-extra", ["db", "init", "now"]),
        ("usage-no-choice", ["validate", "--format", "xml"]),
        ("usage-no-value", ["case", "list", "--as"]),
        ("usage-no-command", ["--json"]),
        ("usage-no-instant", ["case", "list", "--as", "p1", "--now", "yesterday"]),
        ("usage-no-number", ["case", "list", "--as", "p1", "--limit", "-1"]),
        ("usage-no-shares", ["test", "--fail-under", "states=101"]),
        ("usage-not-text", ["case", "list", "--as", b"p\xff"]),
        ("actor-missing", ["case", "list"]),
        ("nothing-named.guess", ["show", "case-filing", "folow"]),
        ("guide-missing-guess", ["show", "case-filling"]),
        ("folder-missing", ["show", "case-filing", "--guides", "nowhere"]),
        ("usage-stdin-and-paths", ["validate", "a.yaml", "--stdin-filename", "b.yaml"]),
        ("nothing-to-check", ["validate", "."]),
    ],
)
def test_what_is_typed_wrong_is_said_in_both_languages(empty: Office, word: str, args: list[str | bytes]) -> None:
    (empty.folder / "people.yaml").rename(empty.folder / "people.yaml.txt")
    told(empty, 2, word, *args) if "--json" not in args else only_text(empty, word, *args)


def only_text(office: Office, word: str, *args: str | bytes) -> None:
    done = office.run(*args)
    assert (done.code, done.json["error"]["code"]) == (2, word)


@pytest.mark.parametrize(
    ("word", "args"),
    [
        ("usage-no-pair", ["--record", "opinion"]),
        ("usage-twice", ["--record", "opinion=a", "--record", "opinion=b"]),
        ("usage-no-day", ["--day", "2026-2-30"]),
        ("usage-day-and-at", ["--day", "2026-03-06", "--at", "2026-03-06T09:00+08:00"]),
        ("usage-no-role", ["--person", "p1"]),
        ("unknown-paper", ["--document", "file_notice#9"]),
        ("file-missing", ["--attach", "opinion=nothing.pdf"]),
        ("file-unreadable", ["--attach", "opinion=."]),
    ],
)
def test_a_value_that_makes_no_sense_is_no_act(review: Office, case: str, word: str, args: list[str]) -> None:
    before = review.snapshot()
    told(review, 2, word, "case", "do", case, "examine", "--as", "p1", *args)
    assert review.snapshot() == before


# acts that may not be done

FITTING = ["--record", "needs_reason=true", "--record", "opinion=好"]
REFUSED: dict[str, tuple[str, list[str]]] = {
    "in another state": ("not-offered", ["notify.draft", "--as", "p1"]),
    "by another role": ("role-required", ["withdrawn", "--as", "c1", "--record", "x=1"]),
    "by another than the holder": ("not-the-holder", ["examine", "--as", "p2", *FITTING]),
    "from another unit": ("outside-unit", ["examine", "--as", "x1", *FITTING]),
    "by nobody known": ("unknown-person", ["examine", "--as", "zz", *FITTING]),
    "out of order": ("step-missing", ["ask", "--as", "p1"]),
    "that does not exist": ("unknown-name", ["examin", "--as", "p1"]),
    "tomorrow": ("future-day", ["examine", "--as", "p1", *FITTING, "--day", "2026-05-09"]),
    "before its cause": ("before-its-cause", ["examine", "--as", "p1", *FITTING, "--day", "2026-03-01"]),
    "long ago": ("backdated-too-far", ["examine", "--as", "p1", *FITTING, "--day", "2026-03-07"]),
    "with half a record": ("record-invalid", ["examine", "--as", "p1", "--record", "opinion=好"]),
    "with a word for a truth": (
        "record-invalid",
        ["examine", "--as", "p1", *FITTING[2:], "--record", "needs_reason=maybe"],
    ),
    "with a field too many": ("record-invalid", ["examine", "--as", "p1", *FITTING, "--record", "mood=good"]),
    "with a card it may not fill": ("card-invalid", ["examine", "--as", "p1", *FITTING, "--set", "track=A"]),
    "with a control character": (
        "record-invalid",
        ["examine", "--as", "p1", *FITTING[:2], "--record", "opinion=\x1b[2J"],
    ),
}


@pytest.mark.parametrize("act", REFUSED)
def test_an_act_is_refused(review: Office, case: str, act: str) -> None:
    word, args = REFUSED[act]
    before = review.snapshot()
    told(review, 1, word, "case", "do", case, *args)
    assert review.snapshot() == before


def test_an_act_done_twice_is_refused(office: Office, case: str) -> None:
    attached = ["--attach", "decision=people.yaml", "--as", "p1", "--day", "2026-05-06"]
    assert office.run("case", "do", case, "police_filed", *attached).code == 0
    before = office.snapshot()
    told(office, 1, "already-done", "case", "do", case, "police_filed", *attached)
    assert office.snapshot() == before


def test_there_is_no_such_case_or_guide(review: Office) -> None:
    before = review.snapshot()
    for read in (["show"], ["offers"], ["history"], ["deadlines"]):
        done = review.run("case", *read, "nothing", "--as", "p1", "--json")
        assert (done.code, done.json["refused"][0]["code"]) == (1, "unknown-case")
    told(review, 1, "unknown-case", "case", "do", "' OR 1=1 --", "ask", "--as", "p1")
    told(review, 1, "unknown-guide", "case", "open", "case-filling", "--unit", "630102", "--as", "k1")
    told(review, 1, "unknown-unit", "case", "open", "case-filing", "--unit", "1", "--as", "k1")
    assert review.snapshot() == before


def test_somebody_was_faster(review: Office, case: str) -> None:
    before = review.snapshot()
    told(review, 5, "conflict", "case", "do", case, "examine", "--as", "p1", *FITTING, "--expect-seq", "1")
    assert review.snapshot() == before


def test_a_key_is_good_for_one_request(review: Office, case: str) -> None:
    asked = ["case", "do", case, "examine", "--as", "p1", "--record", "needs_reason=true", "--key", "k-1"]
    first = review.run(*asked, "--record", "opinion=一", "--json")
    before = review.snapshot()
    assert review.run(*asked, "--record", "opinion=一", "--json").json == first.json
    told(review, 1, "key-reused", *asked, "--record", "opinion=二")
    assert review.snapshot() == before


# databases


def examine(case: str) -> list[str]:
    return ["case", "do", case, "examine", "--as", "p1", *FITTING]


def test_a_database_that_may_only_be_read_is_not_written(review: Office, case: str) -> None:
    before = review.snapshot()
    told(review, 3, "database-read-only", *examine(case), "--db", "sqlite:///jiandu.db?mode=ro")
    assert review.snapshot() == before


def test_a_database_of_somebody_else_is_not_written(review: Office, case: str) -> None:
    before = review.snapshot()
    (review.folder / "jiandu.db").chmod(0o444)
    told(review, 3, "database-read-only", *examine(case), before=bound_by_permissions)
    assert review.snapshot() == before


def test_a_database_in_use_is_waited_for_and_then_left(review: Office, case: str) -> None:
    before = review.snapshot()
    with sqlite3.connect(review.folder / "jiandu.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        told(review, 3, "database-locked", *examine(case), "--db", "sqlite:///jiandu.db?busy_timeout=50")
        other.execute("ROLLBACK")
    other.close()
    assert review.snapshot() == before


def stranger(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE cases (id TEXT)")
    connection.close()


DATABASES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "of another program": ("database-foreign", stranger),
    "that is a text": ("database-foreign", lambda file: file.write_text("jiandu\n" * 2000, encoding="utf-8")),
    "that is a folder": ("database-unreachable", lambda file: file.mkdir()),
    "that is not there": ("database-missing", lambda file: None),
}


@pytest.mark.parametrize("kind", DATABASES)
def test_a_database_that_is_none_is_left_alone(empty: Office, kind: str) -> None:
    word, make = DATABASES[kind]
    file = empty.folder / "jiandu.db"
    make(file)
    before = file.read_bytes() if file.is_file() else None
    told(empty, 3, word, "case", "list", "--as", "p1", now=None)
    told(empty, 3, word, "trail", "verify", now=None)
    assert (file.read_bytes() if file.is_file() else None) == before


def test_a_damaged_database_is_neither_read_nor_written(review: Office, case: str) -> None:
    file = review.folder / "jiandu.db"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    before = file.read_bytes()
    told(review, 3, "database-damaged", *examine(case))
    assert file.read_bytes() == before


def test_an_address_that_is_none_is_refused(empty: Office) -> None:
    for url in ("mysql://x/y", "nonsense", "sqlite:///x.db?mode=rwc"):
        told(empty, 3, "database-url", "db", "status", "--db", url)


def test_a_full_disk_writes_nothing(review: Office, case: str) -> None:
    before = review.snapshot()

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384))

    told(review, 3, "database-full", *examine(case), before=full)
    assert review.snapshot() == before
    assert review.run(*examine(case)).code == 0


# time and the trail


def test_another_time_is_for_practice_alone(empty: Office) -> None:
    assert empty.run("db", "init", now=None).code == 0
    told(empty, 2, "now-not-practice", "case", "list", "--as", "p1")


def test_a_trail_that_was_touched_ends_with_four(review: Office, case: str) -> None:
    assert review.run("trail", "verify").code == 0
    touch(review, "UPDATE entries SET bytes = CAST(replace(bytes, '2026-03-06', '2026-03-05') AS BLOB) WHERE seq = 3")
    for lang in LANGUAGES:
        done = review.run("trail", "verify", lang=lang)
        assert (done.code, case in done.out) == (4, True)
    data = review.run("trail", "verify", case, "--json")
    assert (data.code, data.json["faults"][0]["code"], data.json["faults"][0]["seq"]) == (4, "entry-altered", 3)


def test_a_case_that_nobody_here_has_written_ends_with_four(review: Office, case: str) -> None:
    touch(review, "UPDATE cases SET projection = '[]'")
    told(review, 4, "tampered", "case", "show", case, "--as", "p1")


def touch(office: Office, statement: str) -> None:
    """What somebody does who goes round the program."""
    with sqlite3.connect(office.folder / "jiandu.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
    connection.close()


def test_a_mistake_of_the_program_says_what_to_do(empty: Office) -> None:
    broken = 'import sys\nsys.modules["jiandu.cli.validate"] = None\n'
    (empty.folder / "sitecustomize.py").write_text(broken, encoding="utf-8")
    told(empty, 70, "internal", "validate", PYTHONPATH=str(empty.folder))
