"""The JSON Schema of a field and the engine agree: what one takes, the other takes, but for what no schema can say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from jiandu.catalogue import Text
from jiandu.findings import NOWHERE
from jiandu.guide.library import Library
from jiandu.guide.model import Field
from jiandu.guide.values import fault
from jiandu.serve.fields import schema_of

INNER = {"a": Field("a", Text("甲"), "integer", NOWHERE, required=True), "b": Field("b", Text("乙"), "string", NOWHERE)}
CHOICES = {"yes": Text("是"), "no": Text("否")}
FIELDS = [
    *(Field("f", Text("项"), kind, NOWHERE) for kind in ("string", "text", "boolean", "date", "datetime", "period")),
    *(Field("f", Text("项"), kind, NOWHERE) for kind in ("person", "organ", "department", "case", "attachment")),
    *(Field("f", Text("项"), kind, NOWHERE) for kind in ("integer", "amount")),
    Field("f", Text("项"), "integer", NOWHERE, min=1, max=12),
    Field("f", Text("项"), "choice", NOWHERE, choices=CHOICES),
    Field("f", Text("项"), "checklist", NOWHERE, choices=CHOICES, points={"p": Text("一"), "q": Text("二")}),
    Field("f", Text("项"), "object", NOWHERE, fields=INNER),
    Field("f", Text("项"), "object", NOWHERE, fields=INNER, many=True),
    Field("f", Text("项"), "person", NOWHERE, many=True),
]
DIGEST = "0" * 64
VALUES: list[Any] = [
    *("", "x", " x", "a b", "甲\n乙", "甲\t", "\u0007", "x" * 501, "x" * 20_001, "yes", "maybe", "p1", "p\u00a01"),
    *(True, 0, 1, -1, 12, 13, 2**53 - 1, None, [], {}, ["p1"], ["p1", ""], ["p"] * 1001),
    *("2026-03-02", "2026-02-30", "1899-12-31", "2999-12-31", "3000-01-01", "2026-3-2", "20260302"),
    *("2026-03-02T09:00:00Z", "2026-03-02T09:00:00+08:00", "2026-03-02T25:00:00Z", "2026-03-02T09:00:00"),
    *(
        "15 days",
        "1 days",
        "0 days",
        "-1 days",
        "10 working days",
        "10 working_days",
        "10000 days",
        "2 months",
        "24 hours",
        "1 year",
        "3 weeks",
    ),
    {"name": "a.pdf", "digest": DIGEST},
    {"name": "a.pdf", "digest": DIGEST, "uri": "x:y"},
    {"name": "a.pdf", "digest": DIGEST[1:]},
    {"name": "a.pdf", "digest": DIGEST, "size": 1},
    {"p": "yes", "q": "no"},
    {"p": "yes"},
    {"p": "yes", "q": "maybe"},
    {"a": 1, "b": "x"},
    {"a": 1, "c": 2},
    {"b": "x"},
    [{"a": 1}],
    [{"a": "1"}],
]


def takes(field: Field, value: Any) -> bool:
    schema = schema_of(Text("卡"), {"f": field}, "zh")
    return Draft202012Validator(schema, validate_formats=True).is_valid({"f": value})


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.type}{'-many' if field.many else ''}")
def test_schema_and_engine_take_the_same_values(field: Field) -> None:
    differing = [value for value in VALUES if takes(field, value) != (fault(field, value) is None)]
    assert differing == []


@given(st.text(max_size=30))
def test_schema_and_engine_agree_about_texts_in_normal_form(text: str) -> None:
    for field in FIELDS:
        if fault(field, text) != "value-not-normal":
            assert takes(field, text) == (fault(field, text) is None)


@pytest.mark.parametrize("guide", Library.shipped().ids())
def test_every_card_and_record_of_the_shipped_guides_has_a_schema(guide: str) -> None:
    found = Library.shipped().guide(guide)
    for fields in (found.fields, *(act.record for act in found.acts.values())):
        schema = schema_of(found.title, fields, "en")
        Draft202012Validator(schema)
        assert schema["properties"].keys() == fields.keys()
