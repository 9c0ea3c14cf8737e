"""Every story gives the same trail in memory and on a real SQLite file, byte for byte; every tenth on PostgreSQL too.

What a database does differently does not depend on the story; the long run plays them all.
"""

import os
from pathlib import Path

import invariants
from guides_for_tests.small import LIBRARY
from jiandu.calendar import Calendar
from jiandu.scenario import find_stories, play, read_story
from jiandu.store import Database, read_trail
from jiandu.testing import play_on_store
from stranger import stranger

STORIES = sorted(find_stories(LIBRARY.folder))
SOAK = bool(os.environ.get("JIANDU_SOAK"))
PLAYED = {"sqlite": STORIES, "postgresql": STORIES if SOAK else STORIES[::10]}


def pytest_generate_tests(metafunc):
    if "file" in metafunc.fixturenames:
        both = [(kind, file) for kind, files in PLAYED.items() for file in files]
        ids = [f"{kind}-{file.parent.name}/{file.stem}" for kind, file in both]
        metafunc.parametrize(("made_url", "file"), both, indirect=["made_url"], ids=ids)
    else:
        metafunc.parametrize("made_url", PLAYED, indirect=True)


def test_a_story_gives_the_same_trail_in_memory_and_on_a_database(file: Path, made_url: str) -> None:
    story = read_story(file)
    played = play(story, LIBRARY.guide(story.guide), Calendar.shipped(), guide_of=LIBRARY.guide)
    with Database.connect(practised(made_url)) as database:
        stored = play_on_store(story, database, guides=LIBRARY)
        assert (played.failure, stored.failure) == (None, None)
        assert stored.case == played.case
        with database.reading() as connection:
            trails = {name: list(read_trail(connection, name)) for name in {line.case for line in played.lines}}
    for name, rows in trails.items():
        assert [(row.entry, row.hash, row.salt, row.body) for row in rows] == [
            (line.entry, line.hash, line.salt, line.body) for line in played.lines if line.case == name
        ]
    if SOAK or STORIES.index(file) % 5 == 0:  # every act decided anew takes longer than the story itself
        invariants.check(made_url)


def test_a_story_that_does_not_come_true_fails_at_its_line(made_url: str) -> None:
    story = read_story(LIBRARY.folder / "scenarios" / "case-filing" / "c1-a1.yaml")
    moved = story.items[1:2] + story.items
    with Database.connect(practised(made_url)) as database:
        assert play_on_store(story, database).failure is None
        failure = play_on_store(type(story)(**{**_facts(story), "items": moved}), database).failure
        assert failure is not None
        assert (failure.code, failure.place) == ("story-opens-first", moved[0].place)


def practised(url: str) -> str:
    """The database, from now on one to practise in."""
    with stranger(url) as connection:
        connection.exec_driver_sql("UPDATE meta SET practice = true, outbox = true")
    return url


def _facts(story) -> dict:
    return {name: getattr(story, name) for name in story.__slots__}
