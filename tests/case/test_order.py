"""Order and duty: visits, staleness, what waits for what, steps of the whole case, events, resumed visits."""

from guides_for_tests.matter import Matter
from guides_for_tests.small import small
from jiandu.case import Refusal

ROUND = small("""
states:
  a:
    title: 甲
    steps:
      read: {title: 阅卷, by: clerk}
    transitions:
      again: {title: 重来, by: clerk, to: a}
      over: {title: 转乙, by: clerk, to: b}
      ask_read: {title: 问阅卷, by: clerk, when: {ever: read, not: {done: read}}, to: b}
  b:
    title: 乙
    transitions:
      back: {title: 退回, by: clerk, to: a}
      ask_done: {title: 问阅卷, by: clerk, when: {done: read}, to: a}
      twice: {title: 两次, by: clerk, when: {entered: {a: {at_least: 2}}}, to: a}
""")


def test_a_state_entered_anew_owes_its_steps_anew() -> None:
    matter = Matter(ROUND).open().all("read", "over", "back")
    assert matter.codes("over") == ["step-missing"]
    assert matter.codes("read") == []


def test_a_move_to_the_same_state_begins_a_visit() -> None:
    matter = Matter(ROUND).open().all("read", "again")
    assert matter.case.visits["a"].n == 2
    assert matter.codes("again") == ["step-missing"]


def test_done_speaks_of_the_latest_visit_from_elsewhere_too() -> None:
    matter = Matter(ROUND).open().all("read", "over")
    assert matter.codes("ask_done") == []
    matter.all("back")
    assert matter.codes("ask_read") == ["step-missing"]
    matter.all("read", "over")
    assert matter.codes("ask_done") == []


def test_ever_speaks_of_the_whole_case() -> None:
    matter = Matter(ROUND).open()
    assert matter.codes("ask_read") == ["not-applicable", "step-missing"]
    matter.all("read", "again")
    assert matter.codes("ask_read") == ["step-missing"]


def test_entered_counts_visits() -> None:
    matter = Matter(ROUND).open().all("read", "over")
    assert matter.codes("twice") == ["not-applicable"]
    matter.all("back", "read", "over")
    assert matter.codes("twice") == []


REPORT = small("""
states:
  a:
    title: 报告
    steps:
      draft: {title: 起草, by: clerk, repeat: true}
      review: {title: 审核, by: officer, after: [draft], repeat: true}
      meet: {title: 讨论, by: officer, after: [review], repeat: true}
    transitions:
      submit: {title: 报批, by: clerk, to: b}
  b: {title: 终, final: true}
""")


def test_a_newer_draft_makes_its_review_stale_and_what_follows_from_it() -> None:
    matter = Matter(REPORT).open().all("draft", "review", "meet")
    assert matter.codes("submit") == []
    matter.do("draft")
    assert matter.codes("submit") == ["step-missing", "step-missing"]
    assert matter.codes("meet") == ["step-order"]
    matter.do("review")
    assert matter.codes("submit") == ["step-missing"]
    matter.do("meet")
    assert matter.codes("submit") == []


def test_a_newer_review_makes_the_meeting_stale_and_not_the_draft() -> None:
    matter = Matter(REPORT).open().all("draft", "review", "meet", "review")
    assert [r.facts["step"].zh for r in matter.refused("submit")] == ["讨论"]


def test_staleness_goes_by_order_of_recording_and_not_by_day() -> None:
    matter = Matter(REPORT).open()
    matter.do("draft").do("review", day="2026-03-10").do("draft", day="2026-03-05")
    assert "step-missing" in matter.codes("submit")


SOMETIMES = small("""
states:
  a:
    title: 报告
    steps:
      report: {title: 报告, by: clerk, repeat: true, record: {issue: {title: 发文, type: boolean, required: true}}}
      draft: {title: 拟稿, by: clerk, when: {report.issue: true}, after: [report], repeat: true}
      review: {title: 审核, by: officer, after: [report, draft], repeat: true}
    transitions:
      submit: {title: 报批, by: clerk, to: b}
  b: {title: 决定, transitions: {send_back: {title: 退回, by: clerk, to: a}}}
""")


def test_what_an_earlier_visit_recorded_and_this_one_does_not_need_makes_nothing_stale() -> None:
    matter = Matter(SOMETIMES).open().do("report", record={"issue": True}).all("draft", "review", "submit", "send_back")
    matter.do("report", record={"issue": False}).all("review")
    assert matter.codes("submit") == []


EXCUSED = small("""
fields: {hard: {title: 疑难, type: boolean, default: false}}
states:
  a:
    title: 甲
    steps:
      set: {title: 定, by: clerk, optional: true, repeat: true, fills: [hard]}
      meet: {title: 讨论, by: clerk, when: {hard: true}}
      sign: {title: 签, by: clerk, after: [meet]}
    transitions:
      go: {title: 走, by: clerk, to: b}
  b: {title: 终, final: true}
""")


def test_a_step_whose_condition_does_not_hold_is_neither_required_nor_waited_for() -> None:
    matter = Matter(EXCUSED).open().all("sign")
    assert matter.codes("go") == []
    assert matter.codes("meet") == ["not-applicable"]


def test_a_step_that_becomes_required_makes_stale_what_comes_after_it_once_it_is_done() -> None:
    matter = Matter(EXCUSED).open().all("sign").do("set", card={"hard": True})
    assert matter.codes("go") == ["step-missing"]
    assert matter.codes("sign") == ["already-done", "step-order"]
    assert matter.all("meet").codes("go") == ["step-missing"]
    assert matter.all("sign").codes("go") == []


BEFORE = small("""
states:
  a:
    title: 甲
    steps:
      always: {title: 都要, by: clerk}
      for_b: {title: 去乙才要, by: clerk, before: [to_b]}
      for_state: {title: 去丙才要, by: clerk, before: [c]}
      never: {title: 可有可无, by: clerk, optional: true}
    transitions:
      to_b: {title: 去乙, by: clerk, to: b}
      to_c: {title: 去丙, by: clerk, to: c}
      happened: {title: 有事, by: clerk, to: b, event: true}
  b:
    title: 乙
    transitions:
      on: {title: 继续, by: clerk, to: c}
  c: {title: 丙}
  d: {title: 丁, final: true}
transitions:
  anywhere: {title: 随时去丁, during: any_open, by: clerk, to: d}
""")


def missing(matter: Matter, act: str) -> set[str]:
    """The titles of the steps that an act waits for."""
    decision = matter.ask(act)
    reasons = decision.reasons if isinstance(decision, Refusal) else ()
    return {reason.facts["step"].zh for reason in reasons if reason.code == "step-missing"}


def test_a_step_precedes_the_moves_of_its_state_or_those_it_names() -> None:
    matter = Matter(BEFORE).open()
    assert missing(matter, "to_b") == {"都要", "去乙才要"}
    assert missing(matter, "to_c") == {"都要", "去丙才要"}


def test_a_move_of_the_whole_case_waits_only_for_a_step_that_names_it() -> None:
    assert missing(Matter(BEFORE).open(), "anywhere") == set()


def test_an_event_waits_for_nothing() -> None:
    matter = Matter(BEFORE).open().all("happened")
    assert matter.case.state == "b"


def test_a_step_that_names_a_state_precedes_every_way_into_it_once_it_is_owed() -> None:
    matter = Matter(BEFORE).open().all("always", "for_b", "to_b")
    assert missing(matter, "on") == {"去丙才要"}


NEVER_THERE = small("""
states:
  a:
    title: 甲
    transitions:
      quick: {title: 直接, by: clerk, to: c}
      slow: {title: 经乙, by: clerk, to: b}
  b:
    title: 乙
    steps: {check: {title: 核, by: clerk, before: [c]}}
    transitions: {on: {title: 走, by: clerk, to: c}}
  c: {title: 丙, final: true}
""")


def test_a_duty_of_a_visit_that_never_began_is_none() -> None:
    assert Matter(NEVER_THERE).open().codes("quick") == []


def test_it_is_one_where_the_visit_began() -> None:
    assert Matter(NEVER_THERE).open().all("slow").codes("on") == ["step-missing"]


WHOLE = small("""
states:
  a: {title: 甲, transitions: {to_b: {title: 去乙, by: clerk, to: b}}}
  b: {title: 乙, transitions: {to_a: {title: 回甲, by: clerk, to: a}, to_c: {title: 去丙, by: clerk, to: c}}}
  c: {title: 丙, final: true}
steps:
  visit: {title: 走访, during: [a], by: clerk}
  tell: {title: 告知, during: any_open, except: [a], by: clerk, before: [c]}
transitions:
  drop: {title: 撤, during: [a], by: clerk, to: c, outcome: gone}
outcomes: {gone: 撤回}
""")


def test_a_step_of_the_whole_case_is_offered_where_it_says_and_nowhere_else() -> None:
    matter = Matter(WHOLE).open()
    assert matter.can() == {"visit", "to_b"}
    assert matter.codes("tell") == ["not-offered"]
    matter.all("to_b")
    assert matter.can() == {"tell", "to_a"}
    assert matter.codes("drop") == ["not-offered"]


def test_a_step_of_the_whole_case_is_done_once_for_all_visits() -> None:
    matter = Matter(WHOLE).open().all("to_b", "tell", "to_a", "to_b")
    assert matter.codes("tell") == ["already-done"]
    assert matter.codes("to_c") == []


def test_a_step_of_the_whole_case_before_a_state_is_a_duty_wherever_the_case_goes() -> None:
    assert Matter(WHOLE).open().codes("drop") == ["step-missing"]


RESUMED = small("""
states:
  a:
    title: 甲
    steps:
      work: {title: 办, by: clerk}
    transitions:
      pause: {title: 停, by: clerk, to: b, event: true}
      go: {title: 走, by: clerk, to: c}
  b:
    title: 乙
    transitions:
      resume: {title: 续, by: clerk, to: a, resumes: true}
      restart: {title: 重, by: clerk, to: a}
      first: {title: 首, by: clerk, to: d, resumes: true}
  c: {title: 终, final: true}
  d: {title: 丁}
""")


def test_a_resumed_visit_keeps_what_was_done_in_it() -> None:
    matter = Matter(RESUMED).open().all("work", "pause", "resume")
    assert (matter.case.visits["a"].n, matter.codes("go")) == (1, [])


def test_a_visit_that_is_not_resumed_begins_anew() -> None:
    matter = Matter(RESUMED).open().all("work", "pause", "restart")
    assert (matter.case.visits["a"].n, matter.codes("go")) == (2, ["step-missing"])


def test_a_first_entry_that_resumes_is_an_ordinary_one() -> None:
    assert Matter(RESUMED).open().all("pause", "first").case.visits["d"].n == 1


REPEATED = small("""
states:
  a:
    title: 甲
    steps:
      once: {title: 一次, by: clerk, optional: true}
      often: {title: 多次, by: clerk, optional: true, repeat: true}
      twice: {title: 两次, by: clerk, optional: true, at_most: 2}
      both: {title: 可重复且限两次, by: clerk, optional: true, repeat: true, at_most: 2}
    transitions:
      counted: {title: 够了, by: clerk, when: {done: {often: {at_least: 3}}}, to: a}
""")


def test_a_step_is_done_once_unless_it_says_otherwise() -> None:
    matter = Matter(REPEATED).open().all("once", "often", "often", "twice", "twice", "both", "both")
    assert matter.codes("once") == ["already-done"]
    assert matter.codes("often") == []
    assert matter.codes("twice") == matter.codes("both") == ["at-most"]


def test_records_are_counted_within_the_visit() -> None:
    matter = Matter(REPEATED).open().all("often", "often")
    assert matter.codes("counted") == ["not-applicable"]
    assert matter.all("often", "counted").codes("counted") == ["not-applicable"]
    assert matter.all("often").codes("counted") == ["not-applicable"]
    assert matter.codes("twice") == []


PASSED = small("""
fields: {gone: {title: 已撤回, type: boolean, default: false}}
states:
  a:
    title: 甲
    steps: {tell: {title: 告知, by: clerk, when: {gone: false}, before: [b]}}
    transitions:
      go: {title: 走, by: clerk, to: b}
      happened: {title: 有事, by: clerk, to: b, event: true}
      withdrawn: {title: 撤回, by: clerk, to: b, event: true, sets: {gone: true}}
  b: {title: 乙, transitions: {on: {title: 继续, by: clerk, to: c}}}
  c: {title: 丙, final: true}
""")


def test_a_step_that_was_passed_over_is_owed_only_while_its_own_condition_asks_for_it() -> None:
    matter = Matter(PASSED).open().all("happened")
    assert matter.codes("on") == ["step-missing"]
    assert Matter(PASSED).open().all("withdrawn").codes("on") == []


VISITS = small("""
states:
  a:
    title: 甲
    steps:
      inspect:
        title: 巡查
        by: clerk
        optional: true
        repeat: true
        record:
          onsite: {title: 现场, type: boolean}
          place: {title: 何处, type: choice, choices: {x: 子, y: 丑, z: 寅}}
      look:
        title: 查看
        by: clerk
        optional: true
        repeat: true
        rules: {days: {must: {records: {look: {distinct: day, at_most: 2}}}, says: 至多两日}}
      tell:
        title: 告知
        by: clerk
        optional: true
        repeat: true
        rules:
          here: {must: {not: {done: {tell: {at_least: 3}}}}, says: 每次至多两回}
          whole: {must: {not: {ever: {tell: {at_least: 4}}}}, says: 全案至多三回}
    transitions:
      seen: {title: 有, by: clerk, when: {records: {inspect: {where: {onsite: true}}}}, to: a}
      days: {title: 日, by: clerk, when: {records: {inspect: {distinct: day, at_least: 2}}}, to: a}
      places:
        title: 处
        by: clerk
        to: a
        when: {records: {inspect: {where: {place: [x, y]}, distinct: place, more_than: 1}}}
      few: {title: 少, by: clerk, when: {records: {inspect: {less_than: 2}}}, to: a}
""")


def test_records_are_counted_that_are_as_wanted() -> None:
    matter = Matter(VISITS).open().do("inspect").do("inspect", record={"onsite": False})
    assert matter.codes("seen") == ["not-applicable"]
    assert matter.do("inspect", record={"onsite": True}).codes("seen") == []


def test_every_record_of_the_visit_is_counted_or_one_of_each_day_or_place() -> None:
    matter = Matter(VISITS).open().do("inspect", record={"place": "x"})
    assert matter.codes("few") == []
    matter.do("inspect", record={"place": "x"})
    assert matter.codes("few") == matter.codes("days") == matter.codes("places") == ["not-applicable"]
    matter.do("inspect", record={"place": "z"}, day="2026-03-03")
    assert (matter.codes("days"), matter.codes("places")) == ([], ["not-applicable"])
    assert matter.do("inspect", record={"place": "y"}).codes("places") == []
    assert matter.do("days").codes("few") == []


def test_a_rule_counts_the_record_that_is_being_made() -> None:
    matter = Matter(VISITS).open().all("look", "look").do("look", day="2026-03-03").do("look")
    assert matter.codes("look", day="2026-03-02") == []
    matter.today = matter.today.replace(day=4)
    assert matter.codes("look") == ["rule-broken"]


def test_a_rule_counts_the_act_as_done_in_its_visit_and_in_the_whole_case() -> None:
    matter = Matter(VISITS).open().all("tell", "tell")
    assert [reason.rule for reason in matter.refused("tell")] == ["here"]
    matter.all("few", "tell")
    assert [reason.rule for reason in matter.refused("tell")] == ["whole"]


PASSED_OVER = small("""
states:
  a:
    title: 甲
    steps:
      must: {title: 必办, by: clerk, before: [b, stayed]}
      then: {title: 续办, by: clerk, after: [must], before: [b]}
      may: {title: 可办, by: clerk, optional: true}
    transitions:
      go: {title: 走, by: clerk, to: b}
      fell: {title: 变故, by: clerk, to: b, event: true}
      stayed: {title: 未离, by: clerk, to: a, event: true}
  b:
    title: 乙
    transitions:
      on: {title: 继续, by: clerk, to: c}
      again: {title: 又生变故, by: clerk, to: c, event: true}
  c: {title: 丙, transitions: {off: {title: 离开, by: clerk, to: a}}}
""")


def test_what_an_event_passes_over_is_owed_and_comes_before_the_next_move_that_is_none() -> None:
    matter = Matter(PASSED_OVER).open().do("fell", day="2026-03-04")
    assert (matter.case.owed, matter.can()) == (("must", "then"), {"must", "again"})
    assert missing(matter, "on") == {"必办", "续办"}
    assert matter.codes("may") == matter.codes("go") == ["not-offered"]
    matter.do("must", day="2026-03-02")
    assert (matter.case.owed, matter.effects(), missing(matter, "on")) == (
        ("then",),
        ["step_done", "steps_owed"],
        {"续办"},
    )
    assert matter.do("then").codes("on") == []
    assert (matter.case.owed, matter.codes("must")) == ((), ["not-offered"])


def test_what_is_owed_stays_so_over_a_second_event_and_a_move_that_is_none_begins_nothing_owed() -> None:
    matter = Matter(PASSED_OVER).open().all("fell", "must", "again")
    assert (matter.case.owed, missing(matter, "off")) == (("then",), {"续办"})
    assert Matter(PASSED_OVER).open().all("must", "then", "go").case.owed == ()


def test_what_is_owed_in_its_own_state_is_offered_once() -> None:
    matter = Matter(PASSED_OVER).open().do("stayed")
    assert (matter.case.owed, matter.can()) == (("must",), {"must", "may", "fell", "stayed"})
    assert missing(matter, "go") == {"必办", "续办"}
    assert matter.do("must").case.owed == ()
