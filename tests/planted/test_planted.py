"""Every planted mistake is found, by its rule, at its line, and nothing else is; the guides themselves are clean."""

from collections import Counter
from pathlib import Path

import pytest

from planted.index import GUIDES, KEYS, Entry, entries
from planted.judging import UNDECIDED, awaited, copy_of_guides, found, judge

ENTRIES = entries()
JUDGED = [entry for entry in ENTRIES if not awaited(entry)]
FOUND = [entry for entry in JUDGED if not entry.missed]
MISSED = [entry for entry in JUDGED if entry.missed]
WHOLE = sorted(
    {*(file.name for file in GUIDES.glob("*.yaml")), *(f"items/{f.name}" for f in GUIDES.glob("items/*.yaml"))}
)


@pytest.mark.parametrize("entry", FOUND, ids=str)
def test_a_planted_mistake_is_found(entry: Entry, tmp_path: Path) -> None:
    assert found(entry, tmp_path) == [(entry.rule, entry.stands_in, entry.line)]


@pytest.mark.parametrize("entry", MISSED, ids=str)
def test_what_is_said_to_be_missed_is_missed_and_loses_that_word_once_it_is_found(entry: Entry, tmp_path: Path) -> None:
    assert found(entry, tmp_path) != [(entry.rule, entry.stands_in, entry.line)]


@pytest.mark.parametrize("guide", WHOLE)
def test_nothing_is_found_in_a_guide_as_it_is(guide: str, tmp_path: Path) -> None:
    said = list(judge(copy_of_guides(tmp_path) / guide, slow=False))
    assert [one for one in said if one[0] != UNDECIDED] == []
    print(f"{guide}: {len(said)} questions were too large to decide")


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_an_entry_can_be_planted(entry: Entry) -> None:
    assert set(entry.given) <= KEYS
    assert entry.text != (GUIDES / entry.changed).read_text(encoding="utf-8")
    assert entry.line
    assert entry.given["why"].endswith(".")


def test_every_entry_has_a_name_of_its_own() -> None:
    assert [name for name, times in Counter(map(str, ENTRIES)).items() if times > 1] == []


def test_every_trap_is_planted() -> None:
    planted = {
        int(entry.given["from"].split()[1].rstrip(",")) for entry in ENTRIES if entry.given["from"].startswith("trap")
    }
    assert planted == set(range(1, 31))


def test_what_awaits_its_rule_is_counted() -> None:
    """Printed with `pytest -s`."""
    width = max(len(str(entry)) for entry in ENTRIES)
    for entry in ENTRIES:
        state = "awaits its rule" if awaited(entry) else "missed" if entry.missed else "found"
        print(f"{entry!s:{width}}  {entry.family:<11} {entry.rule:<28} {state}")
    print(f"{len(ENTRIES)} planted, {len(FOUND)} found, {len(MISSED)} missed, the others await their rules")
    assert not [entry for entry in JUDGED if entry.proposed], "a proposed name that is built is no proposal any more"
