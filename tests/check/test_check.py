"""What is found in a text, by what the text is."""

import shutil
from pathlib import Path

import pytest

from guides_for_tests.whole import GUIDE as GUIDE_OF_EVERYTHING
from jiandu import shipped
from jiandu.calendar import Calendar
from jiandu.check import check_paths, check_text
from jiandu.check.suite import play_all
from jiandu.check.translations import texts
from jiandu.errors import UsageError
from jiandu.source import read
from jiandu.source.cursor import Cursor

GUIDE = """\
jiandu: 1
id: small
version: 1.0.0
title: 小案
status: trial
effective: {from: 2024-01-01}
uses: [lexicon/people]
open: {by: clerk}
initial: a
states:
  a:
    title: 甲
    transitions: {go: {title: 去, by: clerk, to: b}}
  b: {title: 乙, final: true}
"""
FIELDS = """\
fields:
  kind: {title: 类别, type: choice, choices: {a: 甲, b: 乙}, required_from: a}
  place: {title: 地点, type: string, required_from: a}
  level: {title: 级别, type: choice, choices: {a: 甲, b: 乙}, required_from: a, default: a}
"""
LEXICON = "jiandu: 1\nid: lexicon/people\ntitle: 人员\nroles:\n  clerk: {title: 书记员}\n"
STORY = "guide: small\ntitle: 去\ncast: {k: clerk}\nstory:\n  - {day: 2026-03-02, as: k, open: true}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of guides, seen from beside it."""
    for file, text in {
        "small.yaml": GUIDE,
        "lexicon/people.yaml": LEXICON,
        "scenarios/small/go.yaml": STORY + "  - {day: 2026-03-02, as: k, do: go}\n",
    }.items():
        (tmp_path / "guides" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "guides" / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("guides")


def change(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def found(*paths: Path) -> list[tuple[str, str]]:
    return [(finding.message or finding.rule, str(finding.place)) for finding in check_paths(paths)]


def test_a_good_folder_has_nothing_to_say(home: Path) -> None:
    assert found(home) == []


def test_the_shipped_guides_have_nothing_to_say() -> None:
    assert check_paths([shipped.folder("guides")]) == ()


def test_every_mistake_of_a_folder_comes_in_one_run_by_place(home: Path) -> None:
    change(home / "small.yaml", "to: b", "to: nowhere")
    change(home / "small.yaml", "initial: a", "initial: start")
    change(home / "scenarios" / "small" / "go.yaml", "as: k, do", "as: x, do")
    assert found(home) == [
        ("unknown-person-in-story", "guides/scenarios/small/go.yaml:6:27"),
        ("unknown-state", "guides/small.yaml:9:10"),
        ("unknown-state", "guides/small.yaml:13:49"),
    ]


def test_a_mistake_in_a_lexicon_is_told_once_however_many_use_it(home: Path) -> None:
    shutil.copy(home / "small.yaml", home / "other.yaml")
    change(home / "lexicon" / "people.yaml", "clerk: {title: 书记员}", "clerk: {titel: 书记员}")
    assert [rule for rule, _ in found(home)] == ["unknown-key-guess"]


def test_a_lexicon_that_is_not_there_is_told_where_it_is_used(home: Path) -> None:
    change(home / "small.yaml", "lexicon/people", "lexicon/nobody")
    assert found(home / "small.yaml") == [("unknown-lexicon", "guides/small.yaml:7:8")]


def test_a_file_bears_the_id_of_its_guide_so_that_no_two_have_one(home: Path) -> None:
    shutil.copy(home / "small.yaml", home / "other.yaml")
    assert found(home) == [("misnamed-guide", "guides/other.yaml:2:5")]
    shutil.copy(home / "small.yaml", home.parent / "elsewhere.yaml")  # which belongs to no folder of guides
    assert "misnamed-guide" not in {rule for rule, _ in found(home.parent / "elsewhere.yaml")}


def test_a_case_that_is_opened_is_given_what_its_guide_asks_for(home: Path) -> None:
    other = GUIDE.replace("id: small", "id: other").replace("states:", FIELDS + "states:", 1)
    (home / "other.yaml").write_text(
        other.replace("{by: clerk}", "{by: clerk, fills: [kind, place]}"), encoding="utf-8"
    )
    change(home / "small.yaml", "states:", "related: {more: {title: 另案, guide: other}}\nstates:")
    change(home / "small.yaml", "to: b}", "to: b, opens: {related: more, with: {place: 西宁}}}")
    wrong = [(rule, place) for rule, place in found(home) if "translation" not in rule]
    assert wrong == [("required-field-not-given", "guides/small.yaml:14:52")]
    change(home / "small.yaml", "with: {", "with: {kind: a, ")
    assert [rule for rule, _ in found(home) if "translation" not in rule] == []


def test_a_guide_whose_cases_are_opened_is_there(home: Path) -> None:
    change(home / "small.yaml", "states:", "related: {more: {title: 另案, guide: nobody}}\nstates:")
    change(home / "small.yaml", "to: b", "to: b, opens: {related: more, choose: [{when: {entered: a}, guide: smoll}]}")
    assert [rule for rule, _ in found(home)] == ["unknown-guide-opened", "unknown-guide-opened-guess"]


def test_a_path_out_of_the_folder_is_no_lexicon(home: Path) -> None:
    (home.parent / "secret.yaml").write_text("a: 1\n", encoding="utf-8")
    change(home / "small.yaml", "lexicon/people", "../secret")
    assert [place for _, place in found(home / "small.yaml")] == ["guides/small.yaml:7:8"]


# what a text is


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("a.yaml", "# yaml-language-server: $schema=x/people.schema.json\njiandu: 1\n", "missing-key-whole"),
        ("calendars/x.yaml", "jiandu: 1\n", "missing-key-whole"),
        ("scenarios/x.yaml", "title: y\n", "missing-key-whole"),
        ("x.yaml", "people: {}\nunits: {}\n", "missing-key-whole"),
        ("x.yaml", "name: build\non: push\n", "unknown-kind"),
        ("x.yaml", "- 1\n", "unknown-kind"),
        ("en/x.yaml", "- 1\n", "wrong-form-object"),
    ],
)
def test_a_text_is_judged_by_what_it_is(home: Path, file: str, text: str, rule: str) -> None:
    findings = check_text(text.encode(), home / file)
    assert rule in {finding.message or finding.rule for finding in findings}


def test_people_and_calendars_are_judged_by_their_meaning(home: Path) -> None:
    unit = "jiandu: 1\nunits:\n  u: {title: 院, short: 院, level: county, superior: v}\npeople: {}\n"
    assert [finding.rule for finding in check_text(unit.encode(), Path("people.yaml"))] == ["people-unknown-unit"]
    days = "jiandu: 1\nid: x\ntitle: 历\nknown_from: 2026-01-01\nknown_until: 2025-01-01\nyears: {}\n"
    findings = check_text(days.encode(), Path("calendars/x.yaml"))
    assert {finding.rule for finding in findings} <= {"calendar-span", "wrong-form", "calendar-year-missing"}
    assert findings


def test_a_folder_with_nothing_to_judge_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        check_paths([tmp_path])
    assert raised.value.code == "nothing-to-check"


def test_hidden_folders_are_passed_over(home: Path) -> None:
    (home / ".git").mkdir()
    (home / ".git" / "x.yaml").write_text("]", encoding="utf-8")
    assert found(home) == []


# translations


def english(home: Path, small: str = "", lexicon: str = "") -> None:
    (home / "en" / "lexicon").mkdir(parents=True, exist_ok=True)
    whole = "title: Small\nstates.a.title: A\nstates.a.transitions.go.title: Go\nstates.b.title: B\n"
    (home / "en" / "small.yaml").write_text(small or whole, encoding="utf-8")
    people = "title: People\nroles.clerk.title: Clerk\n"
    (home / "en" / "lexicon" / "people.yaml").write_text(lexicon or people, encoding="utf-8")


def test_a_whole_translation_has_nothing_to_say(home: Path) -> None:
    english(home)
    assert found(home) == []


def test_what_has_no_english_is_told_where_the_chinese_stands(home: Path) -> None:
    english(home, small="title: Small\nstates.a.title: A\nstates.b.title: B\n")
    assert found(home) == [("missing-translation", "guides/small.yaml:13:24")]
    assert {finding.severity for finding in check_paths([home])} == {"warning"}


def test_a_file_without_any_english_is_told_once(home: Path) -> None:
    english(home)
    (home / "en" / "small.yaml").unlink()
    assert found(home) == [("missing-translation-file", "guides/small.yaml:4:1")]


def test_english_for_what_is_no_longer_there_is_stale(home: Path) -> None:
    english(home, lexicon="title: People\nroles.clark.title: Clerk\n")
    (home / "en" / "gone.yaml").write_text("title: Gone\n", encoding="utf-8")
    assert found(home) == [
        ("stale-translation-file", "guides/en/gone.yaml:1:1"),
        ("stale-translation.guess", "guides/en/lexicon/people.yaml:2:1"),
        ("missing-translation", "guides/lexicon/people.yaml:5:11"),
    ]


def test_english_has_to_be_text(home: Path) -> None:
    english(home)
    change(home / "en" / "lexicon" / "people.yaml", "Clerk", "1")
    assert found(home) == [("wrong-form-string", "guides/en/lexicon/people.yaml:2:20")]


def test_a_guide_away_from_any_folder_needs_no_english(tmp_path: Path) -> None:
    text = GUIDE.replace("lexicon/people", "lexicon/roles").replace("clerk", "prosecutor")
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert check_paths([tmp_path / "mine.yaml"]) == ()


# stories


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("guide: small", "guide: smal", "unknown-guide.guess"),
        ("as: k, do", "as: x, do", "unknown-person-in-story"),
        ("open: true", "do: go", "story-opens-first"),
        ("title: 去", "title: 去\nbegins: go", "story-circle"),
        ("title: 去", "title: 去\nbegins: gone", "unknown-story"),
        ("{day: 2026-03-02, as: k, do: go}", "{expect: {state: nowhere}}", "unknown-state"),
    ],
)
def test_a_story_of_what_is_not_there_is_told_before_it_is_played(home: Path, old: str, new: str, rule: str) -> None:
    file = change(home / "scenarios" / "small" / "go.yaml", old, new)
    assert rule in [rule for rule, _ in found(file)]


@pytest.mark.parametrize("path", [".", "small.yaml", "scenarios", "scenarios/small", "scenarios/small/go.yaml"])
def test_stories_are_found_from_wherever_they_are_asked_for(home: Path, path: str) -> None:
    suite = play_all([home / path], Calendar.shipped())
    assert ([result.passed for result in suite.results], list(suite.coverage)) == ([True], ["small"])


def test_a_guide_without_a_story_counts_as_not_walked(home: Path) -> None:
    text = (home / "small.yaml").read_text(encoding="utf-8")
    (home / "other.yaml").write_text(text.replace("id: small", "id: other"), encoding="utf-8")
    suite = play_all([home], Calendar.shipped())
    assert suite.coverage["other"].counts()["states"] == (0, 2)


def test_a_story_or_guide_that_cannot_be_read_has_failed(home: Path) -> None:
    change(home / "small.yaml", "to: b", "to: c")
    suite = play_all([home], Calendar.shipped())
    assert {finding.rule for result in suite.failed for finding in result.findings} == {"unknown-state"}


# sites

SETTINGS = "settings: {span: {title: 期间, type: period, default: 9 days, mark: design, between: [3 days, 9 days]}}\n"


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("span: 5 days", []),
        ("span: 10 days", [("setting-out-of-bounds", "guides/jiandu.site.yaml:2:18")]),
        ("spam: 5 days", [("unknown-setting.guess", "guides/jiandu.site.yaml:2:12")]),
    ],
)
def test_a_site_chooses_among_what_its_guides_allow(home: Path, chosen: str, told: list[tuple[str, str]]) -> None:
    change(home / "lexicon/people.yaml", "roles:", f"{SETTINGS}roles:")
    (home / "jiandu.site.yaml").write_text(f"jiandu: 1\nsettings: {{{chosen}}}\n", encoding="utf-8")
    assert found(home) == told


def test_every_text_of_the_whole_language_has_its_english_path(tmp_path: Path) -> None:
    source = read(GUIDE_OF_EVERYTHING, "whole.yaml")
    paths = texts(source)
    assert {
        "fields.checks.points.p1", "fields.checks.choices.ok", "settings.strict.choices.block", "statements.0.says",
        "deadlines.filing.extend.grounds.complex", "suspension.grounds.illness", "related.finding.title",
        "states.begin.steps.request.rules.changed.versions.1.says",
        "states.begin.steps.request.record.people_of.fields.name.title",
    } <= paths.keys()  # fmt: skip
    assert all(isinstance(Cursor(source, path).data, str) for path in paths.values())
    assert not [dotted for dotted in paths if ".with." in dotted or ".never." in dotted]


CHILD = "{b: {title: 乙, transitions: {end: {title: 完, by: clerk, to: c}}}, c: {title: 丙, final: true}}"


def test_a_case_that_an_act_opens_is_played_by_its_own_guide(home: Path) -> None:
    opening = "transitions: {go: {title: 去, by: clerk, to: b, opens: item}}"
    change(home / "small.yaml", "transitions: {go: {title: 去, by: clerk, to: b}}", opening)
    (home / "small.yaml").write_text(
        (home / "small.yaml").read_text("utf-8") + "related: {item: {title: 项, guide: items/item}}\n", encoding="utf-8"
    )
    story = home / "scenarios/small/go.yaml"
    assert [(r.failure.code if r.failure else "") for r in play_all([story], Calendar.shipped()).results] == [
        "story-refused"
    ]
    item = GUIDE.partition("states:")[0].replace("id: small", "id: items/item").replace("initial: a", "initial: b")
    (home / "items").mkdir()
    (home / "items/item.yaml").write_text(f"{item}states: {CHILD}\n", encoding="utf-8")
    story.write_text(story.read_text("utf-8") + "  - {case: item, expect: {state: b}}\n", encoding="utf-8")
    assert [r.failure for r in play_all([story], Calendar.shipped()).results] == [None]
