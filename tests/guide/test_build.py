"""Every fault of a guide's names and conditions is found at its very place, all at once, with a guess where near."""

import re

import pytest

from guides_for_tests.small import HEAD, LIBRARY, small, text
from jiandu.errors import GuideError
from jiandu.findings import Finding
from jiandu.guide.build import build
from jiandu.guide.bundle import Bundle
from jiandu.source import read

GOOD = """
open: {by: clerk, fills: [n, many]}
powers: {backdate: 30 days}
outcomes: {done_with: 办结, sent_on: 移送}
fields:
  n: {title: 数, type: integer}
  kind: {title: 类, type: choice, choices: {full: 全, part: 部分}}
  result: {title: 果, type: choice, choices: {done_with: 办结, sent_on: 移送}}
  on: {title: 日, type: date}
  span: {title: 期, type: period}
  free: {title: 述, type: text}
  who: {title: 谁, type: person}
  many: {title: 多, type: choice, many: true, choices: {full: 全}, required_from: report}
  dates: {title: 多日, type: date, many: true}
documents:
  notice: {title: 通知书, signed_by: boss, addressed_to: police, reply: {within: 7 days, by: clerk}}
  letter: {title: 函, addressed_to: court, reply: {within: none}}
states:
  a:
    title: 甲
    basis: [law:1]
    steps:
      read: {title: 阅, by: clerk, record: {pages: {title: 页, type: integer}, note: {title: 注, type: text}}}
      weigh: {title: 衡, by: officer, after: [read], not_by: [read], before: [go]}
      request: {title: 发, by: officer, sends: notice, optional: true}
      write: {title: 函, by: officer, sends: letter, optional: true}
      take: {title: 派, by: clerk, assigns: lead}
    transitions:
      go: {title: 走, by: clerk, to: report, when: {done: read}, outcome: done_with, sets: {n: 3}}
      end: {title: 结, by: clerk, to: report, outcome: {field: result}}
  report: {title: 报告}
steps:
  tell: {title: 告, by: clerk, during: [a], except: [report], before: [report]}
transitions:
  drop: {title: 撤, by: clerk, during: any_open, to: report}
deadlines:
  filing:
    title: 立案
    owed_by: police
    counts_from: {served: request, to: police}
    length: 7 days
    met_by: {done: tell}
    on_missed: {duty: tell}
  request.reply: {on_missed: {duty: [tell]}}
"""
"""A guide without a fault, from which each fault is made by one change."""


def faults(body: str, **head: str) -> tuple[Finding, ...]:
    """The findings about a small text."""
    try:
        small(body, **head)
    except GuideError as error:
        found = error.findings
    else:
        found = ()
    assert all(finding.what(language) for finding in found for language in ("zh", "en"))
    return found


def marked(body: str, **head: str) -> tuple[str, tuple[int, int, int]]:
    """The text without its marks ⟦ ⟧, and line, column and length of what they enclose."""
    whole = text(body, **head)
    lines = whole.split("\n")
    row = next(index for index, line in enumerate(lines) if "⟦" in line)
    begin, end = lines[row].index("⟦"), lines[row].index("⟧")
    return body.replace("⟦", "").replace("⟧", ""), (row + 1, begin + 1, end - begin - 1)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def test_a_good_guide_has_no_fault() -> None:
    assert faults(GOOD) == ()


FAULTS = [
    ("to: report, when", "to: ⟦reprot⟧, when", "unknown-state", "report"),
    ("required_from: report", "required_from: ⟦zzzzzz⟧", "unknown-state", ""),
    ("during: [a]", "during: [⟦qqq⟧]", "unknown-state", ""),
    ("except: [report]", "except: [⟦rreport⟧]", "unknown-state", "report"),
    ("initial: a", "initial: ⟦repotr⟧", "unknown-state", "report"),
    ("{title: 阅, by: clerk", "{title: 阅, by: ⟦clrek⟧", "unknown-role", "clerk"),
    ("open: {by: clerk", "open: {by: [clerk, ⟦offcer⟧]", "unknown-role", "officer"),
    ("signed_by: boss", "signed_by: ⟦chief⟧", "unknown-role", ""),
    ("within: 7 days, by: clerk", "within: 7 days, by: ⟦clerc⟧", "unknown-role", "clerk"),
    ("addressed_to: court", "addressed_to: [court, ⟦polise⟧]", "unknown-role", "police"),
    ("to: police}\n", "to: ⟦plice⟧}\n", "unknown-role", "police"),
    ("owed_by: police", "owed_by: ⟦polices⟧", "unknown-role", "police"),
    ("assigns: lead", "assigns: ⟦laed⟧", "unknown-role", "lead"),
    ("assigns: lead", "assigns: ⟦boss⟧", "role-not-assigned", None),
    ("sends: notice", "sends: ⟦notise⟧", "unknown-document", "notice"),
    ("fills: [n, many]", "fills: [n, ⟦mnay⟧]", "unknown-field", "many"),
    ("sets: {n: 3}", "sets: {⟦resutl⟧: 3}", "unknown-field", "result"),
    ("outcome: {field: result}", "outcome: {field: ⟦reslt⟧}", "unknown-field", "result"),
    ("after: [read]", "after: [⟦raed⟧]", "unknown-act", "read"),
    ("not_by: [read]", "not_by: [⟦request.sigm⟧]", "unknown-act", "request.sign"),
    ("before: [go]", "before: [⟦goo⟧]", "unknown-act", "go"),
    ("duty: tell}\n  r", "duty: ⟦tel⟧}\n  r", "unknown-act", "tell"),
    ("duty: [tell]", "duty: [tell, ⟦reed⟧]", "unknown-act", "read"),
    ("met_by: {done: tell}", "met_by: {done: ⟦weihg⟧}", "unknown-act", "weigh"),
    ("{served: request,", "{served: ⟦requst⟧,", "unknown-document", "request"),
    ("  request.reply:", "  ⟦requets.reply⟧:", "unknown-deadline", "request.reply"),
    ("  request.reply:", "  ⟦write.reply⟧:", "unknown-deadline", None),
    ("basis: [law:1]", "basis: [⟦lwa:1⟧]", "unknown-source", "law"),
    ("basis: [law:1]", "basis: [law:1, ⟦law:11⟧]", "unknown-article", None),
    ("basis: [law:1]", "basis: [⟦law:4(1)⟧]", "unknown-article", None),
    ("outcome: done_with", "outcome: ⟦don_with⟧", "unknown-outcome", "done_with"),
    ("  drop: {title: 撤", "  ⟦go⟧: {title: 撤", "same-name-twice", None),
    ("type: integer}\n  kind", "type: integer, default: ⟦many⟧}\n  kind", "value-type", None),
    ("full: 全, part: 部分}", "full: 全, part: 部分}, default: ⟦fulll⟧", "value-not-in-choices", "full"),
    ("sets: {n: 3}", "sets: {n: ⟦three⟧}", "value-type", None),
    ("sets: {n: 3}", "sets: {kind: ⟦prat⟧}", "value-not-in-choices", "part"),
    ("length: 7 days", "length: {field: ⟦n⟧}", "field-type", None),
    ("length: 7 days", "due_on: {field: ⟦span⟧}", "field-type", None),
    ("length: 7 days", "due_on: {field: ⟦dates⟧}", "field-type", None),
    ("length: 7 days", "length: {field: ⟦spam⟧}", "unknown-field", "span"),
    ("met_by: {done: tell}", "met_by: {field: ⟦n⟧}", "field-type", None),
    ("backdate: 30 days", "backdate: ⟦5 working days⟧", "period-unit", None),
    ("length: 7 days", "length: 7 days\n    warn: [3 days, ⟦1 working days⟧]", "period-unit", None),
]


@pytest.mark.parametrize(("old", "new", "rule", "guess"), FAULTS, ids=[f"{rule}: {new}" for _, new, rule, _ in FAULTS])
def test_a_fault_is_found_at_its_very_place(old: str, new: str, rule: str, guess: str | None) -> None:
    if old.startswith("initial"):
        body, place = marked(GOOD, initial=new.partition(": ")[2])
        found = faults(body, initial="repotr")
    else:
        body, place = marked(changed(old, new))
        found = faults(body)
    assert [(f.rule, (f.place.line, f.place.column, f.place.length)) for f in found] == [(rule, place)]
    if guess is not None:
        assert found[0].facts["guess"] == guess


def when(condition: str) -> str:
    return changed("when: {done: read}", f"when: {{{condition}}}")


WRONG = [
    ("done: ⟦raed⟧", "unknown-act", "read"),
    ("done: [read, ⟦wiegh⟧]", "unknown-act", "weigh"),
    ("done: {⟦reed⟧: {at_least: 2}}", "unknown-act", "read"),
    ("ever: ⟦request.sing⟧", "unknown-act", "request.sign"),
    ("entered: ⟦repor⟧", "unknown-state", "report"),
    ("served: ⟦notise⟧", "unknown-document", "notice"),
    ("served: notice, to: ⟦polic⟧", "unknown-role", "police"),
    ("answered: ⟦requesst⟧", "unknown-document", "request"),
    ("overdue: ⟦filin⟧", "unknown-deadline", "filing"),
    ("overdue: ⟦write.reply⟧", "unknown-deadline", None),
    ("missed: [filing, ⟦request.repyl⟧]", "unknown-deadline", "request.reply"),
    ("has: [n, ⟦kidn⟧]", "unknown-field", "kind"),
    ("⟦kidn⟧: full", "unknown-field", "kind"),
    ("⟦read.pagse⟧: 3", "unknown-field", "pages"),
    ("⟦raed.pages⟧: 3", "unknown-act", "read"),
    ("n: {at_least: {field: ⟦read.pagse⟧}}", "unknown-field", "pages"),
    ("on: {at_least: {due: ⟦filin⟧}}", "unknown-deadline", "filing"),
    ("n: ⟦three⟧", "condition-type", None),
    ("n: ⟦true⟧", "condition-type", None),
    ("n: {at_least: ⟦three⟧}", "condition-type", None),
    ("n: [1, ⟦two⟧]", "condition-type", None),
    ("on: ⟦heute⟧", "condition-type", None),
    ("on: {at_least: ⟦3⟧}", "condition-type", None),
    ("kind: ⟦fulll⟧", "value-not-in-choices", "full"),
    ("kind: [part, ⟦zzzzzzz⟧]", "value-not-in-choices", ""),
    ("many: {includes: ⟦ful⟧}", "value-not-in-choices", "full"),
    ("span: ⟦soon⟧", "condition-type", None),
    ("kind: {at_least: ⟦full⟧}", "condition-type", None),
    ("n: {at_least: ⟦{⟧field: on}}", "condition-type", None),
    ("kind: ⟦{⟧field: n}", "condition-type", None),
    ("n: {at_least: ⟦{⟧field: n, plus: 3 days}}", "condition-type", None),
    ("on: {at_least: ⟦{⟧field: today, plus: 3 working days}}", "condition-type", None),
    ("many: ⟦full⟧", "condition-many", None),
    ("many: ⟦[⟧full]", "condition-many", None),
    ("dates: {at_least: ⟦2026-01-01⟧}", "condition-many", None),
    ("on: {at_least: {field: ⟦dates⟧}}", "condition-many", None),
    ("kind: {includes: ⟦full⟧}", "condition-not-many", None),
    ("⟦read.note⟧: 无", "condition-free-text", None),
    ("unit.level: ⟦village⟧", "condition-type", None),
    ("⟦unit.size⟧: 3", "unknown-act", None),
]


@pytest.mark.parametrize(("condition", "rule", "guess"), WRONG, ids=[condition for condition, *_ in WRONG])
def test_a_fault_of_a_condition_is_found_at_its_very_place(condition: str, rule: str, guess: str | None) -> None:
    body, place = marked(when(condition))
    found = faults(body)
    assert [(f.rule, (f.place.line, f.place.column, f.place.length)) for f in found] == [(rule, place)]
    if guess is not None:
        assert found[0].facts["guess"] == guess


RIGHT = [
    "n: 3", "n: {at_least: {field: read.pages}}", "kind: [full, part]", "many: {includes: full}", "span: 15 days",
    "on: {at_least: {due: filing, minus: 3 days}}", "today: {at_least: {field: on, plus: 2 months}}", "on: today",
    "on: {at_most: {field: request.day}}", "unit.level: {at_least: city}", "unit.id: u1", "who: zhang", "has: many",
    "served: notice, to: police", "answered: {request: {at_least: 2}}", "missed: [filing, request.reply]",
    "request.sign.day: {at_most: today}", "any: [{all: [{n: 1}, {not: {n: 2}}]}, {entered: [a, report]}]",
]  # fmt: skip


@pytest.mark.parametrize("condition", RIGHT)
def test_a_condition_that_makes_sense_has_no_fault(condition: str) -> None:
    assert faults(when(condition)) == ()


def test_all_faults_come_at_once_in_the_order_of_the_text() -> None:
    body = GOOD
    for old, new in (
        ("signed_by: boss", "signed_by: chief"),
        ("after: [read]", "after: [raed]"),
        ("done: read", "done: x"),
    ):
        body = body.replace(old, new)
    found = faults(body)
    assert [f.rule for f in found] == ["unknown-role", "unknown-act", "unknown-act"]
    assert [f.place for f in found] == sorted(f.place for f in found)


def test_a_condition_of_too_many_parts_is_a_fault() -> None:
    parts = ", ".join("{n: 1}" for _ in range(64))
    assert [f.rule for f in faults(when(f"any: [{parts}]"))] == ["too-complex"]
    assert faults(when(f"any: [{parts[: -len(', {n: 1}')]}]")) == ()


def test_a_condition_that_nests_too_deep_is_a_fault() -> None:
    def nested(times: int) -> str:
        return when(f"{'not: {' * times}n: 1{'}' * times}")

    assert [f.message for f in faults(nested(16))] == ["too-complex-depth"]
    assert faults(nested(15)) == ()


def test_what_a_lexicon_gives_is_not_defined_again() -> None:
    body, place = marked("""
uses: [lexicon/roles]
roles:
  ⟦handler⟧: {title: 我的承办人}
states: {a: {title: 甲}}
open: {by: handler}
""")
    found = faults(body)
    assert [(f.rule, (f.place.line, f.place.column, f.place.length)) for f in found] == [("lexicon-override", place)]


def test_a_paragraph_without_an_entry_stands_for_its_article() -> None:
    guide = small(changed("basis: [law:1]", 'basis: ["law:2(1)", "law:1(9)"]'))
    assert [(str(c), c.mark) for c in guide.states["a"].basis] == [("law:2(1)", "secondary"), ("law:1(9)", "verified")]


def test_a_text_read_again_from_its_bytes_is_the_same_guide() -> None:
    guide = LIBRARY.guide("case-filing")
    again = type(LIBRARY)(LIBRARY.folder).pinned(guide.digest, guide.text)
    assert again.digest == guide.digest
    for section in ("states", "fields", "acts", "deadlines", "documents", "roles"):
        assert list(getattr(again, section)) == list(getattr(guide, section))
    assert {name: [act.name for act in acts] for name, acts in again.offered.items()} == {
        name: [act.name for act in acts] for name, acts in guide.offered.items()
    }


def test_a_bundle_without_lexicons_builds_by_itself() -> None:
    assert build(Bundle(read(text(GOOD).encode(), "small.yaml"), {})).id == "small"


def test_the_head_of_small_guides_is_good() -> None:
    assert set(HEAD) <= set(re.findall(r"^([a-z]+):", text(GOOD), re.MULTILINE))


def test_every_act_of_a_paper_exists_only_where_its_kind_asks_for_it() -> None:
    acts = small(GOOD).acts
    assert [name for name in acts if name.startswith("request.")] == [
        "request.draft", "request.sign", "request.return", "request.serve", "request.answer",
    ]  # fmt: skip
    assert [name for name in acts if name.startswith("write.")] == ["write.draft", "write.serve", "write.answer"]
