"""Which files are meant, what stands in them, and where what they use is found."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jiandu.errors import UsageError
from jiandu.shipped import SITE, folder
from jiandu.source import Source

SUFFIXES = (".yaml", ".yml")
ENGLISH = "en"
"""The folder of English texts, beside the guides."""
FOLDERS = {"lexicon": "lexicon", "scenarios": "scenario", "calendars": "calendar"}
"""What stands in the folders beside the guides."""
SIGNS = {
    "scenario": {"story", "cast", "begins"},
    "calendar": {"years", "known_from", "known_until"},
    "people": {"people", "units"},
    "guide": {"initial", "version", "effective", "outcomes", "open"},
    "lexicon": {"roles", "fields", "documents", "sources", "states", "powers", "settings"},
    "site": {"settings"},
}
"""Keys that give away what a text is, where neither its first line nor its folder says so."""


def texts_below(paths: Iterable[Path]) -> list[Path]:
    """The files, and every YAML below the folders, in order, each once; hidden folders are passed over.

    Raises UsageError `nothing-to-check`.
    """
    found = [file for path in paths for file in _below(path)]
    if not found:
        raise UsageError("nothing-to-check")
    return list(dict.fromkeys(found))


def _below(path: Path) -> Iterator[Path]:
    if not is_folder(path):
        yield path  # whoever reads it will say if there is none
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.suffix in SUFFIXES and not hidden and file.is_file():
            yield file


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; one that nobody lets us see is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def kind_of(source: Source, path: Path) -> str:
    """What a text is: `guide`, `lexicon`, `site`, `scenario`, `calendar`, `people`, `english`; else empty.

    Its first line says so (`$schema=…/guide.schema.json`), or its folder, or its keys.
    """
    if in_english(path):
        return "english"
    if path.name == SITE:
        return "site"
    return _by_first_line(source.text) or _by_folder(path) or _by_keys(source.data)


def _by_first_line(text: str) -> str:
    first = text.partition("\n")[0]
    name = first.rpartition("/")[2].rpartition("=")[2].strip() if "$schema=" in first else ""
    kind = name.removesuffix(".schema.json")
    return kind if kind in SIGNS else ""


def _by_folder(path: Path) -> str:
    return next((FOLDERS[part] for part in path.parts[:-1] if part in FOLDERS), "")


def _by_keys(data: Any) -> str:
    keys = set(data) if isinstance(data, dict) else set()
    signs = {kind: len(keys & signs) for kind, signs in SIGNS.items()}
    likely = max(signs, key=lambda kind: signs[kind])
    return likely if signs[likely] else ("guide" if "jiandu" in keys else "")


def in_english(path: Path) -> bool:
    """Whether the file stands among the English texts."""
    return ENGLISH in path.parts[:-1]


def home_of(path: Path) -> Path:
    """The folder of guides that a file belongs to: the nearest above it with lexicons or stories; else that shipped."""
    for above in (*path.parents, *path.absolute().parents):
        if any(is_folder(above / name) for name in ("lexicon", "scenarios")) and above.name != ENGLISH:
            return above
    return folder("guides")


def within(path: Path, home: Path) -> bool:
    """Whether the file stands in that folder of guides; one that stands elsewhere only borrows its lexicons."""
    return path.absolute().is_relative_to(home.absolute())


def counterpart(path: Path) -> Path:
    """The Chinese text that an English one stands beside: `guides/x.yaml` of `guides/en/x.yaml`."""
    at = len(path.parts) - 2 - path.parts[-2::-1].index(ENGLISH)
    return Path(*path.parts[:at], *path.parts[at + 1 :])
