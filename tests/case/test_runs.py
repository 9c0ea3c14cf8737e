"""Runs that are amended, extended, paused, that lapse, depend on the law of their day, or wait for a calendar."""

import json
from datetime import date, timedelta

import pytest

from guides_for_tests.matter import CALENDAR, Matter
from guides_for_tests.small import small
from jiandu.trail import opened

COMMON = """
powers: {adopt: clerk, amend: clerk, extend: boss, suspend: boss, rescind: boss}
fields:
  on: {title: 起算日, type: date}
  span: {title: 期, type: period}
  ask: {title: 要办, type: boolean, default: true}
outcomes: {well: 好}
suspension: {grounds: {ill: 病}, from: any_open}
states:
  a:
    title: 甲
    steps:
      fill: {title: 填, by: clerk, optional: true, repeat: true, fills: [on, span, ask]}
      begin: {title: 起, by: clerk, optional: true, repeat: true}
      meet: {title: 办, by: clerk, optional: true, repeat: true}
      out: {title: 送鉴定, by: clerk, optional: true, repeat: true}
      back: {title: 鉴定回, by: clerk, optional: true, repeat: true}
      urge: {title: 催, by: clerk, optional: true, repeat: true}
    transitions:
      wait: {title: 停, by: clerk, to: b}
      was_late: {title: 曾超期, by: clerk, when: {missed: limit}, to: a}
      shut: {title: 结, by: clerk, to: c, outcome: well}
  b: {title: 乙, transitions: {go_on: {title: 续, by: clerk, to: a, resumes: true}}}
  c: {title: 丙}
deadlines:
"""


def guide(deadline: str):
    """A guide with one time limit, `limit`, owed by us."""
    return small(f"{COMMON}  limit: {{title: 期限, owed_by: clerk, {deadline}}}\n")


def opened_on(day: str, deadline: str) -> Matter:
    matter = Matter(guide(deadline))
    matter.today = date.fromisoformat(day)
    return matter.open()


def days(matter: Matter) -> tuple[str, str]:
    """The raw end and the due day of the newest run."""
    run = matter.case.run("limit")
    return str(run.raw_end), str(run.due)


# amended


FROM_FIELD = "counts_from: {field: on}, length: 10 days, when: {ask: true}, met_by: {done: meet}"


def test_a_start_that_is_corrected_twice_makes_three_generations() -> None:
    matter = opened_on("2026-03-02", FROM_FIELD).do("fill", card={"on": "2026-03-02"})
    generations = [matter.case.run("limit")]
    for day in ("2026-03-04", "2026-03-06"):
        matter.act("amend", card={"on": day}, reason="日期有误")
        assert matter.effects() == ["amended", "card_changed", "deadline_recomputed"]
        generations.append(matter.case.run("limit"))
    assert [(run.n, run.generation, str(run.due)) for run in generations] == [
        (1, 1, "2026-03-12"), (1, 2, "2026-03-16"), (1, 3, "2026-03-16"),
    ]  # fmt: skip
    assert [str(run.raw_end) for run in generations] == ["2026-03-12", "2026-03-14", "2026-03-16"]


def test_each_generation_warns_and_expires_at_most_once() -> None:
    matter = opened_on("2026-03-02", FROM_FIELD).do("fill", card={"on": "2026-03-02"})
    assert matter.tick("2026-03-13") == ["deadline_overdue"]
    assert matter.tick() == []
    matter.act("amend", card={"on": "2026-03-04"}, reason="日期有误")
    assert (matter.run("limit"), matter.case.run("limit").late) == ("running", False)
    assert matter.tick() == ["deadline_warned"]
    assert matter.tick("2026-03-17") == ["deadline_overdue"]
    assert matter.tick("2026-03-30") == []


def test_a_run_that_was_met_is_judged_again_by_its_amended_start() -> None:
    matter = opened_on("2026-03-02", FROM_FIELD).do("fill", card={"on": "2026-03-02"}).do("meet", day="2026-03-13")
    assert (matter.runs("limit"), matter.case.run("limit").late) == (["met_late"], True)
    matter.act("amend", card={"on": "2026-03-04"}, reason="日期有误")
    assert (matter.runs("limit"), matter.case.run("limit").late) == (["met"], False)
    matter.act("amend", card={"on": "2026-02-20"}, reason="原日期无误")
    assert (matter.runs("limit"), matter.case.run("limit").late) == (["met_late"], True)


@pytest.mark.parametrize(
    ("start", "status"), [("2026-03-03", "met"), ("2026-03-02", "met"), ("2026-03-01", "met_late")]
)
def test_a_run_met_on_the_day_on_which_it_is_due_now_was_met_in_time(start: str, status: str) -> None:
    limit = FROM_FIELD + ", roll: none"
    matter = opened_on("2026-03-01", limit).do("fill", card={"on": "2026-03-04"}).do("meet", day="2026-03-12")
    assert matter.act("amend", card={"on": start}, reason="日期有误").runs("limit") == [status]


@pytest.mark.parametrize(
    ("start", "status"), [("2026-03-03", "met"), ("2026-02-23", "met"), ("2026-02-22", "met_late")]
)
def test_a_run_met_while_it_stood_still_is_late_where_it_was_due_before(start: str, status: str) -> None:
    limit = FROM_FIELD + ", roll: none, pause: {from: {done: out}, to: {done: back}}"
    matter = opened_on("2026-03-01", limit).do("fill", card={"on": "2026-03-02"}).do("out", day="2026-03-05")
    matter.do("meet", day="2026-04-30").act("amend", card={"on": start}, reason="日期有误")
    assert (matter.runs("limit"), matter.case.run("limit").late) == ([status], status == "met_late")


def test_a_condition_that_is_amended_voids_a_run_or_begins_it_after_all() -> None:
    matter = opened_on("2026-03-02", FROM_FIELD).do("fill", card={"on": "2026-03-02", "ask": False})
    assert matter.runs("limit") == []
    matter.act("amend", card={"ask": True}, reason="误填")
    assert (matter.runs("limit"), days(matter)) == (["running"], ("2026-03-12", "2026-03-12"))
    matter.act("amend", card={"ask": False}, reason="误填")
    assert matter.runs("limit") == ["void"]


def test_a_condition_amended_to_and_fro_leaves_the_limit_running() -> None:
    matter = opened_on("2026-03-02", FROM_FIELD).do("fill", card={"on": "2026-03-02"})
    matter.act("amend", card={"ask": False}, reason="误填").act("amend", card={"ask": True}, reason="误改")
    assert matter.run("limit") == "running"


def test_what_an_amended_condition_begins_counts_from_the_newest_of_its_events() -> None:
    limit = "counts_from: [{done: begin}, {done: out}], length: 10 days, when: {ask: true}"
    matter = opened_on("2026-03-02", limit).do("fill", card={"ask": False}).do("begin", day="2026-03-04")
    assert matter.act("amend", card={"on": "2026-03-03"}, reason="补记").runs("limit") == []
    assert str(matter.act("amend", card={"ask": True}, reason="误填").case.run("limit").started_on) == "2026-03-04"
    matter = opened_on("2026-03-02", limit).do("fill", card={"ask": False}).all("out").do("begin", day="2026-03-04")
    assert str(matter.act("amend", card={"ask": True}, reason="误填").case.run("limit").started_on) == "2026-03-04"


def test_what_an_amended_condition_begins_counts_from_the_last_of_all_of_its_events() -> None:
    limit = "counts_from: {all_of: [{done: begin}, {done: out}]}, length: 10 days, when: {ask: true}"
    matter = opened_on("2026-03-02", limit).do("fill", card={"ask": False}).do("begin", day="2026-03-04")
    assert matter.act("amend", card={"ask": True}, reason="误填").runs("limit") == []
    matter.act("amend", card={"ask": False}, reason="误改").do("out", day="2026-03-06")
    assert str(matter.act("amend", card={"ask": True}, reason="误填").case.run("limit").started_on) == "2026-03-06"


@pytest.mark.parametrize(
    ("limit", "card"),
    [
        ("counts_from: {field: on}, length: 10 days", {"on": "2026-03-02"}),
        ("counts_from: {done: fill}, length: {field: span}", {"span": "10 days"}),
        ("counts_from: {done: fill}, due_on: {field: on}", {"on": "2026-03-12"}),
    ],
)
def test_a_start_or_a_length_that_only_an_amendment_gives_begins_the_run_after_all(limit: str, card: dict) -> None:
    matter = opened_on("2026-03-02", limit).do("fill")
    assert matter.runs("limit") == []
    matter.act("amend", card=card, reason="漏填")
    assert matter.effects() == ["amended", "card_changed", "deadline_started"]


def test_an_amendment_begins_nothing_that_does_not_hang_on_it() -> None:
    matter = Matter(guide("counts_from: {entered: a}, length: 10 days, when: {not: {ask: false}}"))
    matter.write(matter.adopt(state="a", source="台账"))
    matter.act("amend", card={"on": "2026-03-02"}, reason="补记")
    assert matter.runs("limit") == []


def test_what_an_event_has_voided_stays_void_however_the_card_is_amended() -> None:
    matter = opened_on("2026-03-02", FROM_FIELD + ", void_by: {done: out}").do("fill", card={"on": "2026-03-02"})
    matter.do("out").act("amend", card={"on": "2026-03-05"}, reason="日期有误")
    assert matter.run("limit") == "void"
    matter.act("amend", card={"ask": False}, reason="误填").act("amend", card={"ask": True}, reason="误改")
    assert matter.runs("limit") == ["void"]


def test_an_amended_length_counts_anew_and_one_that_changes_nothing_writes_nothing() -> None:
    matter = opened_on("2026-03-02", "counts_from: {done: fill}, length: {field: span}").do(
        "fill", card={"span": "10 days"}
    )
    matter.act("amend", card={"span": "20 days"}, reason="误填")
    assert (days(matter)[1], matter.case.run("limit").generation) == ("2026-03-23", 2)
    matter.act("amend", card={"ask": True}, reason="补记")
    assert matter.effects() == ["amended", "card_changed"]


def test_where_both_run_both_are_reckoned_anew() -> None:
    limit = "counts_from: {done: begin}, each: true, length: {field: span}, met_by: {done: meet}"
    matter = opened_on("2026-03-02", limit).do("fill", card={"span": "10 days"}).all("begin", "begin")
    matter.act("amend", card={"span": "15 days"}, reason="误填")
    assert [str(run.due) for run in matter.case.deadlines] == ["2026-03-17", "2026-03-17"]


def test_a_corrected_start_is_that_of_the_newest_run_and_only_where_it_is_corrected() -> None:
    limit = "counts_from: {field: on}, length: 10 days, roll: none"
    matter = opened_on("2026-03-10", limit + ", each: true").do("fill", card={"on": "2026-03-02"})
    matter.do("fill", card={"on": "2026-03-04"}).act("amend", card={"on": "2026-03-06"}, reason="日期有误")
    assert [str(run.started_on) for run in matter.case.deadlines] == ["2026-03-02", "2026-03-06"]
    matter = opened_on("2026-03-10", limit + ", when: {ask: true}").do("fill", card={"on": "2026-03-02"})
    matter.do("fill", card={"on": "2026-03-04", "ask": False}).act("amend", card={"ask": True}, reason="误填")
    assert [str(run.started_on) for run in matter.case.deadlines] == ["2026-03-02"]
    assert (
        str(matter.act("amend", card={"on": "2026-03-05"}, reason="日期有误").case.run("limit").started_on)
        == "2026-03-05"
    )


# extended

LUNAR = "counts_from: {entered: a}, length: 7 days, met_by: {done: meet}, extend: {adds: 10 days, by: boss}"


@pytest.mark.parametrize("day", ["2026-02-10", "2026-02-17", "2026-02-18", "2026-02-24"])
def test_an_extension_until_the_rolled_due_day_is_allowed_and_adds_to_the_raw_end(day: str) -> None:
    matter = opened_on("2026-02-10", LUNAR)
    assert days(matter) == ("2026-02-17", "2026-02-24")
    assert days(matter.act("extend", "limit", day=day)) == ("2026-02-27", "2026-02-27")


def test_an_extension_after_the_due_day_is_too_late_unless_its_day_was_not() -> None:
    matter = opened_on("2026-02-10", LUNAR)
    matter.today = date(2026, 2, 25)
    assert matter.not_acted("extend", "limit") == ["extension-too-late"]
    assert days(matter.act("extend", "limit", day="2026-02-24"))[1] == "2026-02-27"


def test_an_extension_may_be_granted_any_time_where_the_guide_says_so() -> None:
    matter = opened_on("2026-02-10", LUNAR.replace("by: boss}", "by: boss, granted: any}"))
    assert days(matter.act("extend", "limit", day="2026-03-05"))[1] == "2026-02-27"


# paused

BY_STATE = "counts_from: {entered: a}, length: 10 days, met_by: {done: meet}, pause: {while: [b]}"
BY_EVENTS = (
    "counts_from: {entered: a}, length: 10 days, met_by: {done: meet}, pause: {from: {done: out}, to: {done: back}}"
)
BY_BOTH = "counts_from: {entered: a}, length: 10 days, pause: [{while: [b]}, {from: {done: out}, to: {done: back}}]"
PLAIN = "counts_from: {entered: a}, length: 10 days, met_by: {done: meet}"


def test_a_pause_over_a_holiday_shifts_by_calendar_days_and_is_rolled_once_at_the_end() -> None:
    matter = opened_on("2026-02-10", BY_STATE).do("wait", day="2026-02-14")
    run = matter.case.run("limit")
    assert (run.status, str(run.paused_on), matter.run("limit")) == ("paused", "2026-02-14", "paused")
    matter.do("go_on", day="2026-02-24")
    assert (days(matter), matter.runs("limit")) == (("2026-03-02", "2026-03-02"), ["running"])


def test_a_pause_from_one_event_to_another() -> None:
    matter = opened_on("2026-03-02", BY_EVENTS).do("out", day="2026-03-05")
    assert matter.run("limit") == "paused"
    matter.do("urge", day="2026-03-30")
    assert matter.run("limit") == "paused"
    assert days(matter.do("back", day="2026-04-01"))[1] == "2026-04-08"
    assert days(matter.do("out", day="2026-04-02").do("back", day="2026-04-03"))[1] == "2026-04-09"


def test_a_suspension_pauses_what_we_owe_and_what_others_owe_runs_on() -> None:
    matter = opened_on("2026-03-02", PLAIN).act("suspend", ground="ill", reason="病")
    assert matter.run("limit") == "paused"
    assert days(matter.act("resume", day="2026-03-20"))[1] == "2026-03-30"
    theirs = opened_on("2026-03-02", PLAIN.replace("met_by", "pause: {suspended: false}, met_by"))
    assert theirs.act("suspend", ground="ill", reason="病").run("limit") == "running"


def test_overlapping_pauses_count_once() -> None:
    matter = opened_on("2026-03-02", BY_BOTH).do("out", day="2026-03-04").do("wait", day="2026-03-06")
    matter.do("go_on", day="2026-03-10")
    assert matter.run("limit") == "paused"
    assert days(matter.do("back", day="2026-03-12"))[0] == "2026-03-20"


def test_a_pause_of_one_kind_ends_though_the_run_knows_of_another() -> None:
    matter = opened_on("2026-03-02", BY_BOTH).do("wait", day="2026-03-04").do("go_on", day="2026-03-06")
    assert (matter.run("limit"), days(matter)[0]) == ("running", "2026-03-14")


def test_what_goes_on_pausing_while_another_pause_ends_is_not_forgotten() -> None:
    matter = opened_on("2026-03-02", BY_EVENTS).act("suspend", ground="ill", reason="病", day="2026-03-04")
    matter.act("resume", day="2026-03-06").do("out", day="2026-03-07")
    matter.act("suspend", ground="ill", reason="病", day="2026-03-08").act("resume", day="2026-03-09")
    assert matter.run("limit") == "paused"
    assert days(matter.do("back", day="2026-03-11"))[0] == "2026-03-18"


def test_what_begins_while_the_case_is_suspended_stands_still_from_its_first_day() -> None:
    text = COMMON.replace("begin: {title: 起,", "begin: {title: 起, event: true,")
    matter = Matter(
        small(f"{text}  limit: {{title: 期限, owed_by: clerk, counts_from: {{done: begin}}, length: 10 days}}\n")
    )
    matter.open().act("suspend", ground="ill", reason="病").do("begin", day="2026-03-05")
    assert matter.run("limit") == "paused"
    assert days(matter.act("resume", day="2026-03-10"))[0] == "2026-03-20"


def test_a_pause_that_is_said_to_end_before_it_began_shifts_nothing() -> None:
    matter = opened_on("2026-03-02", BY_EVENTS).do("out", day="2026-03-10").do("back", day="2026-03-08")
    assert (matter.run("limit"), days(matter)[0]) == ("running", "2026-03-12")


def test_a_paused_run_can_be_met_and_is_voided_when_the_matter_closes() -> None:
    assert opened_on("2026-03-02", BY_EVENTS).do("out").do("meet", day="2026-04-30").runs("limit") == ["met"]
    assert opened_on("2026-03-02", BY_EVENTS).do("out").do("shut").runs("limit") == ["void"]


def test_what_is_overdue_is_not_paused_any_more() -> None:
    assert opened_on("2026-03-02", BY_EVENTS).do("out", day="2026-03-13").run("limit") == "overdue"


# rights


RIGHT = "  limit: {title: 复议, right_of: police, counts_from: {entered: a}, length: 10 days, met_by: {done: meet}}\n"


def test_a_right_lapses_and_is_never_late() -> None:
    matter = Matter(small(COMMON + RIGHT)).open()
    matter.today = date(2026, 3, 13)
    assert (matter.run("limit"), matter.codes("shut")) == ("lapsed", [])
    assert matter.tick() == ["deadline_overdue"]
    assert (matter.case.run("limit").late, matter.run("limit")) == (False, "lapsed")
    assert matter.do("meet").run("limit") == "lapsed"


def test_a_right_that_is_used_in_time_is_met() -> None:
    assert Matter(small(COMMON + RIGHT)).open().do("meet", day="2026-03-12").runs("limit") == ["met"]


# the law of the day

OLD, NEW = "until: 2026-10-31, length: 15 days, basis: [law:1]", "from: 2026-11-01, length: 1 months, basis: [law:3]"
PRISON = f"counts_from: {{done: begin}}, met_by: {{done: meet}}, versions: [{{{OLD}}}, {{{NEW}}}]"


@pytest.mark.parametrize(("day", "due"), [("2026-10-31", "2026-11-16"), ("2026-11-01", "2026-12-01")])
def test_the_law_of_the_first_day_counts_whatever_comes_later(day: str, due: str) -> None:
    assert days(opened_on("2026-10-01", PRISON).do("begin", day=day))[1] == due


def test_before_the_first_version_there_is_no_limit() -> None:
    limit = "counts_from: {done: begin}, versions: [{from: 2026-11-01, length: 1 months}]"
    assert opened_on("2026-10-01", limit).do("begin", day="2026-10-31").runs("limit") == []


# several runs


EACH = "counts_from: {done: begin}, each: true, length: 10 days, met_by: {done: meet}, on_missed: {duty: urge}"


def test_where_two_wrongs_are_two_both_run_and_the_oldest_is_met_first() -> None:
    matter = opened_on("2026-03-02", EACH).all("begin").do("begin", day="2026-03-10")
    assert matter.runs("limit") == ["running", "running"]
    matter.do("meet", day="2026-03-12")
    assert matter.runs("limit") == ["met", "running"]
    assert matter.do("meet").runs("limit") == ["met", "met"]


def test_each_missed_run_asks_for_its_own_duty() -> None:
    matter = opened_on("2026-03-02", EACH).all("begin", "begin")
    matter.today = date(2026, 3, 13)
    assert matter.codes("shut") == ["step-missing", "step-missing"]
    assert matter.do("urge").codes("shut") == ["step-missing"]
    assert matter.do("urge").codes("shut") == []


TWO = small("""
documents:
  notice: {title: 纠正通知书, signed_by: boss, addressed_to: police, each: true, reply: {within: 10 days, by: clerk}}
states:
  a: {title: 甲, steps: {correct: {title: 纠正, by: clerk, optional: true, repeat: true, sends: notice}}}
""")


def test_an_answer_names_its_paper_where_several_wait_and_ends_that_paper_s_run() -> None:
    matter = Matter(TWO).open().send("correct", "police").send("correct", "police", day="2026-03-05")
    assert matter.codes("correct.answer") == ["which-paper"]
    matter.do("correct.answer", paper="notice#2", day="2026-03-13")
    assert [(run.paper, run.on(matter.today)) for run in matter.case.deadlines] == [
        ("notice#1", "overdue"), ("notice#2", "met"),
    ]  # fmt: skip
    assert matter.do("correct.answer").runs("correct.reply") == ["met_late", "met"]


def test_an_act_that_is_two_events_ends_a_run_once_and_as_the_first_of_them_would() -> None:
    matter = opened_on("2026-03-02", "counts_from: {entered: a}, length: 10 days, met_by: [{done: wait}, {entered: b}]")
    assert matter.do("wait").effects().count("deadline_met") == 1
    voided = "counts_from: {entered: a}, length: 10 days, met_by: {done: wait}, void_by: {entered: b}"
    assert opened_on("2026-03-02", voided).do("wait").runs("limit") == ["met"]


BOTH = "{{all_of: [{{done: {}}}, {{done: {}}}]}}"
ALL = f"counts_from: {BOTH.format('begin', 'out')}, length: 10 days, met_by: {BOTH.format('meet', 'back')}"


def test_the_last_of_all_counts() -> None:
    matter = opened_on("2026-03-02", ALL).do("begin", day="2026-03-03")
    assert matter.runs("limit") == []
    matter.do("out", day="2026-03-05")
    assert days(matter)[0] == "2026-03-15"
    matter.do("back", day="2026-03-06")
    assert matter.runs("limit") == ["running"]
    assert matter.do("meet", day="2026-03-09").runs("limit") == ["met"]


MISSED = """
  theirs: {title: 对方, owed_by: police, counts_from: {entered: a}, length: 10 days, on_missed: {nothing: true}}
  limit: {title: 期限, owed_by: clerk, counts_from: {missed: theirs}, length: 5 days, met_by: {done: urge}}
"""


def test_an_expiry_begins_what_counts_from_it_on_the_day_it_was_due() -> None:
    matter = Matter(small(COMMON + MISSED)).open()
    assert matter.tick("2026-03-12") == ["deadline_warned"]
    assert matter.tick("2026-03-13") == ["deadline_overdue", "deadline_started"]
    run = matter.case.run("limit")
    assert (str(run.started_on), str(run.due), run.cause) == ("2026-03-12", "2026-03-17", "missed:theirs")


def test_a_tick_that_comes_late_writes_down_all_that_is_over_by_now_and_a_second_one_nothing() -> None:
    matter = Matter(small(COMMON + MISSED)).open()
    assert matter.tick("2026-03-30") == ["deadline_overdue", "deadline_started", "deadline_overdue"]
    assert matter.tick() == []


# warnings, provisional days, kinds of length


def test_warnings_come_each_once_and_late_ones_together() -> None:
    matter = opened_on("2026-03-02", PLAIN)
    given = []
    for day in range(11):
        if matter.tick((date(2026, 3, 2) + timedelta(days=day)).isoformat()):
            given.append((matter.today.day, matter.case.run("limit").warned))
    assert given == [(5, ("7 days",)), (9, ("7 days", "3 days")), (11, ("7 days", "3 days", "1 day"))]
    late = opened_on("2026-03-02", PLAIN)
    assert late.tick("2026-03-11") == ["deadline_warned"]
    assert late.case.run("limit").warned == ("7 days", "3 days", "1 day")


def test_a_warning_of_the_first_day_is_given() -> None:
    matter = opened_on("2026-03-02", PLAIN.replace("10 days", "7 days"))
    assert (matter.tick("2026-03-02"), matter.case.run("limit").warned) == (["deadline_warned"], ("7 days",))


def test_what_would_have_to_warn_before_the_start_does_not_warn() -> None:
    matter = opened_on("2026-03-02", PLAIN.replace("10 days", "2 days"))
    matter.tick("2026-03-04")
    assert matter.case.run("limit").warned == ("1 day",)
    assert opened_on("2026-03-02", PLAIN + ", warn: []").tick("2026-03-11") == []


THREE_MONTHS = "counts_from: {entered: a}, length: 3 months, warn: []"


def test_beyond_the_calendar_a_day_is_provisional_until_the_year_is_loaded() -> None:
    text = CALENDAR.known_only(date(2026, 12, 31))
    matter = Matter(guide(THREE_MONTHS), calendar=text)
    matter.today = date(2026, 11, 21)
    matter.open()
    before = matter.case.run("limit")
    assert (before.provisional, str(before.due)) == (True, "2027-02-22")
    assert matter.tick("2026-12-01") == []
    matter.calendar = with_year_2027(text)
    assert matter.tick("2026-12-20") == ["deadline_recomputed"]
    run = matter.case.run("limit")
    assert (run.provisional, str(run.due), run.generation, run.started_on) == (
        False,
        "2027-02-24",
        2,
        before.started_on,
    )
    assert (matter.tick(), opened(matter.lines[-1].entry)["calendar"]) == ([], matter.calendar.digest)


def with_year_2027(calendar):
    """The calendar with a year that nobody has published: days off until 23 February."""
    data = json.loads(calendar.content)
    data["known_until"] = "2027-12-31"
    off = [{"name": "春节", "from": "2027-02-06", "to": "2027-02-23"}]
    data["years"]["2027"] = {**data["years"]["2026"], "off": off, "work": []}
    return calendar.from_data(data)


@pytest.mark.parametrize(("rule", "raw"), [("", "2026-03-28"), (", months: month_end_sticky", "2026-03-31")])
def test_a_month_from_a_month_s_end_ends_by_the_rule_of_its_guide(rule: str, raw: str) -> None:
    matter = opened_on("2026-02-28", "counts_from: {entered: a}, length: 1 months" + rule)
    assert days(matter)[0] == raw
    told = [step["code"] for step in matter.case.run("limit").trace]
    assert ("trace-month-end-sticky" in told) == bool(rule)


@pytest.mark.parametrize(("hours", "day"), [(1, "07"), (24, "07"), (25, "08"), (48, "08"), (49, "09")])
def test_hours_are_counted_to_the_day_on_which_they_end(hours: int, day: str) -> None:
    matter = opened_on("2026-03-06", f"counts_from: {{entered: a}}, length: {hours} hours")
    assert days(matter) == (f"2026-03-{day}", f"2026-03-{day}")
