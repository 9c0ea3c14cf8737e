"""Whether Chinese and English say the same things: no text without its English, no English without its text."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jiandu.catalogue import Text, words
from jiandu.check.files import ENGLISH, counterpart, is_folder
from jiandu.findings import Finding, Place
from jiandu.names import closest
from jiandu.source import Source

Reader = Callable[[Path], Source]
Dotted = str
SAID = ("title", "says", "why")
"""Keys whose values people read."""
UNSAID = ("when", "if", "must", "sets", "with", "never", "always")
"""Keys below which names are values, never texts."""


def texts(source: Source) -> dict[Dotted, tuple[str | int, ...]]:
    """The path of every text that people read, by its dotted name: `states.clue.title`."""
    return {".".join(map(str, path)): path for path in _texts(source.data, ())}


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(inner, str):
            if key in SAID:
                yield (*path, key)
        elif _lists_choices(key, value, path):
            yield from ((*path, key, code) for code, title in inner.items() if isinstance(title, str))
        elif key not in UNSAID:
            yield from _texts(inner, (*path, key))


def _lists_choices(key: str | int, around: Any, path: tuple[str | int, ...]) -> bool:
    """Whether the key holds codes with their titles."""
    if not isinstance(around[key], dict):
        return False
    if key in ("choices", "points"):
        return around.get("type") in ("choice", "checklist")
    return (key == "outcomes" and not path) or (key == "grounds" and path[-1:] in (("extend",), ("suspension",)))


def missing(source: Source, home: Path, read: Reader) -> Iterator[Finding]:
    """The texts without English; none where the guides have no folder of English texts at all."""
    name = source.data.get("id", "")
    file = home / ENGLISH / f"{name}.yaml"
    if not file.is_relative_to(home) or not is_folder(home / ENGLISH):
        return
    if not file.is_file():
        yield _warning("missing-translation", source.place(("title",)), "missing-translation-file", file=str(file))
        return
    english = read(file).data
    for dotted, path in texts(source).items():
        if not isinstance(english, dict) or dotted not in english:
            yield _warning("missing-translation", source.place(path), path=dotted, file=str(file))


def stale(source: Source, path: Path, read: Reader) -> Iterator[Finding]:
    """What is wrong with a file of English texts: values that are no texts, paths to which there is no text."""
    chinese = counterpart(path)
    if not isinstance(source.data, dict):
        yield _no_text(source, (), "wrong-form-object")
    elif not chinese.is_file():
        yield _warning("stale-translation", source.place(()), "stale-translation-file", file=str(chinese))
    else:
        yield from _entries(source, texts(read(chinese)), str(chinese))


def _entries(source: Source, known: dict[Dotted, tuple[str | int, ...]], file: str) -> Iterator[Finding]:
    free = known.keys() - source.data.keys()
    for earlier, (dotted, english) in enumerate(source.data.items()):
        if not isinstance(english, str):
            yield _no_text(source, (dotted,), "wrong-form-string")
        elif dotted not in known:
            guess = closest(dotted, free, earlier) or ""
            message = "stale-translation.guess" if guess else ""
            yield _warning("stale-translation", source.place((dotted,)), message, path=dotted, file=file, guess=guess)


def _warning(rule: str, place: Place, message: str = "", /, **facts: object) -> Finding:
    return Finding(rule, place, facts, message=message, severity="warning")


def _no_text(source: Source, path: tuple[str | int, ...], message: str) -> Finding:
    value = source.data[path[0]] if path else source.data
    found = Text(*words()[f"kind-{_SORTS.get(type(value), 'string')}"])
    return Finding("wrong-form", source.value_place(path), {"found": found}, message=message)


_SORTS = {type(None): "null", bool: "boolean", int: "integer", list: "array", dict: "object"}
