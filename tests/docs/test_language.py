"""docs/language is what the schemas and its parts make it, names every key, and every example of it runs.

A block is a whole guide, a story (which plays under the guide above it), a file of another kind
(`<!-- file: site -->`), or a fragment of docs/language/frame.yaml, put where `<!-- in: states.review.steps -->` says.
"""

import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jiandu import shape
from jiandu.calendar import Calendar
from jiandu.directory import PeopleFile
from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.scenario import play, read_story
from jiandu.source import read

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/language"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(FOLDER.glob("*.md"))}
BLOCK = re.compile(r"(?:^<!-- (\w+): (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEY = re.compile(r"`(\w+)`")
SECTIONS = {
    *("sources", "roles", "fields", "documents", "states", "steps", "transitions", "deadlines", "settings", "powers"),
    *("outcomes", "related"),
}
"""What a fragment adds to; whatever else it names it writes anew."""


class Block(NamedTuple):
    """A block of a page, and what the comment before it says."""

    word: str
    said: str
    language: str
    text: str


def test_the_pages_are_fresh() -> None:
    assert runpy.run_path(str(ROOT / "scripts/language.py"))["pages"]() == PAGES


@pytest.mark.parametrize("schema", sorted((ROOT / "schemas").glob("*.json")), ids=lambda path: path.name)
def test_every_key_has_its_place(schema: Path) -> None:
    named = {key for text in PAGES.values() for key in shown(text)}
    assert set(keys(json.loads(schema.read_text(encoding="utf-8")))) <= named


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_heading(page: str) -> None:
    links = re.findall(r"\]\((?:(\w[\w-]*\.md))?#(\w+)\)", PAGES[page])
    headings = {name: set(re.findall(r"^### (\w+)$", text, re.MULTILINE)) for name, text in PAGES.items()}
    assert [link for link in links if link[1] not in headings[link[0] or page]] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_block_runs(page: str, tmp_path: Path) -> None:
    guide = loaded(frame())
    for block in blocks(page):
        assert block.language == "yaml", block.text
        data = read(block.text.encode(), page).data
        if block.word == "file":
            checked(block, tmp_path)
        elif block.word == "in":
            guide = loaded(put(frame(), block.said.strip(".").split(".") if block.said != "." else [], data))
        elif "story" in data:
            played(block.text, guide, tmp_path)
        else:
            guide = loaded(data)


def loaded(data: Any) -> Guide:
    """The guide of the data. JSON is YAML: what was put together is read like any text."""
    return Library.shipped().load(read(json.dumps(data, ensure_ascii=False).encode(), "example.yaml"))


def frame() -> Any:
    return read((FOLDER / "frame.yaml").read_bytes(), "frame.yaml").data


def put(data: Any, path: list[str], fragment: Any) -> Any:
    """The data with the fragment at the path."""
    if path:
        return {**data, path[0]: put(data.get(path[0], {}), path[1:], fragment)}
    return {**data, **{key: added(key, data.get(key), value) for key, value in fragment.items()}}


def added(key: str, before: Any, value: Any) -> Any:
    return {**before, **value} if before and key in SECTIONS else value


def played(text: str, guide: Guide, folder: Path) -> None:
    path = folder / "example.yaml"
    path.write_text(text, encoding="utf-8")
    story = read_story(path)
    assert story.guide == guide.id, text
    failure = play(story, guide, Calendar.shipped()).failure
    assert failure is None, f"{failure.place}: {failure.text('en')}"


def checked(block: Block, folder: Path) -> None:
    """A file of another kind than guide and story."""
    path = folder / "example.yaml"
    path.write_text(block.text, encoding="utf-8")
    assert shape.check(read(block.text.encode(), "example.yaml"), block.said) == ()
    if block.said == "people":
        PeopleFile.load(path)
    elif block.said == "calendar":
        Calendar.load(path)


def blocks(page: str) -> Iterator[Block]:
    text = PAGES[page]
    assert len(re.findall(r"^```", text, re.MULTILINE)) == 2 * len(BLOCK.findall(text))
    assert len(re.findall(r"^<!-- ", text, re.MULTILINE)) == sum(1 for found in BLOCK.findall(text) if found[0])
    yield from (Block(*found) for found in BLOCK.findall(text))


def shown(text: str) -> Iterator[str]:
    """The keys that the tables of a page name, each by the last part of its path."""
    for line in text.partition("## Keys")[2].splitlines():
        if path := re.match(r"\| `([^`]+)`", line):
            yield path[1].rpartition(".")[2]
        elif line.startswith(("As of", "And, as of")):
            yield from KEY.findall(line)


def keys(part: Any) -> Iterator[str]:
    """The keys that an author may write; those that are named only to be forbidden are none."""
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from keys(inner)
    if isinstance(part, dict):
        yield from (key for key, value in part.get("properties", {}).items() if value != {"not": {}})
