"""Upkeep: ticks, migrations, rehearsals and replays, diagrams, people and days off."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import GUIDES, Office, opened
from guides_for_tests import whole
from guides_for_tests.general import MATTERS

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh", "en")
NEWER = MATTERS.replace("version: 1.0.0", "version: 2.0.0")


def effects(bench: Office, case: str) -> list[str]:
    entries = bench.run("trail", "show", case, "--as", "o1", "--json").json["entries"]
    return [effect["kind"] for effect in entries[-1]["entry"]["effects"]]


# tick


def test_a_tick_writes_down_what_is_due_and_only_once(bench: Office, case: str) -> None:
    assert bench.run("tick").out == "没有到期的事项。\n"
    soon = "2026-05-16T12:00+08:00"
    assert bench.run("tick", "--once", "--json", now=soon).json == {"cases": 1}
    assert effects(bench, case) == ["deadline_warned"]
    late = bench.run("tick", now="2026-05-19T12:00+08:00", lang="en")
    assert (late.code, late.out) == (0, "Cases with something due, now written down: 1.\n")
    assert effects(bench, case) == ["deadline_overdue"]
    assert bench.run("tick", "--quiet", now="2026-05-19T12:00+08:00").said == ""
    told = [bench.run("case", "history", case, "--as", "o1", lang=lang).out for lang in LANGUAGES]
    assert "4. 2026年5月19日（星期二）　（自动）　期限登记\n    期限已逾期：审查期限\n" in told[0]
    assert "(by itself): recording of time limits\n    deadline overdue: 审查期限\n" in told[1]


def interruptible() -> None:
    """Who starts the tests in the background of a shell makes all of their children deaf to SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ticking_goes_on_until_it_is_interrupted(bench: Office) -> None:
    set_ = {"JIANDU_PEOPLE": "people.yaml", "JIANDU_NOW": "2026-05-08T12:00+08:00", **GUIDES}
    command = [sys.executable, str(ROOT / "cli.py"), "tick", "--loop", "1", "--lang", "en"]
    with subprocess.Popen(
        command,
        cwd=bench.folder,
        env={**os.environ, **set_, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        preexec_fn=interruptible,
    ) as running:
        assert running.stdout is not None
        assert [running.stdout.readline() for _ in range(2)] == [b"Nothing is due.\n"] * 2
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 130


def test_once_and_again_and_again_are_two_things(bench: Office) -> None:
    for lang in LANGUAGES:
        done = bench.run("tick", "--once", "--loop", "5", lang=lang, now=None)
        assert (done.code, "[usage-once-and-loop]" in done.err) == (2, True)
    assert bench.run("tick", "--loop", "0").code == 2


# migrate


def publish(bench: Office, text: str) -> None:
    (bench.folder / "guides" / "matters.yaml").write_text(text, encoding="utf-8")


def test_cases_are_moved_to_the_version_of_the_library(bench: Office, case: str) -> None:
    asked = ["migrate", "matters", "2.0.0", "--as", "k1"]
    publish(bench, NEWER)
    before = bench.snapshot()
    dry = bench.run(*asked, "--dry-run", "--json").json
    assert dry["cases"] == [{"id": case, "number": "区案〔2026〕1号", "from": "1.0.0", "reasons": []}]
    assert "1.0.0 可转换为 2.0.0" in bench.run(*asked, "--dry-run").out
    assert bench.snapshot() == before
    done = bench.run(*asked, lang="en")
    assert (done.code, done.out) == (0, f"{case}  区案〔2026〕1号: 1.0.0 was moved to 2.0.0\n")
    assert bench.run("case", "show", case, "--as", "o1", "--json").json["version"] == "2.0.0"
    assert bench.run(*asked).out == "《小案》未办结的案件均已适用版本 2.0.0。\n"
    assert "转换指引版本" in bench.run("case", "history", case, "--as", "o1").out


def test_what_cannot_be_moved_stays_and_says_why(bench: Office, case: str) -> None:
    other = opened(bench)
    publish(bench, NEWER.replace("take: {title", "book: {title"))
    asked = ["migrate", "matters", "2.0.0", "--as", "k1"]
    for lang in LANGUAGES:
        dry = bench.run(*asked, "--dry-run", "--json", lang=lang)
        reasons = {one["id"]: [reason["code"] for reason in one["reasons"]] for one in dry.json["cases"]}
        assert (dry.code, reasons) == (1, {case: ["migration-unmapped"], other: []})
    done = bench.run(*asked)
    assert (done.code, "[migration-unmapped]" in done.out, f"{other}　未编号：1.0.0 已转换为 2.0.0" in done.out) == (
        1, True, True,
    )  # fmt: skip
    assert bench.run("case", "show", case, "--as", "o1", "--json").json["version"] == "1.0.0"


def test_who_may_not_move_a_case_is_told_so(bench: Office) -> None:
    publish(bench, NEWER)
    done = bench.run("migrate", "matters", "2.0.0", "--as", "o2", "--json")
    assert (done.code, [r["code"] for one in done.json["cases"] for r in one["reasons"]]) == (1, ["role-required"])
    for lang in LANGUAGES:
        other = bench.run("migrate", "matters", "3.0.0", "--as", "k1", lang=lang)
        assert (other.code, "[version-other]" in other.err) == (2, True)
    assert bench.run("migrate", "mattters", "2.0.0", "--as", "k1").code == 2


# replay


def test_a_draft_is_tried_on_what_was_done(bench: Office, case: str) -> None:
    draft = bench.folder / "draft.yaml"
    draft.write_text(MATTERS.replace("登记分案", "登记"), encoding="utf-8")
    same = bench.run("replay", "--guide", "draft.yaml")
    assert (same.code, same.out) == (0, "按《小案》没有会不同的案件。\n")
    draft.write_text(
        MATTERS.replace("take: {title: 登记分案, by: clerk", "take: {title: 登记, by: boss"), encoding="utf-8"
    )
    data = bench.run("replay", "--guide", "draft.yaml", "--json").json["cases"]
    assert [(one["id"], one["seq"], one["act"], one["day"]) for one in data] == [(case, 2, "take", "2026-05-08")]
    assert [reason["code"] for reason in data[0]["reasons"]] == ["role-required"]
    refused = bench.run("replay", "--guide", "draft.yaml", lang="en")
    assert (refused.code, "entry 2, “登记分案” on Friday 8 May 2026" in refused.out) == (1, True)
    draft.write_text(MATTERS.replace("length: 10 days", "length: 15 days"), encoding="utf-8")
    longer = bench.run("replay", "--guide", "draft.yaml")
    assert "第 1 条，2026年5月6日（星期三）“立卷”" in longer.out
    told = re.findall("(原为|将为)：期限起算：审查期限，由承办人履行，2026年5月([0-9]+)日", longer.out)
    assert told == [("原为", "18"), ("将为", "21")]
    assert bench.run("replay", "--guide", "nothing.yaml").code == 2


# the register


def test_a_register_that_differs_from_the_trail_is_found(bench: Office, case: str) -> None:
    assert bench.run("trail", "replay", "--quiet").said == ""
    assert bench.run("trail", "replay", case).out == "案件登记与记录一致。\n"
    with sqlite3.connect(bench.folder / "jiandu.db") as connection:
        changed = 'UPDATE cases SET projection = CAST(replace(projection, \'"state":"a"\', \'"state":"b"\') AS BLOB)'
        assert connection.execute(changed).rowcount == 1
    connection.close()
    for lang in LANGUAGES:
        done = bench.run("trail", "replay", lang=lang)
        assert (done.code, case in done.out) == (4, True)
    data = bench.run("trail", "replay", case, "--json")
    assert (data.code, data.json["found"], data.json["faults"][0]["code"]) == (4, 1, "case-differs")
    unknown = bench.run("trail", "replay", "nothing", "--json")
    assert (unknown.code, unknown.json["refused"][0]["code"]) == (1, "unknown-case")


# guides, people, days off


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_diagram_is_drawn_like_this(bench: Office, golden: object, lang: str) -> None:
    drawn = [bench.run("graph", "matters", "--format", form, lang=lang).out for form in ("mermaid", "dot")]
    golden("graph.txt", "\n".join(drawn))  # type: ignore[operator]
    data = bench.run("graph", "guides/matters.yaml", "--json").json
    assert (data["guide"], data["format"], data["diagram"]) == ("matters", "mermaid", drawn[0])
    assert bench.run("graph", "matters", "--format", "png").code == 2


def test_the_whole_language_can_be_read_and_drawn(bench: Office) -> None:
    whole.library(bench.folder / "guides")
    for lang in LANGUAGES:
        for read in (["show"], ["show", "--json"], ["graph"]):
            done = bench.run(*read, "whole", lang=lang)
            assert (done.code, done.err) == (0, ""), done.said
    assert "由检察长延长10日，最多2次：complex 案情复杂" in bench.run("show", "whole", "filing").out


def test_the_shipped_guide_is_drawn_in_the_readers_language(empty: Office) -> None:
    assert "    review: 审查\n" in empty.run("graph", "case-filing").out
    assert "    review: Review\n" in empty.run("graph", "case-filing", lang="en").out


def test_people_are_checked(bench: Office) -> None:
    assert bench.run("people", "check").out == "单位 3 个，人员 5 名，没有错误。\n"
    assert bench.run("people", "check", "--json").json == {"units": 3, "people": 5, "findings": []}
    people = bench.folder / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace('unit: "630103"', 'unit: "1"'), encoding="utf-8")
    for lang in LANGUAGES:
        done = bench.run("people", "check", lang=lang)
        assert (done.code, "[people-unknown-unit]" in done.out, "people.yaml:11" in done.out) == (1, True, True)
    assert bench.run("people", "check", "--json").json["findings"][0]["rule"] == "people-unknown-unit"
    assert bench.run("people", "check", JIANDU_PEOPLE="").code == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_days_off_read_like_this(empty: Office, golden: object, lang: str) -> None:
    golden(f"calendar-{lang}.txt", empty.run("calendar", "show", "2026", lang=lang).out)  # type: ignore[operator]
    data = empty.run("calendar", "show", "--json").json
    assert (data["id"], list(data["years"])) == ("cn", ["2024", "2025", "2026"])
    done = empty.run("calendar", "show", "1999", lang=lang)
    assert (done.code, "[calendar-no-year]" in done.err) == (2, True)
