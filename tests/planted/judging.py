"""What `jiandu validate` and `jiandu test` find where a mistake is planted."""

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jiandu
from jiandu.calendar import Calendar
from jiandu.check import check_paths
from jiandu.check.rules import rules
from jiandu.check.suite import play_all

from .index import GUIDES, Entry

RENAMED = frozenset({"missing-translation", "stale-translation"})
"""What a changed text brings about besides: its English no longer stands beside it."""
ENGINE = Path(jiandu.__file__).parent
UNDECIDED = "not-decided"
"""What is said where a question was too large: of a guide that is right as of one that is wrong."""
TOLD = "story-fails"
"""What playing a story finds."""
Found = tuple[str, str, int]
"""A rule, the file in which it found something, and the line."""


def copy_of_guides(folder: Path, *, stories: bool = False) -> Path:
    """The guides with their lexicons and English in a folder of their own, with the stories where they are needed."""
    left_out = () if stories else ("scenarios",)
    return Path(shutil.copytree(GUIDES, folder / "guides", ignore=shutil.ignore_patterns(*left_out)))


def found(entry: Entry, folder: Path) -> list[Found]:
    """What is found once the mistake stands in a copy of the guides, without what the planting itself brings about.

    What a rule says twice of one line counts once: two choices of one field, say, of which neither is a role.
    """
    home = copy_of_guides(folder, stories=entry.changed.startswith("scenarios/"))
    judged = entry.plant(home)
    slow = any(rule.id == entry.rule and rule.profile != "drafting" for rule in rules())
    places = told(judged) if entry.rule == TOLD else judge(judged, slow=slow)
    besides = (RENAMED | {UNDECIDED}) - {entry.rule}
    found = ((rule, str(Path(file).relative_to(home)), line) for rule, file, line in places if rule not in besides)
    return list(dict.fromkeys(found))


def judge(file: Path, *, slow: bool) -> Iterator[Found]:
    """What the checks find in a file; going through all its cases only where that is asked for."""
    for finding in check_paths([file], profile="release" if slow else "drafting"):
        yield finding.rule, finding.place.file, finding.place.line


def told(story: Path) -> Iterator[Found]:
    """Where a story does not come true."""
    for result in play_all([story], Calendar.shipped()).failed:
        for finding in result.findings:
            yield finding.rule, finding.place.file, finding.place.line
        if result.failure:
            yield TOLD, result.failure.place.file, result.failure.place.line


@cache
def built() -> frozenset[str]:
    """Every name under which something can be found: the rules, and what reading and building a guide may say."""
    sections = json.loads((ENGINE / "catalogue" / "findings.json").read_text(encoding="utf-8")).values()
    return frozenset({rule.id for rule in rules()} | {code for codes in sections for code in codes} | {TOLD})


def awaited(entry: Entry) -> bool:
    """Whether nothing of that name can find anything yet."""
    return not any(code == entry.rule or code.startswith(f"{entry.rule}-") for code in built())
