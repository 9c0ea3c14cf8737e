"""An office on a real database of each kind whose outbox is on; whatever a test does, no event is lost or doubled."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import invariants
from guides_for_tests.office import ENGINE_GUIDES, Office
from jiandu.clock import FixedClock
from jiandu.engine import Engine
from jiandu.guide.library import Library
from jiandu.store import Database


@pytest.fixture
def office(made_url: str, tmp_path: Path) -> Iterator[Office]:
    guides = tmp_path / "guides"
    guides.mkdir()
    for name, text in ENGINE_GUIDES.items():
        (guides / f"{name}.yaml").write_text(text, encoding="utf-8")
    with Database.connect(made_url) as database:
        database.switch_outbox(on=True)
        clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        yield Office(Engine(database, guides=Library(guides), clock=clock), clock, made_url)
    invariants.check(made_url)
