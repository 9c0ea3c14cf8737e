"""Checklists, objects and instants: what they hold, and what of them a condition can ask."""

import pytest

from guides_for_tests.matter import Matter
from guides_for_tests.small import small
from jiandu.catalogue import said
from jiandu.trail import opened

GUIDE = small("""
fields: {site: {title: 地点, type: object, fields: {street: {title: 街, type: string, required: true}}}}
states:
  a:
    title: 甲
    steps:
      check:
        title: 核
        by: clerk
        optional: true
        repeat: true
        fills: [site]
        record:
          points: {title: 要点, type: checklist, points: {who: 何人, what: 何事}, choices: {ok: 清, doubt: 疑}}
          persons:
            title: 人员
            type: object
            many: true
            fields: {name: {title: 姓名, type: person, required: true}, age: {title: 年龄, type: integer, max: 150}}
          at: {title: 时刻, type: datetime}
      doubt: {title: 释疑, by: clerk, optional: true, when: {check.points: {any_is: doubt}}}
""")
GOOD = {
    "points": {"who": "ok", "what": "doubt"},
    "persons": [{"name": "p1", "age": 20}, {"name": "p2"}],
    "at": "2026-05-06T09:30:00+08:00",
}


def test_what_fits_is_kept_and_objects_live_in_the_body() -> None:
    matter = Matter(GUIDE).open().do("check", record=GOOD, card={"site": {"street": "大街"}})
    assert matter.case.acts["check"].record == {"points": GOOD["points"], "at": GOOD["at"]}
    assert opened(matter.lines[-1].body) == {
        "record": {"persons": GOOD["persons"]},
        "card": {"site": {"street": "大街"}},
    }


def test_a_condition_asks_whether_any_point_is_doubtful() -> None:
    assert Matter(GUIDE).open().do("check", record=GOOD).codes("doubt") == []
    clear = {"points": {"who": "ok", "what": "ok"}}
    assert Matter(GUIDE).open().do("check", record=clear).codes("doubt") == ["not-applicable"]
    assert Matter(GUIDE).open().codes("doubt") == ["not-applicable"]


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ({"points": {"who": "ok"}}, "value-no-checklist"), ({"points": "ok"}, "value-no-checklist"),
        ({"points": {"who": "ok", "what": "ok", "when": "ok"}}, "value-no-checklist"),
        ({"points": {"who": "ok", "what": "no"}}, "value-no-choice"),
        ({"persons": [{"name": "p", "height": 3}]}, "value-no-object"), ({"persons": ["p"]}, "value-no-object"),
        ({"persons": [{"age": 20}]}, "value-missing"), ({"persons": [{"name": "p", "age": 151}]}, "value-out-of-range"),
        ({"persons": {"name": "p"}}, "value-no-list"), ({"persons": [{"name": "p q"}]}, "value-no-name"),
        ({"at": "2026-05-06T09:30:00"}, "value-no-instant"), ({"at": "2026-05-06"}, "value-no-instant"),
        ({"at": 5}, "value-no-instant"), ({"at": "0000-05-06T09:30:00Z"}, "value-no-instant"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_fault(record: dict, fault: str) -> None:
    [reason] = Matter(GUIDE).open().refused("check", record=record)
    assert reason.code == "record-invalid"
    assert reason.facts["fault"] == said(fault)
