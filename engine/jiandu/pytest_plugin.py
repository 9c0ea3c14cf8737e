"""Fixtures for the tests of those who build on jiandu; pytest finds them wherever jiandu is installed.

A project says in its pytest settings where its own texts are: `jiandu_guides`, a folder, and `jiandu_people`, a file.
Any fixture may be overridden by one of the same name. Nothing of the engine is loaded before a fixture asks for it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from jiandu.clock import FixedClock
    from jiandu.directory import Directory
    from jiandu.engine import Engine
    from jiandu.guide.library import Library
    from jiandu.scenario import Played


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("jiandu_guides", "folder of guides that the tests are about", type="paths", default=[])
    parser.addini("jiandu_people", "people file of the tests", type="paths", default=[])


@pytest.fixture
def jiandu_clock() -> "FixedClock":
    """A clock that stands on a Monday; a test moves it by `jiandu_clock.instant += timedelta(days=1)`."""
    from jiandu.testing import MONDAY, FixedClock

    return FixedClock(MONDAY)


@pytest.fixture(scope="session")
def jiandu_guides(pytestconfig: pytest.Config) -> "Library":
    """The project's guides; those that are shipped where it has none."""
    from jiandu.guide.library import Library

    folder = _path(pytestconfig, "jiandu_guides")
    return Library(folder) if folder else Library.shipped()


@pytest.fixture(scope="session")
def jiandu_people(pytestconfig: pytest.Config) -> "Directory | None":
    """The project's people; without any, actors bring their roles."""
    from jiandu.directory import PeopleFile

    file = _path(pytestconfig, "jiandu_people")
    return PeopleFile.load(file) if file else None


@pytest.fixture
def jiandu_engine(
    tmp_path: Path, jiandu_guides: "Library", jiandu_people: "Directory | None", jiandu_clock: "FixedClock"
) -> "Iterator[Engine]":
    """An engine on a practice database of the test's own."""
    from jiandu.testing import engine_for_tests

    file = tmp_path / "jiandu.db"
    with engine_for_tests(file, guides=jiandu_guides, people=jiandu_people, clock=jiandu_clock) as engine:
        yield engine


@pytest.fixture
def jiandu_play(tmp_path: Path, jiandu_guides: "Library") -> "Callable[[Path], Played]":
    """Plays the story of a file on a real database; a story that does not come true fails the test at its line."""
    from jiandu.catalogue import language_of_locale
    from jiandu.testing import play_file

    played = iter(range(1_000_000))

    def play(story: Path) -> "Played":
        done = play_file(story, tmp_path / f"story-{next(played)}.db", guides=jiandu_guides)
        if done.failure:
            pytest.fail(f"{done.failure.place}: {done.failure.text(language_of_locale())}", pytrace=False)
        return done

    return play


def _path(config: pytest.Config, name: str) -> Path | None:
    paths: list[Path] = config.getini(name)
    return paths[0] if paths else None
