"""The acts that every guide may give powers for: who may do them, when, what they write, what becomes of the case."""

from dataclasses import replace
from datetime import date

import pytest

from guides_for_tests.matter import BOSS, CLERK, EVERYBODY, OFFICER, Matter, person
from guides_for_tests.small import small
from jiandu.case import Refusal
from jiandu.case.acts.migrate import unmapped
from jiandu.case.model import Link, Visit
from jiandu.trail import opened

OFFICE = """
powers:
  amend: officer
  assign: [clerk, boss]
  note: any_member
  extend: boss
  suspend: boss
  link: officer
  migrate: clerk
  adopt: clerk
  rescind: boss
  backdate: 30 days
open: {by: clerk, fills: [kind, note, on]}
number: "{unit}案〔{year}〕{seq}号"
fields:
  kind: {title: 类, type: choice, choices: {x: 甲, y: 乙}}
  note: {title: 备注, type: text}
  on: {title: 起算日, type: date}
  n: {title: 数, type: integer, max: 9}
outcomes: {well: 好}
documents:
  letter: {title: 函, signed_by: boss, addressed_to: police, reply: {within: 7 days, by: officer}}
states:
  a:
    title: 甲
    steps:
      take: {title: 派, by: clerk, optional: true, repeat: true, assigns: lead, numbers: case}
      write:
        title: 写
        by: officer
        optional: true
        repeat: true
        record: {n: {title: 数, type: integer, max: 9}, free: {title: 说明, type: text}}
      enough: {title: 够, by: officer, optional: true, when: {write.n: {at_least: 5}}}
      send: {title: 发, by: officer, optional: true, repeat: true, sends: letter}
      hurt: {title: 事, by: officer, optional: true, repeat: true}
    transitions:
      go: {title: 走, by: clerk, to: b}
      shut: {title: 结, by: clerk, to: b, outcome: well}
      fell: {title: 变故, by: clerk, to: b, event: true}
  b: {title: 乙, transitions: {shelve: {title: 归档, by: clerk, to: c}, back: {title: 回, by: clerk, to: a}}}
  c: {title: 丙, final: true}
suspension: {grounds: {ill: 患病, other: 待他案}, from: [a]}
related: {near: {title: 相关案件, guide: small}}
deadlines:
  handling:
    title: 办理期
    owed_by: officer
    counts_from: {entered: a}
    length: 10 days
    met_by: {done: write}
    extend: {adds: 5 days, at_most: 2, by: boss, grounds: {complex: 复杂}}
  theirs: {title: 对方期, owed_by: police, counts_from: {done: hurt}, length: 10 days, on_missed: {nothing: true}}
"""
GUIDE = small(OFFICE)
BARE = small("states: {a: {title: 甲, transitions: {go: {title: 走, by: clerk, to: b}}}, b: {title: 乙, final: true}}")
WHY = {"reason": "笔误"}
NOBODY, GUARD, AWAY = person("x"), person("g", "guard"), person("y", "boss", "clerk", "officer", unit="u9")


def case(**card: object) -> Matter:
    return Matter(GUIDE).open(kind="x", **card)


def body(matter: Matter) -> dict:
    return opened(matter.lines[-1].body)


# who, when, whether at all

GENERAL = {
    "amend": (OFFICER, {"card": {"kind": "y"}, **WHY}),
    "assign": (CLERK, {"assigns": {"lead": ("p",)}}),
    "note": (GUARD, {"reason": "备查"}),
    "extend": (BOSS, {"name": "handling", "ground": "complex"}),
    "suspend": (BOSS, {"ground": "ill", **WHY}),
    "link": (OFFICER, {"name": "near", "other": "c2"}),
}


def asked(matter: Matter, verb: str, **other: object) -> list[str]:
    by, written = GENERAL[verb]
    written = {"by": by, **written, **other}
    return matter.not_acted(verb, written.pop("name", ""), **written)


@pytest.mark.parametrize("verb", GENERAL)
def test_a_general_act_is_for_those_to_whom_the_guide_gives_the_power(verb: str) -> None:
    matter = case()
    assert asked(matter, verb, by=person("p", "officer", "clerk", "boss")) == []
    assert asked(matter, verb, by=NOBODY) == ["role-required"]
    assert asked(matter, verb, by=AWAY) == ["outside-unit"]


def test_a_note_is_for_everybody_of_the_unit_and_whoever_holds_a_part_in_the_case() -> None:
    matter = case().act("assign", assigns={"lead": ("y",)}, by=CLERK)
    assert matter.not_acted("note", by=GUARD, reason="备查") == []
    assert matter.not_acted("note", by=AWAY, reason="备查") == []
    assert matter.not_acted("note", by=person("w", "guard", unit="u9"), reason="备查") == ["outside-unit"]


@pytest.mark.parametrize("verb", GENERAL)
def test_a_general_act_bears_a_day_like_every_other(verb: str) -> None:
    matter = case()
    by = person("p", "officer", "clerk", "boss")
    assert asked(matter, verb, by=by, day="2026-03-03") == ["future-day"]
    assert asked(matter, verb, by=by, day="2026-03-01") == ["before-its-cause"]
    matter.today = matter.today.fromisoformat("2026-05-01")
    late = asked(matter, verb, by=by, day="2026-03-05")
    assert "backdated-too-far" in late


@pytest.mark.parametrize("verb", [*GENERAL, "rescind"])
def test_a_guide_that_gives_nobody_the_power_knows_no_such_act(verb: str) -> None:
    refused = Matter(BARE).open().ask_to(verb)
    assert [(r.code, r.message) for r in refused.reasons] == [("unknown-name", "unknown-power")]


@pytest.mark.parametrize("verb", [*GENERAL, "rescind", "resume"])
def test_a_finished_case_is_left_as_it_is(verb: str) -> None:
    matter = case().all("shut", "shelve")
    assert matter.not_acted(verb) == ["finished"]


@pytest.mark.parametrize("verb", ["amend", "note", "suspend", "rescind"])
def test_what_changes_a_case_beside_its_guide_needs_a_reason(verb: str) -> None:
    written = {**GENERAL.get(verb, (BOSS, {}))[1], "reason": "  "}
    matter = case().do("hurt")
    found = matter.not_acted(verb, written.pop("name", ""), **written)
    assert "record-invalid" in (found or ["record-invalid"])
    if verb != "suspend":
        assert found == ["record-invalid"]


# amending


def test_an_amended_card_keeps_the_old_value_in_the_trail() -> None:
    matter = case(note="旧").act("amend", card={"kind": "y", "note": "新"}, **WHY)
    assert matter.case.card == {"kind": "y", "note": "新"}
    assert matter.effects() == ["amended", "card_changed"]
    assert body(matter) == {"reason": "笔误", "card": {"note": "新"}}
    assert opened(matter.lines[0].body) == {"card": {"note": "旧"}}


def test_an_amended_record_is_what_conditions_read_and_what_follows_from_it_is_not_stale() -> None:
    matter = case().do("write", record={"n": 3, "free": "旧"})
    assert matter.codes("enough") == ["not-applicable"]
    matter.act("amend", "write", record={"n": 6, "free": "新"}, **WHY)
    assert (matter.case.acts["write"].record, matter.codes("enough")) == ({"n": 6}, [])
    assert (matter.case.acts["write"].count, matter.case.acts["write"].seq) == (1, 2)
    assert body(matter)["record"] == {"free": "新"}


def test_what_a_field_cannot_hold_is_no_correction() -> None:
    matter = case().do("write", record={"n": 3})
    for wrong in (
        {"card": {"kind": "z"}}, {"card": {"kind": None}}, {"card": {"nothing": 1}}, {"card": {"n": 10}},
        {"record": {"n": 1}}, {"name": "write", "record": {"n": "viel"}}, {"name": "write", "record": {"m": 1}},
        {"name": "hurt", "record": {"n": 1}}, {"name": "nothing", "record": {"n": 1}}, {},
    ):  # fmt: skip
        wrong = dict(wrong)
        assert matter.not_acted("amend", wrong.pop("name", ""), **wrong, **WHY) == ["record-invalid"], wrong


def test_an_amended_answer_is_that_of_the_paper_answered_last() -> None:
    guide = small("""
powers: {amend: clerk}
documents:
  letter:
    title: 函
    addressed_to: police
    each: true
    reply: {within: 7 days, by: clerk, record: {agreed: {title: 同意, type: boolean, required: true}}}
states:
  a:
    title: 甲
    steps:
      send: {title: 发, by: clerk, optional: true, repeat: true, sends: letter}
      other: {title: 另发, by: clerk, optional: true, sends: letter}
    transitions: {agreed: {title: 已同意, by: clerk, to: a, when: {send.answer.agreed: true}}}
""")
    matter = Matter(guide).open().send("send", "police").send("other", "police").send("send", "police")
    for answer in ("send.answer", "other.answer", "send.answer"):
        agreed = matter.case.papers[0].answered_on is None
        matter.do(answer, record={"agreed": agreed}, paper=None if not agreed else "letter#1")
    assert matter.codes("agreed") == ["not-applicable"]
    matter.act("amend", "send.answer", record={"agreed": True}, **WHY)
    assert [paper.answer["agreed"] for paper in matter.case.papers] == [True, False, True]
    assert matter.codes("agreed") == []
    matter.act("amend", "other.answer", record={"agreed": True}, **WHY)
    assert [paper.answer["agreed"] for paper in matter.case.papers] == [True, True, True]


def test_every_fault_of_a_correction_is_told_at_once() -> None:
    matter = case()
    assert matter.not_acted("amend", by=NOBODY, day="2026-03-09", card={"kind": "z", "q": 1}) == [
        "future-day", "record-invalid", "record-invalid", "record-invalid", "role-required",
    ]  # fmt: skip


# assigning


def test_those_who_are_assigned_take_the_place_of_those_before_them() -> None:
    matter = (
        case()
        .do("take", assigns={"lead": ("p",)})
        .act("assign", by=CLERK, assigns={"lead": ("q",), "team": ("r", "s")})
    )
    assert matter.case.holders == {"lead": ("q",), "team": ("r", "s")}
    assert matter.effects() == ["holder_assigned", "holder_assigned"]
    assert matter.act("assign", assigns={"lead": ("p",)}, reason="调离").case.holders["lead"] == ("p",)
    assert body(matter) == {"reason": "调离"}


@pytest.mark.parametrize(
    "wrong", [{}, {"boss": ("p",)}, {"nobody": ("p",)}, {"lead": ()}, {"lead": ("p", "q")}, {"team": ()}]
)
def test_a_role_that_no_case_assigns_and_a_role_for_nobody_is_no_assignment(wrong: dict) -> None:
    assert case().not_acted("assign", assigns=wrong) == ["record-invalid"]


@pytest.mark.parametrize("persons", [("",), ("a b",), (7,), (None,)])
def test_what_is_no_person_is_assigned_to_nothing(persons: tuple) -> None:
    assert case().not_acted("assign", assigns={"lead": persons}) == ["record-invalid"]


# noting, linking


def test_a_note_changes_nothing() -> None:
    matter = case()
    before = matter.case
    matter.act("note", by=GUARD, reason="来电询问")
    assert replace(matter.case, seq=1, head=before.head, recorded_at=before.recorded_at) == before
    assert (matter.effects(), body(matter)) == (["noted"], {"note": "来电询问"})


def test_a_case_is_linked_once_under_a_relation_of_its_guide() -> None:
    matter = case().act("link", "near", other="c2")
    assert matter.case.links == (Link("near", "c2"),)
    for name, other in (("near", "c2"), ("near", ""), ("far", "c3"), ("near", matter.case.id)):
        assert matter.not_acted("link", name, other=other) == ["record-invalid"]


# suspending


def test_a_suspended_case_waits_and_goes_on_where_it_stood() -> None:
    matter = case().act("suspend", ground="ill", **WHY)
    assert (matter.case.status, str(matter.case.suspended_on)) == ("suspended", "2026-03-02")
    assert matter.effects() == ["case_suspended", "deadline_paused"]
    assert matter.codes("go") == matter.codes("write") == ["suspended"]
    assert {act for act, codes in matter.offers().items() if codes != ["suspended"]} == {"fell"}
    matter.act("resume", day="2026-03-09")
    assert (matter.case.status, matter.case.suspended_on, matter.codes("write")) == ("open", None, [])
    assert str(matter.case.run("handling").due) == "2026-03-19"


def test_what_others_do_does_not_wait() -> None:
    matter = case().send("send", "police").act("suspend", ground="ill", **WHY)
    assert matter.codes("send.answer") == matter.codes("fell") == []
    assert matter.offers()["fell"] == matter.offers()["send.answer"] == []
    matter.do("send.answer").do("fell")
    assert (matter.case.state, matter.case.status) == ("b", "suspended")
    assert matter.act("resume").case.status == "open"


def test_a_case_is_suspended_once_where_and_why_its_guide_says() -> None:
    matter = case()
    assert matter.not_acted("suspend", ground="tired", **WHY) == ["record-invalid"]
    assert matter.not_acted("resume") == ["not-suspended"]
    matter.act("suspend", ground="other", **WHY)
    assert matter.not_acted("suspend", ground="ill", **WHY) == ["suspended"]
    matter.act("resume").do("go")
    assert matter.not_acted("suspend", ground="ill", **WHY) == ["not-offered"]


def test_a_guide_without_grounds_suspends_nothing() -> None:
    matter = Matter(small("powers: {suspend: clerk}\nstates: {a: {title: 甲}}")).open()
    assert [r.message for r in matter.ask_to("suspend", reason="病", ground="ill").reasons] == ["unknown-power"]


# rescinding


def test_the_newest_entry_is_undone_and_both_stand() -> None:
    matter = case().do("write", record={"n": 3})
    before = matter.case
    matter.do("go").act("rescind", **WHY)
    undone = matter.case
    assert replace(undone, seq=before.seq, head=before.head, recorded_at=before.recorded_at) == before
    assert (len(matter.lines), matter.effects()) == (4, ["case_restored"])
    assert body(matter)["reason"] == "笔误"
    assert matter.codes("go") == []


def test_free_text_stays_out_of_the_trail_when_an_entry_is_undone() -> None:
    matter = case(note="机密").do("go").act("rescind", **WHY)
    assert matter.case.card == {"kind": "x", "note": "机密"}
    assert "机密" not in matter.lines[-1].entry.decode()


def test_what_others_rely_on_is_never_undone() -> None:
    opening, served, linked, noted = (
        case(),
        case().send("send", "police"),
        case().act("link", "near", other="c2"),
        case(),
    )
    noted.tick("2026-03-13")
    undone = case().do("go").act("rescind", **WHY)
    for matter in (opening, served, linked, noted, undone):
        [reason] = matter.ask_to("rescind", **WHY).reasons
        assert (reason.code, reason.message) == ("not-applicable", "already-relied-on")


def test_a_paper_that_has_not_left_may_be_undone() -> None:
    matter = case().do("send.draft").do("send.sign").act("rescind", **WHY)
    assert matter.case.papers[0].status == "drafted"


# extending


def test_a_period_is_extended_as_often_as_its_guide_allows() -> None:
    matter = case().act("extend", "handling", by=BOSS, ground="complex")
    assert (matter.effects(), str(matter.case.run("handling").due)) == (["deadline_extended"], "2026-03-17")
    matter.act("extend", "handling", ground="complex", reason="再延")
    assert (str(matter.case.run("handling").due), matter.case.run("handling").extensions) == (
        "2026-03-23",
        ("5 days", "5 days"),
    )
    assert matter.not_acted("extend", "handling", ground="complex") == ["extension-used-up"]


def test_a_period_is_extended_on_a_ground_by_its_own_role_while_it_runs() -> None:
    matter = case()
    assert matter.not_acted("extend", "handling", by=OFFICER, ground="complex") == ["role-required"]
    assert matter.not_acted("extend", "handling", ground="tired") == ["record-invalid"]
    assert matter.not_acted("extend", "handling") == ["record-invalid"]
    assert matter.not_acted("extend", "theirs") == matter.not_acted("extend", "nothing") == ["unknown-name"]
    matter.do("write", record={"n": 1})
    assert matter.not_acted("extend", "handling", ground="complex") == ["not-running"]


# adopting

STANDING = {"state": "b", "opened_on": "2025-01-02", "entered_on": "2025-02-03", "number": "旧1号", "source": "台账"}
PAPER = {"document": "letter", "step": "send", "served": {"police": "2026-02-20"}}
RUN = {"name": "theirs", "owed_by": "police", "started_on": "2026-02-20", "due": "2026-03-04"}


def test_a_case_that_runs_elsewhere_is_brought_in_as_it_stands() -> None:
    matter = Matter(GUIDE)
    standing = {**STANDING, "papers": [PAPER], "deadlines": [RUN]}
    matter.write(matter.adopt(CLERK, card={"kind": "x", "note": "旧案"}, assigns={"lead": ("p",)}, **standing))
    case, [paper], [run] = matter.case, matter.case.papers, matter.case.deadlines
    assert (case.state, case.status, case.number, case.holders) == ("b", "open", "旧1号", {"lead": ("p",)})
    assert (str(case.opened_on), case.card["note"]) == ("2025-01-02", "旧案")
    assert case.visits == {"b": Visit(1, 1, date(2025, 2, 3))}
    assert (paper.name, paper.status, matter.run("theirs")) == ("letter#1", "served", "running")
    assert (str(run.due), run.cause, run.provisional) == ("2026-03-04", "adopted", False)
    assert matter.effects() == ["case_opened", "case_restored", "case_adopted"]
    assert "旧案" not in matter.lines[0].entry.decode()
    assert matter.do("send.answer", day="2026-03-01").case.papers[0].answered_on is not None
    assert matter.do("back").case.state == "a"


def test_a_case_is_brought_in_whole_or_not_at_all() -> None:
    matter = Matter(GUIDE)

    def codes(by: object = CLERK, day: str | None = None, **changes: object) -> list[str]:
        found = matter.adopt(by, day, **{**STANDING, **changes})
        return [reason.code for reason in found.reasons] if isinstance(found, Refusal) else []

    assert codes() == []
    assert codes(by=OFFICER) == ["role-required"]
    assert codes(day="2026-03-03") == ["future-day"]
    for wrong in (
        {"source": None}, {"state": "q"}, {"state": "c"}, {"card": {"kind": "z"}}, {"card": {"q": 1}},
        {"deadlines": [{**RUN, "name": "q"}]}, {"deadlines": [{"name": "theirs"}]},
        {"deadlines": [{**RUN, "owed_by": "q"}]}, {"deadlines": [{**RUN, "due": "morgen"}]}, {"deadlines": ["theirs"]},
        {"papers": [{**PAPER, "served": {"police": None}}]}, {"papers": [{**PAPER, "served": "police"}]},
        {"papers": [{**PAPER, "served": {"police": "gestern"}}]},
        {"papers": [{**PAPER, "step": "hurt"}]}, {"opened_on": "gestern"}, {"state": ["b"]}, {"source": " "},
        {"assigns": {"lead": ("p", "q")}}, {"papers": [{**PAPER, "recipients": "police"}]}, {"number": 7},
        {"papers": [{**PAPER, "document": "q"}]}, {"papers": [{"document": "letter", "step": "send"}]},
        {"papers": [{**PAPER, "step": "q"}]}, {"assigns": {"nobody": ("p",)}}, {"assigns": {"clerk": ("p",)}},
    ):  # fmt: skip
        assert codes(**wrong) == ["record-invalid"], wrong
    bare = Matter(BARE).adopt(CLERK, **STANDING)
    assert [(r.code, r.message) for r in bare.reasons] == [("unknown-name", "unknown-power")]


def brought_in(**standing: object) -> Matter:
    matter = Matter(GUIDE)
    return matter.write(matter.adopt(CLERK, **STANDING | standing))


def test_several_papers_and_periods_that_are_brought_in_are_told_apart() -> None:
    other = {**PAPER, "served": {"police": "2026-02-25"}, "number": "旧2号"}
    matter = brought_in(papers=[PAPER, other], deadlines=[RUN, {**RUN, "name": "handling", "owed_by": "officer"}, RUN])
    assert [(paper.name, paper.number) for paper in matter.case.papers] == [("letter#1", None), ("letter#2", "旧2号")]
    assert [(run.deadline, run.n) for run in matter.case.deadlines] == [("theirs", 1), ("handling", 1), ("theirs", 2)]
    matter.do("send.answer", paper="letter#2").do("back").do("send.draft")
    assert [(paper.name, bool(paper.answered_on)) for paper in matter.case.papers] == [
        ("letter#1", False), ("letter#2", True), ("letter#3", False),
    ]  # fmt: skip


def test_a_paper_that_is_brought_in_goes_on_as_far_as_it_has_not_come() -> None:
    drafted = {"document": "letter", "step": "send", "drafted_on": "2026-02-20"}
    matter = brought_in(state="a", papers=[drafted, PAPER])
    assert [(paper.status, paper.seq) for paper in matter.case.papers] == [("drafted", 1), ("served", 1)]
    assert [paper.signed_on or paper.released_on for paper in matter.case.papers] == [None, date(2026, 2, 20)]
    matter = brought_in(state="a", papers=[drafted]).do("send.sign").do("send.serve")
    assert (matter.case.papers[0].status, set(matter.case.papers[0].served)) == ("served", {"police"})
    matter = brought_in(papers=[{**PAPER, "recipients": ["police", "court"]}])
    assert (matter.case.papers[0].status, matter.can()) == ("signed", {"send.serve", "send.answer", "shelve", "back"})
    assert matter.do("send.serve").case.papers[0].status == "served"


def test_a_paper_that_is_brought_in_is_of_no_visit_to_come() -> None:
    guide = small(OFFICE.replace("optional: true, repeat: true, sends: letter", "optional: true, sends: letter"))
    for state, codes in (("a", ["already-done"]), ("b", [])):
        matter = Matter(guide)
        matter.write(matter.adopt(CLERK, **STANDING | {"state": state, "papers": [PAPER]}))
        if state == "b":
            matter.do("back")
        assert matter.codes("send.draft") == codes


def test_a_period_for_the_reply_to_a_paper_that_is_brought_in_is_that_paper_s() -> None:
    guide = small("""
powers: {adopt: clerk}
documents: {letter: {title: 函, addressed_to: police, each: true, reply: {within: 7 days, by: clerk}}}
states:
  a:
    title: 甲
    steps: {send: {title: 发, by: clerk, optional: true, repeat: true, sends: letter}}
    transitions: {up: {title: 上报, by: clerk, to: a, when: {overdue: send.reply}}}
deadlines:
  right: {title: 复议, right_of: police, counts_from: {entered: a}, length: 9 days}
""")
    reply = {"name": "send.reply", "owed_by": "police", "started_on": "2026-02-20", "due": "2026-02-27"}
    right = {"name": "right", "owed_by": "police", "started_on": "2026-02-20", "due": "2026-02-27"}
    matter = Matter(guide)
    matter.write(matter.adopt(state="a", source="台账", papers=[PAPER, PAPER], deadlines=[reply, right, reply, reply]))
    papers = [run.paper for run in matter.case.deadlines]
    assert (papers, matter.run("right")) == (["letter#1", None, "letter#2", None], "lapsed")
    matter = Matter(guide)
    matter.write(matter.adopt(state="a", source="台账", papers=[PAPER], deadlines=[reply]))
    assert matter.codes("up") == []
    assert matter.do("send.answer", day="2026-02-26").run("send.reply") == "met"


def test_of_papers_that_are_brought_in_together_none_has_overtaken_another() -> None:
    guide = small("""
powers: {adopt: clerk}
documents: {letter: {title: 函, addressed_to: police}}
states:
  a:
    title: 甲
    steps:
      ask: {title: 问, by: clerk, sends: letter}
      ask_again: {title: 再问, by: clerk, after: [ask], sends: letter}
    transitions: {go: {title: 走, by: clerk, to: b}}
  b: {title: 乙}
""")
    papers = [{**PAPER, "step": step} for step in ("ask", "ask_again")]
    matter = Matter(guide)
    assert matter.write(matter.adopt(CLERK, state="a", source="台账", papers=papers)).codes("go") == []


# migrating

NEWER = OFFICE.replace("write", "note_down").replace(
    "max: 9}\noutcomes", "max: 9}\n  m: {title: 数, type: integer}\noutcomes"
)
NEWER = (
    NEWER.replace("  b: {title: 乙", "  w: {title: 等")
    .replace("to: b", "to: w")
    .replace("  n: {title: 数, type: integer, max: 9}\n  m:", "  m:")
)
PLAN = "migrate: [{from: 1.x, states: {b: w}, acts: {write: note_down}, fields: {n: m}}]\n"
NEXT = small(NEWER + PLAN, version="2.0.0")


def moved() -> Matter:
    return case(note="机密").do("write", record={"n": 3}).act("amend", card={"n": 4}, **WHY).do("go")


def test_a_case_moves_to_another_version_by_its_plan() -> None:
    matter = moved()
    matter.write(matter.migrate(NEXT, CLERK))
    case = matter.case
    assert (case.version, case.text, case.state) == ("2.0.0", NEXT.digest, "w")
    assert (case.card, set(case.acts)) == ({"kind": "x", "note": "机密", "m": 4}, {"note_down", "go"})
    assert opened(matter.lines[-1].entry)["guide"] == NEXT.digest
    assert "机密" not in matter.lines[-1].entry.decode()
    matter.guide = NEXT
    assert matter.do("back").case.state == "a"


def test_what_has_no_place_in_the_other_version_is_named_each_by_itself() -> None:
    matter, without = moved(), small(NEWER, version="2.0.0")
    refused = matter.migrate(without, CLERK)
    assert {(r.code, r.facts["name"]) for r in refused.reasons} == {
        ("migration-unmapped", name) for name in ("b", "write", "n")
    }
    assert {r.facts["name"] for r in unmapped(without, matter.case)} == {"b", "write", "n"}
    assert unmapped(NEXT, matter.case) == ()


def test_a_plan_is_for_the_versions_it_says() -> None:
    other = small(NEWER + PLAN.replace("1.x", "3.x"), version="2.0.0")
    assert {r.facts["name"] for r in unmapped(other, moved().case)} == {"b", "write", "n"}
    exact = small(NEWER + PLAN.replace("1.x", "1.0.0"), version="2.0.0")
    assert unmapped(exact, moved().case) == ()


def test_a_case_is_moved_by_those_who_may() -> None:
    assert [r.code for r in moved().migrate(NEXT, OFFICER).reasons] == ["role-required"]


def test_papers_holders_and_running_periods_need_a_place_too() -> None:
    matter = case().do("take", by=EVERYBODY, assigns={"lead": ("p",)}).do("send.draft").do("hurt")
    bare = small(
        "powers: {migrate: clerk}\nstates: {a: {title: 甲, steps: {take: {title: 派, by: clerk}}}}",
        roles="{clerk: {title: 书}}",
    )
    assert {r.facts["name"] for r in unmapped(bare, matter.case)} == {
        "letter", "send", "lead", "handling", "theirs", "hurt", "send.draft", "kind",
    }  # fmt: skip
