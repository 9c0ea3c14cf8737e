"""A secret case is seen, and handled, by those who hold a part in it and the readers its guide names."""

from guides_for_tests.office import BOSS, CLERK, OFFICER, Office, refusal
from jiandu.case import Actor

COLLEAGUE = Actor("o2", frozenset(("officer",)), "u1")


def test_a_secret_case_is_read_by_its_holders_and_the_readers_of_its_guide_alone(office: Office) -> None:
    engine = office.engine
    case = engine.open("secret", unit="u1", by=CLERK, card={"kind": "y"})
    office.act("assign", case, assigns={"lead": ("o",)})
    for reader in (OFFICER, BOSS):
        assert engine.case(case.id, by=reader).id == case.id
        assert [found.id for found in engine.cases(by=reader)] == [case.id]
        assert engine.offers(case.id, by=reader)
    for read in (engine.case, engine.offers, engine.history):
        assert refusal(lambda r=read: r(case.id, by=COLLEAGUE)) == ["restricted"]
    assert engine.cases(by=COLLEAGUE) == ()


def test_nobody_else_acts_in_a_secret_case_or_links_to_it(office: Office) -> None:
    case = office.engine.open("secret", unit="u1", by=CLERK, card={"kind": "y"})
    other = office.engine.open("letters", unit="u1", by=CLERK)
    assert office.codes(case, "take") == ["restricted"]
    assert office.not_acted("note", case, by=CLERK, reason="备查") == ["restricted"]
    assert office.not_acted("link", other, "near", OFFICER, other=case.id) == ["restricted"]
    assert office.not_acted("note", case, by=BOSS, reason="备查") == []


def test_a_case_is_as_open_as_its_card_says(office: Office) -> None:
    case = office.engine.open("secret", unit="u1", by=CLERK)
    assert office.codes(case, "read", COLLEAGUE) == []
    office.act("assign", case, assigns={"lead": ("o",)})
    office.act("amend", case, by=OFFICER, card={"kind": "y"}, reason="定密")
    assert refusal(lambda: office.engine.case(case.id, by=COLLEAGUE)) == ["restricted"]
    office.act("amend", case, by=OFFICER, card={"kind": "x"}, reason="解密")
    assert office.engine.case(case.id, by=COLLEAGUE).seq == 5
