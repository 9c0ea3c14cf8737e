"""A service on a real database of each kind; whatever a test asks of it, the invariants hold afterwards."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import invariants
from guides_for_tests.office import ENGINE_GUIDES
from jiandu.clock import FixedClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.guide.library import Library
from jiandu.serve import Limits
from jiandu.source import read
from jiandu.store import Database
from service import PEOPLE, Service, serving, tokens

Starting = Callable[..., AbstractContextManager[Service]]


@pytest.fixture
def start(made_url: str, tmp_path: Path) -> Iterator[Starting]:
    """Starts a service with limits of the test's own."""
    folder = tmp_path / "guides"
    folder.mkdir()
    for name, text in ENGINE_GUIDES.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    people, clock = (
        PeopleFile.read(read(PEOPLE.encode(), "people.yaml")),
        FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC)),
    )
    with Database.connect(made_url) as database:
        engine = Engine(database, guides=Library(folder), directory=people, clock=clock)
        yield lambda limits=None: serving(engine, tokens(tmp_path), limits or Limits(rate=1000, burst=1000))
    invariants.check(made_url)


@pytest.fixture
def service(start: Starting) -> Iterator[Service]:
    with start() as service:
        yield service
