"""The guides of the office that crashes."""

from pathlib import Path

import pytest

from guides_for_tests.office import ENGINE_GUIDES
from jiandu.guide.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    guides = tmp_path / "guides"
    guides.mkdir()
    for name, text in ENGINE_GUIDES.items():
        (guides / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Library(guides)
