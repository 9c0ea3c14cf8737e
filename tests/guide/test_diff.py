"""What has changed between two texts of a guide weighs what it means to those who live with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from guides_for_tests.whole import GUIDE, LEXICON, library
from jiandu.guide.bundle import Bundle
from jiandu.guide.diff import KEYS, NAMED, Difference, difference
from jiandu.source import read

SCHEMAS = Path(__file__).parents[2] / "schemas"


def texts(folder: Path, guide: str = GUIDE, lexicon: str = LEXICON) -> Bundle:
    folder.mkdir(exist_ok=True)
    return library(folder, guide, lexicon).texts(read(guide, "whole.yaml"))


def changed(tmp_path: Path, *changes: tuple[str, str], version: str = "2.0.0") -> Difference:
    guide, lexicon = GUIDE.replace("version: 2.0.0", f"version: {version}"), LEXICON
    for old, new in changes:
        assert old in guide or old in lexicon
        in_guide = old in guide
        guide, lexicon = guide.replace(old, new, 1), lexicon if in_guide else lexicon.replace(old, new, 1)
    return difference(texts(tmp_path / "old"), texts(tmp_path / "new", guide, lexicon))


def keys(node: Any) -> set[str]:
    """Every key that a schema knows."""
    if isinstance(node, list):
        return {key for one in node for key in keys(one)}
    if not isinstance(node, dict):
        return set()
    own = {key for key, part in node.get("properties", {}).items() if part != {"not": {}}}
    return own | {key for part in node.values() for key in keys(part)}


@pytest.mark.parametrize("kind", ["guide", "lexicon"])
def test_every_key_of_the_language_has_a_weight(kind: str) -> None:
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
    weighed = set(NAMED) | {key for named in KEYS.values() for key in named}
    assert keys(schema) - weighed == set()
    twice = [key for key in weighed if sum(key in named for named in KEYS.values()) > 1]
    assert twice == []


def test_the_same_text_differs_in_nothing_whatever_its_layout(tmp_path: Path) -> None:
    found = changed(tmp_path, ("initial: begin", "initial:   begin  # begins here"))
    assert (found.edits, found.step, found.enough) == ((), "none", True)


@pytest.mark.parametrize(
    ("old", "new", "path", "kind", "weight"),
    [
        ("    title: 起始\n", "    title: 开始\n", "states.begin.title", "changed", "words"),
        ("outcomes: {done_with: 办结}", "outcomes: {done_with: 结案}", "outcomes.done_with", "changed", "words"),
        ("[law-a:1]\n    law: F7", "[law-a:2]\n    law: F7", "states.begin.basis", "changed", "law"),
        ("length: {setting: answer_within}", "length: 9 days", "deadlines.filing.length", "changed", "duties"),
        ("{title: 备查, by: clerk", "{title: 备查, by: lead", "steps.put_by.by", "changed", "duties"),
        ("  n: {title: 人数, type: integer", "  n: {title: 人数, type: amount", "fields.n.type", "changed", "cases"),
        ("b: 乙类}", "b: 乙类, c: 丙类}", "fields.kind.choices.c", "added", "duties"),
        ("y: 措施二}", "z: 措施二}", "fields.many.choices.y", "removed", "cases"),
        ("  helper: {title: 助理", "  aide: {title: 助理", "roles.helper", "removed", "hosts"),
        ('number: "{unit}全', 'number: "{unit}整', "number", "changed", "hosts"),
    ],
)  # fmt: skip
def test_an_edit_weighs_what_it_touches(tmp_path: Path, old: str, new: str, path: str, kind: str, weight: str) -> None:
    found = changed(tmp_path, (old, new))
    assert (path, kind, weight) in [(edit.path, edit.kind, edit.weight) for edit in found.edits]


@pytest.mark.parametrize(
    ("old", "new", "step", "least", "less"),
    [
        ("    title: 起始\n", "    title: 开始\n", "patch", "2.0.1", "2.0.0"),
        ("length: {setting: answer_within}", "length: 9 days", "minor", "2.1.0", "2.0.9"),
        ("y: 措施二}", "z: 措施二}", "major", "3.0.0", "2.9.9"),
    ],
)
def test_the_version_has_to_rise_as_far(tmp_path: Path, old: str, new: str, step: str, least: str, less: str) -> None:
    found = changed(tmp_path, (old, new), version=least)
    assert (found.step, found.enough) == (step, True)
    assert not changed(tmp_path, (old, new), version=less).enough
