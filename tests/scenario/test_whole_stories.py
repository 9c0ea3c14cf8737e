"""Every verb a story knows, claims about every story, and cases that open others: in memory and in a database alike."""

from pathlib import Path

import pytest

import invariants
from guides_for_tests.family import FAMILY
from guides_for_tests.random_acts import LIMITS, LIMITS_TEXT
from guides_for_tests.small import small
from jiandu.calendar import Calendar
from jiandu.guide.library import Library
from jiandu.scenario import Failure, play, read_story
from jiandu.store import Database
from jiandu.testing import play_on_store

CAST = "{k: clerk, o: officer, b: boss, all: {roles: [clerk, officer, boss]}}"
CLAIMS = """
statements:
  - {never: {entered: c, not: {done: must}}, says: 未经必办不得办结}
  - {always: {any: [{has: on}, {entered: a}]}, says: 始终有据}
"""


def story(folder: Path, guide: str, lines: str) -> Path:
    file = folder / "story.yaml"
    head = f"# yaml-language-server: $schema=x\nguide: {guide}\ntitle: 故事\ncast: {CAST}\nstory:\n"
    file.write_text(head + lines, encoding="utf-8")
    return file


EVERY_VERB = """  - {day: 2026-03-02, as: k, open: true, card: {on: 2026-03-02}}
  - {expect: {deadlines: {named: {due: 2026-03-09, is: running}}, warnings: []}}
  - {day: 2026-03-03, as: o, amend: true, card: {on: 2026-03-03}, reason: 误填}
  - {expect: {card: {on: 2026-03-03}, deadlines: {named: {due: 2026-03-10}}}}
  - {day: 2026-03-03, as: b, assign: lead, assigns: {lead: o}}
  - {expect: {holders: {lead: [o]}}}
  - {day: 2026-03-04, as: k, note: 备查}
  - {day: 2026-03-04, as: b, extend: own}
  - {expect: {deadlines: {own: {due: 2026-03-17}}}}
  - {day: 2026-03-04, as: o, extend: own, refused: [{code: role-required}]}
  - {day: 2026-03-05, as: b, suspend: ill, reason: 病}
  - {day: 2026-03-06, as: o, do: met, refused: [{code: suspended}]}
  - {day: 2026-03-09, as: b, resume: true}
  - {expect: {status: open, deadlines: {own: {is: running, due: 2026-03-23}}}}
  - {day: 2026-03-09, tick: true}
  - {expect: {warnings: [named]}}
  - {day: 2026-03-10, as: k, do: must}
  - {day: 2026-03-10, as: b, rescind: true, reason: 误录}
  - {day: 2026-03-10, as: b, do: shut, refused: [{code: step-missing}]}
  - {day: 2026-03-20, as: k, do: must}
  - {day: 2026-03-20, as: b, do: shut}
  - {expect: {state: c, status: closed, outcome: over, deadlines: {named: {is: overdue}, own: {is: void}}}}
"""


def test_every_verb_of_a_story_does_what_it_says(tmp_path: Path) -> None:
    failure = play(read_story(story(tmp_path, "small", EVERY_VERB)), LIMITS, Calendar.shipped()).failure
    assert failure is None, failure.text("en")


ADOPTED = """  - day: 2026-03-02
    as: k
    adopt:
      state: b
      opened_on: 2025-05-06
      entered_on: 2026-01-05
      card: {on: 2026-03-02}
      holders: {lead: o}
      deadlines: [{name: theirs, owed_by: police, started_on: 2026-02-25, due: 2026-03-04}]
      source: 旧系统
  - {expect: {state: b, holders: {lead: [o]}, deadlines: {theirs: {is: running}}}}
  - {day: 2026-03-05, tick: true}
  - {expect: {deadlines: {theirs: {is: overdue}, right: {is: running, due: 2026-03-09}}}}
  - {day: 2026-03-05, as: k, do: go_on}
"""


def test_a_story_may_begin_with_a_case_that_runs_elsewhere(tmp_path: Path) -> None:
    failure = play(read_story(story(tmp_path, "small", ADOPTED)), LIMITS, Calendar.shipped()).failure
    assert failure is None, failure.text("en")


CALENDAR = """  - {day: 2026-09-01, calendar: 2025-12-31}
  - {day: 2026-09-25, as: k, open: true}
  - {expect: {deadlines: {own: {due: 2026-10-05, is: running}}}}
"""


def test_beyond_the_calendar_of_a_story_only_weekends_are_off(tmp_path: Path) -> None:
    failure = play(read_story(story(tmp_path, "small", CALENDAR)), LIMITS, Calendar.shipped()).failure
    assert failure is None, failure.text("en")
    later = CALENDAR.replace("2025-12-31", "2026-12-31").replace("2026-10-05", "2026-10-08")
    assert play(read_story(story(tmp_path, "small", later)), LIMITS, Calendar.shipped()).failure is None


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("未经必办不得办结", 0),
        ("{never: {entered: b}, says: 从不停办}", 7),
        ("{always: {done: must}, says: 先行必办}", 6),
    ],
)
def test_what_a_guide_claims_of_every_story_is_tested_after_every_act(tmp_path: Path, claim: str, line: int) -> None:
    claims = CLAIMS if not claim.startswith("{") else f"\nstatements: [{claim}]\n"
    lines = "  - {day: 2026-03-02, as: k, open: true}\n  - {day: 2026-03-03, as: k, do: fell}\n"
    found = play(read_story(story(tmp_path, "small", lines)), small(LIMITS_TEXT + claims), Calendar.shipped()).failure
    assert (found.code if found else "", found.place.line if found else 0) == (
        "story-statement-broken" if line else "",
        line,
    )
    assert not found or (found.text("zh") and found.text("en"))


RELATED = """  - {day: 2026-03-02, as: k, open: true, card: {place: 监区, grade: y}}
  - day: 2026-03-03
    as: o
    do: find
    record: {items: [{what: 违规}, {what: 超押}]}
  - {expect: {related: {finding: 2}}}
  - {case: "finding#1", expect: {state: a, card: {what: 违规, origin: 监区}, deadlines: {looking: {is: running}}}}
  - {day: 2026-03-04, as: k, do: close, refused: [{code: held-open}]}
  - {day: 2026-03-04, as: k, case: "finding#1", do: ours}
  - {day: 2026-03-04, as: k, case: "finding#1", do: keep}
  - {day: 2026-03-04, as: k, case: "finding#2", do: drop}
  - {case: "finding#2", expect: {outcome: dropped}}
  - {day: 2026-03-05, as: k, do: close}
  - {expect: {outcome: over}}
"""


@pytest.fixture
def family(tmp_path: Path) -> Library:
    for name, content in FAMILY.items():
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    return Library(tmp_path)


def test_cases_that_belong_together_play_the_same_in_memory_and_in_a_database(
    tmp_path: Path, family: Library, url: str
) -> None:
    told = read_story(story(tmp_path, "inspection", RELATED))
    played = play(told, family.guide("inspection"), Calendar.shipped(), guide_of=family.guide)
    assert played.failure is None, played.failure.text("en")
    with Database.connect(url) as database:
        database.init(practice=True)
        stored = play_on_store(told, database, guides=family)
        assert stored.failure is None, said(stored.failure)
        assert stored.case == played.case
    invariants.check(url)


def said(failure: Failure | None) -> str:
    return failure.text("en") if failure else ""


LEVELS = """  - {day: 2026-03-02, as: k, open: true}
  - {day: 2026-03-02, as: k, do: high}
"""
BY_LEVEL = """
states:
  a: {title: 甲, transitions: {high: {title: 走, by: clerk, when: {unit.level: {at_least: city}}, to: b}}}
  b: {title: 乙, final: true}
"""


@pytest.mark.parametrize(("level", "refused"), [("county", True), ("city", False), ("province", False), ("", True)])
def test_a_story_says_at_which_level_its_case_is_handled(tmp_path: Path, level: str, refused: bool) -> None:
    file = story(tmp_path, "small", LEVELS)
    text = file.read_text("utf-8").replace("cast:", f"level: {level}\ncast:" if level else "cast:")
    file.write_text(
        text.replace("do: high}", "do: high, refused: [{code: not-applicable}]}") if refused else text, "utf-8"
    )
    played = play(read_story(file), small(BY_LEVEL), Calendar.shipped())
    assert played.failure is None, played.failure.text("en")
    superior = {"city": "630000", "province": ""}.get(level, "630100")
    assert (read_story(file).above[0].id if read_story(file).above else "") == superior
