"""Cases that belong together: what conditions see of them, what they hold, and what an act opens."""

import pytest

from guides_for_tests.family import FAMILY
from guides_for_tests.matter import Matter
from guides_for_tests.small import LIBRARY, small
from jiandu.case import Draft
from jiandu.case.draft import ChildWanted
from jiandu.case.model import Link
from jiandu.case.view import Kin
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
    matter = Matter(LIBRARY.load(read(FAMILY["inspection"].encode(), "inspection.yaml"))).open()
    assert matter.case.parent is None
    assert matter.act("link", "clue", other="c2").case.parent is None
    assert matter.case.links == (Link("clue", "c2"),)


# opening


def inspection(**card: object) -> Matter:
    matter = Matter(LIBRARY.load(read(FAMILY["inspection"].encode(), "inspection.yaml"))).open(**card)
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
