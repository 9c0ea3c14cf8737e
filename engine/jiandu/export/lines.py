"""The trail line by line: JSON Lines for programs, CSV for people with a spreadsheet."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from jiandu.engine import Entry

COLUMNS = ("case", "seq", "day", "at", "recorded_at", "kind", "name", "by", "roles", "unit", "of", "effects", "hash")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "|", "%")
"""What a spreadsheet may take for the beginning of something to be run."""


def write_lines(entries: Iterable[Entry], file: IO[str]) -> int:
    """Writes each entry with its body (null once sealed) as one line of JSON; how many there were."""
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007
        said = {"hash": entry.hash, "entry": entry.content, "body": entry.body}
        file.write(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
    return count


def write_csv(entries: Iterable[Entry], file: IO[str]) -> int:
    """Writes each entry as a row without its body; no cell is one that a spreadsheet would run."""
    rows, count = csv.writer(file, quoting=csv.QUOTE_ALL), 0
    rows.writerow(COLUMNS)
    for count, entry in enumerate(entries, 1):  # noqa: B007
        rows.writerow(map(harmless, _cells(entry)))
    return count


def harmless(cell: object) -> str:
    """A cell as text that is shown and not run: what looks like a formula gets an apostrophe before it."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULAS) or text.startswith(_FORMULAS) else text


def _cells(entry: Entry) -> Iterator[Any]:
    content: Mapping[str, Any] = {**entry.content, **entry.content["by"]}
    said = {**content, "by": content["id"], "hash": entry.hash, "roles": " ".join(content["roles"])}
    said["effects"] = " ".join(effect["kind"] for effect in content["effects"])
    return (said.get(name) for name in COLUMNS)
