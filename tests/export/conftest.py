"""The trail of an office with two cases, as exports are given it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from guides_for_tests.office import ENGINE_GUIDES, OFFICER, Office
from jiandu.clock import FixedClock
from jiandu.engine import Engine, Entry
from jiandu.guide.library import Library


@pytest.fixture
def office(tmp_path: Path) -> Office:
    for name, text in ENGINE_GUIDES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    return Office(Engine("sqlite://", guides=Library(tmp_path), clock=clock), clock, "sqlite://")


@pytest.fixture
def entries(office: Office) -> list[Entry]:
    first, second = office.open(card={"note": "=1+1"}), office.open()
    for case in (first, second):
        office.do(case, "take")
        office.send(case)
    office.act("link", first, "near", by=OFFICER, other=second.id)
    office.do(first, "go")
    office.do(first, "shelve")
    return list(office.engine.entries())
