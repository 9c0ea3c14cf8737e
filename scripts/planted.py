"""What general tools find of the mistakes planted in tests/planted, beside what `jiandu validate` finds.

    python scripts/planted.py             a table by family
    python scripts/planted.py --each      and a line for each mistake

check-jsonschema and yamllint are fetched from PyPI into a folder of their own that is removed afterwards. They are
given the same changed files; check-jsonschema our schemas too, yamllint its relaxed rules without those on long lines
and on the indent of a line that continues, which every guide breaks. They count as finding a mistake when they say
anything that they do not say of the unchanged file, wherever; `jiandu validate` only with the rule that was asked for,
at the line that was asked for, and nothing else.
"""
# ruff: noqa: S603, T201  a script prints and starts the commands it names

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engine")]

from tests.planted.index import GUIDES, Entry, entries  # noqa: E402  the checkout is on the path only now
from tests.planted.judging import awaited, found  # noqa: E402

FOLDER = ROOT / "schemas"
TOOLS = ("check-jsonschema", "yamllint")
RELAXED = "{extends: relaxed, rules: {indentation: disable, line-length: disable}}"
SCHEMAS = {"lexicon": "lexicon", "scenarios": "scenario", "en": ""}
"""Which schema is for a folder; English texts have none, all other files are guides."""
Said = dict[str, Counter[str]]
"""What a tool says of each file, without the lines."""


def main() -> int:
    """Print the table; 1 where no tool could be fetched."""
    parser = argparse.ArgumentParser(description="What general tools find of the planted mistakes.")
    parser.add_argument("--each", action="store_true", help="a line for each mistake")
    each = parser.parse_args().each
    planted = entries()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        ours = {entry.name for entry in planted if right(entry, here)}
        others = theirs(planted, here)
    if each:
        for entry in planted:
            who = [
                *(["jiandu"] if entry.name in ours else []),
                *(tool for tool in others if entry.name in others[tool]),
            ]
            print(f"{entry.family:<11} {entry.rule:<28} {entry.name:<36} {', '.join(who) or '-'}")
        print()
    table(planted, {"jiandu": ours, **others})
    return 0 if others else 1


def right(entry: Entry, here: Path) -> bool:
    """Whether we find just that mistake, by its rule, at its line."""
    own = here / "jiandu" / entry.name
    own.mkdir(parents=True)
    return found(entry, own) == [(entry.rule, entry.stands_in, entry.line)]


def theirs(planted: list[Entry], here: Path) -> dict[str, set[str]]:
    """The names of what each tool finds; nothing where they cannot be fetched."""
    tools = here / "tools"
    venv.create(tools, with_pip=True)
    fetch = [str(tools / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *TOOLS]
    fetched = subprocess.run(fetch, capture_output=True, text=True, check=False)
    if fetched.returncode:
        print(f"{' and '.join(TOOLS)} could not be fetched from PyPI; only our own findings are shown.\n")
        return {}
    before, after = texts(planted, here)
    says = {"check-jsonschema": schemas_say, "yamllint": yamllint_says}
    counted: dict[str, set[str]] = {}
    for tool, ask in says.items():
        said = ask(tools / "bin" / tool, sorted({*before.values(), *after.values()}))
        counted[tool] = {name for name, file in after.items() if said[str(file)] - said[str(before[name])]}
    return counted


def texts(planted: list[Entry], here: Path) -> tuple[dict[str, Path], dict[str, Path]]:
    """Each mistake's file as it is and as it was changed."""
    before, after = {}, {}
    for entry in planted:
        before[entry.name] = GUIDES / entry.changed
        after[entry.name] = here / "changed" / entry.name / entry.changed
        after[entry.name].parent.mkdir(parents=True)
        after[entry.name].write_text(entry.text, encoding="utf-8")
    return before, after


def schema_of(file: Path) -> str:
    """The name of the schema for a file."""
    return next((SCHEMAS[part] for part in file.parts[:-1] if part in SCHEMAS), "guide")


def schemas_say(tool: Path, files: list[Path]) -> dict[str, Counter[str]]:
    """What check-jsonschema says of each file, asked once for each schema."""
    said: Said = {str(file): Counter() for file in files}
    for schema in sorted({schema_of(file) for file in files} - {""}):
        asked = [str(file) for file in files if schema_of(file) == schema]
        command = [str(tool), "--output-format", "json", "--base-uri", f"{FOLDER.as_uri()}/", "--schemafile"]
        command.append(str(FOLDER / f"{schema}.schema.json"))
        answer = json.loads(subprocess.run([*command, *asked], capture_output=True, text=True, check=False).stdout)
        for error in (*answer.get("errors", ()), *answer.get("parse_errors", ())):
            said[error["filename"]][error.get("message", "cannot be read")] += 1
    return said


def yamllint_says(tool: Path, files: list[Path]) -> dict[str, Counter[str]]:
    """What yamllint says of each file."""
    said: Said = {str(file): Counter() for file in files}
    command = [str(tool), "--format", "parsable", "--config-data", RELAXED, *map(str, files)]
    for line in subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines():
        file, _, rest = line.partition(":")
        said[file][rest.partition(": ")[2]] += 1
    return said


def table(planted: list[Entry], finds: dict[str, set[str]]) -> None:
    """How many of each family each finds, and how many of ours await their rule or are missed."""
    head = ("family", "planted", *finds, "awaiting a rule", "missed")
    rows = [row(family, [one for one in planted if one.family == family], finds) for family in families(planted)]
    rows.append(row("all", planted, finds))
    widths = [max(len(str(cell)) for cell in column) for column in zip(head, *rows, strict=True)]
    for line in (head, *rows):
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())


def families(planted: list[Entry]) -> list[str]:
    """The families in the order of their files."""
    return list(dict.fromkeys(entry.family for entry in planted))


def row(name: str, planted: list[Entry], finds: dict[str, set[str]]) -> tuple[str | int, ...]:
    """A line of the table."""
    names = {entry.name for entry in planted}
    awaiting = {entry.name for entry in planted if awaited(entry)} - finds["jiandu"]
    missed = names - finds["jiandu"] - awaiting
    return (name, len(names), *(len(names & found) for found in finds.values()), len(awaiting), len(missed))


if __name__ == "__main__":
    sys.exit(main())
