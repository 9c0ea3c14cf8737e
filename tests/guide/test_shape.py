"""The shape of guides, lexicons, stories, calendars and people files, in words of ours at exact places."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry, Resource

from jiandu import shape
from jiandu.catalogue import has, sections, words
from jiandu.findings import Finding, Place
from jiandu.names import closest
from jiandu.shipped import folder, schema
from jiandu.source import Source, read, read_file

FINDINGS = sections("findings")
WORDS = {code: words for part in FINDINGS.values() for code, words in part.items()}
TOLD = FINDINGS["story"]

GUIDE = """\
jiandu: 1
id: case-filing
version: 1.0.0
title: 立案监督
status: trial
effective: {from: 2024-07-08}
uses: [lexicon/roles]
number: "{unit}检立监〔{year}〕{seq}号"
open: {by: [complaints, prosecutor], fills: [track]}
initial: clue
outcomes: {filed: 已立案, A1: 不予受理}
sources:
  rules-2019:
    title: 人民检察院刑事诉讼规则
    kind: judicial_interpretation
    in_force: {from: 2019-12-30}
    articles:
      "560": {mark: verified, says: 转述}
      36-1: {mark: design, says: 转述}
      "561(2)": {mark: secondary, says: 转述}
roles:
  handler: {title: 承办检察官, assigned: one}
  chief: {title: 检察长, also: [deputy_chief]}
  police: {title: 公安机关, outside: true}
  above: {title: 上级院检察长, unit: superior, recorded_by: handler}
  committee: {title: 检委会, collective: true, quorum: more_than_half, recorded_by: [handler]}
settings:
  reply_period: {title: 回复期限, type: period, default: 15 days, mark: design, between: [3 days, 60 days]}
  strict: {title: 效力, type: choice, default: warn, mark: design, choices: {block: 拒绝, warn: 提示}}
  often: {title: 次数, type: integer, default: 3, mark: design}
fields:
  track: {title: 监督类型, type: choice, required_from: clue, choices: {A: 应当立案而不立案}}
  suspects: {title: 人数, type: integer, min: 1, max: 99, default: 1}
  answers: {title: 清单, type: checklist, points: {a: 甲}, choices: {ok: 是}, law: [F3, C1-R3]}
  whole: {title: 整体, type: object, fields: {part: {title: 部分, type: string}}}
documents:
  defaults: {signed_by: chief, released_by: case_manager}
  reason_request:
    title: 要求说明不立案理由通知书
    number: "{unit}检立说理〔{year}〕{seq}号"
    addressed_to: police
    copies_to: [complainant]
    reply: {within: in_document, default: 7 days, by: handler, record: {w: {title: 理由, type: text, required: true}}}
    basis: [rules-2019:561(2)]
  notice: {title: 通知书, reply: none, addressed_to: [police, court], serve: {written: {}, public: {}}}
states:
  clue:
    title: 线索登记
    stage: clue
    why: 先行受理审查
    basis: [rules-2019:560]
    steps:
      request:
        title: 要求说明理由
        by: handler
        not_by: [check]
        when:
          track: A
          suspects: {at_least: 3, less_than: {field: limit}}
          any: [{overdue: filing}, {has: track}]
          all: [{records: {check: {at_least: 2}}}]
        rules:
          late:
            if: {done: check, served: notice, to: police}
            must: {request.day: {at_least: {field: check.day, plus: 3 days}}, today: {more_than: {due: filing}}}
            enforce: warn
            says: 满三日后方可发出
        before: [leave]
        after: check
        repeat: true
        at_most: 2
        assigns: handler
        numbers: case
        fills: [track]
        record: {note: {title: 说明, type: text}}
        sets: {phase: F4, urgent: true}
        people: {at_least: 2, of: handler}
        opens: finding
        sends: reason_request
    transitions:
      leave: {title: 办结, by: handler, to: closed, outcome: {field: track}, event: true}
  closed: {title: 办结, final: true}
steps:
  note: {title: 记录, by: handler, during: any_open, except: [closed], optional: true}
transitions:
  back: {title: 重新办理, by: chief, to: clue, during: [closed], reopens: true, resumes: true, outcome: filed}
deadlines:
  filing:
    title: 立案
    owed_by: police
    when: {not: {ever: notice}, done: {check: {at_least: 2}}}
    counts_from: {served: notice, to: police}
    length: 15 days
    met_by: [{done: leave}, {field: filed_on}]
    void_by: [{released: notice}]
    extend: {adds: 10 days, by: chief, grounds: {complex: 案情复杂}}
    pause: [{while: [clue]}, {suspended: true}]
    months: month_end_sticky
    on_missed: {duty: [leave, note]}
    warn: [3 days]
    roll: none
    survives: close
  review: {title: 审查, owed_by: handler, counts_from: {entered: clue}, due_on: {field: until}}
  right: {title: 申诉, right_of: police, counts_from: {all_of: [{done: leave}]}, length: {setting: reply_period}}
  request.reply: {on_missed: {nothing: true}}
powers: {amend: handler, note: any_member, backdate: 30 days}
related: {finding: {title: 问题, guide: items/finding, holds: true}}
suspension: {grounds: {illness: 患病}, from: any_open}
statements: [{never: {has: track}, says: 从不}]
migrate: [{from: 1.x, states: {old: clue}}]
"""

STORY = """\
guide: case-filing
title: 时限未满不得纠正
trace: [F3, C1-R3]
begins: c1-a1
until: notify.serve
cast: {p1: prosecutor, s1: {role: chief, unit: superior}, k1: {roles: [complaints, case_manager]}}
units: {own: 630102, superior: "630100"}
story:
  - {day: 2026-05-05, as: k1, open: true, card: {track: A}}
  - {day: 2026-05-06, as: p1, do: correct.draft, refused: [{code: too-early, basis: rules-2019:560}]}
  - {at: "2026-05-06T09:30+08:00", as: p1, do: filed, record: {n: [1, null, {x: y}]}, attach: {decision: 决定书.pdf}}
  - {calendar: 2026-12-27}
  - {day: 2026-05-06, as: p1, amend: check, record: {n: 2}, reason: 笔误, case: f1}
  - {day: 2026-05-06, as: p1, link: clue, other: f2}
  - {day: 2026-05-06, as: p1, rescind: true, reason: 误录}
  - {day: 2026-05-06, as: p1, adopt: {state: clue, source: x}}
  - expect: {related: {finding: 2}}
  - expect: {state: follow, offers: [], deadlines: {"filing#2": {due: 2026-05-06, is: met}}, papers: {n: {number: 1号}}}
"""

CALENDAR = """\
jiandu: 1
id: cn
title: 放假安排
known_from: 2025-12-29
known_until: 2026-12-27
years:
  "2026":
    notice: {title: 通知, number: 国办发明电〔2025〕7号, published_on: 2025-11-04}
    off: [{name: 元旦, from: 2026-01-01, to: 2026-01-03}]
    work: [2026-01-04]
"""

SITE = "jiandu: 1\nsettings: {reply_period: 20 days, asks: true, most: 3}\n"

PEOPLE = """\
jiandu: 1
units:
  "630102": {title: 城东区人民检察院, short: 城东检, superior: 630100, level: county}
people:
  p1: {name: 张三, unit: 630102, roles: [{role: prosecutor, from: 2024-01-01}]}
"""

LEXICON = "jiandu: 1\nid: lexicon/roles\ntitle: 角色\nroles: {chief: {title: 检察长}}\npowers: {backdate: 30 days}\n"

GOOD = {"guide": GUIDE, "lexicon": LEXICON, "site": SITE, "scenario": STORY, "calendar": CALENDAR, "people": PEOPLE}


def check(text: str, kind: str = "guide") -> tuple[Finding, ...]:
    return shape.check(read(text, "x.yaml"), kind)


def shown(text: str) -> list[tuple[str, str]]:
    """The findings and the characters that each of them points at."""
    lines = text.split("\n")
    return [(f.message or f.rule, lines[f.place.line - 1][f.place.column - 1 :][: f.place.length]) for f in check(text)]


def changed(old: str, new: str, kind: str = "guide") -> tuple[Finding, ...]:
    assert GOOD[kind].count(old) >= 1
    return check(GOOD[kind].replace(old, new, 1), kind)


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.message or f.rule, f"{f.place.line}:{f.place.column}") for f in findings]


@pytest.mark.parametrize("kind", shape.KINDS)
def test_a_good_text_has_no_findings(kind: str) -> None:
    assert check(GOOD[kind], kind) == ()


def shipped() -> Iterator[tuple[str, Path]]:
    root = folder("guides")
    for path in sorted(root.rglob("*.yaml")):
        top = path.relative_to(root).parts[0]
        kind = {"lexicon": "lexicon", "scenarios": "scenario", "calendars": "calendar", "en": ""}.get(top, "guide")
        if kind:
            yield kind, path


def test_every_shipped_text_has_its_shape() -> None:
    found = {str(path): said(shape.check(read_file(path), kind)) for kind, path in shipped()}
    assert {path: findings for path, findings in found.items() if findings} == {}


# one fault, one finding, at its place

MANY = "must: {" + "".join(f"f{number}: 1, " for number in range(64)) + "request.day"
WHERE = ("wrong-variant-where", "where")
FAULTS = [
    ("title: 立案监督", "titel: 立案监督", "unknown-key-guess", "titel"),
    ("stage: clue", "colour: clue", "unknown-key", "colour"),
    ("title: 立案监督\n", "", "missing-key-whole", "j"),
    ("    title: 线索登记\n", "", "missing-key", "clue"),
    ("jiandu: 1", "jiandu: 2", "language-version", "2"),
    ("jiandu: 1", "jiandu: '1'", "language-version", "'1'"),
    ("status: trial", "status: trail", "value-not-allowed-guess", "trail"),
    ("enforce: warn", "enforce: perhaps", "value-not-allowed", "perhaps"),
    ("numbers: case", "numbers: cases", "value-not-allowed-guess", "cases"),
    ("during: any_open", "during: any_opn", "value-not-allowed-guess", "any_opn"),
    ("version: 1.0.0", "version: 1.0", "wrong-form-version", "1.0"),
    ("id: case-filing", "id: CaseFiling", "wrong-form-guide-id", "CaseFiling"),
    ("2024-07-08", "2024-02-30", "wrong-form-date", "2024-02-30"),
    ("length: 15 days", "length: 半个月", "wrong-form-period", "半个月"),
    ("length: 15 days", "length: 1 day", "wrong-form-period", "1 day"),
    ("length: 15 days", "length: 15", "wrong-form-period", "15"),
    ("within: in_document", "within: 7", "wrong-form-reply-period", "7"),
    ("within: in_document, default: 7 days", "within: soon", "wrong-form-reply-period", "soon"),
    ("[rules-2019:561(2)]", "[rules-2019 561]", "wrong-form-citation", "rules-2019 561"),
    ("basis: [rules-2019:560]", "basis: rules-2019:560", "wrong-form-array", "rules-2019:560"),
    ('"560": {', "第560条: {", "wrong-form-article", "第560条"),
    ("{filed: 已立案", "{已立案: 已立案", "wrong-form-code", "已立案"),
    ("  handler: {title", "  Handler: {title", "wrong-form-id", "Handler"),
    ("  handler: {title", "  served: {title", "wrong-form-reserved", "served"),
    ("record: {note: ", "record: {reply: ", "wrong-form-reserved", "reply"),
    ("initial: clue", "initial: done", "wrong-form-reserved", "done"),
    ("final: true", "final: yes", "wrong-form-boolean", "yes"),
    ("at_most: 2", "at_most: '2'", "wrong-form-integer", "'2'"),
    ("at_most: 2", "at_most: 0", "wrong-form-minimum", "0"),
    ("at_most: 2", "at_most: 10000", "wrong-form-maximum", "10000"),
    ("fills: [track]}", "fills: []}", "wrong-form-empty", "fills"),
    ("why: 先行受理审查", "why:", "wrong-form-nothing", "why"),
    ("why: 先行受理审查", "why: [x]", "wrong-form-string", "["),
    ("closed: {title: 办结, final: true}", "closed: 办结", "wrong-form-object", "办结"),
    ("reply: none", "reply: never", "value-not-allowed", "never"),
    ("due_on: {field: until}", "due_on: {field: until}, length: 3 days", "wrong-variant-length", "length"),
    ("    addressed_to: police\n", "", "missing-key", "reply"),
    ("must: {request.day", MANY, "wrong-form-too-many", "must"),
    ("due_on: {field: until}", "warn: []", "missing-key", "review"),
    ("type: integer, min: 1, max: 99", "type: string, min: 1", "wrong-variant-min", "min"),
    ("choices: {A: 应当立案而不立案}", "many: true", "missing-key", "track"),
    ("{duty: [leave, note]}", "{duty: leave, nothing: true}", "wrong-variant-one-only", "on_missed"),
    ("{entered: clue}", "{entered: clue, done: leave}", "wrong-variant-one-only", "counts_from"),
    ("{entered: clue}", "{entered: clue, to: police}", "missing-key", "counts_from"),
    ("at_least: 3, less_than", "at_lest: 3, less_than", "unknown-key-guess", "at_lest"),
    ("less_than: {field: limit}", "less_than: {field: limit, due: x}", "wrong-variant-field", "field"),
    ("any: [{overdue: filing}, {has: track}]", "due.x: 1", "unknown-key", "due.x"),
    ("any: [{overdue: filing}, {has: track}]", "any: []", "wrong-form-empty", "any"),
    ("  request.reply:", "  request.replay:", "wrong-form-deadline-id", "request.replay"),
    # settings
    ("by: chief, to: clue", "by: {settig: x}, to: clue", "unknown-key-guess", "settig"),
    ("by: chief, to: clue", "by: [chief, {setting: done}], to: clue", "wrong-form-reserved", "done"),
    ("length: 15 days", "length: {setting: x, field: y}", "wrong-variant-one-only", "length"),
    ("at_most: 2", "at_most: {seting: x}", "unknown-key-guess", "seting"),
    ("at_most: 2", "at_most: [2]", "wrong-form-any", "["),
    ("enforce: warn", "enforce: {setting: 强}", "wrong-form-id", "强"),
    ("less_than: {field: limit}", "less_than: {setting: x, plus: 3 days}", "wrong-variant-one-only", "less_than"),
    ("amend: handler", "amned: handler", "unknown-key-guess", "amned"),
    ("backdate: 30 days", "backdate: 30", "wrong-form-period", "30"),
    ("period, default: 15 days", "period, default: soon", "wrong-form-period", "soon"),
    ("mark: design, between: [3 days, 60 days]", "mark: desing", "value-not-allowed-guess", "desing"),
    ("between: [3 days, 60 days]", "between: [3 days]", "wrong-form-pair", "between"),
    ("between: [3 days, 60 days]", "between: [1 days, 2 days, 3 days]", "wrong-form-pair", "between"),
    ("between: [3 days, 60 days]", "choices: {a: 甲}", "wrong-variant-choices", "choices"),
    ("default: 3, mark", "default: three, mark", "wrong-form-integer", "three"),
    # people
    ("unit: superior", "unit: superoir", "value-not-allowed-guess", "superoir"),
    ("unit: superior", "unit: {feld: x}", "unknown-key-guess", "feld"),
    ("quorum: more_than_half", "quorum: 0", "wrong-form-minimum", "0"),
    ("quorum: more_than_half", "quorum: half", "value-not-allowed", "half"),
    ("collective: true, quorum", "quorum", "missing-key", "quorum"),
    ("people: {at_least: 2, of: handler}", "people: {at_least: 0, of: handler}", "wrong-form-minimum", "0"),
    ("people: {at_least: 2, of: handler}", "people: {at_least: 2}", "missing-key", "people"),
    # fields
    ("type: checklist, points", "type: choice, points", "wrong-variant-points", "points"),
    ("points: {a: 甲}, ", "", "missing-key", "answers"),
    ("type: object, fields", "type: string, fields", "wrong-variant-fields", "fields"),
    ("{title: 部分, type: string}", "{titel: 部分, type: string}", "unknown-key-guess", "titel"),
    # acts
    ("opens: finding", "opens: {for_each: {record: x}}", "missing-key", "opens"),
    ("opens: finding", "opens: {related: x, with: {a: {field: x, each: y}}}", "wrong-variant-one-only", "a"),
    ("opens: finding", "opens: {related: x, choose: [{guide: y}]}", "missing-key", "{"),
    ("sends: reason_request", "drafted_in: check", "missing-key", "drafted_in"),
    ("law: [F3, C1-R3]", "law: [F-]", "wrong-form-law-row", "F-"),
    ("says: 满三日后方可发出", "versions: [{until: 2026-12-31}]", "missing-key", "{"),
    ("serve: {written: {}", "serve: {writen: {}", "unknown-key-guess", "writen"),
    # deadlines
    ("    owed_by: police\n    when", "    owed_by: x\n    right_of: x\n    when", "wrong-variant-owed_by", "owed_by"),
    ("    owed_by: police\n    when", "    when", "missing-key", "filing"),
    ("grounds: {complex: 案情复杂}", "granted: later", "value-not-allowed", "later"),
    ("{adds: 10 days, ", "{", "missing-key", "extend"),
    ("{while: [clue]}", "{while: [clue], from: {done: check}}", "wrong-variant-one-only", "{"),
    ("{while: [clue]}", "{from: {done: check}}", "missing-key", "{"),
    ("{suspended: true}", "{suspended: 1}", "wrong-form-boolean", "1"),
    ("months: month_end_sticky", "months: month_end", "value-not-allowed", "month_end"),
    ("length: 15 days", "versions: [{until: 2026-12-31}]", "missing-key", "{"),
    ("length: 15 days", "versions: [{length: 1 days, due_on: {field: x}}]", "wrong-variant-length", "length"),
    ("{all_of: [{done: leave}]}", "{all_of: []}", "wrong-form-empty", "all_of"),
    ("{all_of: [{done: leave}]}", "{all_of: [{done: leave}], missed: x}", "wrong-variant-one-only", "counts_from"),
    # conditions
    ("{records: {check: {at_least: 2}}}", "{records: {check: {}}}", "wrong-form-empty", "check"),
    ("{records: {check: {at_least: 2}}}", "{records: {check: {at_least: -1}}}", "wrong-form-minimum", "-1"),
    ("{records: {check: {at_least: 2}}}", "{related: {x: {every: {a: 1}, where: {b: 1}}}}", *WHERE),
    ("{records: {check: {at_least: 2}}}", "{parent: 1}", "unknown-key", "parent"),
    # the rest
    ("holds: true", "hold: true", "unknown-key-guess", "hold"),
    ("guide: items/finding", "guide: Finding", "wrong-form-guide-id", "Finding"),
    ("from: any_open}", "from: any}", "value-not-allowed", "any"),
    ("{never: {has: track},", "{never: {has: track}, always: {has: track},", "wrong-variant-always", "always"),
    ("{never: {has: track},", "{", "missing-key", "{"),
    ("from: 1.x", "from: 1", "wrong-form-version-range", "1"),
    ("states: {old: clue}", "states: {old: Clue}", "wrong-form-id", "Clue"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message", "place"), FAULTS, ids=[f"{f[2]}-{i}" for i, f in enumerate(FAULTS)])
def test_one_fault_in_a_guide_is_one_finding_at_its_place(old: str, new: str, message: str, place: str) -> None:
    assert shown(GUIDE.replace(old, new, 1)) == [(message, place)]


@pytest.mark.parametrize(
    ("kind", "old", "new", "message"),
    [
        ("scenario", "do: correct.draft", "doo: correct.draft", "unknown-key-guess"),
        ("scenario", "day: 2026-05-06, as: p1", "as: p1", "missing-key"),
        ("scenario", '{at: "', '{day: 2026-05-06, at: "', "wrong-variant-day"),
        ("scenario", "2026-05-06T09:30+08:00", "2026-05-06 9:30", "wrong-form-instant"),
        ("scenario", "is: met", "is: mett", "value-not-allowed-guess"),
        ("scenario", "{code: too-early,", "{code: Too_early,", "wrong-form-reason-code"),
        ("scenario", "open: true", "open: false", "value-not-allowed"),
        ("scenario", "role: chief, unit: superior", "roles: [chief], role: chief", "wrong-variant-role"),
        ("scenario", "until: notify.serve", "until: 2026-13-01", "wrong-form-stop"),
        ("scenario", '"filing#2"', '"filing#0"', "wrong-form-numbered"),
        ("scenario", "begins: c1-a1", "begins: C1/A1", "wrong-form-story-id"),
        ("scenario", "unit: superior", "unit: 上级", "wrong-form-unit-name"),
        ("scenario", "{p1: prosecutor", "{张三: prosecutor", "wrong-form-person-id"),
        ("calendar", '"2026":', '"26":', "wrong-form-year"),
        ("calendar", "work: [2026-01-04]", "work: [01-04]", "wrong-form-date"),
        ("people", "level: county", "level: County", "value-not-allowed-guess"),
        ("people", "unit: 630102", "unit: 城东", "wrong-form-unit-id"),
        ("people", "name: 张三, ", "", "missing-key"),
        ("scenario", "rescind: true", "rescind: false", "value-not-allowed"),
        ("scenario", "rescind: true, reason: 误录", "rescind: true", "missing-key"),
        ("scenario", "amend: check", "amend: false", "value-not-allowed"),
        ("scenario", "other: f2", "othr: f2", "unknown-key-guess"),
        ("scenario", "case: f1", "case: 案", "wrong-form-case-name"),
        ("scenario", "calendar: 2026-12-27", "calendar: 2026", "wrong-form-date"),
        ("scenario", "state: clue, source: x", "state: clue", "missing-key"),
        ("scenario", "related: {finding: 2}", "related: {finding: two}", "wrong-form-any"),
        ("site", "asks: true", "asks: [true]", "wrong-form-any"),
        ("site", "asks: true", "done: true", "wrong-form-reserved"),
        ("site", "settings:", "setings:", "unknown-key-guess"),
        ("lexicon", "title: 角色", "initial: x\ntitle: 角色", "unknown-key"),
    ],
)
def test_one_fault_in_another_text_is_one_finding(kind: str, old: str, new: str, message: str) -> None:
    assert [m for m, _ in said(changed(old, new, kind))] == [message]


def test_all_faults_are_found_at_once_in_order_of_place() -> None:
    text = GUIDE.replace("status: trial", "status: x").replace("initial: clue\n", "").replace("final: true", "final: 1")
    assert said(check(text)) == [
        ("missing-key-whole", "1:1"),
        ("value-not-allowed", "5:9"),
        ("wrong-form-boolean", "81:30"),
    ]


def test_a_misspelt_key_is_not_missing_besides() -> None:
    (finding,) = changed("initial: clue", "intial: clue")
    assert finding.facts["guess"] == "initial"


def test_what_is_known_is_listed() -> None:
    (finding,) = changed("enforce: warn", "enforce: perhaps")
    assert "`block`、`warn`" in finding.fix("zh")
    assert "`block`, `warn`" in finding.fix("en")


def test_a_text_that_is_no_mapping_is_one_finding() -> None:
    for kind in shape.KINDS:
        assert said(check("[a]\n", kind)) == [("wrong-form-object", "1:1")]


def test_a_name_with_a_line_end_is_refused_by_both_validators() -> None:
    assert said(changed("id: case-filing", "id: |\n  case-filing")) == [("wrong-form-guide-id", "2:5")]


def test_a_very_long_value_is_cut() -> None:
    (finding,) = changed("version: 1.0.0", f"version: {'x' * 5000}")
    assert len(str(finding.facts["value"])) < 50


# did you mean


@pytest.mark.parametrize(
    ("name", "among", "guess"),
    [
        ("titel", ["title", "stage"], "title"),
        ("signedBy", ["signed_by"], "signed_by"),
        ("hearing-held", ["hearing_held"], "hearing_held"),
        ("desicion", ["decision"], "decision"),
        ("x", ["y"], None),
        ("", ["a"], None),
        ("abc", [], None),
        ("completely", ["different"], None),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(name: str, among: list[str], guess: str | None) -> None:
    if name == "x":
        among = ["yz"]
    assert closest(name, among) == guess


@given(st.text(min_size=2, max_size=12), st.data())
def test_one_slip_of_the_pen_is_forgiven(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    slipped = name[:at] + name[at + 1 :]
    plain = name.replace("-", "").replace("_", "").casefold()
    if len(plain) >= 2 and slipped.replace("-", "").replace("_", ""):
        assert closest(slipped, [name]) in (name, None)
    assert closest(name, [name]) == (name if plain else None)


# the schemas themselves


def definitions(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping that describes a key or a definition."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from definitions(item, f"{path}/{index}")
    if not isinstance(node, dict):
        return
    for word in ("properties", "patternProperties", "$defs"):
        for name, described in node.get(word, {}).items():
            yield f"{path}/{word}/{name}", described
    for word, below in node.items():
        if word not in ("enum", "const", "examples", "required", "default"):
            yield from definitions(below, f"{path}/{word}")


@pytest.mark.parametrize("kind", shape.KINDS)
def test_every_key_of_every_schema_has_a_title_and_a_description(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    for path, described in [("", schema(kind)), *definitions(schema(kind))]:
        if described == {"not": {}} or re.search(r"/(if|then|else|allOf|dependentSchemas)/", path):
            continue
        assert re.search(r"[\u4e00-\u9fff]", described.get("title", "")), path
        assert re.search(r"[a-z].*\.$", described.get("description", ""), re.DOTALL), path


def subschemas(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from subschemas(below)


@pytest.mark.parametrize("kind", shape.KINDS)
def test_no_schema_lets_an_unknown_key_pass_or_leaves_a_choice_to_chance(kind: str) -> None:
    for node in subschemas(schema(kind)):
        if "properties" in node and "title" in node:
            assert node.get("additionalProperties") is False or "propertyNames" in node
        assert "oneOf" not in node
        if "anyOf" in node:
            assert all(set(branch) == {"required"} for branch in node["anyOf"])


def test_every_pattern_has_a_sentence_of_its_own() -> None:
    patterns = {
        n["pattern"] for kind in shape.KINDS for n in subschemas(schema(kind)) if isinstance(n.get("pattern"), str)
    }
    named = {pattern for pattern in patterns if f"wrong-form-{shape._forms().get(pattern)}" in WORDS}
    definitions = schema("guide")["$defs"]
    deciding = {
        definitions["condition_key"]["not"]["pattern"],
        definitions["reply"]["else"]["if"]["properties"]["within"]["pattern"],
    }
    assert patterns - named == deciding


# two validators


def plain_validator(kind: str) -> Any:
    resources = ((schema(name)["$id"], Resource.from_contents(schema(name))) for name in shape.KINDS)
    return jsonschema.Draft202012Validator(schema(kind), registry=Registry().with_resources(resources))


def fast_validator(kind: str) -> Any:
    registry = jsonschema_rs.Registry([(schema(name)["$id"], schema(name)) for name in shape.KINDS])
    return jsonschema_rs.validator_for(schema(kind), registry=registry)


def agree(kind: str, data: Any) -> None:
    slow = {tuple(error.absolute_path) for error in plain_validator(kind).iter_errors(data)}
    assert fast_validator(kind).is_valid(data) == (not slow)


def test_both_validators_agree_on_every_fixture() -> None:
    texts = list(GOOD.items())
    texts += [("guide", GUIDE.replace(old, new, 1)) for old, new, _, _ in FAULTS]
    for kind, text in texts:
        agree(kind, read(text, "x.yaml").data)
    for kind, path in shipped():
        agree(kind, read_file(path).data)


DATA = {kind: read(text, "x.yaml").data for kind, text in GOOD.items()}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(["", "x", "done", "3 days", "2026-02-30", "any_open"]),
    st.sampled_from([[], {}, ["x"], {"field": "x"}, {"x": {"at_least": 1}}, [[]]]),
)


@given(st.sampled_from(shape.KINDS), st.data())
def test_a_spoilt_text_is_refused_by_both_with_findings_in_both_languages(kind: str, data: st.DataObject) -> None:
    spoilt = copy.deepcopy(DATA[kind])
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(spoilt, data)
    agree(kind, spoilt)
    findings = shape.check(Source("x.yaml", "", spoilt, Everywhere()), kind)
    assert bool(findings) != fast_validator(kind).is_valid(spoilt)
    for finding in findings:
        assert all(finding.what(language) and finding.fix(language) for language in ("zh", "en"))
        assert "is not" not in finding.what("zh")


def spoil(node: Any, data: st.DataObject) -> None:
    """Put something odd in place of one value, or under a new key."""
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(node[key], (dict, list)) or data.draw(st.booleans()):
            break
        node = node[key]
    if isinstance(node, dict) and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(["titel", "by", "to", "field", "Ä", "length", "not"]))
    node[key] = copy.deepcopy(data.draw(ODD))


class Everywhere(dict[Any, Any]):
    """Places for data that was never written."""

    def __contains__(self, _: object) -> bool:
        return True

    def __getitem__(self, _: object) -> Any:
        from jiandu.source import Mark

        return Mark(None, Place("x.yaml", 1, 1))


# the sentences


def codes_in(name: str) -> set[str]:
    rules = (
        "syntax|unquoted|null-in|duplicate|full-width|anchor-or|too-large|not-utf8|invisible|several|empty|unknown-key"
    )
    rules += "|missing-key|wrong-form|wrong-variant|value-not|language"
    text = Path(shape.__file__).parent.joinpath(name).read_text(encoding="utf-8")
    return set(re.findall(rf'"((?:{rules})[a-z0-9-]*)"', text))


def test_every_code_that_is_used_has_words() -> None:
    names = ["shape.py", *(f"source/{part}.py" for part in ("characters", "events", "reading", "syntax", "tree"))]
    used = set().union(*map(codes_in, names))
    assert len(used) > 30
    assert {code for code in used if not has(code)} == set()


def test_every_sentence_is_whole_in_both_languages() -> None:
    for code, (zh, en) in WORDS.items():
        assert re.search(r"[\u4e00-\u9fff]", zh), code
        assert not re.search(r"[\u4e00-\u9fff]", en), code
        assert set(re.findall(r"\{(\w+)\}", en)) <= set(re.findall(r"\{(\w+)\}", zh)), code


def test_no_english_word_stands_in_a_chinese_sentence_but_in_backquotes() -> None:
    for code, (zh, _) in WORDS.items():
        bare = re.sub(r"`[^`]*`|\{\w+\}|UTF-8|UTF-16|GBK", "", zh)
        assert not re.search("[A-Za-z]", bare), code


def test_every_rule_says_what_why_and_what_to_do() -> None:
    rules = ["syntax", "unquoted", "null-in-flow-mapping", "duplicate-key", "full-width-punctuation", "anchor-or-alias",
             "too-large", "not-utf8", "invisible-character", "several-documents", "unknown-key", "missing-key",
             "wrong-form", "wrong-variant", "value-not-allowed", "language-version"]  # fmt: skip
    for rule in rules:
        assert {rule, f"{rule}.why"} <= words().keys()


def test_a_variant_without_a_fix_falls_back_on_its_rule() -> None:
    for code in WORDS.keys() - TOLD.keys():
        if "." not in code and not code.startswith("kind-") and code not in ("duplicate-key-first", "wrong-form"):
            rule = next(r for r in sorted(WORDS, key=len) if "." not in r and code.startswith(r))
            assert has(f"{code}.fix") or has(f"{rule}.fix"), code


def test_findings_can_be_put_into_json() -> None:
    for finding in changed("status: trial", "status: trail") + changed("title: 立案监督", "titel: 立案监督"):
        assert json.dumps(finding.facts, ensure_ascii=False)
