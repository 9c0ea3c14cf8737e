"""Texts as large as the reader lets through, each aimed at work that grows faster than its text: judged in seconds."""

from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase

import pytest

from guides_for_tests.plain import PLAIN
from hostile.fuzzing import CALENDAR, judged
from jiandu.check import check_paths, check_text
from jiandu.check.suite import play_all
from jiandu.findings import Finding
from jiandu.shipped import folder

HEAD = """\
jiandu: 1
id: small
version: 1.0.0
title: 小案
status: trial
effective: {from: 2026-01-01}
open: {by: clerk, fills: [%s]}
initial: a
outcomes: {over: 办结}
roles: {clerk: {title: 书记员}}
"""
GO = "title: 去, by: clerk, to: b, outcome: over"
ENDS = f"states:\n  a: {{title: 甲, transitions: {{go: {{{GO}}}}}}}\n  b: {{title: 乙, final: true}}\n"
STATES, FINAL = "states:\n  a:\n    title: 甲\n", "  b: {title: 乙, final: true}\n"
UNIT = "  u§: {title: 院, short: 院, level: county, superior: u@}\n"
FIELDS = ", ".join(f"f{n}" for n in range(40))


def many(times: int, line: str) -> str:
    return "".join(line.replace("§", str(n)).replace("@", str(n + 1)) for n in range(times))


def guide(text: str, fields: str = "") -> tuple[str, str]:
    return "small.yaml", (HEAD % fields).replace(", fills: []", "") + text


def choosing(kind: str, transition: str, times: int) -> tuple[str, str]:
    """Many transitions that ask forty fields of a kind."""
    fields = "fields:\n" + many(40, f"  f§: {{title: 字§, type: {kind}, required_from: a}}\n")
    ways = many(times, f"      go§: {{title: 去§, by: clerk, to: b, outcome: over, when: {transition}}}\n")
    return guide(f"{fields}{STATES}    transitions:\n{ways}{FINAL}", FIELDS)


LARGE: dict[str, tuple[str, str]] = {
    "blanks in the reason of an allowance": guide(f"{ENDS}# jiandu: allow dead-end — y{' ' * 100_000}x\n"),
    "allowances of nothing": guide(ENDS + many(10_000, "# jiandu: allow dead-en§ — x\n")),
    "full-width blanks before a mistake": ("small.yaml", "a: 1\n" + "\u3000" * 100_000 + "!: [\n b: }\n"),
    "keys that nobody knows": guide(ENDS + many(8_000, "statess§: 1\n")),
    "states that are not there": guide(STATES + "    transitions:\n" + many(2_000, f"      go§: {{{GO}§}}\n") + FINAL),
    "choices that are not there": guide(
        "fields:\n  f:\n    title: 字\n    type: choice\n    choices:\n" + many(4_000, "      choice§: 选§\n")
        + STATES + "    transitions:\n" + many(800, f"      go§: {{{GO}, when: {{f: choic§}}}}\n") + FINAL, "f"),
    "settings that nothing reads": guide(
        "settings:\n" + many(2_500, "  setting§: {title: 设, type: period, default: 5 days, mark: design}\n") + ENDS),
    "forty yes-or-no fields": choosing("boolean", "{all: [{f§: true}, {f§: true}]}", 40),
    "forty numbers": choosing("integer", "{f7: {more_than: §}}", 200),
    "steps in any order": guide(
        STATES + "    steps:\n" + many(600, "      st§: {title: 步§, by: clerk, before: [go]}\n")
        + f"    transitions: {{go: {{{GO}}}}}\n" + FINAL),
    "steps one after the other": guide(
        STATES + "    steps:\n      st0: {title: 步, by: clerk}\n"
        + many(1_200, "      st@: {title: 步@, by: clerk, after: [st§]}\n")
        + f"    transitions: {{go: {{{GO}, after: [st1200]}}}}\n" + FINAL),
    "units one above the other": (
        "people.yaml", "jiandu: 1\nunits:\n" + many(3_000, UNIT)
        + "  u3000: {title: 院, short: 院, level: county}\npeople: {}\n"),
    "units in one circle": (
        "people.yaml", "jiandu: 1\nunits:\n" + many(300, UNIT)
        + "  u300: {title: 院, short: 院, level: county, superior: u0}\npeople: {}\n"),
    "choices of a site that nobody gives": (
        "jiandu.site.yaml", "jiandu: 1\nsettings:\n" + many(8_000, "  correction_repl§: 1\n")),
    "English of nothing": (str(folder("guides") / "en/case-filing.yaml"), many(8_000, "states.clue.titl§: x\n")),
    "acts that are not there": (
        "scenarios/small/x.yaml", "guide: case-filing\ntitle: x\nwhy: y\ncast: {k: prosecutor}\nstory:\n"
        + many(2_000, "  - {day: 2026-03-02, as: k, do: accep§}\n")),
}  # fmt: skip


def answered(ask: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    found = judged(ask)
    assert all(finding.what("zh") for finding in found)
    return found


@pytest.mark.parametrize("name", LARGE)
def test_a_large_text_is_answered_in_seconds(name: str) -> None:
    file, text = LARGE[name]
    answered(lambda: check_text(text.encode(), Path(file), "release"))


def test_units_in_one_circle_are_each_told() -> None:
    file, text = LARGE["units in one circle"]
    found = check_text(text.encode(), Path(file))
    assert [finding.rule for finding in found] == ["people-superior-cycle"] * 301
    assert found[0].facts["units"][:2] == ("u0", "u1")  # type: ignore[index]


def test_only_the_first_hundred_wrong_names_are_guessed() -> None:
    wrong = "".join(f"{a}tates{b}: 1\n" for a in ascii_lowercase for b in ascii_lowercase)
    found = check_text(guide(ENDS + wrong)[1].encode(), Path("small.yaml"))
    assert len(found) == 26 * 26
    assert sum(bool(finding.facts["guess"]) for finding in found) == 100


def test_a_story_may_begin_with_a_thousand_others(tmp_path: Path) -> None:
    for n in range(1_200):
        begins = f"begins: s{n - 1}\n" if n else ""
        opens = "open: true" if not n else "note: x"
        head = f"guide: case-filing\ntitle: x\nwhy: y\n{begins}cast: {{k: complaints}}\n"
        text = f"{head}story: [{{day: 2026-03-02, as: k, {opens}}}]\n"
        (tmp_path / f"s{n}.yaml").write_text(text, encoding="utf-8")
    assert judged(lambda: check_paths([tmp_path / "s1199.yaml"])) == ()


@pytest.mark.parametrize(("name", "code"), [("item#3", "story-unknown-case"), ("", "story-opens-first")])
def test_a_story_of_a_case_that_is_not_there_fails_at_its_line(name: str, code: str, tmp_path: Path) -> None:
    story = tmp_path / "scenarios/small/s.yaml"
    story.parent.mkdir(parents=True)
    (tmp_path / "small.yaml").write_text(PLAIN, encoding="utf-8")
    item = f'case: "{name}", ' if name else ""
    story.write_text(
        "guide: small\ntitle: x\nwhy: y\ncast: {k: clerk}\nstory:\n"
        f"  - {{day: 2026-03-02, as: k, open: true, case: f1}}\n  - {{{item}day: 2026-03-02, as: k, note: x}}\n",
        encoding="utf-8",
    )
    (result,) = play_all([story], CALENDAR).results
    assert result.failure is not None
    assert (result.failure.code, result.failure.place.line) == (code, 7)
    assert result.failure.text("zh")


def test_a_guide_of_too_many_acts_is_not_decided() -> None:
    steps = "    steps:\n" + many(401, "      st§: {title: 步§, by: clerk}\n")
    file, text = guide(f"{STATES}{steps}    transitions: {{go: {{{GO}}}}}\n{FINAL}")
    found = check_text(text.encode(), Path(file), "thorough")
    assert "not-decided" in {finding.rule for finding in found}
    assert not {"dead-transition", "option-to-complete"} & {finding.rule for finding in found}


def test_forty_questions_of_yes_or_no_are_not_decided() -> None:
    file, text = LARGE["forty yes-or-no fields"]
    (finding,) = [
        f for f in judged(lambda: check_text(text.encode(), Path(file), "thorough")) if f.rule == "not-decided"
    ]
    assert finding.message == "not-decided-guide"
