"""Runs of time limits: what starts, ends, supersedes and voids them, when they are late, what a missed one asks for."""

import pytest

from guides_for_tests.matter import Matter
from guides_for_tests.small import small
from jiandu.calendar.trace import trace_step

LIMIT_TEXT = """
fields:
  on: {title: 起算日, type: date}
  ask: {title: 要办, type: boolean, default: true}
outcomes: {done_with: 办结}
states:
  a:
    title: 甲
    steps:
      start: {title: 起, by: clerk, optional: true, repeat: true, fills: [on, ask]}
      meet: {title: 办, by: clerk, optional: true, repeat: true}
      void: {title: 免, by: clerk, optional: true, repeat: true}
      urge: {title: 催, by: clerk, optional: true, repeat: true}
      scold: {title: 责, by: clerk, optional: true, repeat: true}
    transitions:
      shut: {title: 结, by: clerk, to: b, outcome: done_with}
      happen: {title: 事, by: clerk, to: b, outcome: done_with, event: true}
      late: {title: 超期, by: clerk, when: {overdue: limit}, to: a}
      was_late: {title: 曾超期, by: clerk, when: {missed: limit}, to: a}
      on_time: {title: 在期, by: clerk, when: {running: limit}, to: a}
  b:
    title: 乙
    transitions: {reopen: {title: 重开, by: clerk, to: a, reopens: true}}
deadlines:
  limit:
    title: 期限
    owed_by: police
    when: {ask: true}
    counts_from: {done: start}
    length: 10 days
    met_by: {done: meet}
    void_by: [{done: void}]
    on_missed: {duty: [urge, scold]}
    basis: [law:1]
  lasting:
    title: 结后仍计
    owed_by: police
    counts_from: {done: start}
    length: 3 months
    met_by: {done: meet}
    on_missed: {nothing: true}
    survives: close
"""
LIMIT = small(LIMIT_TEXT)


def started(day: str = "2026-03-02") -> Matter:
    return Matter(LIMIT).open().do("start", day=day)


def at(matter: Matter, day: str) -> Matter:
    matter.today = matter.today.fromisoformat(day)
    return matter


def test_the_day_of_the_start_does_not_count_and_the_due_day_is_in_time() -> None:
    matter = started()
    assert str(matter.case.run("limit").due) == "2026-03-12"
    assert at(matter, "2026-03-12").run("limit") == "running"
    assert at(matter, "2026-03-13").run("limit") == "overdue"


def test_met_on_the_due_day_is_met_and_a_day_later_met_late() -> None:
    assert started().do("meet", day="2026-03-12").runs("limit") == ["met"]
    assert started().do("meet", day="2026-03-13").runs("limit") == ["met_late"]


def test_what_others_did_in_time_and_we_learned_late_corrects_overdue() -> None:
    matter = at(started(), "2026-03-20")
    assert matter.run("limit") == "overdue"
    assert matter.do("meet", day="2026-03-11").run("limit") == "met"


def test_a_run_that_was_met_late_stays_missed() -> None:
    matter = started()
    assert at(matter, "2026-03-13").codes("late") == []
    matter.do("meet")
    assert matter.codes("late") == ["not-applicable"]
    assert matter.codes("was_late") == []


def test_a_new_start_supersedes_an_unfinished_run_and_late_stays_late() -> None:
    matter = started().do("start", day="2026-03-20")
    assert matter.runs("limit") == ["superseded", "running"]
    first, second = [run for run in matter.case.deadlines if run.deadline == "limit"]
    assert (first.late, second.late, str(second.due)) == (True, False, "2026-03-30")
    assert matter.codes("late") == matter.codes("was_late") == ["too-early"]


def test_a_superseded_run_that_was_not_over_is_not_late() -> None:
    matter = started().do("start", day="2026-03-10")
    assert [run.late for run in matter.case.deadlines if run.deadline == "limit"] == [False, False]


def test_a_finished_run_is_not_superseded() -> None:
    assert started().do("meet").do("start").runs("limit") == ["met", "running"]


def test_a_run_is_voided_by_its_event_and_neither_met_nor_missed() -> None:
    matter = started().do("void")
    assert matter.runs("limit") == ["void"]
    assert at(matter, "2026-04-30").codes("was_late") == ["not-applicable"]


def test_a_run_that_was_voided_after_its_due_day_stays_missed() -> None:
    matter = started().do("void", day="2026-03-13")
    assert (matter.run("limit"), matter.case.run("limit").late, matter.codes("was_late")) == ("void", True, [])


def test_an_event_before_the_start_meets_nothing() -> None:
    matter = started(day="2026-03-10").do("meet", day="2026-03-05")
    assert matter.runs("limit") == ["running"]


def test_closing_voids_what_runs_and_not_what_survives() -> None:
    matter = started().do("shut")
    assert (matter.runs("limit"), matter.runs("lasting")) == (["void"], ["running"])
    assert not matter.case.run("limit").late


def test_closing_leaves_overdue_what_is_overdue() -> None:
    matter = started().do("urge", day="2026-03-13").do("shut")
    assert (matter.runs("limit"), matter.run("limit")) == (["running"], "overdue")


def test_a_missed_run_asks_for_one_of_its_duties_before_the_case_is_closed() -> None:
    matter = at(started(), "2026-03-13")
    [reason] = matter.refused("shut")
    assert (reason.code, reason.basis, [t.zh for t in reason.facts["steps"]]) == (
        "step-missing",
        ("law:1",),
        ["催", "责"],
    )
    assert matter.do("scold").codes("shut") == []


def test_a_duty_is_done_on_or_after_the_due_day() -> None:
    matter = started().do("urge", day="2026-03-11")
    assert at(matter, "2026-03-13").codes("shut") == ["step-missing"]
    assert matter.do("urge", day="2026-03-12").codes("shut") == []


def test_a_duty_done_on_a_day_before_an_overtaken_run_was_due_is_not_its_duty() -> None:
    matter = started().do("start", day="2026-03-20").do("urge", day="2026-03-11")
    assert matter.codes("shut") == ["step-missing"]
    assert matter.do("urge", day="2026-03-12").codes("shut") == []


def test_each_time_limit_has_a_duty_of_its_own() -> None:
    missed = "owed_by: police, counts_from: {done: start}, length: 5 days"
    matter = Matter(small(LIMIT_TEXT + f"  other: {{title: 另期, {missed}, on_missed: {{duty: [start]}}}}\n")).open()
    matter.do("start").do("scold", day="2026-03-13")
    [reason] = matter.refused("shut")
    assert [title.zh for title in reason.facts["steps"]] == ["起"]


def test_no_duty_is_left_by_what_was_met_or_voided_however_late() -> None:
    assert started().do("meet", day="2026-03-20").codes("shut") == []
    assert started().do("void", day="2026-03-20").codes("shut") == []


def test_a_duty_outlives_the_run_that_takes_the_place_of_the_missed_one() -> None:
    matter = started().do("start", day="2026-03-20")
    assert matter.codes("shut") == ["step-missing"]
    assert matter.do("urge").codes("shut") == []


def test_what_merely_happened_waits_for_no_duty() -> None:
    assert at(started(), "2026-03-13").codes("happen") == []


def test_the_condition_of_a_limit_is_read_on_the_card_as_the_act_leaves_it() -> None:
    assert Matter(LIMIT).open().do("start", card={"ask": False}).runs("limit") == []
    matter = Matter(LIMIT).open().do("start").do("start", card={"ask": False})
    assert matter.runs("limit") == ["running"]


def test_a_reopened_case_keeps_its_runs() -> None:
    matter = started().do("shut").do("reopen")
    assert (matter.case.status, matter.runs("limit")) == ("open", ["void"])


KINDS = small("""
fields:
  set_on: {title: 定日, type: date}
  span: {title: 期, type: period}
documents:
  notice:
    title: 通知书
    signed_by: boss
    addressed_to: police
    copies_to: court
    reply: {within: in_document, default: 15 days}
states:
  a:
    title: 甲
    steps:
      fill: {title: 填, by: clerk, optional: true, repeat: true, fills: [set_on, span]}
      work: {title: 办, by: clerk, optional: true, repeat: true}
      send: {title: 发, by: clerk, optional: true, repeat: true, sends: notice}
    transitions:
      on: {title: 进, by: clerk, to: b}
      again: {title: 再, by: clerk, to: a}
  b:
    title: 乙
    transitions: {back: {title: 回, by: clerk, to: a, resumes: true}}
deadlines:
  by_field: {title: 字段期, owed_by: clerk, counts_from: {done: fill}, length: {field: span}}
  on_field: {title: 定日期, owed_by: clerk, counts_from: {done: fill}, due_on: {field: set_on}}
  from_field: {title: 自定日, owed_by: clerk, counts_from: {field: set_on}, length: 5 days}
  from_entry: {title: 自进入, owed_by: clerk, counts_from: {entered: a}, length: 5 days}
  custody: {title: 羁押, owed_by: clerk, counts_from: {done: work}, length: 15 days, roll: none}
  periodic:
    title: 每月
    owed_by: clerk
    counts_from: [{entered: a}, {done: work}]
    length: 1 months
    met_by: {done: work}
  copied: {title: 副本, owed_by: court, counts_from: {served: notice, to: court}, length: 5 days}
  signed_limit:
    title: 签后
    owed_by: clerk
    counts_from: {signed: send}
    length: 5 days
    met_by: {served: send, to: police}
  working: {title: 工作日, owed_by: clerk, counts_from: {done: work}, length: 3 working days}
""")


def due(matter: Matter, deadline: str) -> str | None:
    run = matter.case.run(deadline)
    return str(run.due) if run else None


def test_a_field_gives_the_length() -> None:
    assert due(Matter(KINDS).open().do("fill", card={"span": "20 days"}), "by_field") == "2026-03-23"
    assert due(Matter(KINDS).open().do("fill", card={"span": "2 months"}), "by_field") == "2026-05-06"
    assert due(Matter(KINDS).open().do("fill"), "by_field") is None


@pytest.mark.parametrize("span", ["24 hours", "0 days", "10000 days", "soon", "15", 15])
def test_a_period_that_is_none_is_refused(span: object) -> None:
    assert Matter(KINDS).open().codes("fill", card={"span": span}) == ["card-invalid"]


def test_a_field_gives_the_due_day_itself_and_nothing_is_rolled() -> None:
    matter = Matter(KINDS).open().do("fill", card={"set_on": "2026-05-02"})
    assert (due(matter, "on_field"), due(matter, "from_field")) == ("2026-05-02", "2026-05-07")
    assert not matter.case.run("on_field").provisional


def test_a_field_filled_again_is_an_event_again() -> None:
    matter = Matter(KINDS).open().do("fill", card={"set_on": "2026-03-03"}).do("fill", card={"set_on": "2026-03-04"})
    assert matter.runs("from_field") == ["superseded", "running"]


def test_opening_a_case_and_every_entry_begins_what_counts_from_it() -> None:
    matter = Matter(KINDS).open()
    assert matter.runs("from_entry") == ["running"]
    assert matter.do("again").runs("from_entry") == ["superseded", "running"]


def test_custody_is_not_rolled() -> None:
    matter = Matter(KINDS).open().do("work", day="2026-04-16")
    assert due(matter, "custody") == "2026-05-01"


def test_an_event_that_ends_a_run_and_begins_the_next() -> None:
    matter = Matter(KINDS).open().do("work", day="2026-03-20").do("work", day="2026-04-21")
    assert matter.runs("periodic") == ["met", "met_late", "running"]


def test_working_days_follow_the_official_calendar() -> None:
    assert due(Matter(KINDS).open().do("work", day="2026-04-30"), "working") == "2026-05-08"


def test_each_addressee_starts_only_what_is_its_own() -> None:
    matter = Matter(KINDS).open().do("send.draft").do("send.sign")
    assert matter.runs("signed_limit") == ["running"]
    matter.do("send.serve", to="court")
    assert (matter.runs("copied"), matter.runs("send.reply"), matter.runs("signed_limit")) == (
        ["running"],
        [],
        ["running"],
    )
    matter.do("send.serve", to="police")
    assert (matter.runs("copied"), matter.runs("send.reply"), matter.runs("signed_limit")) == (
        ["running"],
        ["running"],
        ["met"],
    )


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, "2026-03-17"),
        ({"reply_within": "5 days"}, "2026-03-09"),
        ({"reply_on": "2026-03-06"}, "2026-03-06"),
    ],
)
def test_a_paper_names_its_own_period_or_the_default_stands(record: dict[str, str], expected: str) -> None:
    matter = Matter(KINDS).open().do("send.draft", record=record).do("send.sign").do("send.serve", to="police")
    assert due(matter, "send.reply") == expected


def test_a_paper_names_its_period_once() -> None:
    record = {"reply_within": "5 days", "reply_on": "2026-03-06"}
    assert Matter(KINDS).open().codes("send.draft", record=record) == ["record-invalid"]
    assert Matter(KINDS).open().codes("send.draft", record={"reply_within": "24 hours"}) == ["record-invalid"]


def test_without_a_default_the_paper_has_to_name_its_period() -> None:
    guide = small("""
documents:
  notice: {title: 通知书, addressed_to: police, reply: {within: in_document}}
  question: {title: 询问函, addressed_to: police, reply: {within: none}}
states:
  a:
    title: 甲
    steps:
      send: {title: 发, by: clerk, optional: true, sends: notice}
      query: {title: 问, by: clerk, optional: true, sends: question}
""")
    matter = Matter(guide).open()
    assert matter.codes("send.draft") == ["record-invalid"]
    matter.do("query.draft").do("query.serve")
    assert not matter.case.deadlines
    assert matter.codes("query.answer") == []


ALL_OF = small("""
documents: {notice: {title: 通知书, signed_by: boss, addressed_to: [police, court]}}
states:
  a:
    title: 甲
    steps:
      send: {title: 发, by: clerk, optional: true, sends: notice}
      hear: {title: 听, by: clerk, optional: true, repeat: true}
deadlines:
  on_signing: {title: 签后, owed_by: clerk, counts_from: {all_of: [{done: hear}, {signed: send}]}, length: 5 days}
  on_service:
    title: 送达后
    owed_by: clerk
    counts_from: {all_of: [{done: hear}, {served: notice, to: police}]}
    length: 5 days
""")


def test_of_all_events_a_paper_counts_as_far_as_it_has_come_and_on_whom_it_was_served() -> None:
    matter = Matter(ALL_OF).open().all("send.draft", "hear")
    assert matter.runs("on_signing") == []
    matter.do("send.sign").do("send.serve", to="court").do("hear")
    assert (matter.runs("on_signing"), matter.runs("on_service")) == (["superseded", "running"], [])
    assert matter.do("send.serve").do("hear").runs("on_service") == ["superseded", "running"]


def test_a_step_that_sends_a_paper_is_done_with_its_last_service_and_not_again_with_its_answer() -> None:
    guide = small("""
documents: {notice: {title: 通知书, addressed_to: [police, court], reply: {within: 7 days, by: clerk}}}
states: {a: {title: 甲, steps: {send: {title: 发, by: clerk, optional: true, sends: notice}}}}
deadlines: {after: {title: 送达后, owed_by: clerk, counts_from: {done: send}, length: 5 days}}
""")
    matter = Matter(guide).open().do("send.draft").do("send.serve", to="police")
    assert matter.runs("after") == []
    assert matter.do("send.serve").do("send.answer", day="2026-03-04").runs("after") == ["running"]


SECOND = small("""
documents:
  notice: {title: 纠正通知书, signed_by: boss, addressed_to: police, reply: {within: 10 days}}
states:
  a:
    title: 甲
    steps: {correct: {title: 纠正, by: clerk, optional: true, repeat: true, sends: notice}}
    transitions:
      up: {title: 上报, by: clerk, when: {overdue: correct.reply}, to: a}
      again: {title: 再, by: clerk, to: a}
""")


def test_a_second_notice_supersedes_the_reply_period_of_the_first() -> None:
    matter = Matter(SECOND).open().send("correct", "police")
    assert at(matter, "2026-03-13").codes("up") == []
    matter.send("correct", "police")
    assert matter.runs("correct.reply") == ["superseded", "running"]
    assert matter.codes("up") == ["too-early"]


def test_the_reply_period_of_an_earlier_visit_judges_nothing() -> None:
    matter = Matter(SECOND).open().send("correct", "police").do("again")
    assert at(matter, "2026-03-13").codes("up") == ["not-applicable"]


def test_a_run_says_every_step_of_its_reckoning() -> None:
    matter = Matter(KINDS).open().do("fill", card={"set_on": "2026-05-02"}).do("work")
    for run in matter.case.deadlines:
        assert run.trace[0] == {"code": "trace-start", "day": run.started_on.isoformat()}
        assert run.trace[-1]["code"] in ("trace-named", "trace-due", "trace-calendar", "trace-provisional")
        assert all(trace_step(step).text(language) for step in run.trace for language in ("zh", "en"))


def test_the_filing_limit_of_the_first_of_may_moves_to_the_sixth() -> None:
    """Served on 16 April 2026, fifteen days: 1 May is Labour Day, and the sixth the first working day after it."""
    guide = small("""
documents: {notice: {title: 通知立案书, addressed_to: police}}
states:
  a:
    title: 甲
    steps:
      notify: {title: 通知, by: clerk, sends: notice}
      filed: {title: 立案, by: clerk, optional: true}
deadlines:
  filing:
    title: 立案
    owed_by: police
    counts_from: {served: notify}
    length: 15 days
    met_by: {done: filed}
    on_missed: {nothing: true}
""")
    matter = Matter(guide).open().send("notify", "police", day="2026-04-16")
    run = matter.case.run("filing")
    assert (str(run.raw_end), str(run.due)) == ("2026-05-01", "2026-05-06")
    assert at(matter, "2026-05-06").run("filing") == "running"
    assert matter.do("filed").runs("filing") == ["met"]
