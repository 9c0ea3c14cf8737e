"""The general acts on a real database: keys, conflicts, adoption, other versions, settings, trails played again."""

import json
from pathlib import Path

import pytest

from guides_for_tests.office import BOSS, CLERK, LETTERS, OFFICER, Office, at_once, refusal
from jiandu.case import Case
from jiandu.engine import Engine
from jiandu.errors import ConflictError, GuideError
from jiandu.guide.library import Library

ACTS = {
    "amend": (OFFICER, {"card": {"kind": "y"}, "reason": "误"}),
    "assign": (CLERK, {"assigns": {"lead": ("o",)}}),
    "note": (CLERK, {"reason": "备查"}),
    "extend": (BOSS, {"name": "reading"}),
    "suspend": (BOSS, {"ground": "ill", "reason": "病"}),
}


def done(office: Office, verb: str, case: Case, **other: object) -> Case:
    by, written = ACTS[verb]
    return office.act(verb, case, **{"by": by, **written, **other})


@pytest.mark.parametrize("verb", ACTS)
def test_a_general_act_answers_a_repeated_key_with_its_first_answer(office: Office, verb: str) -> None:
    case = office.open()
    first = done(office, verb, case, key="k")
    if verb == "suspend":
        office.act("resume", case)
    else:
        office.do(case, "take")
    assert done(office, verb, case, key="k") == first
    assert refusal(lambda: done(office, verb, case, key="k", reason="别")) == ["key-reused"]


@pytest.mark.parametrize("verb", ACTS)
def test_a_general_act_on_a_case_that_has_moved_on_is_a_conflict(office: Office, verb: str) -> None:
    case = office.open()
    office.do(case, "take")
    with pytest.raises(ConflictError):
        done(office, verb, case, expect_seq=1)
    assert done(office, verb, case, expect_seq=2).seq == 3


@pytest.mark.parametrize("verb", [*ACTS, "rescind", "resume", "link"])
def test_a_refused_general_act_leaves_the_database_as_it_was(office: Office, verb: str) -> None:
    case = office.open()
    before = office.dump()
    assert office.not_acted(verb, case, by=OFFICER if verb != "amend" else CLERK, key="k", other=case.id)
    assert office.dump() == before


def test_an_extension_and_a_rescission_at_once_are_one_after_the_other(office: Office) -> None:
    for _ in range(6):
        case = office.open()
        office.do(case, "take")
        at_once(
            lambda c=case: done(office, "extend", c), lambda c=case: office.act("rescind", c, reason="误"),
        )  # fmt: skip
        kinds = [entry.content["kind"] for entry in office.engine.history(case.id, by=CLERK)]
        after = office.engine.stored(case.id)
        assert kinds in (["open", "do", "extend", "rescind"], ["open", "do", "rescind", "extend"])
        assert (after.number is None) == (kinds[-1] == "extend")


@pytest.mark.parametrize("reason", ["e\u0301", "\ud800", "a\x00b", " ", "x" * 20_001, 7])
def test_a_reason_that_cannot_be_kept_is_refused(office: Office, reason: object) -> None:
    case = office.open()
    for verb in ("note", "assign", "suspend"):
        assert refusal(lambda verb=verb: done(office, verb, case, reason=reason)) == ["record-invalid"]


def test_an_amendment_of_an_act_that_there_is_not_is_refused(office: Office) -> None:
    case = office.open()
    assert refusal(lambda: done(office, "amend", case, name="张三")) == ["record-invalid"]


# adopting

STANDING = {"state": "a", "opened_on": "2025-01-02", "source": "台账第3项", "number": "旧3号"}


def adopted(office: Office, **changes: object) -> Case:
    written = {"card": {"note": "旧案"}, "holders": {}, "standing": STANDING, **changes}
    return office.engine.adopt("letters", unit="u1", by=CLERK, **written)


def test_a_case_that_runs_elsewhere_is_brought_in_once_and_marked_for_good(office: Office) -> None:
    case = adopted(office, key="a")
    assert (case.number, str(case.opened_on), case.seq) == ("旧3号", "2025-01-02", 1)
    assert adopted(office, key="a") == case
    assert refusal(lambda: adopted(office, key="a", holders={"lead": ("p",)})) == ["key-reused"]
    [entry] = office.engine.history(case.id, by=CLERK)
    assert (entry.content["kind"], entry.content["effects"][-1]) == (
        "adopt",
        {"kind": "case_adopted", "source": "台账第3项"},
    )
    assert office.do(case, "take").number == "旧3号"


def test_its_number_takes_none_of_ours(office: Office) -> None:
    adopted(office)
    case = office.open()
    assert office.do(case, "take").number == "u1案〔2026〕1号"


# another version

CHANGED = LETTERS.replace("version: 1.0.0", "version: 1.1.0").replace("length: 5 days", "length: 9 days")


def newer(office: Office, guides: Path, text: str = CHANGED) -> Engine:
    (guides / "letters.yaml").write_text(text, encoding="utf-8")
    return Engine(office.engine.database, guides=Library(guides), clock=office.clock)


def test_a_case_is_moved_on_purpose_and_only_then(office: Office, guides: Path) -> None:
    case, finished = office.open(card={"note": "急"}), office.open()
    for act in ("take", "go", "shelve"):
        office.do(finished, act)
    later = newer(office, guides)
    assert [(found.id, reasons) for found, reasons in later.migratable("letters")] == [(case.id, ())]
    assert refusal(lambda: later.act("migrate", case.id, by=CLERK)) == ["role-required"]
    moved = later.act("migrate", case.id, by=BOSS)
    assert (moved.version, moved.text, moved.card) == ("1.1.0", later.library.guide("letters").digest, case.card)
    assert list(later.migratable("letters")) == []
    assert later.do(case.id, "take", by=CLERK).seq == 3
    assert list(later.replay()) == []


def test_what_cannot_be_moved_is_told_before_and_refused(office: Office, guides: Path) -> None:
    case = office.open()
    office.do(case, "once")
    later = newer(office, guides, CHANGED.replace("once:", "one_time:"))
    [(found, [reason])] = later.migratable("letters")
    assert (found.id, reason.code, reason.facts["name"]) == (case.id, "migration-unmapped", "once")
    before = office.dump()
    assert refusal(lambda: later.act("migrate", case.id, by=BOSS)) == ["migration-unmapped"]
    assert office.dump() == before


def test_a_rehearsal_tells_which_cases_would_go_otherwise_and_where(office: Office, guides: Path) -> None:
    same, refused, longer = (office.open() for _ in range(3))
    office.do(same, "take")
    office.do(refused, "once")
    office.act("note", longer, by=CLERK, reason="备查")
    assert list(office.engine.rehearse(office.engine.library.guide("letters"))) == []
    later = newer(
        office, guides, LETTERS.replace("once: {title: 一次, by: [officer, clerk]", "once: {title: 一次, by: [officer]")
    )
    [(case, found)] = later.rehearse(later.library.guide("letters"))
    assert (case.id, found.seq, found.name, [r.code for r in found.reasons]) == (
        refused.id,
        2,
        "once",
        ["role-required"],
    )
    days = newer(office, guides)
    assert {(case.id, found.seq, found.name) for case, found in days.rehearse(days.library.guide("letters"))} == {
        (case.id, 1, "letters") for case in (same, refused, longer)
    }


def test_cases_opened_by_another_and_papers_and_ticks_are_rehearsed_too(office: Office) -> None:
    case = office.open(card={"note": "急", "kind": "y"})
    office.do(case, "read", OFFICER, record={"note": "已阅"})
    office.send(case)
    office.wait(30)
    office.engine.tick()
    office.do(case, "send.answer", OFFICER)
    parent = office.engine.open("inspection", unit="u1", by=CLERK, card={"place": "监区"})
    office.do(parent, "find", OFFICER, record={"items": [{"what": "违规"}]})
    [child] = office.engine.cases(by=CLERK, guide="finding")
    office.do(child, "look")
    for name in ("letters", "inspection", "finding"):
        assert list(office.engine.rehearse(office.engine.library.guide(name))) == [], name


def test_a_rehearsal_of_a_text_that_takes_more_numbers_is_no_error(office: Office, guides: Path) -> None:
    case = office.open()
    office.do(case, "once")
    later = newer(
        office, guides, LETTERS.replace("optional: true}\n      read", "optional: true, numbers: case}\n      read")
    )
    assert list(later.rehearse(later.library.guide("letters"))) == []


# playing a trail again


def test_a_register_that_was_changed_is_found_by_playing_the_trail_again(office: Office) -> None:
    one, two = office.open(), office.open()
    office.do(one, "take")
    office.act("suspend", two, ground="ill", reason="病")
    assert list(office.engine.replay()) == []
    kept = office.projection(one)
    for wrong in (kept.replace(b'"kind":"x"', b'"kind":"y"'), b"{", b"[]", b"\xff"):
        office.rewrite(one, wrong)
        assert [(f.code, f.case) for f in office.engine.replay()] == [("case-differs", one.id)]
        assert list(office.engine.replay(two.id)) == []
    office.rewrite(one, kept)
    assert list(office.engine.replay(one.id)) == []
    assert refusal(lambda: list(office.engine.replay("none"))) == ["unknown-case"]


# settings of a site

SETTING = "{title: 阅卷期, type: period, default: 5 days, mark: design, between: [3 days, 30 days]}"
SET = f"{LETTERS}settings: {{days_to_read: {SETTING}}}\n".replace("length: 5 days", "length: {setting: days_to_read}")


def test_what_an_office_sets_is_law_for_its_new_cases_and_stands_in_every_entry(office: Office, guides: Path) -> None:
    plain = newer(office, guides, SET)
    before = plain.open("letters", unit="u1", by=CLERK)
    (guides / "jiandu.site.yaml").write_text("jiandu: 1\nsettings: {days_to_read: 10 days}\n", encoding="utf-8")
    site = newer(office, guides, SET)
    after = site.open("letters", unit="u1", by=CLERK)
    assert [str(case.run("reading").due) for case in (before, after)] == ["2026-03-09", "2026-03-12"]
    assert before.text != after.text
    told = [site.history(case.id, by=CLERK)[0].content["settings"] for case in (before, after)]
    assert told[0] != told[1]
    assert json.loads(site.library.guide("letters").text)["settings"] == {"days_to_read": "10 days"}
    site.do(before.id, "take", by=CLERK)
    assert site.history(before.id, by=CLERK)[-1].content["settings"] == told[0]


def test_a_site_that_sets_what_it_may_not_opens_nothing(office: Office, guides: Path) -> None:
    (guides / "jiandu.site.yaml").write_text("jiandu: 1\nsettings: {days_to_read: 40 days}\n", encoding="utf-8")
    site = newer(office, guides, SET)
    with pytest.raises(GuideError):
        site.open("letters", unit="u1", by=CLERK)


def test_a_rehearsal_judges_an_opening_by_what_was_filled_in_and_not_by_what_a_default_wrote(
    office: Office, guides: Path
) -> None:
    office.open(card={"note": "急"})
    other = LETTERS.replace("default: x", "default: y").replace("fills: [note, kind]", "fills: [note]")
    later = newer(office, guides, other)
    [(_, found)] = later.rehearse(later.library.guide("letters"))
    assert (found.seq, [reason.code for reason in found.reasons]) == (1, ["card-invalid"])
    assert list(office.engine.rehearse(office.engine.library.guide("letters"))) == []
