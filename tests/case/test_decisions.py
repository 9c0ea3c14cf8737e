"""Who decides, who enters it, who takes part: recorded roles, collectives, people, units above and named ones."""

from dataclasses import replace

import pytest

from guides_for_tests.matter import CLERK, OFFICER, UNIT, Matter, person
from guides_for_tests.small import HEAD, small
from jiandu.case import Actor, Request
from jiandu.case.gate import gate
from jiandu.case.situation import Situation
from jiandu.directory import Unit
from jiandu.trail import opened

ROLES = (
    HEAD["roles"]
    + """
  committee: {title: 检委会, collective: true, quorum: more_than_half, recorded_by: [clerk]}
  panel: {title: 合议组, collective: true, quorum: 3, recorded_by: clerk}
  meeting: {title: 联席会议, collective: true, advisory: true, recorded_by: officer}
  above: {title: 上级院检察长, unit: superior, recorded_by: lead, also: [above_deputy]}
  above_deputy: {title: 上级院副检察长}
  visitor: {title: 派驻人员, unit: {field: where}}
  hidden: {title: 上级院人员, unit: superior}
"""
)
GUIDE = small(
    """
open: {by: clerk, fills: [where]}
fields: {where: {title: 派驻单位, type: department}}
documents: {order: {title: 决定书, signed_by: above, addressed_to: police, number: "{unit}决{seq}号"}}
states:
  a:
    title: 甲
    steps:
      take: {title: 派, by: clerk, optional: true, repeat: true, assigns: lead}
      group: {title: 组, by: clerk, optional: true, assigns: team}
      draft: {title: 拟, by: officer, optional: true, repeat: true}
      advise: {title: 咨询, by: meeting, optional: true, repeat: true}
      decree: {title: 批示, by: above, not_by: [draft], optional: true, repeat: true}
      watch: {title: 看, by: hidden, optional: true}
      visit: {title: 巡, by: visitor, optional: true, repeat: true}
      ask:
        title: 询问
        by: [clerk, lead]
        optional: true
        repeat: true
        people: {at_least: 2, of: [lead, team], including: lead}
      free: {title: 走访, by: clerk, optional: true, repeat: true, people: {at_least: 2, of: [clerk, lead]}}
      send: {title: 发, by: officer, optional: true, sends: order}
    transitions:
      go: {title: 走, by: [boss, committee], to: b}
      vote: {title: 表决, by: panel, to: b}
  b: {title: 乙}
""",
    roles=ROLES,
)
PAPER = {"name": "纪要.pdf", "digest": "0" * 64}
VOTE = {"members": 9, "present": 5, "for": 3, "against": 1, "abstain": 1, "decided": True}
ABOVE = Unit("u0", "某市院", "某市", None, "city")
PROVINCE = Unit("u-1", "某省院", "某省", None, "province")


def case(**card: object) -> Matter:
    matter = Matter(GUIDE).open(**card)
    matter.superior = ABOVE
    return matter


# recorded decisions


def entered(matter: Matter, act: str, of: str, by: Actor = CLERK, **record: object) -> list[str]:
    return matter.codes(act, by, of=of, record={"authority": PAPER, **record})


def test_who_decides_may_act_in_person() -> None:
    assert case().codes("go", person("b", "boss")) == []
    assert case().codes("decree", Actor("c", frozenset(("above",)), "u0")) == []


def test_a_decision_is_entered_by_those_who_may_with_its_paper_and_both_stand_in_the_trail() -> None:
    matter = case().do("take", assigns={"lead": ("p",)})
    assert entered(matter, "decree", "above", person("p")) == []
    assert entered(matter, "decree", "above", CLERK) == ["role-required"]
    assert matter.codes("decree", person("p"), of="above") == ["record-invalid"]
    matter.do("decree", person("p"), of="above", record={"authority": PAPER})
    by = opened(matter.lines[-1].entry)["by"]
    assert by == {"id": "p", "roles": ["lead"], "unit": "u1", "auth": "host", "of": "above"}
    assert matter.case.acts["decree"].by == "p"


def test_nobody_enters_a_decision_that_is_not_of_the_act() -> None:
    matter = case().do("take", assigns={"lead": ("p",)})
    for of in ("committee", "clerk", "nobody"):
        assert "role-required" in matter.codes("decree", person("p"), of=of)


def test_whoever_only_enters_a_decision_has_not_made_it() -> None:
    matter = case().do("take", assigns={"lead": ("o",)}).do("draft", OFFICER)
    assert entered(matter, "decree", "above", OFFICER) == []


def test_what_somebody_may_enter_for_another_is_offered() -> None:
    matter = case()
    assert "advise" in matter.can(OFFICER)
    assert "decree" not in matter.can(OFFICER)
    assert "decree" in matter.do("take", assigns={"lead": ("o",)}).can(OFFICER)


# collectives


def test_a_collective_decides_with_its_vote() -> None:
    assert entered(case(), "go", "committee", vote=VOTE) == []
    assert entered(case(), "go", "committee") == ["record-invalid"]
    assert entered(case(), "go", "committee", vote={"members": 9}) == ["record-invalid"]


@pytest.mark.parametrize(
    "changes",
    [
        {"present": 4, "for": 3, "abstain": 0}, {"members": 10}, {"decided": False}, {"present": 10}, {"for": 5},
        {"members": 0, "present": 0, "for": 0, "against": 0, "abstain": 0},
    ],
)  # fmt: skip
def test_below_its_quorum_or_without_a_vote_that_carries_it_decides_nothing(changes: dict) -> None:
    [reason] = case().refused("go", CLERK, of="committee", record={"authority": PAPER, "vote": VOTE | changes})
    assert reason.code == "quorum"
    assert reason.facts["role"].zh == "检委会"


def test_a_quorum_may_be_a_number() -> None:
    three = {"members": 9, "present": 3, "for": 2, "against": 1, "abstain": 0, "decided": True}
    assert entered(case(), "vote", "panel", vote=three) == []
    assert entered(case(), "vote", "panel", vote=three | {"present": 2, "for": 1}) == ["quorum"]


@pytest.mark.parametrize("wrong", [-1, True, "3", 1.5, None])
def test_a_vote_is_counted_in_whole_numbers(wrong: object) -> None:
    assert entered(case(), "go", "committee", vote=VOTE | {"against": wrong}) == ["record-invalid"]


def test_an_advisory_meeting_is_the_by_of_a_step() -> None:
    assert entered(case(), "advise", "meeting", OFFICER, vote=VOTE) == []
    assert entered(case(), "advise", "meeting", CLERK, vote=VOTE) == ["role-required"]


def test_votes_and_papers_of_a_decision_live_in_the_body() -> None:
    matter = case().do("go", CLERK, of="committee", record={"authority": PAPER, "vote": VOTE})
    assert opened(matter.lines[-1].body)["record"] == {"authority": PAPER, "vote": VOTE}
    assert "纪要" not in matter.lines[-1].entry.decode()


# people


def manned() -> Matter:
    return case().do("take", assigns={"lead": ("p",)}).do("group", assigns={"team": ("q", "r")})


@pytest.mark.parametrize("named", [("p", "q"), ("p", "q", "r"), ("r", "p"), ("p", "q", "stranger")])
def test_enough_persons_of_the_roles_take_part(named: tuple[str, ...]) -> None:
    assert manned().codes("ask", CLERK, people=named) == []


@pytest.mark.parametrize("named", [(), ("p",), ("p", "p"), ("q", "r"), ("p", "stranger"), ("k", "p")])
def test_too_few_or_without_the_one_who_must_be_among_them_they_are_too_few(named: tuple[str, ...]) -> None:
    [reason] = manned().refused("ask", CLERK, people=named)
    assert (reason.code, reason.facts["n"]) == ("too-few-people", 2)


def test_the_actor_counts_only_if_named() -> None:
    assert manned().codes("ask", person("p"), people=("q",)) == ["too-few-people"]


def test_where_nobody_is_assigned_the_actor_s_word_counts() -> None:
    assert case().codes("free", CLERK, people=("v", "w")) == []
    assert case().codes("free", CLERK, people=("v",)) == ["too-few-people"]


def test_those_who_took_part_stand_in_the_entry() -> None:
    matter = manned().do("ask", CLERK, people=("p", "q"))
    assert opened(matter.lines[-1].entry)["people"] == ["p", "q"]
    assert "people" not in opened(matter.do("draft").lines[-1].entry)


@pytest.mark.parametrize("wrong", [("p", ""), ("p", "q r"), ("p", 7), ("p", None), "pq"])
def test_what_are_no_persons_take_part_in_nothing(wrong: object) -> None:
    matter = manned()
    assert "record-invalid" in matter.codes("ask", CLERK, people=wrong)
    assert matter.codes("draft", OFFICER, people=wrong) == ["record-invalid"]


# units


def test_a_role_of_the_unit_above_is_held_there() -> None:
    matter = case()
    assert matter.codes("decree", Actor("c", frozenset(("above",)), "u1")) == ["role-required"]
    assert matter.codes("decree", Actor("c", frozenset(("above_deputy",)), "u0")) == []
    both = Actor("c", frozenset(("clerk",)), "u1", elsewhere={"u0": frozenset(("above",))})
    assert matter.codes("decree", both) == []
    matter.superior = None
    assert matter.codes("decree", both) == ["role-required"]


def test_nobody_records_for_a_role_that_nobody_may_record_for() -> None:
    matter = case().do("take", assigns={"lead": ("p",)})
    assert "role-required" in matter.codes("watch", person("p"), of="hidden")


def test_a_role_of_the_province_is_held_there() -> None:
    roles = HEAD["roles"] + "\n  top: {title: 省院检察长, unit: province}"
    guide = small("states: {a: {title: 甲, steps: {bless: {title: 批, by: top}}}}", roles=roles)
    matter = Matter(guide).open()
    act, actor = guide.acts["bless"], Actor("t", frozenset(("top",)), "u-1")
    for province, codes in ((None, ["role-required"]), (ABOVE, ["role-required"]), (PROVINCE, [])):
        world = replace(matter.world, superior=ABOVE, province=province)
        found = gate(Situation(guide, matter.case, act, actor, Request("bless", matter.today), world))
        assert [reason.code for reason in found] == codes


def test_a_role_is_held_in_the_unit_that_the_card_names() -> None:
    matter = case(where="u7")
    assert matter.codes("visit", Actor("v", frozenset(("visitor",)), "u7")) == []
    assert matter.codes("visit", Actor("v", frozenset(("visitor",)), "u1")) == ["role-required"]
    assert case().codes("visit", Actor("v", frozenset(("visitor",)), "u7")) == ["role-required"]


def test_a_paper_of_the_unit_above_takes_its_number_there() -> None:
    matter = case().do("send.draft").do("send.sign", Actor("c", frozenset(("above",)), "u0"))
    assert matter.case.papers[0].number == "某市决1号"
    assert UNIT.short not in matter.case.papers[0].number
