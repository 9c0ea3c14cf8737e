"""Every story gives the same trail in memory and on a real SQLite file, byte for byte."""

from pathlib import Path

import pytest

import invariants
from guides_for_tests.small import LIBRARY
from jiandu.calendar import Calendar
from jiandu.scenario import find_stories, play, read_story
from jiandu.store import Database, read_trail
from jiandu.testing import play_on_store

STORIES = sorted(find_stories(LIBRARY.folder))


@pytest.mark.parametrize("file", STORIES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_story_gives_the_same_trail_in_memory_and_on_a_database(file: Path, tmp_path: Path) -> None:
    story = read_story(file)
    played = play(story, LIBRARY.guide(story.guide), Calendar.shipped(), guide_of=LIBRARY.guide)
    with Database.connect(f"sqlite:///{tmp_path / 'story.db'}") as database:
        database.init(practice=True)
        stored = play_on_store(story, database, guides=LIBRARY)
        assert (played.failure, stored.failure) == (None, None)
        assert stored.case == played.case
        with database.reading() as connection:
            trails = {name: list(read_trail(connection, name)) for name in {line.case for line in played.lines}}
    for name, rows in trails.items():
        assert [(row.entry, row.hash, row.salt, row.body) for row in rows] == [
            (line.entry, line.hash, line.salt, line.body) for line in played.lines if line.case == name
        ]
    invariants.check(tmp_path / "story.db")


def test_a_story_that_does_not_come_true_fails_at_its_line(tmp_path: Path) -> None:
    story = read_story(LIBRARY.folder / "scenarios" / "case-filing" / "c1-a1.yaml")
    moved = story.items[1:2] + story.items
    with Database.connect(f"sqlite:///{tmp_path / 'story.db'}") as database:
        database.init(practice=True)
        assert play_on_store(story, database).failure is None
        with pytest.raises(ValueError, match="opens its case first"):
            play_on_store(type(story)(**{**_facts(story), "items": moved}), database)


def _facts(story) -> dict:
    return {name: getattr(story, name) for name in story.__slots__}
