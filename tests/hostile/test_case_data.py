"""Whatever is handed in as a record or a card: it fits or it does not, and nothing else happens."""

import itertools
from typing import Any

import pytest

from guides_for_tests.whole import GUIDE, LEXICON
from jiandu.catalogue import has
from jiandu.guide.build import build
from jiandu.guide.bundle import bundle
from jiandu.guide.model import Field
from jiandu.guide.values import fault
from jiandu.source import read

WHOLE = build(bundle(read(GUIDE, "whole.yaml"), lambda name: read(LEXICON, f"{name}.yaml"), lambda _: {}))
FIELDS = [*WHOLE.fields.values(), *(field for act in WHOLE.acts.values() for field in act.record.values())]
NAN, INFINITE = float("nan"), float("inf")
HOSTILE: list[Any] = [
    None, True, 0, -1, 2**63, 10**5000, 1.5, NAN, INFINITE, "", " ", "x" * 1_000_000, "\0", "\ud800", "\u202e",
    "e\u0301", "__proto__", "{0.__class__}", "%s%n", "=1+1", "'; DROP TABLE cases; --", "2026-02-30", "0000-00-00",
    "9999-12-31", "2026-01-01T25:00", "99999999999999999999 days", "0 days", "1 working days", b"x", (), [], {}, [[]],
    [{}], {"": {}}, {str(n): n for n in range(100_000)}, ["x"] * 100_000, {"name": {}, "digest": []}, object(),
]  # fmt: skip


@pytest.mark.parametrize("field", {field.type: field for field in FIELDS}.values(), ids=lambda field: field.type)
def test_a_hostile_value_does_not_fit_or_is_harmless(field: Field) -> None:
    for value in [*HOSTILE, *([value] for value in HOSTILE)]:
        said = fault(field, value)
        assert said is None or has(said)
        assert said or not isinstance(value, float)


@pytest.mark.parametrize("field", [f for f in FIELDS if f.points or f.fields], ids=lambda field: field.id)
def test_a_hostile_part_does_not_fit_or_is_harmless(field: Field) -> None:
    for value, key in itertools.product(HOSTILE, field.points or field.fields):
        said = fault(field, {**dict.fromkeys(field.points, next(iter(field.choices), "")), key: value})
        assert said is None or has(said)
        assert said == "value-no-choice" or not field.points
