"""The glossary has a row for every key of the schemas, and no row too many."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SECTION = re.compile(r"^`(schemas/[^\n]*)`\n\n\|.*?\n\n", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| (\S+) \| (.+) \|$", re.MULTILINE)
SECTIONS = {found[1]: found[0] for found in SECTION.finditer((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("files", SECTIONS)
def test_a_row_for_every_key(files: str) -> None:
    keys = {key for file in re.findall(r"[\w/.]+\.json", files) for key in keys_of(ROOT / file)}
    rows = [row[1] for row in ROW.finditer(SECTIONS[files])]
    assert sorted(rows) == sorted(keys)


def test_every_schema_has_its_section() -> None:
    named = set(re.findall(r"schemas/[\w.]+\.json", " ".join(SECTIONS)))
    assert named == {f"schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")}


def keys_of(schema: Path) -> set[str]:
    return set(properties(json.loads(schema.read_text(encoding="utf-8"))))


def properties(part: Any) -> Iterator[str]:
    """The keys that an author may write; those that are named only to be forbidden are none."""
    if isinstance(part, list):
        for item in part:
            yield from properties(item)
    elif isinstance(part, dict):
        yield from (key for key, value in part.get("properties", {}).items() if value != {"not": {}})
        for value in part.values():
            yield from properties(value)
