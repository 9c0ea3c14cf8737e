"""Cases that belong together: what conditions see of them, what they hold, and what an act opens."""

import pytest

from guides_for_tests.family import FAMILY
from guides_for_tests.matter import OFFICER, Matter
from guides_for_tests.small import LIBRARY, small
from jiandu.case import Draft, Refusal, Request, open_case
from jiandu.case.draft import ChildWanted
from jiandu.case.model import Link
from jiandu.case.view import Kin
from jiandu.guide.model import Guide
from jiandu.source import read

GUIDE = small("""
fields: {grade: {title: 级, type: choice, choices: {x: 甲, y: 乙}}}
outcomes: {over: 结束}
states:
  a:
    title: 甲
    transitions:
      close: {title: 结, by: clerk, to: b, outcome: over}
      all_shut: {title: 皆, by: clerk, to: b, when: {related: {clue: {every: {closed: true}}}}}
      some: {title: 有且皆, by: clerk, to: b, when: {related: {clue: {every: {outcome: [won, lost]}, at_least: 1}}}}
      two: {title: 两件, by: clerk, to: b, when: {related: {clue: {where: {grade: x, finished: false}, at_least: 2}}}}
      ours: {title: 主案甲级, by: clerk, to: b, when: {parent.grade: x}}
  b: {title: 乙}
related:
  clue: {title: 线索, guide: small}
  finding: {title: 问题, guide: small, holds: true}
""")


def kin(relation: str, status: str = "open", outcome: str | None = None, **card: object) -> Kin:
    return Kin("c2", relation, "small", "a", status, outcome, 1, card)


def codes(act: str, *cases: Kin) -> list[str]:
    matter = Matter(GUIDE).open()
    matter.kin = cases
    return matter.codes(act)


def test_every_case_of_a_relation_has_to_be_as_wanted_and_none_is() -> None:
    assert codes("all_shut") == codes("all_shut", kin("clue", "closed"), kin("clue", "finished"), kin("finding")) == []
    assert codes("all_shut", kin("clue", "closed"), kin("clue")) == ["not-applicable"]
    assert codes("all_shut", kin("clue", "suspended")) == ["not-applicable"]


def test_as_many_are_wanted_as_the_guide_says() -> None:
    lost, won = kin("clue", "closed", "lost"), kin("clue", "finished", "won")
    assert codes("some") == codes("some", lost, kin("clue")) == ["not-applicable"]
    assert codes("some", lost, won) == []


def test_some_are_counted_by_their_card_and_where_they_stand() -> None:
    fitting = kin("clue", grade="x")
    for others in ((), (kin("clue"),), (kin("clue", grade="y"),), (kin("clue", "finished", grade="x"),)):
        assert codes("two", fitting, *others) == ["not-applicable"]
    assert codes("two", fitting, kin("clue", "closed", grade="x")) == []


def test_a_field_of_the_case_that_opened_this_one_is_read_from_that_case() -> None:
    assert codes("ours", kin("clue", grade="x")) == ["not-applicable"]
    assert codes("ours", kin("clue", grade="y"), kin("parent", grade="x")) == []
    assert codes("ours", kin("clue", grade="x"), kin("parent", grade="y")) == ["not-applicable"]


@pytest.mark.parametrize("status", ["open", "suspended"])
def test_a_case_is_not_closed_over_one_that_it_holds(status: str) -> None:
    assert codes("close", kin("finding", "closed"), kin("finding", "finished"), kin("clue", status)) == []
    matter = Matter(GUIDE).open()
    matter.kin = (kin("finding", status), kin("finding", "closed"), kin("finding"))
    [reason] = matter.refused("close")
    assert (reason.code, reason.facts["relation"].zh, reason.facts["n"]) == ("held-open", "问题", 2)


def test_a_case_knows_the_one_that_opened_it() -> None:
    matter = Matter(family("inspection")).open()
    assert matter.case.parent is None
    assert matter.act("link", "clue", other="c2").case.parent is None
    assert matter.case.links == (Link("clue", "c2"),)


# opening


def family(name: str, **changes: str) -> Guide:
    """A guide of the family, some words in it said otherwise."""
    text = FAMILY[name]
    for old, new in changes.items():
        text = text.replace(old, new)
    return LIBRARY.load(read(text.encode(), f"{name}.yaml"))


def inspection(**card: object) -> Matter:
    matter = Matter(family("inspection")).open(**card)
    return matter.do("take", assigns={"lead": ("p",)})


def wanted(matter: Matter, act: str, **written: object) -> tuple[ChildWanted, ...]:
    """The cases that an act would open."""
    draft = matter.ask(act, **written)
    assert isinstance(draft, Draft)
    for child in draft.children:
        linked = {"kind": "case_linked", "relation": child.relation, "case": ""}
        assert draft.content["effects"][child.effect] == linked
    return draft.children


def test_a_case_is_opened_for_each_entry_with_what_it_is_given_and_inherits() -> None:
    one, two = wanted(inspection(place="监区", grade="x"), "find", record={"items": [{"what": "一"}, {"what": "二"}]})
    card = {"place": "监区", "grade": "x", "origin": "监区", "kind": "minor"}
    assert (one.relation, one.guide, one.card, two.card) == (
        "finding", "finding", {**card, "what": "一"}, {**card, "what": "二"},
    )  # fmt: skip
    assert wanted(inspection(), "find") == ()


def test_its_unit_and_its_guide_may_be_chosen_and_holders_go_along_within_the_unit() -> None:
    [own] = wanted(inspection(), "send_on", card={"serious": False})
    assert (own.unit, own.guide, own.holders) == ("u1", "clue", {"lead": ("p",)})
    [named] = wanted(inspection(), "send_on", card={"to_unit": "u1"})
    assert (named.unit, named.holders) == ("u1", {"lead": ("p",)})
    [away] = wanted(inspection(), "send_on", card={"to_unit": "u7", "serious": True})
    assert (away.unit, away.guide, away.holders) == ("u7", "grave", {})


def test_a_period_may_count_from_the_opening_of_another_case() -> None:
    draft = inspection().ask("send_on")
    assert isinstance(draft, Draft)
    started = [effect["deadline"] for effect in draft.content["effects"] if effect["kind"] == "deadline_started"]
    assert started == ["sending"]


def begun(guide: Guide, **written: object) -> Draft | Refusal:
    """What opening a case by an act of another one would write."""
    matter = Matter(guide)
    return open_case(guide, OFFICER, Request(guide.id, matter.today, **written), matter.world, "c0")


def test_a_case_that_another_one_opens_takes_what_it_has_a_place_for_and_asks_for_no_role() -> None:
    holders = {"lead": ("p",), "clerk": ("k",), "team": ("q",), "nobody": ("n",)}
    card = {"what": "违规", "grade": None, "place": "监区"}
    matter = Matter(family("finding")).write(begun(family("finding"), card=card, assigns=holders))
    assert (matter.case.card, matter.case.holders) == ({"what": "违规", "kind": "major"}, {"lead": ("p",)})
    assert (matter.case.parent, matter.case.links) == ("c0", (Link("parent", "c0"),))
    assert matter.run("looking") == "running"
    assert begun(family("finding"), card=card, assigns={"lead": ("p", "q")}).body == {"card": {"what": "违规"}}


def test_what_would_not_be_whole_or_is_not_in_force_is_not_opened_by_another_case_either() -> None:
    for refused, code in (
        (begun(family("finding")), "card-invalid"),
        (begun(family("finding"), card={"what": "违规", "grade": "z"}), "card-invalid"),
        (begun(family("finding", trial="retired"), card={"what": "违规"}), "guide-not-in-force"),
    ):
        assert isinstance(refused, Refusal)
        assert [reason.code for reason in refused.reasons] == [code]
