"""The stories that the explorer tells are true: pasted into a file they play, and end where they are said to end."""

from pathlib import Path

import pytest

from guides_for_tests.manifold import MANIFOLD
from guides_for_tests.random_acts import LETTERS, LIMITS
from guides_for_tests.small import LIBRARY
from jiandu.calendar import Calendar
from jiandu.check import check_paths, check_text
from jiandu.check.explore import Explorer
from jiandu.check.retell import told
from jiandu.guide.model import Guide
from jiandu.scenario import play, read_story
from jiandu.scenario.play import Played
from jiandu.shipped import folder
from jiandu.source import read

RULES = Path(__file__).parent / "rules"
EARLY = folder("guides") / "early-intervention.yaml"
COMMISSION = "    by: [handler, case_manager]\n    when: {investigator: commission%s}\n    before: [to_report%s]"
REFUSED = "when: {approve.approved: false%s}, to: decline"
ON_REQUEST = "            must: {entry_mode: request}\n"
PLANTED = [
    ("broken-statement", ON_REQUEST, f"{ON_REQUEST}            enforce: warn\n"),
    (
        "option-to-complete",
        COMMISSION % ("", ""),
        COMMISSION % (", not: {ever: activity}", ", no_longer_needed, close_entry"),
    ),
    ("dead-transition", REFUSED % "", REFUSED % ", done: notify_entry"),
]


def played(story: object, guide: Guide, where: Path) -> Played:
    """A story that was told, played from a file."""
    file = where / "told.yaml"
    file.write_text(f"guide: {guide.id}\ntitle: 讲述\n{story}\n", encoding="utf-8")
    return play(read_story(file), guide, Calendar.shipped())


@pytest.mark.parametrize("rule", ["option-to-complete", "proper-completion", "broken-statement"])
def test_the_story_of_a_small_guide_plays(rule: str, tmp_path: Path) -> None:
    text = (RULES / rule / "fires.yaml").read_bytes()
    guide = LIBRARY.load(read(text, "small.yaml"))
    for found in check_text(text, Path("small.yaml"), "release"):
        ended = played(found.facts["story"], guide, tmp_path)
        assert ended.case is not None
        if rule == "broken-statement":
            assert ended.failure
            assert ended.failure.code == "story-statement-broken"
        else:
            assert ended.failure is None
            assert ended.case.status == ("finished" if rule == "proper-completion" else "open")


@pytest.mark.parametrize(("rule", "was", "now"), PLANTED)
def test_a_planted_fault_is_found_and_its_story_plays(rule: str, was: str, now: str, tmp_path: Path) -> None:
    text = EARLY.read_text(encoding="utf-8")
    assert text.count(was) == 1
    changed = text.replace(was, now).encode()
    found = [one for one in check_text(changed, EARLY, "thorough") if one.rule == rule]
    assert found
    if "story" in found[0].facts:
        ended = played(found[0].facts["story"], LIBRARY.load(read(changed, str(EARLY))), tmp_path)
        assert ended.case is not None
        code = ended.failure.code if ended.failure else ""
        assert code == ("story-statement-broken" if rule == "broken-statement" else "")


WALKED = {"letters": LETTERS, "limits": LIMITS, "manifold": MANIFOLD}


@pytest.mark.parametrize("name", WALKED)
def test_the_first_story_of_every_move_is_as_it_was_and_plays(name: str, golden: object, tmp_path: Path) -> None:
    guide = WALKED[name]
    explorer = Explorer(guide)
    found = explorer.explore(3_000, 120.0)
    first: dict[int, int] = {}
    for n, (_, way) in enumerate(found.came):
        first.setdefault(way, n)
    lines = []
    for way, n in first.items():
        moves = [move.act.name if move.act else f"late {move.late}" for move in explorer.ways[way].moves]
        story = told(explorer, found, n)
        lines.append(f"# {', '.join(moves) if way >= 0 else 'open'}\n{story.text if story else 'nobody can play it'}\n")
        if story:
            assert played(story.text, guide, tmp_path).failure is None
    golden(f"told-{name}.txt", "\n".join(lines))  # type: ignore[operator]


def test_slow_rules_wait_until_they_are_asked_for() -> None:
    text = (RULES / "dead-transition" / "fires.yaml").read_bytes()
    assert check_text(text, Path("small.yaml")) == ()
    assert [one.rule for one in check_paths([RULES / "dead-transition" / "fires.yaml"], profile="release")] == [
        "dead-transition"
    ]
