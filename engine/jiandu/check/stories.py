"""What is wrong with a story before it is played: files, guides, people and acts that do not exist."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu.errors import GuideError, UsageError
from jiandu.findings import Finding
from jiandu.guide.grammar import Names
from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.source import Source
from jiandu.source.cursor import Cursor

if TYPE_CHECKING:
    from jiandu.scenario import Story


def wrong(source: Source, path: Path, library: Library) -> Iterator[Finding]:
    """What a story of the right shape speaks of that is not there. Raises GuideError for the story it begins with."""
    root, names = Cursor(source), Names()
    guide = _guide(root, library, names)
    if guide is not None:
        _acts(root, guide, library, names)
    yield from names.findings
    if path.is_file():
        from jiandu.scenario import read_story  # the engine's rules are not needed to judge any other text

        yield from unopened(read_story(path))


def unopened(story: "Story") -> Iterator[Finding]:
    """The first line of a story that comes before the opening of its case."""
    for item in story.items:
        begins = item.verb in ("open", "adopt")
        if not begins and item.verb != "calendar":
            yield Finding("story-opens-first", item.place)
        if item.verb != "calendar" and not (begins and "refused" in item.data):
            return


def _guide(root: Cursor, library: Library, names: Names) -> Guide | None:
    try:
        return library.guide(root.data["guide"])
    except GuideError as error:
        names.findings.extend(error.findings)
        return None
    except UsageError:
        names.known("guide", root.data["guide"], root.at("guide"), library.ids())
        return None


def _acts(root: Cursor, own: Guide, library: Library, names: Names) -> None:
    """An act that is refused may well be one that does not exist; every other has to."""
    for item in root.at("story").each():
        guide = _guide_of_case(str(item.data.get("case", "")), own, library)
        if guide is None:
            continue
        if "do" in item and "refused" not in item:
            names.known("act", item.data["do"], item.at("do"), guide.acts)
        state = item.at("expect", "state")
        if state.data is not None:
            names.known("state", state.data, state, guide.states)


def _guide_of_case(case: str, own: Guide, library: Library) -> Guide | None:
    """The guide of the case an entry is about: of one that an act opened, that of the relation, where it is there."""
    relation = own.related.get(case.partition("#")[0])
    if relation is None:
        return own
    try:
        return library.guide(relation.guide)
    except (GuideError, UsageError):
        return None  # what is wrong with it is told where it stands
