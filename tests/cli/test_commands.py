"""The contract of the command line: what scripts, hosts and CI jobs rely on."""

import hashlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

Office = Any
ROOT = Path(__file__).parents[2]
CASE_KEYS = {
    *("id", "number", "guide", "version", "unit", "state", "status", "outcome", "seq", "card", "holders"),
    *("deadlines", "documents", "related", "suspended"),
}


def test_the_shipped_guides_are_silent(empty: Office) -> None:
    done = empty.run("validate", str(ROOT / "guides"))
    assert (done.code, done.said) == (0, "")
    assert empty.run("validate", "--format", "json").json["findings"] == []


def test_validate_loads_neither_engine_nor_database(empty: Office) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from jiandu.cli import main; main(['validate']);"
        "print(*sorted(set(sys.modules) & {'sqlalchemy', 'alembic', 'sqlite3', 'jiandu.engine', 'jiandu.store'}))"
    )
    command = [sys.executable, "-c", program, str(ROOT / "engine")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    ended = subprocess.run(command, cwd=empty.folder, env=environment, capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("\n", "")


def test_the_package_runs_as_a_module(empty: Office) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "engine")}
    command = [sys.executable, "-m", "jiandu", "--help", "--lang", "en"]
    ended = subprocess.run(command, cwd=empty.folder, capture_output=True, text=True, env=environment)
    assert (ended.returncode, ended.stderr, ended.stdout[:6]) == (0, "", "Usage:")


def test_a_text_may_come_from_standard_input(empty: Office) -> None:
    text = b"jiandu: 1\nid: x\nid: y\n"
    done = empty.run("validate", "--stdin-filename", "guides/new.yaml", "--json", stdin=text)
    assert (done.code, done.json["findings"][0]["file"]) == (1, "guides/new.yaml")
    assert "id: y" in empty.run("validate", "-", stdin=text).out


def test_warnings_fail_only_where_they_are_meant_to(empty: Office) -> None:
    guides = empty.folder / "guides"
    (guides / "lexicon").mkdir(parents=True)
    (guides / "en" / "lexicon").mkdir(parents=True)
    (guides / "lexicon" / "x.yaml").write_text("jiandu: 1\nid: lexicon/x\ntitle: 词汇\n", encoding="utf-8")
    (guides / "en" / "lexicon" / "x.yaml").write_text("titel: Lexicon\n", encoding="utf-8")
    done = empty.run("validate", "guides", "--json")
    assert [found["rule"] for found in done.json["findings"]] == ["stale-translation", "missing-translation"]
    assert (done.code, done.json["warnings"]) == (0, 2)
    assert empty.run("validate", "guides", "--strict").code == 1


# a case from its opening on


def test_a_case_is_opened_handled_and_read(empty: Office) -> None:
    assert empty.run("db", "init", "--practice", "--json", now=None).json["practice"] is True
    opened = empty.run(
        *("case", "open", "case-filing", "--unit", "630102", "--as", "k1", "--day", "2026-05-06", "--key", "a"),
        *("--set", "track=A", "--set", "source=complaint", "--set", "applicant_role=victim"),
        *("--set", "related_persons=甲某", "--set", "related_persons=乙某"),
    )
    case = opened.out.strip()
    assert (opened.code, opened.out, opened.err) == (0, f"{case}\n", "")
    done = empty.run("case", "do", case, "submit", JIANDU_AS="k1")
    assert (done.code, "受理审查" in done.out) == (0, True)
    told = empty.run("case", "show", case, "--as", "k1", "--json").json
    assert told.keys() == CASE_KEYS
    assert (told["state"], told["seq"], told["card"]["related_persons"]) == ("acceptance", 2, ["甲某", "乙某"])
    assert told["deadlines"][0].items() >= {"id": "complaint_triage", "n": 1, "status": "running"}.items()
    by = empty.run("case", "history", case, "--as", "k1", "--json").json["history"][0]["entry"]["by"]
    assert by.items() >= {"id": "k1", "auth": "claimed"}.items()
    assert case in empty.run("case", "list", "--as", "k1").out
    assert empty.run("case", "list", "--as", "x1", "--json").json == {"cases": []}


def test_every_case_command_prints_the_case(office: Office, case: str) -> None:
    for command in ("show", "offers", "history", "deadlines"):
        told = office.run("case", command, case, "--as", "p1", "--json").json
        assert told.keys() >= CASE_KEYS
    assert told["deadlines"][2].keys() >= {
        "id",
        "n",
        "status",
        "owed_by",
        "started_on",
        "raw_end",
        "due",
        "provisional",
    }
    assert told["documents"][0].keys() >= {"id", "n", "number", "status", "addressee"}
    assert told["documents"][1]["addressee"] == "police"


def test_values_are_read_by_the_type_of_their_field(review: Office, case: str) -> None:
    act = ["case", "do", case, "examine", "--as", "p1", "--record", "needs_reason=是", "--record", "opinion=e\u0301"]
    assert review.run(*act).code == 0
    entry = review.run("trail", "show", case, "--as", "p1", "--json").json["entries"][-1]
    assert entry["entry"]["effects"][0]["record"] == {"needs_reason": True}
    assert entry["body"] == {"record": {"opinion": "é"}}


def test_an_attachment_is_kept_by_its_digest(office: Office, case: str) -> None:
    (office.folder / "立案决定书.pdf").write_bytes(b"decision")
    act = ["case", "do", case, "police_filed", "--as", "p1", "--day", "2026-05-06", "--json"]
    done = office.run(*act, "--attach", "decision=立案决定书.pdf")
    assert (done.code, done.json["warnings"]) == (0, [])
    body = office.run("trail", "show", case, "--as", "p1", "--json").json["entries"][-1]["body"]
    digest = hashlib.sha256(b"decision").hexdigest()
    assert body == {"record": {"decision": {"name": "立案决定书.pdf", "digest": digest}}}


def test_a_refusal_is_data_with_its_law(office: Office, case: str) -> None:
    done = office.run("case", "do", case, "go_up", "--as", "p1", "--json", lang="en")
    (reason,) = done.json["refused"]
    assert reason.keys() == {"code", "message", "place", "rule", "basis", "mark", "earliest"}
    assert (reason["code"], reason["basis"], reason["mark"]) == (
        "not-applicable",
        ["rules-2019:553", "rules-2019:564"],
        "verified",
    )


def test_what_only_waits_for_its_day_says_which(office: Office, case: str) -> None:
    act = [
        "case",
        "do",
        case,
        "correct.draft",
        "--as",
        "p1",
        "--record",
        "violation=逾期",
        "--record",
        "reply_within=15 days",
    ]
    done = office.run(*act, "--json", now="2026-05-06T12:00+08:00")
    assert [(one["code"], one["earliest"]) for one in done.json["refused"]] == [("too-early", "2026-05-07")]
    assert office.run(*act).code == 0
    assert office.run("case", "do", case, "correct.sign", "--as", "c1", "--document", "correction_notice#1").code == 0


def test_one_person_stands_for_the_role_that_an_act_assigns(empty: Office) -> None:
    empty.run("db", "init", "--practice", now=None)
    card = ["--set", "track=A", "--set", "source=case_handling", "--set", "applicant_role=none"]
    case = empty.run("case", "open", "case-filing", "--unit", "630102", "--as", "p1", *card).out.strip()
    record = ["--record", "competent=true", "--record", "standing=not_needed"]
    weighed = ["--record", "worthy=true", "--record", "opinion=好"]
    for act in (["submit", "--as", "p1"], ["check_standing", "--as", "p1", *record], ["weigh", "--as", "d1", *weighed]):
        assert empty.run("case", "do", case, *act).code == 0
    done = empty.run("case", "do", case, "register", "--as", "m1", "--person", "p2", "--json")
    assert (done.json["holders"], done.json["number"]) == ({"handler": ["p2"]}, "城东检立监〔2026〕1号")


# stories


def test_what_is_no_rule_but_may_be_found_is_explained_too(empty: Office) -> None:
    said = empty.run("validate", "--explain", "unknown-key", "--lang", "en")
    assert (said.code, said.out.splitlines()[0]) == (0, "unknown-key")
    assert "`…`" in said.out
    wrong = empty.run("validate", "--explain", "unknown-kay", "--lang", "en")
    assert (wrong.code, "unknown-key" in wrong.err) == (2, True)


def test_stories_are_played_and_counted(empty: Office) -> None:
    done = empty.run("test", "--json", "--junit", "report.xml")
    stories, coverage = done.json["stories"], done.json["coverage"]["case-filing"]
    assert (done.code, stories["failed"]) == (0, 0)
    assert coverage.keys() == {"states", "steps", "transitions", "guards", "deadlines"}
    report = Xml.parse(empty.folder / "report.xml").getroot()
    assert len(report.findall(".//testcase")) == stories["passed"]


def test_a_story_that_does_not_come_true_is_shown_at_its_line(empty: Office) -> None:
    story = (
        "guide: case-filing\ntitle: 试\ncast: {k1: complaints}\nstory:\n"
        "  - {day: 2026-03-02, as: k1, open: true, card: {track: A, source: complaint, applicant_role: victim}}\n"
        "  - {expect: {state: review}}\n"
    )
    (empty.folder / "story.yaml").write_text(story, encoding="utf-8")
    text = empty.run("test", "story.yaml")
    assert (text.code, "--> story.yaml:6:5" in text.out, "expect: {state: review}" in text.out) == (1, True, True)
    data = empty.run("test", "story.yaml", "--json", "--fail-under", "states=100").json
    assert data["stories"] == {"passed": 0, "failed": 1}
    assert data["failures"][0].items() >= {"file": "story.yaml", "line": 6, "code": "story-otherwise"}.items()
    assert "review" in data["missing"]["case-filing"]["states"]


def test_too_little_coverage_fails(empty: Office) -> None:
    story = str(ROOT / "guides" / "scenarios" / "case-filing" / "opening.yaml")
    assert empty.run("test", story).code == 0
    done = empty.run("test", story, "--fail-under", "states=100,steps=0", "--quiet", lang="en")
    assert (done.code, done.out.count("less than")) == (1, 1)


# the rest


def test_a_database_is_made_once_and_known_by_its_purpose(empty: Office) -> None:
    assert empty.run("db", "status", now=None).code == 3
    assert empty.run("db", "init", now=None).code == 0
    done = empty.run("db", "init", now=None, lang="en")
    assert (done.code, "[database-exists]" in done.err) == (3, True)
    assert empty.run("db", "upgrade", "--quiet", now=None).said == ""
    status = empty.run("db", "status", "--json", now=None).json
    assert (status["exists"], status["practice"], status["version"] == status["head"]) == (True, False, True)


def test_a_trail_is_verified_in_the_readers_language(review: Office, case: str) -> None:
    assert review.run("trail", "verify", "--quiet").said == ""
    done = review.run("trail", "verify", case, "--json")
    assert done.json.items() >= {"level": 1, "cases": 1, "entries": 6, "found": 0, "faults": []}.items()
    unknown = review.run("trail", "verify", "nothing", "--json")
    assert (unknown.code, unknown.json["refused"][0]["code"]) == (1, "unknown-case")


def test_names_cannot_steer_the_terminal(review: Office, case: str) -> None:
    people = (review.folder / "people.yaml").read_text(encoding="utf-8")
    (review.folder / "people.yaml").write_text(people, encoding="utf-8")
    for name in ("\x1b[2J", "a\u202eb", "\x9b31m"):
        done = review.run("case", "show", name, "--as", "p1", lang="en")
        assert (done.code, "unknown-case" in done.err) == (1, True)
        assert not {"\x1b", "\u202e", "\x9b"} & set(done.said)
        data = review.run("case", "show", name, "--as", "p1", "--json")
        assert not {"\x1b", "\u202e", "\x9b"} & set(data.out)
        assert name in json.loads(data.out)["refused"][0]["message"]


def test_colours_are_for_a_terminal_that_wants_them(empty: Office) -> None:
    (empty.folder / "x.yaml").write_bytes(b"id: x\nid: y\n")
    assert "\x1b" not in empty.run("validate", "x.yaml").out
    assert "\x1b[31m" in on_a_terminal(empty.folder, {})
    assert "\x1b" not in on_a_terminal(empty.folder, {"NO_COLOR": "1"})


def on_a_terminal(folder: Path, environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    env = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm", **environment}
    command = [sys.executable, str(ROOT / "cli.py"), "validate", "x.yaml"]
    subprocess.run(command, cwd=folder, env=env, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL)
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    return said


def test_a_reader_that_has_gone_is_no_mistake(empty: Office) -> None:
    command = f"'{sys.executable}' '{ROOT / 'cli.py'}' show case-filing | true; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], cwd=empty.folder, capture_output=True, text=True)
    assert ended.stderr == ""
    assert int(ended.stdout) in (0, 141)


def test_an_encoding_that_lacks_a_character_is_no_mistake(office: Office, case: str) -> None:
    done = office.run("case", "show", case, "--as", "p1", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(("lang", "start"), [("zh", "用法"), ("en", "Usage")])
def test_help_follows_the_locale(empty: Office, lang: str, start: str) -> None:
    assert empty.run("case", "--help", lang=lang).out.startswith(start)
    assert empty.run("case", lang=lang).err.startswith(start)
