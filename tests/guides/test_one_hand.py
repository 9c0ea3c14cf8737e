"""The shipped guides are one work: the same order of keys, the same titles for like-named things, none too long."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "guides"
GUIDES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("items/*.yaml")])
LEXICONS = sorted(FOLDER.glob("lexicon/*.yaml"))
STORIES = sorted(FOLDER.glob("scenarios/**/*.yaml"))
ORDER: dict[str, tuple[str, ...]] = {
    "guide": (
        "jiandu", "id", "version", "title", "status", "effective", "uses", "number", "open", "initial", "outcomes",
        "sources", "settings", "powers", "roles", "fields", "documents", "states", "steps", "transitions", "deadlines",
        "related", "suspension", "secrecy", "statements", "migrate",
    ),
    "states": ("title", "stage", "final", "why", "basis", "steps", "transitions", "law"),
    "steps": (
        "title", "during", "except", "by", "not_by", "people", "when", "rules", "event", "optional", "before", "after",
        "repeat", "at_most", "assigns", "numbers", "opens", "fills", "record", "sets", "drafted_in", "sends", "basis",
        "law",
    ),
    "transitions": (
        "title", "during", "except", "by", "not_by", "people", "when", "rules", "after", "to", "resumes", "event",
        "reopens", "outcome", "assigns", "numbers", "opens", "fills", "record", "sets", "basis", "law",
    ),
    "rules": ("if", "must", "enforce", "basis", "says", "law"),
    "deadlines": (
        "title", "owed_by", "right_of", "internal", "each", "when", "counts_from", "length", "due_on", "months", "roll",
        "met_by", "void_by", "on_missed", "extend", "pause", "warn", "survives", "versions", "basis", "law",
    ),
    "documents": (
        "title", "number", "signed_by", "released_by", "addressed_to", "copies_to", "serve", "each", "reply", "basis",
        "law",
    ),
}  # fmt: skip
"""The order in which keys are written."""


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def parts(kind: str, text: Any) -> list[tuple[str, Any]]:
    """Every state, step, transition, rule, deadline or paper of a text, by name."""
    found: list[tuple[str, Any]] = []
    if isinstance(text, dict):
        for key, value in text.items():
            if key == kind and isinstance(value, dict):
                found += [(name, one) for name, one in value.items() if isinstance(one, dict) and name != "defaults"]
            found += parts(kind, value) if key not in ("record", "fields", "choices") else []
    return found


@pytest.mark.parametrize("path", [*GUIDES, *LEXICONS], ids=lambda path: path.stem)
def test_a_file_is_short_enough_to_be_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 140
    assert len(lines) <= 700 or path.parent.name == "lexicon"


@pytest.mark.parametrize("path", [*GUIDES, *LEXICONS], ids=lambda path: path.stem)
def test_keys_are_written_in_one_order(path: Path) -> None:
    text = read(path)
    wrong = [] if path in LEXICONS else misplaced("guide", list(text))
    for kind in ("states", "steps", "transitions", "rules", "deadlines", "documents"):
        wrong += [(kind, name, key) for name, one in parts(kind, text) for key in misplaced(kind, list(one))]
    assert wrong == []


def misplaced(kind: str, keys: list[str]) -> list[str]:
    """The keys that stand after one they should precede."""
    ranks = [ORDER[kind].index(key) for key in keys]
    return [key for key, rank, before in zip(keys[1:], ranks[1:], ranks, strict=False) if rank < before]


@pytest.mark.parametrize("kind", ["states", "steps", "transitions", "roles", "outcomes", "fields", "documents"])
def test_like_named_things_have_one_title(kind: str) -> None:
    titles: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in (*GUIDES, *LEXICONS):
        text = read(path)
        named = text.get(kind, {}).items() if kind in ("outcomes", "fields") else parts(kind, text)
        for name, one in named:
            titles[name][one["title"] if isinstance(one, dict) else one].append(path.stem)
    assert {name: dict(said) for name, said in titles.items() if len(said) > 1} == {}


def test_a_story_says_what_it_is_for() -> None:
    assert [path.stem for path in STORIES if not (read(path).get("trace") or read(path).get("why"))] == []
