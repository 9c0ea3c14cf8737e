"""Whether what a site has chosen is there to be chosen: settings of its guides and lexicons, within their bounds."""

from collections.abc import Callable, Iterator
from pathlib import Path

from jiandu.check.files import ENGLISH, FOLDERS, kind_of
from jiandu.errors import GuideError
from jiandu.findings import Finding
from jiandu.guide.bundle import fits, out_of_bounds
from jiandu.guide.grammar import Names
from jiandu.source import Source
from jiandu.source.cursor import Cursor

Reader = Callable[[Path], Source]


def wrong(source: Source, home: Path, read: Reader) -> Iterator[Finding]:
    """What no guide of the folder knows, and what none of those that know it allows."""
    names, defined = Names(), _settings(home, read)
    for name, entry in Cursor(source).at("settings").entries():
        known = names.known("setting", name, entry, defined, key=True)
        if known and not any(fits(entry.data, one.data) for one in defined[name]):
            names.findings.append(out_of_bounds(entry, name))
    yield from names.findings


def _settings(home: Path, read: Reader) -> dict[str, list[Cursor]]:
    """Every setting that a text of the folder defines; texts that cannot be read are judged by themselves."""
    found: dict[str, list[Cursor]] = {}
    for path in sorted(home.rglob("*.yaml")):
        folder = path.relative_to(home).parts[0]
        if folder == ENGLISH or FOLDERS.get(folder, "lexicon") != "lexicon":
            continue  # hundreds of files, none of which defines a setting
        try:
            source = read(path)
        except GuideError:
            continue
        if kind_of(source, path) in ("guide", "lexicon"):
            for name, cursor in Cursor(source).at("settings").entries():
                found.setdefault(name, []).append(cursor)
    return found
