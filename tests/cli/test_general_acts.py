"""The general acts, votes, people and objects on the command line, in a small guide that has them all."""

from collections.abc import Callable
from functools import partial

import pytest

from command_line import Office, opened
from guides_for_tests.general import STANDING
from guides_for_tests.small import text

Run = Callable[..., str]
VOTE = {"members": 9, "present": 7, "for": 5, "against": 1, "abstain": 1, "decided": "true"}
VOTED = [word for name, n in VOTE.items() for word in ("--record", f"vote.{name}={n}")]


def refused(bench: Office, *args: str) -> list[str]:
    """The codes of the refusal that the command ends with in both languages; nothing was written."""
    before = bench.snapshot()
    told = [bench.run("case", *args, "--json", lang=lang) for lang in ("zh", "en")]
    assert ([done.code for done in told], bench.snapshot()) == ([1, 1], before), told[0].said
    said = [[reason["message"] for reason in done.json["refused"]] for done in told]
    assert said[0] != said[1]
    return [reason["code"] for reason in told[0].json["refused"]]


# the acts, each with what it does and what it is refused for


def test_amending_corrects_the_card_and_a_record(bench: Office, case: str) -> None:
    amended = ["amend", case, "--as", "o1", "--set", "kind=y", "--reason", "笔误"]
    done = bench.run("case", *amended, "--json")
    assert (done.code, done.json["card"], done.json["seq"]) == (0, {"kind": "y"}, 3)
    assert bench.run("case", *amended, "--key", "k", lang="en").out == "“amending” is done; state: 审查, entries: 4\n"
    bench.run("case", "do", case, "ask", "--as", "o1", "--person", "o1", "--person", "o2", "--record", "said=甲")
    bench.run("case", "amend", case, "ask", "--as", "o1", "--record", "places=here", "--reason", "补记")
    trail = bench.run("trail", "show", case, "--as", "o1", "--json").json["entries"]
    assert trail[-1]["entry"]["effects"][1].items() >= {"act": "ask", "record": {"places": ["here"]}}.items()
    assert refused(bench, *amended[:-2]) == ["record-invalid"]
    assert refused(bench, *amended[:3], "k1", *amended[4:]) == ["not-the-holder"]
    assert refused(bench, *amended, "--record", "said=x") == ["record-invalid"]


def test_assigning_takes_the_place_of_who_was_before(bench: Office, case: str) -> None:
    asked = ["assign", case, "--as", "b1", "--person"]
    done = bench.run("case", *asked, "lead=o2", "--person", "team=o1", "--person", "team=o2", "--json")
    assert done.json["holders"] == {"lead": ["o2"], "team": ["o1", "o2"]}
    assert refused(bench, *asked, "police=o1") == ["record-invalid"]
    assert bench.run("case", *asked, "o1").code == 2


def test_extending_is_for_once_and_on_a_ground(bench: Office, case: str) -> None:
    asked = ["extend", case, "review", "--as", "b1"]
    assert refused(bench, *asked, "--ground", "nothing") == ["record-invalid"]
    assert refused(bench, "extend", case, "revew", "--as", "b1") == ["unknown-name"]
    done = bench.run("case", *asked, "--ground", "complex", "--reason", "人数众多", "--json")
    assert [run["due"] for run in done.json["deadlines"]] == ["2026-05-21"]
    assert refused(bench, *asked, "--ground", "complex") == ["extension-used-up"]


def test_a_suspended_case_stands_still_and_goes_on(bench: Office, case: str) -> None:
    asked = ["suspend", case, "--as", "b1", "--ground", "illness"]
    assert refused(bench, *asked) == ["record-invalid"]
    done = bench.run("case", *asked, "--reason", "住院", "--day", "2026-05-07", "--json").json
    (run,) = done["deadlines"]
    assert (done["status"], done["suspended"]) == ("suspended", "2026-05-07")
    assert (run["status"], run["due"], run["raw_end"], run["paused_on"]) == ("paused", None, None, "2026-05-07")
    assert refused(bench, "do", case, "ask", "--as", "o1") == ["suspended"]
    assert bench.run("case", "list", "--status", "suspended", "--as", "k1", "--quiet").out.startswith(case)
    done = bench.run("case", "resume", case, "--as", "b1", "--json").json
    assert (done["status"], done["suspended"], done["deadlines"][0]["due"]) == ("open", None, "2026-05-18")
    assert refused(bench, "resume", case, "--as", "b1") == ["not-suspended"]


def test_linked_cases_are_shown_as_far_as_they_may_be_read(bench: Office, case: str) -> None:
    other = opened(bench)
    done = bench.run("case", "link", case, "same", other, "--as", "o1", "--json").json
    assert done["related"] == [{"relation": "same", "id": other, "number": None, "state": "a", "status": "open"}]
    assert refused(bench, "link", case, "same", "nothing", "--as", "o1") == ["unknown-case"]
    assert refused(bench, "link", case, "same", case, "--as", "o1") == ["record-invalid"]
    assert refused(bench, "link", case, "like", opened(bench), "--as", "o1") == ["record-invalid"]
    bench.run("case", "assign", case, "--as", "k1", "--person", "team=x1")
    hidden = bench.run("case", "show", case, "--as", "x1", "--json").json["related"]
    assert hidden == [{"relation": "same", "id": other, "number": None, "state": None, "status": None}]
    assert f"同案：{other}\n" in bench.run("case", "show", case, "--as", "x1").out


def test_a_note_changes_nothing_and_the_newest_act_is_undone(bench: Office, case: str) -> None:
    before = bench.run("case", "show", case, "--as", "o1", "--json").json
    done = bench.run("case", "note", case, "电话告知", "--as", "o1", "--json").json
    assert {**done, "seq": 2} == {**before, "warnings": []}
    assert refused(bench, "rescind", case, "--as", "b1") == ["record-invalid"]
    bench.run("case", "amend", case, "--as", "o1", "--set", "kind=y", "--reason", "笔误")
    undone = bench.run("case", "rescind", case, "--as", "b1", "--reason", "误录", "--json").json
    assert (undone["card"], undone["seq"]) == ({"kind": "x"}, 5)
    assert refused(bench, "rescind", case, "--as", "b1", "--reason", "再撤") == ["not-applicable"]
    assert refused(bench, "note", case, "x", "--as", "nobody") == ["unknown-person"]


# adopting


def adopted(bench: Office, standing: str, *more: str, file: str = "standing.yaml") -> list[str]:
    (bench.folder / file).write_text(standing, encoding="utf-8")
    return ["adopt", "matters", "--unit", "630102", "--file", file, "--as", "k1", *more]


def test_a_case_that_runs_elsewhere_is_brought_in(bench: Office) -> None:
    asked = adopted(bench, STANDING, "--key", "1")
    case = bench.run("case", *asked).out.strip()
    told = bench.run("case", "show", case, "--as", "o2", "--json").json
    assert (told["number"], told["state"], told["holders"]["team"]) == ("旧案1号", "a", ["o1", "o2"])
    assert (told["deadlines"][0]["due"], told["documents"][0]["status"]) == ("2026-05-20", "served")
    assert bench.run("case", *asked).out.strip() == case
    assert bench.run("case", "do", case, "send.answer", "--as", "o1").code == 0
    as_json = '{"state": "a", "source": "another", "opened_on": "2026-04-20"}'
    assert bench.run("case", *adopted(bench, as_json, file="standing.json")).code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("state: a", "state: z"),
        ("kind: y", "kind: z"),
        ("lead: o1,", "boss: o1,"),
        ("owed_by: lead", "owed_by: nobody"),
        ("step: send", "step: nothing"),
    ],
)
def test_what_the_guide_has_no_place_for_is_not_brought_in(bench: Office, old: str, new: str) -> None:
    assert refused(bench, *adopted(bench, STANDING.replace(old, new))) == ["record-invalid"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("source: 旧系统", "sauce: 旧系统", 1),
        ("2026-04-20", "yesterday", 3),
        ("holders: {lead: o1,", "holders: {lead: 1,", 7),
        ("name: review, ", "", 11),
        ("{police: 2026-04-30}", "[police]", 9),
        ("document: notice", "document: notice, pages: 3", 9),
        (STANDING, "[a]\n", 1),
        ("deadlines:\n", "deadlines: x\nbeside:\n", 10),
    ],
)
def test_a_file_of_another_form_is_told_by_its_places(bench: Office, old: str, new: str, line: int) -> None:
    asked = adopted(bench, STANDING.replace(old, new))
    for lang in ("zh", "en"):
        done = bench.run("case", *asked, "--json", lang=lang)
        first = done.json["findings"][0]
        assert (done.code, first["rule"], first["line"]) == (2, "adoption-shape", line)


# what an act writes


def test_a_vote_is_recorded_for_the_committee(bench: Office, case: str) -> None:
    (bench.folder / "决议.pdf").write_bytes(b"carried")
    asked = ["do", case, "decide", "--as", "k1", "--of", "committee", "--attach", "authority=决议.pdf"]
    assert refused(bench, *asked) == ["record-invalid"]
    few = [word.replace("present=7", "present=4") for word in VOTED]
    assert refused(bench, *asked, *few) == ["quorum"]
    assert refused(bench, *asked[:4], "o1", *asked[5:], *VOTED) == ["role-required"]
    assert "role-required" in refused(bench, *asked[:6], "nobody", *asked[7:], *VOTED)
    assert bench.run("case", *asked, *VOTED, "--record", "vote.present=8").code == 2
    done = bench.run("case", *asked, *VOTED, "--json")
    assert (done.code, done.json["outcome"]) == (0, "finished_well")
    entry = bench.run("trail", "show", case, "--as", "k1", "--json").json["entries"][-1]
    assert (entry["entry"]["by"]["of"], entry["entry"]["by"]["roles"]) == ("committee", ["clerk"])
    assert entry["body"]["record"]["vote"] == {**VOTE, "decided": True}


def test_people_take_part_and_objects_and_checklists_are_filled(bench: Office, case: str) -> None:
    written = ["--record", "said=甲", "--record", "checks.p1=fine", "--record", "checks.p2=doubt"]
    written += ["--record", "places=here", "--record", "places=there"]
    written += ["--set", "persons.name=张某", "--set", "persons.aliases=甲", "--set", "persons.aliases=乙"]
    written += ["--set", "persons.name=李某", "--set", "persons.minor=是"]
    asked = ["do", case, "ask", "--as", "o1", "--person", "o1"]
    assert refused(bench, *asked, *written) == ["too-few-people"]
    assert refused(bench, *asked, "--person", "o2", *written[:4]) == ["record-invalid"]
    done = bench.run("case", *asked, "--person", "o2", *written, "--json")
    assert done.code == 0, done.out
    assert done.json["card"]["persons"] == [{"name": "张某", "aliases": ["甲", "乙"]}, {"name": "李某", "minor": True}]
    entry = bench.run("trail", "show", case, "--as", "k1", "--json").json["entries"][-1]["entry"]
    assert (entry["people"], entry["effects"][0]["record"]["checks"]) == (["o1", "o2"], {"p1": "fine", "p2": "doubt"})


# how it reads


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_with_all_of_this_reads_like_this(bench: Office, case: str, golden: Run, lang: str) -> None:
    other = opened(bench)
    for act in (
        ["do", case, "ask", "--as", "o1", "--person", "o1", "--person", "o2", "--record", "said=甲",
         "--record", "checks.p1=fine", "--record", "checks.p2=doubt", "--set", "persons.name=张某"],
        ["amend", case, "ask", "--as", "o1", "--record", "places=here", "--reason", "补记"],
        ["extend", case, "review", "--as", "b1", "--ground", "complex"],
        ["suspend", case, "--as", "b1", "--ground", "illness", "--reason", "住院"],
        ["note", case, "电话告知", "--as", "o1"],
        ["resume", case, "--as", "b1"],
        ["rescind", case, "--as", "b1", "--reason", "误录"],
        ["link", case, "same", other, "--as", "o1"],
    ):  # fmt: skip
        done = bench.run("case", *act)
        assert done.code == 0, done.err
    told = [bench.run("case", command, case, "--as", "o1", lang=lang).out for command in ("show", "history")]
    golden(f"general-acts-{lang}.txt", "\n".join(told).replace(case, "CASE").replace(other, "OTHER"))


# what hides a case from whoever does it


def test_an_act_that_hides_the_case_from_its_own_author_is_done_and_said_to_be(empty: Office) -> None:
    body = """
outcomes: {over: 办结}
open: {by: complaints}
roles: {complaints: {title: 控告申诉检察人员}, chief: {title: 检察长}}
fields: {kind: {title: 密级, type: choice, choices: {plain: 公开, secret: 秘密}, default: plain}}
secrecy: {when: {kind: secret}, readers: chief}
states:
  a:
    title: 甲
    steps: {mark: {title: 定密, by: complaints, optional: true, sets: {kind: secret}}}
    transitions: {end: {title: 结案, by: chief, to: b, outcome: over}}
  b: {title: 乙, final: true}
"""
    (empty.folder / "guides").mkdir()
    (empty.folder / "guides/small.yaml").write_text(text(body), encoding="utf-8")
    run = partial(empty.run, JIANDU_GUIDES="guides")
    run("db", "init", "--practice")
    made = run("case", "open", "small", "--unit", "630102", "--as", "k1", "--json")
    assert made.code == 0, made.said
    done = run("case", "do", made.json["id"], "mark", "--as", "k1", "--json")
    assert (done.code, done.json["card"]["kind"], done.json["warnings"]) == (0, "secret", [])
    assert run("case", "show", made.json["id"], "--as", "k1").code == 1
