"""What a field can hold, and the sentence for what it cannot."""

from typing import Any

import pytest

from jiandu.catalogue import Text, say
from jiandu.findings import Place
from jiandu.guide.model import Field
from jiandu.guide.values import fault

PLACE = Place("t", 1, 1)
FILE = {"name": "a.pdf", "digest": "0" * 64}


def field(kind: str, **more: Any) -> Field:
    return Field("f", Text("项"), kind, PLACE, choices={"x": Text("甲")} if kind == "choice" else {}, **more)


GOOD = [
    ("string", "一行"), ("string", "x" * 500), ("text", "一\n二\t三"), ("text", "x" * 20_000), ("boolean", False),
    ("integer", -(2**53) + 1), ("integer", 0), ("amount", 0), ("date", "2024-02-29"), ("date", "1900-01-01"),
    ("period", "15 days"), ("period", "5 working days"), ("period", "1 month"), ("person", "zhang.san"),
    ("organ", "城东公安分局"), ("choice", "x"), ("attachment", FILE), ("attachment", FILE | {"uri": "file:a"}),
]  # fmt: skip
BAD = [
    ("string", "", "value-no-text"), ("string", 5, "value-no-text"), ("text", " \n", "value-no-text"),
    ("string", "x" * 501, "value-too-long"), ("text", "x" * 20_001, "value-too-long"),
    ("string", "一\n二", "value-control-character"), ("text", "\x1b[31m", "value-control-character"),
    ("text", "\ud800", "value-control-character"), ("text", "e\u0301", "value-not-normal"),
    ("boolean", 1, "value-no-boolean"), ("boolean", "true", "value-no-boolean"),
    ("integer", True, "value-no-integer"), ("integer", 2**53, "value-no-integer"), ("integer", 1.0, "value-no-integer"),
    ("amount", -1, "value-out-of-range"), ("amount", "1", "value-no-integer"),
    ("date", "2026-02-29", "value-no-date"), ("date", "20260302", "value-no-date"), ("date", 20260302, "value-no-date"),
    ("date", "2026-W10-1", "value-no-date"), ("date", "0001-01-01", "value-out-of-range"),
    ("date", "9999-12-31", "value-out-of-range"), ("period", "15", "value-no-period"),
    ("period", "24 hours", "value-no-period"), ("period", None, "value-no-period"), ("person", "a b", "value-no-name"),
    ("person", "", "value-no-name"), ("person", "x" * 201, "value-no-name"), ("organ", ["a"], "value-no-name"),
    ("choice", "y", "value-no-choice"), ("choice", ["x"], "value-no-choice"), ("choice", None, "value-no-choice"),
    ("attachment", "a.pdf", "value-no-attachment"), ("attachment", {"name": "a"}, "value-no-attachment"),
    ("attachment", FILE | {"digest": "0" * 63}, "value-no-attachment"),
    ("attachment", FILE | {"size": "1"}, "value-no-attachment"),
    ("attachment", FILE | {"name": 1}, "value-no-attachment"),
    ("attachment", FILE | {"digest": ["0"]}, "value-no-attachment"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), GOOD, ids=lambda value: ascii(value)[:30])
def test_a_value_that_fits_has_no_fault(kind: str, value: Any) -> None:
    assert fault(field(kind), value) is None
    assert fault(field(kind, many=True), [value, value]) is None


@pytest.mark.parametrize(("kind", "value", "code"), BAD, ids=lambda value: ascii(value)[:30])
def test_a_value_that_does_not_fit_has_its_sentence(kind: str, value: Any, code: str) -> None:
    assert fault(field(kind), value) == code
    assert fault(field(kind, many=True), [value]) == code
    assert say(code, "zh")


@pytest.mark.parametrize("value", [None, "x", [], {}, ["x"] * 1001])
def test_what_is_no_list_of_one_or_more_is_no_list(value: Any) -> None:
    assert fault(field("choice", many=True), value) == "value-no-list"


@pytest.mark.parametrize(
    ("value", "code"), [(2, "value-out-of-range"), (3, None), (5, None), (6, "value-out-of-range")]
)
def test_a_number_lies_between_its_bounds(value: int, code: str | None) -> None:
    assert fault(field("integer", min=3, max=5), value) == code


SAID_OF_A_RECORD = ("value-missing", "value-not-asked", "value-named-twice", "value-no-person")
"""Faults that are no matter of one value: tests of acts meet them as `record-invalid`."""


def test_the_faults_of_a_whole_record_are_said_too() -> None:
    assert all(say(code, language) for code in SAID_OF_A_RECORD for language in ("zh", "en"))
