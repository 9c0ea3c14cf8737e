"""Texts made wrong at random: each is answered in good time, inside itself, in both languages, and none stops the rest.

The short run asks the same texts each time; `make soak` goes on for ten minutes from a seed of its own. What fails is
made smaller, saved and printed with its number: `JIANDU_FUZZ=number pytest tests/hostile/test_fuzz.py` asks it again.
"""

import os
import time
from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path

import pytest

from hostile.fuzzing import Failure, Office, smallest
from hostile.mutating import mutant
from soak import SOAK, figures, seed

PARTS = 4
"""So that several processes share the work."""
TEXTS = 30
SECONDS = 600 / PARTS
APART = 10_000_000
"""The numbers of a part; those of the next begin so far behind."""
ASKED = os.environ.get("JIANDU_FUZZ")


@pytest.mark.parametrize("part", range(1 if ASKED else PARTS))
def test_a_text_made_wrong_at_random_is_answered(part: int, tmp_path: Path) -> None:
    office, asked = Office(tmp_path), 0
    for number in [int(ASKED)] if ASKED else numbers(seed() + part * APART):
        ask(office, number)
        asked += 1
    figures("fuzz", part, texts=asked, seconds=round(SECONDS))


def numbers(first: int) -> Iterator[int]:
    """The texts of a part: so many, or in a long run as many as there is time for."""
    until = time.process_time() + SECONDS
    return takewhile(lambda number: time.process_time() < until if SOAK else number < first + TEXTS, count(first))


def ask(office: Office, number: int) -> None:
    """Fails with the smallest text that is not answered, saved beside the guides."""
    if failure := office.failure(mutant(number)):
        pytest.fail(f"JIANDU_FUZZ={number}\n{told(office, smallest(office, failure))}", pytrace=False)


def told(office: Office, failure: Failure) -> str:
    file = office.home.parent / f"failed-{failure.mutant.seed.name.replace('/', '-')}"
    file.write_bytes(failure.mutant.content)
    return f"saved as {file}\n{failure}"
