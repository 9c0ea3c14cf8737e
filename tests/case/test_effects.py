"""What an act changes: card, holders, numbers, outcomes; and what it needs to be whole."""

import pytest

from guides_for_tests.matter import UNIT, Matter
from guides_for_tests.small import small
from jiandu.directory import Unit
from jiandu.trail import opened

GUIDE = small("""
open: {by: clerk, fills: [kind, note, born]}
number: "{unit}监〔{year}〕{seq}号"
fields:
  kind: {title: 类别, type: choice, required_from: a, choices: {x: 甲类, y: 乙类}}
  note: {title: 备注, type: text}
  born: {title: 起算, type: date}
  phase: {title: 阶段, type: string, default: 初}
  told: {title: 已告知, type: boolean, default: false}
  grade: {title: 等级, type: choice, required_from: b, choices: {good: 好, bad: 坏}}
  result: {title: 结果, type: choice, choices: {won: 成, lost: 败}}
  names: {title: 名单, type: string, many: true}
  files: {title: 附件, type: attachment, many: true}
outcomes: {won: 成, lost: 败}
states:
  a:
    title: 甲
    steps:
      take: {title: 受理, by: clerk, optional: true, assigns: lead, numbers: case}
      group: {title: 组, by: clerk, optional: true, repeat: true, assigns: team}
      write:
        title: 写
        by: clerk
        optional: true
        repeat: true
        fills: [grade, result, names, files, note]
        sets: {told: true}
        record:
          amount: {title: 金额, type: amount, max: 100}
          days: {title: 天数, type: integer, min: -3}
          free: {title: 说明, type: text}
          line: {title: 短语, type: string}
          who: {title: 何人, type: person}
          organ: {title: 单位, type: organ}
          when: {title: 何日, type: date}
          yes: {title: 是否, type: boolean}
      full: {title: 全, by: clerk, optional: true, record: {must: {title: 必填, type: string, required: true}}}
    transitions:
      to_b: {title: 去乙, by: clerk, to: b}
      graded: {title: 定等, by: clerk, to: b, fills: [grade]}
      slipped: {title: 滑入, by: clerk, to: b, event: true}
      end: {title: 结, by: clerk, to: b, outcome: {field: result}, event: true}
  b:
    title: 乙
    transitions:
      back: {title: 回, by: clerk, to: a}
      reopen: {title: 重开, by: clerk, to: a, reopens: true, event: true}
      shelve: {title: 归档, by: clerk, to: c}
  c: {title: 丙, final: true}
""")


def opened_case(**card: object) -> Matter:
    return Matter(GUIDE).open(kind="x", **card)


def test_a_card_begins_with_its_defaults_and_what_is_filled() -> None:
    assert opened_case(note="急").case.card == {"kind": "x", "note": "急", "phase": "初", "told": False}


def test_a_field_required_from_the_first_state_is_asked_for_at_once() -> None:
    assert [r.code for r in Matter(GUIDE).not_opened()] == ["card-invalid"]


@pytest.mark.parametrize("card", [{"kind": "z"}, {"kind": None}, {"kind": "x", "grade": "good"}, {"kind": "x", "q": 1}])
def test_what_opening_does_not_fill_or_no_choice_gives_is_refused(card: dict[str, object]) -> None:
    assert {r.code for r in Matter(GUIDE).not_opened(**card)} == {"card-invalid"}


def test_constants_are_set_and_fields_filled() -> None:
    matter = opened_case().do("write", card={"grade": "good", "names": ["一", "二"]})
    assert matter.case.card | {"told": True, "grade": "good", "names": ["一", "二"]} == matter.case.card


WRONG = [
    {"amount": 101}, {"amount": -1}, {"amount": True}, {"amount": 1.5}, {"amount": "1"}, {"amount": 2**53},
    {"days": -4}, {"free": ""}, {"free": "  "}, {"free": 7}, {"free": "x" * 20_001}, {"line": "x" * 501},
    {"line": "一\n二"}, {"free": "e\u0301"}, {"free": "\x00"}, {"free": "\ud800"}, {"who": "张 三"}, {"who": ["p1"]},
    {"organ": ""}, {"when": "2026-02-30"}, {"when": "20260302"}, {"when": "0999-01-01"}, {"when": "9999-12-31"},
    {"yes": "true"}, {"yes": 1}, {"unknown": 1}, {"free": {"a": 1}}, {"free": [["x"]]},
]  # fmt: skip


@pytest.mark.parametrize("record", WRONG, ids=lambda record: ascii(record)[:40])
def test_a_value_that_its_field_cannot_hold_is_refused(record: dict[str, object]) -> None:
    assert opened_case().codes("write", record=record) == ["record-invalid"]


CARDS = [
    {"names": []}, {"names": "一"}, {"names": [1]}, {"names": None}, {"grade": "x"}, {"phase": "末"}, {"nothing": 1},
    {"files": [{"name": "a.pdf"}]}, {"files": [{"name": "a.pdf", "digest": "0" * 63}]},
    {"files": [{"name": "", "digest": "0" * 64}]}, {"files": [{"name": "a", "digest": "0" * 64, "x": "y"}]},
]  # fmt: skip


@pytest.mark.parametrize("card", CARDS, ids=str)
def test_a_card_field_that_the_act_does_not_fill_or_cannot_hold_is_refused(card: dict[str, object]) -> None:
    assert opened_case().codes("write", card=card) == ["card-invalid"]


def test_every_fault_of_a_record_is_told_at_once_and_in_the_order_written() -> None:
    reasons = opened_case().refused("write", record={"b": 1, "a": 2, "amount": -1}, card={"grade": "x"})
    assert [r.facts["field"] if isinstance(r.facts["field"], str) else r.facts["field"].zh for r in reasons] == [
        "b", "a", "金额", "等级",
    ]  # fmt: skip


def test_a_required_record_is_whole_or_refused() -> None:
    assert opened_case().codes("full") == ["record-invalid"]
    assert opened_case().codes("full", record={"must": "有"}) == []


def test_a_state_asks_for_the_fields_required_from_it_unless_the_move_fills_them() -> None:
    matter = opened_case()
    assert matter.codes("to_b") == ["card-invalid"]
    assert matter.codes("graded") == ["card-invalid"]
    assert (matter.offers()["to_b"], matter.offers()["graded"]) == (["card-invalid"], [])
    assert matter.codes("graded", card={"grade": "good"}) == []
    assert matter.do("write", card={"grade": "bad"}).codes("to_b") == []


def test_an_event_is_only_warned_of_a_missing_field() -> None:
    matter = opened_case().do("slipped")
    assert [w["code"] for w in opened(matter.lines[-1].entry)["warnings"]] == ["card-invalid"]
    assert matter.codes("back") == ["card-invalid"]


def test_an_outcome_is_read_from_its_field() -> None:
    matter = opened_case().do("write", card={"result": "lost"}).do("end")
    assert (matter.case.status, matter.case.outcome) == ("closed", "lost")


def test_an_outcome_whose_field_is_empty_is_refused() -> None:
    matter = opened_case()
    assert matter.codes("end") == ["card-invalid"]
    assert matter.offers()["end"] == ["card-invalid"]


def test_a_closed_case_is_reopened_or_finished() -> None:
    matter = opened_case().do("write", card={"result": "won", "grade": "good"}).do("end")
    assert matter.effects() == ["transition_done", "state_changed", "case_closed"]
    matter.do("reopen")
    assert (matter.case.status, matter.case.outcome) == ("open", None)
    matter.do("end").do("shelve")
    assert (matter.case.status, matter.case.outcome) == ("finished", "won")
    assert matter.codes("back") == ["finished"]
    assert matter.offers() == {}


def test_an_act_names_the_person_it_assigns() -> None:
    matter = opened_case()
    for wrong in (
        {},
        {"lead": ()},
        {"lead": ("p", "q")},
        {"lead": ("a b",)},
        {"lead": (7,)},
        {"lead": ("p",), "boss": ("q",)},
    ):
        assert matter.codes("take", assigns=wrong) == ["record-invalid"]
    assert matter.do("take", assigns={"lead": ("p",)}).case.holders == {"lead": ("p",)}


@pytest.mark.parametrize("persons", ["pq", (), ("p", ""), None, 7, ("p", None)])
def test_what_are_no_persons_hold_no_role(persons: object) -> None:
    assert opened_case().codes("group", assigns={"team": persons}) == ["record-invalid"]


def test_several_persons_hold_a_role_that_says_so() -> None:
    matter = opened_case().do("group", assigns={"team": ("p", "q")})
    assert matter.do("group", assigns={"team": ("r",)}).case.holders == {"team": ("r",)}


def test_a_case_takes_its_number_once() -> None:
    matter = opened_case().do("take", assigns={"lead": ("p",)})
    assert matter.case.number == "某县监〔2026〕1号"


def test_a_pattern_of_numbers_is_filled_and_never_interpreted() -> None:
    text = """
number: "{unit.__class__}{seq!r}{0}{unit}-{year}-{seq}"
states: {a: {title: 甲, steps: {take: {title: 受理, by: clerk, numbers: case}}}}
"""
    unit = Unit("u1", "某院", "{year}", None, "county")
    matter = Matter(small(text), unit=unit).open().do("take")
    assert matter.case.number == "{unit.__class__}{seq!r}{0}{year}-2026-1"


def test_free_text_and_names_of_files_live_in_the_body_alone() -> None:
    file = {"name": "笔录.pdf", "digest": "0" * 64}
    record = {"free": "秘密", "line": "短语", "amount": 5}
    matter = opened_case(note="机密").do(
        "write", record=record, card={"files": [file], "names": ["王五"], "grade": "good"}
    )
    entries = b"".join(line.entry for line in matter.lines).decode()
    assert not [word for word in ("秘密", "机密", "短语", "笔录", "王五") if word in entries]
    assert matter.case.card["files"] == [file]
    assert matter.case.acts["write"].record == {"amount": 5}


def test_what_is_left_empty_is_not_recorded() -> None:
    matter = opened_case().do("write", record={"amount": None, "free": None, "days": 0, "yes": False})
    assert matter.case.acts["write"].record == {"days": 0, "yes": False}
    assert opened(matter.lines[-1].body) == {}


def test_the_unit_of_a_number_is_its_short_name() -> None:
    assert UNIT.short in opened_case().do("take", assigns={"lead": ("p",)}).case.number
