"""What a long run has done, in figures: `scripts/soak.py` gathers them into docs/soak.json.

A soak test asks `SOAK` whether it is one, `seed()` where to begin, and says at its end what it has done:
`figures("fuzz", part=0, inputs=4711)`. The numbers of the parts of one soak are added up.
"""

import json
import os
from pathlib import Path

SOAK = bool(os.environ.get("JIANDU_SOAK"))
"""Whether the tests have the time for a long run."""
SEED, FOLDER = "JIANDU_SOAK_SEED", "JIANDU_SOAK_FIGURES"


def seed() -> int:
    """Where chance begins: another number in each long run, always the same in a short one."""
    return int(os.environ.get(SEED) or 0)


def figures(name: str, part: int = 0, **numbers: int) -> None:
    """Notes what a part of a soak has done, once all of it has held. Nothing where nobody gathers it."""
    if folder := os.environ.get(FOLDER):
        Path(folder, f"{name}.{part}.json").write_text(json.dumps(numbers), encoding="utf-8")
