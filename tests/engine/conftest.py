"""An engine on a real database of each kind; whatever a test writes, the invariants hold afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import invariants
from guides_for_tests.office import ENGINE_GUIDES, Office
from jiandu.clock import FixedClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.guide.library import Library
from jiandu.source import read
from jiandu.store import Database


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    for name, text in ENGINE_GUIDES.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def office(made_url: str, guides: Path) -> Iterator[Office]:
    with Database.connect(made_url) as database:
        database.switch_outbox(on=True)
        clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        yield Office(Engine(database, guides=Library(guides), clock=clock), clock, made_url)
    invariants.check(made_url)


@pytest.fixture
def people() -> PeopleFile:
    """A county and the city above it; `o` was an officer until the end of March, then a boss."""
    return PeopleFile.read(read(PEOPLE.encode(), "people.yaml"))


PEOPLE = """
jiandu: 1
units:
  u1: {title: 某县院, short: 某县, level: county, superior: u0}
  u0: {title: 某市院, short: 某市, level: city}
  u2: {title: 邻县院, short: 邻县, level: county, superior: u0}
people:
  k: {name: 书, unit: u1, roles: [{role: clerk}]}
  o: {name: 官, unit: u1, roles: [{role: officer, until: 2026-03-31}, {role: boss, from: 2026-04-01}]}
  s: {name: 上, unit: u0, roles: [{role: clerk}, {role: boss}]}
  n: {name: 邻, unit: u2, roles: [{role: clerk}, {role: officer}]}
"""
