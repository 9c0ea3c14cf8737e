"""Playing a recorded case again: what was asked is read back from what came of it, and what differs is told."""

from dataclasses import replace

import pytest

from guides_for_tests.family import FAMILY
from guides_for_tests.matter import BOSS, CLERK, OFFICER, Matter, person
from guides_for_tests.small import LIBRARY, small
from jiandu.case import Request, open_case
from jiandu.case.rehearse import Otherwise, Recorded, rehearse
from jiandu.guide.model import Guide
from jiandu.source import read
from jiandu.trail import opened

TEXT = """
open: {by: clerk, fills: [note, kind]}
powers: {note: any_member, suspend: boss}
suspension: {grounds: {ill: 病}, from: any_open}
number: "{unit}案{seq}号"
fields:
  note: {title: 备注, type: text}
  kind: {title: 类, type: choice, default: x, choices: {x: 甲, y: 乙}}
  phase: {title: 阶段, type: string, default: 初}
  told: {title: 已告知, type: boolean, default: false}
  result: {title: 结果, type: choice, choices: {won: 成, lost: 败}}
outcomes: {won: 成, lost: 败}
roles:
  clerk: {title: 书记员}
  officer: {title: 检察官}
  boss: {title: 检察长}
  lead: {title: 承办人, assigned: one}
  committee: {title: 检委会, collective: true, quorum: more_than_half, recorded_by: clerk}
  police: {title: 公安机关, outside: true}
documents: {notice: {title: 通知书, signed_by: boss, addressed_to: police, reply: {within: 7 days, by: officer}}}
states:
  a:
    title: 甲
    steps:
      take: {title: 派, by: clerk, assigns: lead, numbers: case}
      tell: {title: 告知, by: clerk, optional: true, sets: {told: true, phase: 终}, fills: [note]}
      ask:
        title: 询问
        by: officer
        optional: true
        people: {at_least: 2, of: [officer]}
        record: {said: {title: 陈述, type: text, required: true}, n: {title: 次, type: integer, required: true}}
      send: {title: 发, by: officer, optional: true, repeat: true, sends: notice}
    transitions:
      decide: {title: 决定, by: [boss, committee], to: b, fills: [result], outcome: {field: result}}
  b: {title: 乙, transitions: {shelve: {title: 归档, by: clerk, to: c}}}
  c: {title: 丙, final: true}
deadlines:
  asking: {title: 询问期, owed_by: officer, counts_from: {entered: a}, length: 5 days, met_by: {done: ask}}
"""
GUIDE = small(TEXT)
VOTE = {"members": 5, "present": 5, "for": 4, "against": 1, "abstain": 0, "decided": True}
PAPER = {"name": "纪要.pdf", "digest": "0" * 64}


def played(matter: Matter, text: str = TEXT) -> Otherwise | None:
    """What another text of its guide would have made of a case."""
    return rehearse(small(text), trail(matter), matter.calendar, matter.world)


def trail(matter: Matter) -> list[Recorded]:
    return [Recorded(opened(line.entry), opened(line.body)) for line in matter.lines]


def whole() -> Matter:
    """A case with all that an act can write."""
    matter = Matter(GUIDE).open(by=CLERK, note="急", kind="y").do("take", CLERK, assigns={"lead": ("p",)})
    matter.do("tell", CLERK, card={"note": "缓"}).do("ask", OFFICER, record={"said": "不知", "n": 1}, people=("o", "q"))
    for _ in range(2):
        matter.do("send.draft", OFFICER).do("send.sign", BOSS).do(
            "send.serve", OFFICER, to="police", paper=newest(matter)
        )
    matter.do("send.answer", OFFICER, paper="notice#1", day="2026-03-04").tick("2026-03-20")
    record = {"authority": PAPER, "vote": VOTE}
    return matter.do("decide", CLERK, of="committee", record=record, card={"result": "won"}).do("shelve", CLERK)


def newest(matter: Matter) -> str:
    return matter.case.papers[-1].name


def test_the_same_text_makes_the_same_of_a_case() -> None:
    assert played(whole()) is None


def test_what_is_refused_is_told_with_its_reasons() -> None:
    found = played(whole(), TEXT.replace("n: {title: 次, type: integer,", "n: {title: 次, type: integer, max: 0,"))
    assert (found.seq, found.name, str(found.day)) == (4, "ask", "2026-03-02")
    assert [reason.code for reason in found.reasons] == ["record-invalid"]


@pytest.mark.parametrize(
    ("changes", "seq", "recorded", "now"),
    [
        (("5 days", "8 days"), 1, {"due": "2026-03-09"}, {"due": "2026-03-10"}),
        (("to: b, fills", "to: c, fills"), 13, {"to": "b"}, {"to": "c"}),
        (("met_by: {done: ask}", "void_by: {done: ask}"), 4, {"kind": "deadline_met"}, {"kind": "deadline_voided"}),
    ],
)
def test_what_would_come_of_it_is_told_beside_what_came(changes: tuple, seq: int, recorded: dict, now: dict) -> None:
    found = played(whole(), TEXT.replace(*changes))
    assert (found.seq, found.reasons) == (seq, ())
    assert [effect | recorded == effect for effect in found.recorded] == [True]
    assert now.items() <= found.now[0].items()


def test_a_tick_that_would_write_nothing_is_told_though_it_only_warned() -> None:
    matter = Matter(GUIDE).open(by=CLERK)
    assert matter.tick("2026-03-06") == ["deadline_warned"]
    found = played(matter, TEXT.replace("met_by: {done: ask}", "met_by: {done: ask}, warn: []"))
    assert (found.seq, found.name, found.recorded, found.now) == (2, "tick", (), ())


def test_a_case_is_followed_as_far_as_a_general_act_a_link_or_a_sealed_body() -> None:
    stricter = TEXT.replace("take: {title: 派, by: clerk", "take: {title: 派, by: boss")
    matter = Matter(GUIDE).open(by=CLERK).act("note", by=person("g", "clerk"), reason="备查")
    assert played(matter.do("take", CLERK, assigns={"lead": ("p",)}), stricter) is None
    matter = Matter(GUIDE).open(by=CLERK).do("take", CLERK, assigns={"lead": ("p",)})
    assert played(matter, stricter) is not None
    sealed = [replace(recorded, body=None) for recorded in trail(matter)]
    assert rehearse(small(stricter), sealed, matter.calendar, matter.world) is None


def family(name: str, old: str = "title", new: str = "title") -> Guide:
    """A guide of the family, one thing in it said otherwise."""
    return LIBRARY.load(read(FAMILY[name].replace(old, new).encode(), f"{name}.yaml"))


def test_a_case_that_another_has_opened_needs_nobody_who_might_open_it() -> None:
    guide = family("finding")
    matter = Matter(guide)
    request = Request("finding", matter.today, card={"what": "违规", "grade": "x"})
    matter.write(open_case(guide, CLERK, request, matter.world, "c0")).do("look", CLERK)
    assert matter.case.parent == "c0"
    assert rehearse(guide, trail(matter), matter.calendar, matter.world) is None
    other = family("finding", "look: {title: 看, by: clerk", "look: {title: 看, by: boss")
    assert rehearse(other, trail(matter), matter.calendar, matter.world).name == "look"
    kept = family("finding", "default: major", "default: minor")
    assert rehearse(kept, trail(matter), matter.calendar, matter.world) is None


def test_beyond_a_case_that_it_has_opened_a_case_is_not_followed() -> None:
    matter = Matter(family("inspection")).open(by=CLERK)
    draft = matter.ask("find", OFFICER, record={"items": [{"what": "违规"}]})
    matter.write(draft.related(["c9"])).do("close", CLERK).do("shelve", CLERK)
    stricter = family("inspection", "shelve: {title: 归档, by: clerk", "shelve: {title: 归档, by: boss")
    assert rehearse(stricter, trail(matter), matter.calendar, matter.world) is None
