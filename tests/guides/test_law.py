"""Each guide and the page of its law agree: every row is carried out or says why not, and every row named is there."""

import re
import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from jiandu.guide.library import Library

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "guides"
GUIDES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
ROW = re.compile(r"^\| (?:\*\*)?`?([A-Z0-9][A-Za-z0-9.]*(?:-[A-Z0-9]+)?)`?(?:\*\*)? \|(.*)$", re.MULTILINE)
MEASURES = runpy.run_path(str(ROOT / "scripts/measures.py"))
EXCUSED = "**not carried**"
ITEMS = {"circuit-inspection": "items/circuit-finding", "sentence-change": "items/sentence-change-item"}
"""The guides of what is found in a matter; their law is told on its page."""


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def texts(name: str) -> list[Any]:
    """A guide, what belongs to it, and the lexicons it uses."""
    found = [read(FOLDER / f"{one}.yaml") for one in family(name)]
    uses = {used for text in found for used in text["uses"]}
    return found + [read(FOLDER / f"{used}.yaml") for used in sorted(uses)]


def family(name: str) -> list[str]:
    return [name, ITEMS[name]] if name in ITEMS else [name]


@cache
def carried(name: str) -> set[str]:
    """The rows that items of the guide, or stories of it, say they carry out."""
    stories = [path for one in family(name) for path in (FOLDER / "scenarios" / one).glob("**/*.yaml")]
    told = (read(path).get("trace", ()) for path in stories)
    traces = {row for trace in told for row in ([trace] if isinstance(trace, str) else trace)}
    return traces | {row for text in texts(name) for row in rows(text)}


def rows(text: Any) -> set[str]:
    """What stands under any `law:` of a text."""
    if isinstance(text, list):
        return {row for one in text for row in rows(one)}
    if not isinstance(text, dict):
        return set()
    own = text.get("law", ()) if "title" in text or "must" in text else ()
    return {*([own] if isinstance(own, str) else own), *(row for one in text.values() for row in rows(one))}


def page(name: str) -> str:
    return (ROOT / "docs/law" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GUIDES)
def test_every_row_of_the_law_is_carried_out_or_says_why_not(name: str) -> None:
    told = ROW.findall(page(name))
    assert len(told) > 5
    assert [row for row, rest in told if row not in carried(name) and EXCUSED not in rest] == []


@pytest.mark.parametrize("name", GUIDES)
def test_every_row_a_guide_names_is_on_its_page(name: str) -> None:
    told = {row for row, _ in ROW.findall(page(name))}
    own = {row for text in texts(name)[: len(family(name))] for row in rows(text)}
    assert own - told == set()


@pytest.mark.parametrize("name", sorted(Library(FOLDER).ids()))
def test_how_much_a_guide_leaves_open_is_little_or_has_its_reason(name: str) -> None:
    guide = next(one for one in GUIDES if name in family(one))
    above = {what for what, share in MEASURES["measures"](name).items() if share > MEASURES["LIMITS"][what]}
    reasons = page(guide).partition("\n## Measures\n")[2]
    assert {what for what in above if f"`{name}` {what}" not in reasons} == set()
