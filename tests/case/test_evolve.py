"""The fold: a case is what its trail says, and nothing else."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case.test_agreement import steps
from guides_for_tests.matter import EVERYBODY, Matter, folded, restored
from guides_for_tests.random_acts import GUIDES, opened, walk
from guides_for_tests.small import LIBRARY, small
from jiandu.calendar import Calendar
from jiandu.case import Case, Request, evolve, open_case, project, restore
from jiandu.case.model import SEALED
from jiandu.case.sealing import Circumstances, sealed
from jiandu.case.view import CaseView, typed
from jiandu.scenario import find_stories, play, read_story
from jiandu.trail import opened as read
from jiandu.trail import seal

STORIES = sorted(find_stories(LIBRARY.folder))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_state_at_the_end_of_a_story_is_the_fold_of_its_trail(path: Path) -> None:
    story = read_story(path)
    played = play(story, LIBRARY.guide(story.guide), Calendar.shipped(), guide_of=LIBRARY.guide)
    assert played.failure is None, played.failure.text("en")
    assert folded([line for line in played.lines if played.case and line.case == played.case.id]) == played.case
    if played.case is not None:
        assert restored(played.case) == played.case


@settings(deadline=None)
@given(st.sampled_from(sorted(GUIDES)), steps)
def test_every_prefix_of_a_trail_folds_to_the_case_of_its_time(guide: str, way: list) -> None:
    matter = walk(GUIDES[guide], way)
    case = None
    for line in matter.lines:
        case = evolve(case, read(line.entry), read(line.body), line.hash)
        assert (case.seq, case.head) == (line.seq, line.hash)
        assert project(restore(project(case))) == project(case)


def test_a_projection_holds_everything_a_case_is() -> None:
    matter = walk(GUIDES["letters"], [])
    assert project(matter.case).keys() == {field.name for field in fields(Case)}


def test_an_effect_nobody_knows_is_an_error() -> None:
    matter = opened(GUIDES["letters"])
    content = read(matter.lines[0].entry)
    content["effects"].append({"kind": "case_burnt"})
    with pytest.raises(KeyError, match="case_burnt"):
        evolve(None, content, {}, "0" * 64)


NOTED = small("""
open: {by: clerk, fills: [note, kind]}
fields:
  note: {title: 备注, type: text, required_from: b}
  kind: {title: 类, type: choice, choices: {x: 甲}}
states:
  a:
    title: 甲
    transitions:
      go: {title: 走, by: clerk, to: b}
      has_note: {title: 问, by: clerk, when: {has: [note]}, to: a}
  b: {title: 乙}
""")


def sealed_away() -> Matter:
    matter = Matter(NOTED).open(note="机密", kind="x")
    entry = read(matter.lines[0].entry)
    matter.case = evolve(None, entry, None, matter.lines[0].hash)
    return matter


def test_a_sealed_body_leaves_what_is_not_in_it_and_marks_the_rest() -> None:
    assert sealed_away().case.card == {"note": SEALED, "kind": "x"}


def test_a_sealed_value_equals_no_value_that_a_field_can_hold() -> None:
    matter = sealed_away()
    view = CaseView(matter.guide, matter.case, matter.unit, matter.today)
    assert view.field("note") is None
    assert typed(matter.guide.fields["note"], SEALED) is None
    assert matter.codes("has_note") == ["not-applicable"]


def test_a_sealed_value_still_fills_a_required_field() -> None:
    assert sealed_away().codes("go") == []


def test_a_sealed_case_goes_through_text_and_back() -> None:
    case = sealed_away().case
    assert restored(case) == case
    assert project(case)["card"]["note"] == {"sealed": True}


def test_the_same_content_seals_to_the_same_line() -> None:
    matter = walk(GUIDES["letters"], [])
    line = matter.lines[0]
    again = seal(
        {k: v for k, v in read(line.entry).items() if k not in ("v", "alg", "seq", "prev", "body")},
        seq=1,
        prev=None,
        body=read(line.body),
        salt=line.salt,
    )
    assert again == line


def test_what_is_only_practised_says_so_and_nothing_else_does() -> None:
    matter, around = Matter(NOTED), Circumstances("c", "a", "0" * 32)
    draft = open_case(NOTED, EVERYBODY, Request("small", matter.today), matter.world)
    for practice, kept in ((False, around), (True, replace(around, practice=True))):
        line, _ = sealed(draft, None, [], kept)
        assert read(line.entry).get("practice", False) is practice
