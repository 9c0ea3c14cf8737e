"""Prints of each guide, in percent, how much is our own choice alone, open to all states, optional, or only a warning.

python scripts/measures.py
"""
# ruff: noqa: T201  a script prints

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "engine"))

from jiandu.guide.library import Library  # noqa: E402  the checkout is on the path only now
from jiandu.source import read_file  # noqa: E402

FOLDER = ROOT / "guides"
LIBRARY = Library(FOLDER)
LIMITS = {"design": 40, "any_open": 15, "optional": 25, "warn": 10}
"""Above it a guide's page of the law gives the reason, below «Measures»."""


def measures(name: str) -> dict[str, float]:
    """The shares of a guide, in percent."""
    guide = LIBRARY.guide(name)
    acts = [act for act in guide.acts.values() if act is guide.openers[act.step]]
    rules = [rule for act in acts for rule in act.rules]
    named = (*(act.basis for act in acts), *(one.basis for one in guide.deadlines.values()), *(r.basis for r in rules))
    based = [basis for basis in named if basis]
    steps, moves = written(name, "steps"), written(name, "transitions")
    return {
        "design": share(all(cited.mark == "design" for cited in basis) for basis in based),
        "any_open": share(one.get("during") == "any_open" for one in moves),
        "optional": share(one.get("optional", False) for one in steps),
        "warn": share(rule.warns for rule in rules),
    }


def written(name: str, kind: str) -> list[dict[str, Any]]:
    """The steps or transitions as they are written, in the guide and the lexicons it uses."""
    guide = read_file(FOLDER / f"{name}.yaml").data
    texts = [guide, *(read_file(FOLDER / f"{used}.yaml").data for used in guide["uses"])]
    homes = [home for text in texts for home in (text, *text.get("states", {}).values())]
    return [one for home in homes for one in home.get(kind, {}).values()]


def share(found: Iterable[bool]) -> float:
    counted = list(found)
    return 100 * sum(counted) / len(counted) if counted else 0


def main() -> None:
    for name in LIBRARY.ids():
        found = measures(name)
        print(f"{name:<28}", *(f"{what} {found[what]:4.1f} % (≤ {limit})" for what, limit in LIMITS.items()), sep="  ")


if __name__ == "__main__":
    main()
