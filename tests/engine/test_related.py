"""Cases that belong together: opened by an act, inherited, held, read by conditions, and never closed over at once."""

from dataclasses import replace
from pathlib import Path

import pytest

from guides_for_tests.office import BOSS, CLERK, OFFICER, Office, at_once, refusal
from jiandu.case import Actor, Case
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.errors import RefusedError
from jiandu.guide.library import Library


def inspection(office: Office, **card: object) -> Case:
    return office.engine.open("inspection", unit="u1", by=CLERK, card=card)


def found(office: Office, case: Case, *items: dict) -> list[Case]:
    """What a step opens."""
    before = {link.case for link in read(office, case).links}
    after = office.do(case, "find", OFFICER, record={"items": list(items)})
    return [read(office, link.case) for link in after.links if link.case not in before]


def read(office: Office, case: Case | str) -> Case:
    return office.engine.stored(case if isinstance(case, str) else case.id)


def test_an_act_opens_a_case_for_each_entry_and_links_stand_on_both(office: Office) -> None:
    case = inspection(office, place="监区", grade="x")
    one, two = found(office, case, {"what": "违规"}, {"what": "超押"})
    assert [one.card["what"], two.card["what"]] == ["违规", "超押"]
    assert [link.relation for link in read(office, case).links] == ["finding", "finding"]
    assert (one.parent, two.parent) == (case.id, case.id)
    acts = {office.engine.history(c.id, by=BOSS)[-1].content["act"] for c in (case, one, two)}
    assert len(acts) == 1
    assert one.run("looking") is not None


def test_no_entry_opens_no_case(office: Office) -> None:
    case = inspection(office)
    office.do(case, "find", OFFICER)
    assert (read(office, case).seq, read(office, case).links) == (2, ())


def test_a_case_begins_with_what_it_is_given_what_it_inherits_and_its_own_defaults(office: Office) -> None:
    [one] = found(office, inspection(office, place="监区", grade="x"), {"what": "违规"})
    assert one.card == {"what": "违规", "origin": "监区", "kind": "minor", "grade": "x"}
    office.engine.do(one.parent, "send_on", by=OFFICER, card={"to_unit": "u1", "serious": False})
    [clue] = [read(office, link.case) for link in read(office, one.parent).links if link.relation == "clue"]
    assert clue.card == {"kind": "major", "grade": "x"}


def test_what_would_not_fit_the_other_card_refuses_the_whole_act(office: Office) -> None:
    case = inspection(office)
    before = office.dump()
    assert office.codes(case, "find", OFFICER, record={"items": [{"what": "一"}, {"what": "二\u0000"}]})
    assert office.codes(case, "find", OFFICER, record={"items": [{}]}) == ["record-invalid"]
    assert office.dump() == before


def test_a_case_opened_in_another_unit_belongs_there_and_has_no_holder(office: Office) -> None:
    case = inspection(office)
    office.do(case, "take", assigns={"lead": ("o",)})
    office.do(case, "send_on", OFFICER, card={"to_unit": "u9", "serious": False})
    [link] = read(office, case).links
    there = read(office, link.case)
    assert (there.unit, there.guide, there.holders) == ("u9", "clue", {})


def test_a_case_opened_in_the_same_unit_keeps_its_holders(office: Office) -> None:
    case = inspection(office)
    office.do(case, "take", assigns={"lead": ("o",)})
    [one] = found(office, case, {"what": "违规"})
    assert one.holders == {"lead": ("o",)}
    assert office.do(one, "own", OFFICER).seq == 2


def test_a_condition_chooses_the_guide_and_an_opening_begins_a_limit(office: Office) -> None:
    case = inspection(office)
    after = office.do(case, "send_on", OFFICER, card={"to_unit": "u1", "serious": True})
    assert read(office, after.links[0].case).guide == "grave"
    assert [run.deadline for run in after.deadlines] == ["sending"]


def test_the_act_that_opens_is_the_authority(office: Office) -> None:
    assert refusal(lambda: office.engine.open("finding", unit="u1", by=OFFICER, card={})) != []
    assert found(office, inspection(office), {"what": "违规"})[0].seq == 1


def test_nothing_is_closed_over_what_it_holds_open_not_even_by_what_happened(office: Office) -> None:
    case = inspection(office)
    [one] = found(office, case, {"what": "违规"})
    assert office.codes(case, "close") == office.codes(case, "drop") == ["held-open"]
    assert ["held-open"] in [[r.code for r in o.reasons] for o in office.engine.offers(case.id, by=CLERK)]
    office.do(one, "keep")
    assert office.codes(case, "close") == []


def test_what_is_suspended_is_open(office: Office) -> None:
    case = inspection(office)
    other = inspection(office)
    office.act("link", case, "finding", OFFICER, other=other.id)
    office.act("suspend", other, ground="ill", reason="病")
    assert office.codes(case, "drop") == ["held-open"]


def test_a_condition_reads_related_cases_and_the_parent(office: Office) -> None:
    case = inspection(office, grade="x")
    office.do(case, "send_on", OFFICER, card={"to_unit": "u1", "serious": False})
    assert office.codes(case, "close") == ["not-applicable"]
    clue = read(office, case).links[0].case
    assert office.codes(clue, "ours") == ["not-applicable"]
    office.do(clue, "drop")
    assert office.codes(case, "close") == []
    graded = inspection(office, grade="y")
    assert office.codes(found(office, graded, {"what": "违规"})[0], "ours") == []


def test_a_linked_case_has_to_be_one_that_can_be_read(office: Office, people: PeopleFile) -> None:
    case = inspection(office)
    assert office.not_acted("link", case, "finding", OFFICER, other="no-such-case") == ["unknown-case"]
    far = office.engine.open("inspection", unit="u2", by=replace(CLERK, unit="u2"))
    assert office.not_acted("link", case, "finding", OFFICER, other=far.id) == ["outside-unit"]
    assert office.codes(case, "close") == []


def test_a_parent_is_not_closed_while_its_child_is_reopened(office: Office) -> None:
    """Whoever comes second sees what the first has done: closed over an open case it never is at its own moment."""
    closed = 0
    for _ in range(12):
        case = inspection(office)
        [one] = found(office, case, {"what": "违规"})
        office.do(one, "keep")
        done = at_once(lambda c=case: office.do(c, "close"), lambda c=one: office.do(c, "reopen"))
        refused = [error for error in done if isinstance(error, RefusedError)]
        assert all([r.code for r in error.reasons] == ["held-open"] for error in refused), done
        closed += read(office, case).status == "closed"
        if refused:
            assert (read(office, case).status, read(office, one).status) == ("open", "open")
    assert 0 <= closed <= 12


def test_two_who_close_and_open_at_once_do_not_both_come_through_unseen(office: Office) -> None:
    for _ in range(8):
        case = inspection(office)
        done = at_once(
            lambda c=case: office.do(c, "close"),
            lambda c=case: office.do(c, "find", OFFICER, record={"items": [{"what": "违规"}]}),
        )
        assert sum(isinstance(one, Case) for one in done) == 1, done


def test_an_act_that_opens_is_never_undone(office: Office) -> None:
    case = inspection(office)
    found(office, case, {"what": "违规"})
    assert office.not_acted("rescind", case, reason="误") == ["not-applicable"]


def test_a_repeated_key_opens_nothing_twice(office: Office) -> None:
    case = inspection(office)
    record = {"items": [{"what": "违规"}]}
    first = office.do(case, "find", OFFICER, record=record, key="f")
    assert office.do(case, "find", OFFICER, record=record, key="f") == first
    assert len(office.engine.cases(by=CLERK, guide="finding")) == 1


def test_where_the_other_guide_is_gone_nothing_is_opened(office: Office, guides: Path) -> None:
    case = inspection(office)
    (guides / "finding.yaml").unlink()
    later = Engine(office.engine.database, guides=Library(guides), clock=office.clock)
    before = office.dump()
    with pytest.raises(RefusedError) as refused:
        later.do(case.id, "find", by=OFFICER, record={"items": [{"what": "违规"}]})
    assert [r.code for r in refused.value.reasons] == ["unknown-guide"]
    assert office.dump() == before


def test_units_above_and_those_a_card_names_read_a_case(office: Office, people: PeopleFile) -> None:
    office.know(people)
    case = inspection(office)
    assert refusal(lambda: office.engine.case(case.id, by=Actor("n"))) == ["outside-unit"]
    office.do(case, "send_on", Actor("o"), card={"to_unit": "u2", "serious": False})
    assert office.engine.case(case.id, by=Actor("n")).id == case.id
    [clue] = office.engine.cases(by=Actor("n"), guide="clue")
    assert (clue.unit, office.do(clue, "look", Actor("n")).seq) == ("u2", 2)
