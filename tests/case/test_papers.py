"""The life of a paper: drafted, returned, signed, released, served on each addressee, answered."""

import pytest

from guides_for_tests.matter import BOSS, CLERK, EVERYBODY, OFFICER, Matter, person
from guides_for_tests.small import small
from jiandu.case import Paper

NOTICE = """
documents:
  defaults: {signed_by: boss, released_by: clerk}
  notice:
    title: 通知书
    number: "{unit}通〔{year}〕{seq}号"
    addressed_to: [police, court]
    copies_to: [clerk]
    reply: {within: 7 days, by: officer, record: {agreed: {title: 同意, type: boolean, required: true}}}
states:
  a:
    title: 甲
    steps:
      write: {title: 拟文, by: officer, before: [go], record: {why: {title: 理由, type: text}}, sends: notice}
      more: {title: 再发, by: officer, optional: true, repeat: true, sends: notice}
    transitions:
      go: {title: 走, by: officer, to: b}
      leave: {title: 径走, by: officer, to: b, event: true}
      drop: {title: 撤, by: officer, to: b, when: {not: {released: write}}}
  b:
    title: 乙
    transitions:
      back: {title: 回, by: officer, to: a}
      agreed: {title: 已复, by: officer, when: {answered: write, write.answer.agreed: true}, to: a}
"""
GUIDE = small(NOTICE)


def paper(matter: Matter, name: str) -> Paper:
    return next(paper for paper in matter.case.papers if paper.name == name)


def test_a_paper_goes_its_way_step_by_step() -> None:
    matter = Matter(GUIDE).open()
    assert matter.codes("write.sign") == ["step-order"]
    matter.do("write.draft")
    assert matter.codes("write.release") == matter.codes("write.serve", to="police") == ["not-signed"]
    matter.do("write.sign")
    assert matter.codes("write.serve", to="police") == ["not-released"]
    assert matter.codes("write.sign") == ["already-done"]
    matter.do("write.release")
    assert paper(matter, "notice#1").number == "某县通〔2026〕1号"
    assert matter.codes("write.answer", record={"agreed": True}) == ["step-order"]


def test_it_is_served_once_on_every_addressee_and_done_with_the_last() -> None:
    matter = Matter(GUIDE).open().send("write", "police", "court")
    assert matter.codes("go") == ["step-missing"]
    assert matter.codes("write.serve", to="police") == ["which-paper"]
    assert matter.do("write.serve", to="clerk").codes("go") == []
    assert paper(matter, "notice#1").status == "served"
    assert matter.codes("write.serve", to="clerk") == ["already-done"]


def test_the_addressee_is_named_where_several_wait_and_is_the_last_by_itself() -> None:
    matter = Matter(GUIDE).open().send("write")
    assert matter.codes("write.serve") == ["which-paper"]
    matter.do("write.serve", to="court")
    [reason] = matter.refused("write.serve")
    assert [title.zh for title in reason.facts["roles"]] == ["公安机关", "书记员"]
    matter.do("write.serve", to="clerk").do("write.serve")
    assert set(paper(matter, "notice#1").served) == {"police", "court", "clerk"}


def test_who_drafts_does_not_sign() -> None:
    both = person("x", "officer", "boss")
    matter = Matter(GUIDE).open().do("write.draft", by=both)
    assert matter.codes("write.sign", by=both) == ["same-person"]
    assert matter.codes("write.sign", by=BOSS) == []


def test_who_drafts_signs_where_one_role_does_both() -> None:
    guide = small(NOTICE.replace("signed_by: boss, released_by: clerk", "signed_by: officer, released_by: clerk"))
    matter = Matter(guide).open().do("write.draft", by=OFFICER)
    assert matter.codes("write.sign", by=OFFICER) == []


def test_each_of_its_acts_is_for_its_own_role() -> None:
    matter = Matter(GUIDE).open()
    assert matter.codes("write.draft", by=CLERK) == ["role-required"]
    matter.do("write.draft")
    assert matter.codes("write.sign", by=person("d", "deputy")) == []
    assert matter.codes("write.sign", by=OFFICER) == ["role-required"]
    matter.do("write.sign", by=BOSS)
    assert matter.codes("write.release", by=OFFICER) == ["role-required"]


def test_a_returned_paper_is_drafted_anew() -> None:
    matter = Matter(GUIDE).open().do("write.draft")
    assert matter.codes("write.return") == ["record-invalid"]
    matter.do("write.return", record={"reason": "事实不清"})
    assert paper(matter, "notice#1").status == "abandoned"
    assert matter.codes("write.sign") == ["step-order"]
    matter.do("write.draft")
    assert paper(matter, "notice#2").status == "drafted"


def test_what_is_signed_is_not_returned() -> None:
    matter = Matter(GUIDE).open().do("write.draft").do("write.sign")
    assert matter.codes("write.return", record={"reason": "错"}) == ["already-done"]


def test_leaving_the_visit_abandons_what_is_not_released() -> None:
    matter = Matter(GUIDE).open().do("write.draft").do("write.sign").do("drop")
    assert paper(matter, "notice#1").status == "abandoned"


def test_what_merely_happened_abandons_nothing_that_a_resumed_visit_goes_on_with() -> None:
    guide = small(
        NOTICE.replace("back: {title: 回, by: officer, to: a}", "back: {title: 回, by: officer, to: a, resumes: true}")
    )
    matter = Matter(guide).open().do("write.draft").do("leave").do("back")
    assert matter.codes("write.sign") == []


def test_what_is_released_is_still_served_elsewhere() -> None:
    matter = Matter(GUIDE).open().send("write", "police").do("leave")
    assert {"write.serve", "write.answer"} <= matter.can()
    matter.do("write.serve", to="court").do("write.serve", to="clerk")
    assert paper(matter, "notice#1").status == "served"


def test_what_is_answered_is_still_served_elsewhere_on_those_who_are_left() -> None:
    matter = Matter(GUIDE).open().send("write", "police").do("write.answer", record={"agreed": True}).do("leave")
    assert matter.codes("write.answer", record={"agreed": True}) == ["not-offered"]
    assert matter.do("write.serve", to="court").do("write.serve").case.papers[0].status == "served"
    assert matter.codes("write.serve") == ["already-done"]


def test_a_paper_that_is_not_out_is_no_matter_of_another_state() -> None:
    matter = Matter(GUIDE).open().do("leave")
    assert matter.codes("write.serve", to="police") == ["not-offered"]
    assert matter.codes("write.answer", record={"agreed": True}) == ["not-offered"]
    matter = Matter(GUIDE).open().do("write.draft").do("leave")
    assert matter.codes("write.serve", to="police") == ["not-offered"]


def test_an_answer_is_recorded_in_every_open_state_once() -> None:
    matter = Matter(GUIDE).open().send("write", "police", "court", "clerk").do("go")
    assert matter.codes("agreed") == ["not-applicable"]
    matter.do("write.answer", record={"agreed": True})
    assert matter.codes("agreed") == []
    assert matter.codes("write.answer", record={"agreed": True}) == ["not-offered"]


def test_an_answer_comes_from_an_addressee_and_not_before_the_first_of_them_was_served() -> None:
    matter = Matter(GUIDE).open().send("write").do("write.serve", to="clerk", day="2026-03-03")
    answer = {"record": {"agreed": True}}
    assert matter.codes("write.answer", **answer) == ["step-order"]
    matter.do("write.serve", to="police", day="2026-03-05").do("write.serve", to="court", day="2026-03-09")
    assert matter.codes("write.answer", day="2026-03-04", **answer) == ["before-its-cause"]
    assert matter.codes("write.answer", day="2026-03-05", **answer) == []


def test_of_several_papers_the_one_meant_is_named() -> None:
    matter = Matter(GUIDE).open().send("write", "police", "court", "clerk").send("more", "police", "court", "clerk")
    matter.send("more", "police", "court", "clerk")
    assert matter.codes("more.answer", record={"agreed": True}) == ["which-paper"]
    assert matter.offers()["more.answer"] == []
    assert matter.codes("more.answer", record={"agreed": True}, paper="notice#9") == ["which-paper"]
    matter.do("more.answer", record={"agreed": True}, paper="notice#3")
    assert [p.name for p in matter.case.papers if p.answered_on] == ["notice#3"]
    assert matter.codes("more.answer", record={"agreed": True}) == []


def test_a_paper_is_drafted_once_unless_its_step_repeats() -> None:
    matter = Matter(GUIDE).open().send("write", "police", "court", "clerk").send("more", "police", "court", "clerk")
    assert matter.codes("write.draft") == ["already-done"]
    matter.do("more.draft")
    assert matter.codes("more.draft") == ["already-done"]


def test_a_step_may_send_at_most_so_many_papers() -> None:
    guide = small(NOTICE.replace("repeat: true, sends", "at_most: 2, sends"))
    matter = Matter(guide).open().send("more", "police", "court", "clerk").send("more", "police", "court", "clerk")
    assert matter.codes("more.draft") == ["at-most"]


ALONE = small("""
documents:
  letter: {title: 函, number: "{unit}函〔{year}〕{seq}号", signed_by: boss, addressed_to: police}
  memo: {title: 内部报告, signed_by: boss}
  note: {title: 便条}
states:
  a:
    title: 甲
    steps:
      letter_out: {title: 发函, by: officer, optional: true, sends: letter}
      report: {title: 报告, by: officer, optional: true, sends: memo}
      jot: {title: 记, by: officer, optional: true, sends: note}
    transitions:
      go: {title: 走, by: officer, to: b}
      reported: {title: 已报, by: officer, when: {done: [report, jot]}, to: b}
  b: {title: 乙, transitions: {back: {title: 回, by: officer, to: a}}}
deadlines:
  act: {title: 办理, owed_by: officer, counts_from: {done: report}, length: 5 days}
""")


def test_without_a_releaser_the_signature_takes_the_number_and_the_paper_is_out() -> None:
    matter = Matter(ALONE).open().do("letter_out.draft").do("letter_out.sign")
    assert paper(matter, "letter#1").number == "某县函〔2026〕1号"
    matter.do("go")
    assert matter.can() == {"letter_out.serve", "back"}
    assert matter.do("letter_out.serve").case.papers[0].status == "served"


def test_a_paper_for_nobody_is_done_when_it_is_signed() -> None:
    matter = Matter(ALONE).open().do("report.draft")
    assert matter.run("act") == "pending"
    matter.do("report.sign").do("jot.draft")
    assert matter.run("act") == "running"
    assert matter.codes("reported") == []
    assert matter.codes("report.draft") == ["already-done"]
    assert [p.status for p in matter.do("reported").case.papers] == ["signed", "drafted"]


def test_a_paper_for_nobody_that_is_not_signed_is_abandoned_like_any_other() -> None:
    matter = Matter(ALONE).open().all("report.draft", "jot.draft", "go")
    assert [p.status for p in matter.case.papers] == ["abandoned", "drafted"]


DRAFTED = small("""
documents:
  order: {title: 决定书, signed_by: boss, released_by: clerk, addressed_to: police}
states:
  a:
    title: 甲
    steps:
      study: {title: 研究, by: officer, repeat: true}
      decide: {title: 决定, by: officer, after: [study], sends: order}
    transitions: {go: {title: 走, by: officer, to: a}}
""")


@pytest.mark.parametrize("so_far", [["draft"], ["draft", "sign"]])
def test_what_was_drafted_before_the_newest_study_is_neither_signed_nor_released(so_far: list[str]) -> None:
    matter = Matter(DRAFTED).open().do("study").all(*(f"decide.{verb}" for verb in so_far)).do("study")
    following = {"draft": "sign", "sign": "release"}[so_far[-1]]
    assert matter.codes(f"decide.{following}") == ["step-order"]
    matter.do("decide.draft")
    assert [p.status for p in matter.case.papers] == ["abandoned", "drafted"]
    assert matter.codes("decide.sign") == []


def test_what_was_released_before_the_newest_study_may_still_be_served() -> None:
    matter = Matter(DRAFTED).open().do("study").send("decide").do("study").do("decide.serve")
    assert matter.case.papers[0].status == "served"
    assert matter.codes("go") == ["step-missing"]


def test_the_condition_and_the_rules_of_the_step_are_asked_until_the_paper_is_served() -> None:
    guide = small("""
documents:
  order: {title: 决定书, signed_by: boss, addressed_to: police}
states:
  a:
    title: 甲
    steps:
      stop: {title: 停, by: officer, optional: true}
      decide:
        title: 决定
        by: officer
        when: {not: {done: stop}}
        rules: {soon: {must: {act.day: {at_most: 2026-04-01}}, says: 四月一日前送达}}
        sends: order
""")
    matter = Matter(guide).open().do("decide.draft").do("decide.sign")
    assert matter.codes("decide.serve") == []
    matter.do("stop", day="2026-04-02")
    assert matter.codes("decide.serve") == ["not-applicable", "rule-broken"]


def test_papers_of_a_document_are_numbered_over_all_steps() -> None:
    matter = Matter(GUIDE).open().do("write.draft").do("more.draft")
    assert [(p.name, p.step) for p in matter.case.papers] == [("notice#1", "write"), ("notice#2", "more")]


def test_a_second_notice_is_not_judged_by_the_first() -> None:
    matter = Matter(GUIDE).open().send("write", "police", "court", "clerk").do("go")
    matter.do("write.answer", record={"agreed": True}).do("back").do("leave")
    assert matter.codes("agreed") == ["not-applicable"]


def test_everybody_can_do_what_everybodys_hands_can() -> None:
    assert Matter(GUIDE).open(by=EVERYBODY).can() >= {"write.draft", "more.draft"}


BY_FIELD = """
open: {by: clerk, fills: [whose]}
fields: {whose: {title: 对象, type: choice, choices: {police: 公安, court: 法院}}}
documents:
  notice: {title: 函, addressed_to: {field: whose}, reply: {within: 7 days, by: officer}}
states:
  a:
    title: 甲
    steps: {write: {title: 拟文, by: officer, sends: notice}}
    transitions: {go: {title: 走, by: officer, to: b}}
  b: {title: 乙}
"""


def test_the_addressee_of_a_field_owes_the_reply() -> None:
    matter = Matter(small(BY_FIELD)).open(whose="court").do("write.draft")
    assert matter.codes("write.serve", to="police") != []
    matter.do("write.serve", to="court")
    assert [(run.deadline, run.owed_by) for run in matter.case.deadlines] == [("write.reply", "court")]


def test_a_paper_drafted_in_a_newer_record_takes_the_place_of_the_one_that_was_signed_before() -> None:
    guide = small("""
documents: {order: {title: 决定书, number: "{seq}", signed_by: boss, released_by: clerk, addressed_to: police}}
states:
  a:
    title: 甲
    steps:
      report: {title: 报告, by: officer, repeat: true}
      send: {title: 决定, by: officer, sends: order, drafted_in: [report]}
""")
    matter = Matter(guide).open().do("report", by=OFFICER).do("send.sign").do("report", by=OFFICER).do("send.sign")
    assert [(paper.name, paper.status) for paper in matter.case.papers] == [
        ("order#1", "abandoned"),
        ("order#2", "signed"),
    ]
    assert matter.do("send.release").case.papers[1].number == "1"


@pytest.mark.parametrize(("kind", "life"), [("signed", "released_by: clerk"), ("released", "signed_by: boss")])
def test_where_nobody_signs_or_releases_being_ready_to_leave_is_as_good(kind: str, life: str) -> None:
    guide = small(f"""
documents: {{letter: {{title: 函, {life}, addressed_to: police}}}}
states:
  a:
    title: 甲
    steps: {{send: {{title: 发, by: clerk, optional: true, sends: letter}}}}
    transitions: {{go: {{title: 走, by: clerk, when: {{{kind}: letter}}, to: a}}}}
""")
    matter = Matter(guide).open().do("send.draft")
    assert matter.codes("go") == ["not-applicable"]
    assert matter.do("send.sign" if kind == "released" else "send.release").codes("go") == []
    assert matter.do("send.serve").codes("go") == []


def test_a_released_paper_that_what_it_rests_on_has_overtaken_gives_way_to_a_newer_one() -> None:
    guide = small("""
documents: {order: {title: 决定书, number: "{seq}", signed_by: boss, released_by: clerk, addressed_to: police}}
states:
  a:
    title: 甲
    steps:
      report: {title: 报告, by: officer, repeat: true}
      send: {title: 决定, by: officer, after: [report], sends: order}
""")
    matter = Matter(guide).open().do("report").do("send.draft").do("send.sign").do("send.release")
    assert matter.codes("send.draft") == ["already-done"]
    matter.do("report").do("send.draft")
    assert [paper.status for paper in matter.case.papers] == ["abandoned", "drafted"]


CHANGED = small("""
documents:
  notice: {title: 建议, signed_by: boss, addressed_to: police, reply: {within: 7 days, by: officer}}
states:
  a:
    title: 甲
    steps: {write: {title: 拟文, by: officer, repeat: true, sends: notice}}
deadlines:
  doing: {title: 落实, owed_by: police, counts_from: {served: notice}, length: 30 days, met_by: {answered: notice}}
""")


def test_an_answer_to_the_old_text_does_not_meet_what_the_new_one_asks_for() -> None:
    matter = Matter(CHANGED).open().send("write", "police").send("write", "police")
    assert [run.status for run in matter.case.deadlines if run.deadline == "doing"] == ["superseded", "running"]
    matter.do("write.answer", paper="notice#1")
    assert [run.status for run in matter.case.deadlines if run.deadline == "doing"] == ["superseded", "running"]
    matter.do("write.answer", paper="notice#2")
    assert [run.status for run in matter.case.deadlines if run.deadline == "doing"] == ["superseded", "met"]


SERVED = small("""
documents:
  letter:
    title: 函
    addressed_to: [police, court]
    serve:
      written: {record: {receiver: {title: 签收人, type: string, required: true}}}
      left: {record: {witness: {title: 见证人, type: string}}}
states:
  a:
    title: 甲
    steps:
      study: {title: 研究, by: clerk, optional: true, repeat: true}
      send: {title: 发, by: clerk, optional: true, repeat: true, after: [study], sends: letter}
      other: {title: 另发, by: clerk, optional: true, sends: letter}
      file: {title: 归, by: clerk, optional: true, after: [send]}
    transitions:
      leave: {title: 走, by: clerk, to: a}
      told: {title: 已告公安, by: clerk, when: {served: send, to: police}, to: a}
      twice: {title: 两次, by: clerk, when: {done: {send: {at_least: 2}}}, to: a}
      ever_twice: {title: 曾两次, by: clerk, when: {ever: {send: {at_least: 2}}}, to: a}
      once: {title: 曾发, by: clerk, when: {ever: send}, to: a}
      filed: {title: 已归, by: clerk, when: {done: file}, to: a}
""")
LEFT = {"mode": "left"}


def sent(matter: Matter, *to: str, step: str = "send") -> Matter:
    newest = matter.do(f"{step}.draft").case.papers[-1].name
    for role in to:
        matter.do(f"{step}.serve", to=role, record=LEFT, paper=newest)
    return matter


def test_each_way_of_serving_asks_for_its_own_record() -> None:
    matter = sent(Matter(SERVED).open().do("study"))
    for wrong in ({}, {"mode": "thrown"}, {"mode": "written"}, {"mode": "left", "witness": 7}):
        assert matter.codes("send.serve", to="court", record=wrong) == ["record-invalid"]
    for right in (LEFT, {"mode": "left", "witness": "某"}, {"mode": "written", "receiver": "某"}):
        assert matter.codes("send.serve", to="court", record=right) == []


def test_a_fact_may_ask_on_whom_a_paper_was_served() -> None:
    matter = sent(Matter(SERVED).open().do("study"), "court")
    assert matter.codes("told") == ["not-applicable"]
    assert matter.do("send.serve", to="police", record=LEFT).codes("told") == []
    assert sent(Matter(SERVED).open().do("study"), "police").codes("told") == []


def test_a_paper_is_done_as_often_as_it_was_served_on_all() -> None:
    matter = sent(Matter(SERVED).open().do("study"), "police").do("study")
    assert sent(matter, "police", "court").codes("twice") == ["not-applicable"]
    matter = sent(Matter(SERVED).open().do("study"), "police", "court")
    assert matter.codes("twice") == matter.codes("ever_twice") == ["not-applicable"]
    assert sent(matter.do("study"), "police").codes("twice") == ["not-applicable"]
    assert matter.do("send.serve", to="court", record=LEFT, paper="letter#2").codes("twice") == []
    assert matter.codes("ever_twice") == []


def test_a_paper_of_a_step_was_sent_once_it_was_served_on_all_whatever_became_of_its_visit() -> None:
    matter = sent(sent(Matter(SERVED).open().do("study"), "police"), "police", "court", step="other")
    assert matter.codes("once") == ["not-applicable"]
    assert matter.do("send.serve", record=LEFT).do("leave").codes("once") == []


def test_a_paper_that_waits_for_nothing_but_its_service_is_abandoned_with_its_visit() -> None:
    matter = sent(Matter(SERVED).open().do("study"))
    assert matter.do("leave").case.papers[0].status == "abandoned"


def test_what_comes_after_a_paper_is_overtaken_by_a_newer_one_of_the_same_step_alone() -> None:
    matter = sent(Matter(SERVED).open().do("study"), "police", "court").do("file")
    assert sent(matter, step="other").codes("filed") == []
    assert sent(matter.do("study")).codes("filed") == ["not-applicable"]
