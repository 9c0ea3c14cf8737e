"""Each guide and the page of its law agree: every row is carried out or says why not, and every row named is there."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from jiandu.guide.library import Library

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "guides"
GUIDES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
ROW = re.compile(r"^\| (?:\*\*)?`?([A-Z0-9][A-Za-z0-9.]*(?:-[A-Z0-9]+)?)`?(?:\*\*)? \|(.*)$", re.MULTILINE)
EXCUSED = "**not carried**"
ITEMS = {"circuit-inspection": "items/circuit-finding", "sentence-change": "items/sentence-change-item"}
"""The guides of what is found in a matter; their law is told on its page."""


def texts(name: str) -> list[Any]:
    """A guide, what belongs to it, and the lexicons it uses."""
    found = [yaml.safe_load((FOLDER / f"{one}.yaml").read_text(encoding="utf-8")) for one in family(name)]
    uses = {used for text in found for used in text["uses"]}
    return found + [yaml.safe_load((FOLDER / f"{used}.yaml").read_text(encoding="utf-8")) for used in sorted(uses)]


def family(name: str) -> list[str]:
    return [name, ITEMS[name]] if name in ITEMS else [name]


def carried(name: str) -> set[str]:
    """The rows that items of the guide, or stories of it, say they carry out."""
    stories = [path for one in family(name) for path in (FOLDER / "scenarios" / one).glob("**/*.yaml")]
    traces = {row for path in stories for row in yaml.safe_load(path.read_text(encoding="utf-8")).get("trace", ())}
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
    above = {what for what, (part, limit) in measures(name).items() if part > limit}
    reasons = page(guide).partition("\n## Measures\n")[2]
    assert {what for what in above if f"`{name}` {what}" not in reasons} == set()


def measures(name: str) -> dict[str, tuple[float, float]]:
    """The parts, in percent, that may not become large, each with its limit."""
    guide = Library(FOLDER).guide(name)
    acts = [act for act in guide.acts.values() if act is guide.openers[act.step]]
    rules = [rule for act in acts for rule in act.rules]
    based = [one.basis for one in (*acts, *guide.deadlines.values(), *rules) if one.basis]
    steps, moves = written(name, "steps"), written(name, "transitions")
    return {
        "design": (part(all(cited.mark == "design" for cited in basis) for basis in based), 40),
        "any_open": (part(one.get("during") == "any_open" for one in moves), 15),
        "optional": (part(one.get("optional", False) for one in steps), 25),
        "warn": (part(rule.warns for rule in rules), 10),
    }


def written(name: str, kind: str) -> list[dict[str, Any]]:
    """The steps or transitions as they are written, in the guide and the lexicons it uses."""
    guide = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    files = [guide, *(yaml.safe_load((FOLDER / f"{used}.yaml").read_text(encoding="utf-8")) for used in guide["uses"])]
    homes = [home for text in files for home in (text, *text.get("states", {}).values())]
    return [one for home in homes for one in home.get(kind, {}).values()]


def part(found: Iterable[bool]) -> float:
    counted = list(found)
    return 100 * sum(counted) / len(counted) if counted else 0
