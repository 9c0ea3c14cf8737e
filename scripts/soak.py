"""Long runs, and what they have done: by whom, when, on which commit, from which seed.

    scripts/soak.py                       every test with the time it likes, each soak from a new seed
    scripts/soak.py tests/hostile         some of them; all but the options below is pytest's
    scripts/soak.py --seed 17             from that seed
    scripts/soak.py --check --days 30     whether each soak that is written down is young and of this history

A test that says what it has done (`tests/soak.py`) gets its entry in docs/soak.json once everything has held; entries
of other soaks stay as they are. With --check the exit code is 1 where an entry is too old, is of a commit that is not
behind this one, or was made with changes that no commit has; names after it are soaks that have to be there.
"""
# ruff: noqa: S603, S607, T201  a script prints and starts the commands it names

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "docs" / "soak.json"


def run(seed: int, arguments: list[str]) -> int:
    """Runs the tests and writes down what they say they have done; pytest's exit code."""
    commit, today = _git("describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"), datetime.now(UTC).date()
    print(f"JIANDU_SOAK_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        around = {"JIANDU_SOAK": "1", "JIANDU_SOAK_SEED": str(seed), "JIANDU_SOAK_FIGURES": folder}
        pytest = [sys.executable, "-m", "pytest", "--quiet", "--numprocesses", "auto", *arguments]
        code = subprocess.run(pytest, cwd=ROOT, env={**os.environ, **around}, check=False).returncode
        found = _gathered(Path(folder))
    if code == 0:
        at = {"seed": seed, "commit": commit, "date": today.isoformat(), "machine": _machine()}
        entries = written() | {name: {**at, "figures": figures} for name, figures in found.items()}
        WRITTEN.write_text(json.dumps(entries, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    for name, figures in found.items():
        print(name, " ".join(f"{what}={n}" for what, n in figures.items()))
    return code


def _gathered(folder: Path) -> dict[str, dict[str, int]]:
    """The figures of each soak, those of its parts added up."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for file in sorted(folder.glob("*.json")):
        found[file.name.partition(".")[0]].update(json.loads(file.read_text(encoding="utf-8")))
    return {name: dict(figures) for name, figures in found.items()}


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def written() -> dict[str, Any]:
    """The entries of docs/soak.json, by the name of the soak."""
    entries: dict[str, Any] = json.loads(WRITTEN.read_text(encoding="utf-8")) if WRITTEN.is_file() else {}
    return entries


def complaints(days: int, names: list[str]) -> Iterator[str]:
    """What is wrong with what is written down."""
    entries = written()
    yield from (f"{name}: no such soak is written down" for name in names if name not in entries)
    for name, entry in entries.items():
        age = (datetime.now(UTC).date() - date.fromisoformat(entry["date"])).days
        if age > days:
            yield f"{name}: {age} days old"
        if entry["commit"].endswith("-dirty"):
            yield f"{name}: of changes that no commit has"
        elif not _behind(entry["commit"]):
            yield f"{name}: of a commit that is not behind this one"


def _behind(commit: str) -> bool:
    asked = ["git", "merge-base", "--is-ancestor", commit, "HEAD"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).returncode == 0


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--days", type=int, default=30, help="how old an entry may be")
    asked, rest = parser.parse_known_args()
    if not asked.check:
        return run(asked.seed, rest)
    wrong = list(complaints(asked.days, rest))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
