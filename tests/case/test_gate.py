"""Who may act and when: roles, assignment, units, four eyes, conditions, rules, days."""

import pytest

from guides_for_tests.matter import BOSS, CLERK, OFFICER, Matter, person
from guides_for_tests.small import small
from jiandu.case import Actor

WHO = small("""
open: {by: [clerk, boss]}
states:
  a:
    title: 甲
    why: 甲的缘由
    basis: [law:1]
    steps:
      plain: {title: 平, by: [clerk, officer], optional: true, basis: [law:1]}
      chief: {title: 长, by: boss, optional: true}
      take: {title: 派, by: clerk, optional: true, repeat: true, assigns: lead}
      group: {title: 组, by: clerk, optional: true, assigns: team}
      own: {title: 承, by: lead, optional: true}
      ours: {title: 同, by: team, optional: true}
      either: {title: 或, by: [lead, boss], optional: true}
      draft: {title: 拟, by: officer, optional: true, repeat: true}
      review: {title: 核, by: officer, optional: true, repeat: true, not_by: [draft]}
      send: {title: 发, by: officer, optional: true, sends: note}
      check: {title: 查, by: officer, optional: true, repeat: true, not_by: [send]}
    transitions:
      again: {title: 再, by: clerk, to: a}
      on: {title: 进, by: clerk, to: b}
  b:
    title: 乙
    why: 乙的缘由
    basis: [law:2]
    steps: {there: {title: 彼, by: clerk, optional: true, basis: [law:1]}}
  c: {title: 丙, steps: {elsewhere: {title: 别, by: clerk}}}
documents: {note: {title: 便函, addressed_to: police}}
""")


def test_any_of_the_roles_suffices() -> None:
    matter = Matter(WHO).open()
    assert matter.codes("plain", by=CLERK) == matter.codes("plain", by=OFFICER) == []
    [reason] = matter.refused("plain", by=BOSS)
    assert (reason.code, reason.basis, reason.mark) == ("role-required", ("law:1",), "verified")


def test_the_holder_of_another_role_may_stand_in_where_the_role_says_so() -> None:
    matter = Matter(WHO).open()
    assert matter.codes("chief", by=person("d", "deputy")) == []
    assert matter.codes("chief", by=OFFICER) == ["role-required"]


def test_an_assigned_role_is_held_by_whom_the_case_names() -> None:
    matter = Matter(WHO).open()
    assert matter.codes("own", by=person("x", "lead")) == ["not-the-holder"]
    matter.do("take", assigns={"lead": ("x",)})
    assert matter.codes("own", by=person("x")) == []
    matter.do("take", assigns={"lead": ("y",)})
    assert matter.codes("own", by=person("x")) == ["not-the-holder"]
    assert matter.do("group", assigns={"team": ("v", "w")}).codes("ours", by=person("w")) == []


def test_where_another_role_would_do_the_reason_is_the_role() -> None:
    matter = Matter(WHO).open()
    assert matter.codes("either", by=CLERK) == ["role-required"]
    assert matter.codes("either", by=BOSS) == []


def test_people_of_another_unit_do_not_act() -> None:
    matter = Matter(WHO).open()
    assert matter.codes("plain", by=person("s", "clerk", unit="u0")) == ["outside-unit"]
    assert matter.codes("plain", by=person("s", "clerk", unit=None)) == []
    assert [r.code for r in Matter(WHO).not_opened(by=person("s", "clerk", unit="u0"))] == ["outside-unit"]


def test_a_case_is_opened_by_the_roles_of_its_guide() -> None:
    assert [r.code for r in Matter(WHO).not_opened(by=OFFICER)] == ["role-required"]
    assert Matter(WHO).open(by=person("d", "deputy")).case.state == "a"


@pytest.mark.parametrize(("first", "second"), [("draft", "review"), ("send.draft", "check")])
def test_whoever_did_the_one_does_not_do_the_other(first: str, second: str) -> None:
    matter = Matter(WHO).open().do(first, by=OFFICER)
    assert matter.codes(second, by=OFFICER) == ["same-person"]
    assert matter.codes(second, by=person("o2", "officer")) == []


def test_four_eyes_are_wanted_of_one_visit() -> None:
    matter = Matter(WHO).open().do("draft", by=OFFICER).do("again")
    assert matter.codes("review", by=OFFICER) == []


def test_an_act_of_another_state_is_not_offered_and_the_reason_says_where_and_why() -> None:
    matter = Matter(WHO).open()
    [reason] = matter.refused("there")
    assert (reason.code, reason.basis, reason.mark) == ("not-offered", ("law:1",), "verified")
    assert (reason.facts["homes"][0].zh, reason.facts["why"].zh) == ("乙", "甲的缘由")
    assert matter.do("on").refused("plain")[0].basis == ("law:1", "law:2")


def test_what_the_guide_does_not_know_is_answered_with_the_nearest_name() -> None:
    [reason] = Matter(WHO).open().refused("revieww")
    assert (reason.code, reason.facts["guess"]) == ("unknown-name", "review")
    [reason] = Matter(WHO).open().refused("zzzzzzzz")
    assert (reason.code, reason.facts["guess"]) == ("unknown-name", None)


def test_a_later_phase_is_only_reached_when_the_earlier_is_clean() -> None:
    assert Matter(WHO).open().codes("there", by=person("nobody"), day="2030-01-01") == ["not-offered"]


def test_all_reasons_of_a_phase_come_at_once() -> None:
    matter = Matter(WHO).open().do("draft", by=OFFICER)
    codes = matter.codes("review", by=Actor("o", frozenset(), "u1"), day="2030-01-01", record={"x": 1})
    assert codes == ["future-day", "record-invalid", "role-required", "same-person"]


# rules

RULES = small("""
fields:
  n: {title: 数, type: integer, default: 0}
  list: {title: 表, type: choice, many: true, choices: {x: 子, y: 丑}}
states:
  a:
    title: 甲
    steps:
      hard:
        title: 硬
        by: clerk
        optional: true
        repeat: true
        fills: [n, list]
        record: {m: {title: 量, type: integer}, on: {title: 日, type: date}}
        rules:
          small_m: {must: {hard.m: {at_most: 5}}, basis: [law:1], says: 量不得过五}
          if_n: {if: {n: {more_than: 3}}, must: {has: [list]}, basis: ["law:2(1)"], says: 数过三须列表}
          soft: {must: {hard.m: {at_least: 2}}, enforce: warn, basis: [law:1], says: 量宜过二}
          unsure: {must: {hard.m: {at_least: 2}}, basis: [law:2], says: 未核实}
          ours: {must: {not: {list: {includes: y}}}, basis: [law:3], says: 不列丑}
          soon: {must: {hard.on: {at_most: {field: act.day}}}, says: 不得填将来之日}
""")
GOOD = {"m": 3, "on": "2026-03-01"}


def rules(**written: object) -> list[tuple[str, str | None]]:
    return [(r.rule or r.code, r.mark) for r in Matter(RULES).open().refused("hard", **written)]


def test_a_rule_sees_the_act_as_if_it_were_done() -> None:
    assert Matter(RULES).open().codes("hard", record=GOOD) == []
    assert rules(record=GOOD | {"m": 6}) == [("small_m", "verified")]
    assert rules(record=GOOD | {"on": "2026-03-03"}) == [("soon", None)]


def test_each_broken_rule_is_a_reason_of_its_own_with_its_basis() -> None:
    broken = rules(record=GOOD | {"m": 6}, card={"n": 4})
    assert broken == [("small_m", "verified"), ("if_n", "secondary")]
    assert rules(record=GOOD, card={"list": ["y"]}) == [("ours", "design")]


def test_a_rule_binds_only_where_its_if_holds() -> None:
    assert Matter(RULES).open().codes("hard", record=GOOD, card={"n": 3}) == []
    assert Matter(RULES).open().codes("hard", record=GOOD, card={"n": 4, "list": ["x"]}) == []


def test_what_only_warns_or_is_not_verified_is_recorded_and_bars_nothing() -> None:
    draft = Matter(RULES).open().ask("hard", record=GOOD | {"m": 1})
    assert [(w["rule"], w["mark"]) for w in draft.content["warnings"]] == [
        ("soft", "verified"),
        ("unsure", "unverified"),
    ]


@pytest.mark.parametrize("wrong", [{"m": "viel"}, {"m": None, "on": "gestern"}, {"on": 5}, {"m": [1]}])
def test_a_value_that_fits_no_field_is_refused_before_any_rule_stumbles_over_it(wrong: dict[str, object]) -> None:
    assert "record-invalid" in Matter(RULES).open().codes("hard", record=GOOD | wrong)
    assert "card-invalid" in Matter(RULES).open().codes("hard", record=GOOD, card={"list": "y", "n": "4"})


OWN = """
fields: {{n: {{title: 数, type: integer}}, other: {{title: 别数, type: integer}}}}
states:
  a:
    title: 甲
    steps:
      first: {{title: 先, by: clerk, optional: true, record: {{m: {{title: 量, type: integer}}}}}}
      write:
        title: 写
        by: clerk
        optional: true
        fills: [n]
        record: {{m: {{title: 量, type: integer}}}}
        rules: {{one: {{{}, says: 如此}}}}
"""


@pytest.mark.parametrize(
    "rule",
    [
        "must: {n: {at_least: 1}}", "must: {has: [other, n]}", "must: {write.m: 1}",
        "must: {records: {write: {where: {m: 1}}}}",
        "must: {other: {at_most: {field: write.m}}}", "must: {any: [{other: 1}, {n: 1}]}",
        "if: {not: {n: 1}}, must: {other: 1}",
    ],
)  # fmt: skip
def test_a_rule_about_what_an_act_writes_is_not_asked_before_it_is_written(rule: str) -> None:
    assert Matter(RULES).open().offers()["hard"] == []
    matter = Matter(small(OWN.format(rule))).open()
    assert matter.offers()["write"] == []
    assert matter.codes("write") == ["rule-broken"]


@pytest.mark.parametrize(
    "rule",
    [
        "must: {other: 1}", "must: {has: other}", "must: {first.m: 1}", "must: {done: first}", "must: {other: [1, 2]}",
        "must: {records: {first: {at_least: 1}}}", "if: {not: {other: 1}}, must: {done: first}",
    ],
)  # fmt: skip
def test_a_rule_about_anything_else_is_told_with_the_offer(rule: str) -> None:
    assert Matter(small(OWN.format(rule))).open().offers()["write"] == ["rule-broken"]


# days

DAYS = small("""
powers: {backdate: 30 days}
states:
  a:
    title: 甲
    steps:
      first: {title: 先, by: clerk, optional: true, repeat: true}
      then: {title: 后, by: clerk, optional: true, repeat: true, after: [first]}
    transitions:
      on: {title: 进, by: clerk, to: b}
      event: {title: 事, by: clerk, to: b, event: true}
  b:
    title: 乙
    steps: {work: {title: 办, by: clerk, optional: true, repeat: true}}
    transitions:
      back: {title: 回, by: clerk, to: a, resumes: true}
      happen: {title: 有, by: clerk, to: a, event: true}
documents: {note: {title: 便函, signed_by: boss, addressed_to: police, reply: {within: 9 days}}}
steps:
  send: {title: 发, by: clerk, during: [a, b], repeat: true, sends: note}
  news: {title: 闻, by: clerk, during: any_open, repeat: true}
""")


def case_on(day: str) -> Matter:
    matter = Matter(DAYS)
    matter.today = matter.today.fromisoformat(day)
    return matter.open()


def test_no_act_bears_a_day_to_come() -> None:
    matter = case_on("2026-03-10")
    assert matter.codes("first", day="2026-03-11") == ["future-day"]
    assert matter.codes("first", day="9999-12-31") == ["future-day"]
    assert [r.code for r in Matter(DAYS).not_opened(day="2026-03-03")] == ["future-day"]


def test_back_dating_goes_so_far_and_no_farther() -> None:
    matter = case_on("2026-03-02").do("first", day="2026-04-30")
    assert matter.codes("news", day="2026-03-31") == []
    assert matter.codes("news", day="2026-03-30") == ["backdated-too-far"]
    assert [r.code for r in Matter(DAYS).not_opened(day="2026-01-30")] == ["backdated-too-far"]
    assert Matter(DAYS).open(day="2026-01-31").case.opened_on.isoformat() == "2026-01-31"


def test_an_act_does_not_lie_before_the_entry_into_its_state() -> None:
    matter = case_on("2026-03-02").do("on", day="2026-03-10")
    assert matter.codes("work", day="2026-03-09") == ["before-its-cause"]
    assert matter.codes("work", day="2026-03-10") == []
    matter.do("back", day="2026-03-20")
    assert matter.codes("first", day="2026-03-19") == ["before-its-cause"]


def test_it_does_not_lie_before_what_it_comes_after() -> None:
    matter = case_on("2026-03-02").do("first", day="2026-03-10")
    assert matter.codes("then", day="2026-03-09") == ["before-its-cause"]
    assert matter.codes("then", day="2026-03-10") == []


def test_what_happened_lies_anywhere_since_the_opening() -> None:
    matter = case_on("2026-03-05").do("on", day="2026-03-10")
    assert matter.codes("happen", day="2026-03-05") == matter.codes("news", day="2026-03-05") == []
    assert matter.codes("happen", day="2026-03-04") == matter.codes("news", day="2026-03-04") == ["before-its-cause"]


def test_it_may_lie_before_the_day_of_the_newest_entry() -> None:
    matter = case_on("2026-03-02").do("first", day="2026-03-20")
    assert matter.codes("first", day="2026-03-05") == []


def test_a_paper_takes_no_step_before_its_last_and_is_not_answered_before_it_is_served() -> None:
    matter = case_on("2026-03-02").do("send.draft", day="2026-03-10")
    assert matter.codes("send.sign", day="2026-03-09") == ["before-its-cause"]
    matter.do("send.sign", day="2026-03-12")
    assert matter.codes("send.serve", day="2026-03-11") == ["before-its-cause"]
    matter.do("send.serve", day="2026-03-13").do("on", day="2026-03-15")
    assert matter.codes("send.answer", day="2026-03-12") == ["before-its-cause"]
    assert matter.codes("send.answer", day="2026-03-13") == []


# opening


@pytest.mark.parametrize(
    ("head", "day", "message"),
    [
        ({"status": "draft"}, "2026-03-02", "guide-draft"),
        ({"status": "retired"}, "2026-03-02", "guide-retired"),
        ({"effective": "{from: 2026-03-01, to: 2026-03-31}"}, "2026-02-28", ""),
        ({"effective": "{from: 2026-03-01, to: 2026-03-31}"}, "2026-04-01", ""),
    ],
)
def test_a_guide_that_is_not_in_force_opens_no_case(head: dict[str, str], day: str, message: str) -> None:
    matter = Matter(small("states: {a: {title: 甲}}", **head))
    matter.today = matter.today.fromisoformat("2026-04-01")
    assert [(r.code, r.message) for r in matter.not_opened(day=day)] == [("guide-not-in-force", message)]


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-31"])
def test_a_guide_is_in_force_on_its_first_and_last_day(day: str) -> None:
    matter = Matter(small("states: {a: {title: 甲}}", effective="{from: 2026-03-01, to: 2026-03-31}"))
    matter.today = matter.today.fromisoformat("2026-04-01")
    assert matter.open(day=day).case.opened_on.isoformat() == day
