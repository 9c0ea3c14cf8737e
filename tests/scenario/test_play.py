"""Stories: what is claimed is tested, and a line that does not come true is the line that is named."""

from pathlib import Path

import pytest

from guides_for_tests.small import LIBRARY, small
from jiandu.calendar import Calendar
from jiandu.errors import GuideError
from jiandu.guide.model import Guide
from jiandu.scenario import Coverage, Failure, play, read_story

GUIDE = small("""
open: {by: clerk}
powers: {backdate: 30 days}
fields: {n: {title: 数, type: integer, default: 1}}
documents:
  notice: {title: 通知书, number: "{unit}通{seq}", signed_by: boss, addressed_to: police, reply: {within: 7 days}}
states:
  a:
    title: 甲
    steps:
      read: {title: 阅, by: clerk, fills: [n], rules: {few: {must: {n: {at_most: 5}}, basis: [law:1], says: 不得过五}}}
      soft: {title: 软, by: clerk, optional: true, rules: {soft: {must: {n: 2}, enforce: warn, says: 宜为二}}}
      send: {title: 发, by: clerk, optional: true, sends: notice}
      late: {title: 催, by: clerk, optional: true, when: {overdue: send.reply}}
    transitions: {go: {title: 走, by: clerk, to: b}}
  b: {title: 乙, final: true}
""")
HEAD = """# yaml-language-server: $schema=../../../schemas/scenario.schema.json
guide: small
title: 小故事
cast: {k: clerk, b: boss, x: {role: clerk, unit: other}}
story:
  - {day: 2026-03-02, as: k, open: true}
"""


def played(folder: Path, lines: str, guide: Guide = GUIDE) -> tuple[Failure | None, Coverage]:
    """How a story of these lines, after its opening, fails, and what it has seen."""
    file = folder / "story.yaml"
    file.write_text(HEAD + lines, encoding="utf-8")
    coverage = Coverage(guide)
    return play(read_story(file), guide, Calendar.shipped(), coverage).failure, coverage


TRUE = """  - {day: 2026-03-03, as: k, do: go, refused: [{code: step-missing}]}
  - {day: 2026-03-03, as: x, do: read, refused: [{code: outside-unit}]}
  - {day: 2026-03-03, as: k, do: read, card: {n: 6}, refused: [{code: rule-broken, rule: few, basis: law:1}]}
  - {day: 2026-03-03, as: k, do: soft, warned: [{code: rule-broken, rule: soft}]}
  - {day: 2026-03-03, as: k, do: read, card: {n: 2}}
  - {day: 2026-03-03, as: k, do: send.draft}
  - {day: 2026-03-03, as: b, do: send.sign}
  - {day: 2026-03-04, as: k, do: send.serve, to: police}
  - {expect: {deadlines: {send.reply: {due: 2026-03-11, is: running, n: 1}}, papers: {notice: {number: 城东通1}}}}
  - {day: 2026-03-05, as: k, do: late, refused: [{code: too-early, earliest: 2026-03-12}]}
  - {day: 2026-03-12, expect: {state: a, status: open, card: {n: 2}, deadlines: {send.reply: {is: overdue}}}}
  - {day: 2026-03-12, as: k, expect: {offers: [late, go, send.answer]}}
  - {day: 2026-03-12, as: k, do: go}
  - {expect: {state: b, status: finished}}
"""


def test_a_story_that_comes_true_does_not_fail(tmp_path: Path) -> None:
    failure, coverage = played(tmp_path, TRUE)
    assert failure is None, failure.text("en")
    assert coverage.missing("states") == ()
    assert coverage.missing("steps") == ("late",)
    assert set(coverage.missing("guards")) == {"late.when=True", "soft.soft=True"}


LIES = [
    ("{code: step-missing}", "{code: step-order}", "story-refused-otherwise"),
    ("{code: step-missing}", "{code: step-missing}, {code: step-missing}", "story-refused-otherwise"),
    ("rule: few", "rule: many", "story-refused-otherwise"),
    ("basis: law:1", "basis: law:2", "story-refused-otherwise"),
    ("earliest: 2026-03-12", "earliest: 2026-03-13", "story-refused-otherwise"),
    ("as: k, do: go, refused", "as: b, do: go, refused", "story-refused-for-more"),
    (", refused: [{code: outside-unit}]", "", "story-refused"),
    ("do: read, card: {n: 2}}", "do: read, card: {n: 2}, refused: [{code: role-required}]}", "story-not-refused"),
    (", warned: [{code: rule-broken, rule: soft}]", "", "story-warned-otherwise"),
    ("rule: soft}]", "rule: hard}]", "story-warned-otherwise"),
    ("do: read, card: {n: 2}}", "do: read, card: {n: 2}, warned: [{code: card-invalid}]}", "story-warned-otherwise"),
    ("due: 2026-03-11", "due: 2026-03-12", "story-otherwise"),
    ("is: overdue", "is: running", "story-otherwise"),
    ("number: 城东通1", "number: 城东通2", "story-otherwise"),
    ("{state: a, status", "{state: b, status", "story-otherwise"),
    ("status: finished", "status: closed", "story-otherwise"),
    ("card: {n: 2}, deadlines", "card: {n: 3}, deadlines", "story-otherwise"),
    ("[late, go, send.answer]", "[late, go]", "story-otherwise"),
]


@pytest.mark.parametrize(("truth", "lie", "code"), LIES, ids=[lie for _, lie, _ in LIES])
def test_a_line_that_does_not_come_true_is_named(tmp_path: Path, truth: str, lie: str, code: str) -> None:
    assert TRUE.count(truth) == 1
    failure, _ = played(tmp_path, TRUE.replace(truth, lie))
    number = next(index for index, line in enumerate(TRUE.split("\n")) if truth in line)
    assert failure is not None
    assert (failure.code, failure.place.line) == (code, len(HEAD.split("\n")) + number)
    assert failure.text("zh")
    assert failure.text("en")


@pytest.mark.parametrize("name", ["c1-a1", "c1-r5"])
def test_a_story_begins_with_another_one(name: str) -> None:
    story = read_story(LIBRARY.folder / "scenarios" / "case-filing" / f"{name}.yaml")
    assert (story.own > 0) == (name == "c1-r5")
    assert len(story.items) > story.own


def test_people_who_are_not_of_the_cast_are_found(tmp_path: Path) -> None:
    with pytest.raises(GuideError) as raised:
        played(tmp_path, "  - {day: 2026-03-03, as: nobody, do: go}\n")
    assert [finding.rule for finding in raised.value.findings] == ["unknown-person-in-story"]


def test_the_days_of_a_story_run_on_and_what_is_entered_later_says_so(tmp_path: Path) -> None:
    lines = """  - {day: 2026-03-10, as: k, do: read}
  - {day: 2026-03-05, as: k, do: soft, warned: [{code: rule-broken}]}
  - {day: 2026-03-03, recorded_on: 2026-03-20, as: k, do: go, refused: [{code: before-its-cause}]}
"""
    failure, _ = played(tmp_path, lines.replace("before-its-cause", "step-order"))
    assert failure is not None
    assert (failure.code, failure.place.line) == ("story-not-refused", 9)
