"""Random acts over guides: for every act something fitting to write, and cases that have walked at random."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice, product
from typing import Any

from guides_for_tests.matter import UNIT, Matter
from guides_for_tests.small import LIBRARY, small
from jiandu.case import Actor, Draft
from jiandu.guide.model import Act, Field, Guide, Role

LETTERS_TEXT = """
powers:
  amend: officer
  assign: [clerk, boss]
  note: any_member
  extend: boss
  suspend: boss
  link: officer
  migrate: clerk
  adopt: clerk
  rescind: boss
  backdate: 20 days
suspension: {grounds: {ill: 病}, from: any_open}
related: {near: {title: 相关, guide: small}}
number: "{unit}案〔{year}〕{seq}号"
outcomes: {well: 好, badly: 坏}
fields:
  grade: {title: 等级, type: choice, required_from: b, choices: {well: 好, badly: 坏}}
  held: {title: 听证日, type: date}
  hurt: {title: 受害, type: boolean, default: false}
documents:
  defaults: {signed_by: boss, released_by: clerk}
  notice:
    title: 通知书
    number: "{unit}通〔{year}〕{seq}号"
    addressed_to: [police, court]
    reply: {within: 7 days, by: officer, record: {agreed: {title: 同意, type: boolean, required: true}}}
states:
  a:
    title: 甲
    steps:
      take: {title: 派, by: clerk, assigns: lead, numbers: case}
      read: {title: 阅, by: officer, repeat: true, record: {on: {title: 日, type: date, required: true}}}
      weigh: {title: 衡, by: officer, after: [read], not_by: [take], at_most: 2, fills: [grade, hurt]}
      notify: {title: 通知, by: officer, optional: true, repeat: true, after: [read], sends: notice}
    transitions:
      go: {title: 走, by: clerk, to: b}
      again: {title: 再, by: clerk, to: a}
      fell: {title: 出事, by: clerk, to: b, event: true}
  b:
    title: 乙
    steps:
      hear: {title: 听证, by: officer, when: {hurt: true}, fills: [held]}
      urge: {title: 催, by: officer, optional: true, repeat: true, when: {overdue: notify.reply}}
    transitions:
      back: {title: 回, by: clerk, to: a, resumes: true}
      close:
        title: 结
        by: clerk
        to: c
        rules: {heard: {if: {hurt: true}, must: {act.day: {at_least: {field: held, plus: 3 days}}}, says: 听证三日后}}
        outcome: {field: grade}
  c:
    title: 丙
    transitions:
      reopen: {title: 重开, by: clerk, to: a, reopens: true}
      shelve: {title: 归档, by: clerk, to: d}
  d: {title: 丁, final: true}
steps:
  tell: {title: 告知, by: clerk, during: any_open, except: [c], before: [c], repeat: true}
deadlines:
  reading:
    title: 阅卷期
    owed_by: officer
    counts_from: {entered: a}
    length: 5 days
    met_by: {done: read}
    extend: {adds: 5 days, at_most: 2, by: boss}
  hearing: {title: 听证期, owed_by: officer, counts_from: {field: held}, length: 2 working days, survives: close}
  notify.reply: {on_missed: {duty: urge}}
"""
LIMITS_TEXT = """
powers:
  amend: officer
  assign: boss
  note: any_member
  extend: boss
  suspend: boss
  link: boss
  migrate: clerk
  adopt: clerk
  rescind: boss
open: {by: clerk, fills: [on]}
fields: {on: {title: 起算日, type: date}, span: {title: 期, type: period}}
outcomes: {over: 办结}
related: {near: {title: 相关, guide: small}}
suspension: {grounds: {ill: 病}, from: [a, b]}
states:
  a:
    title: 甲
    steps:
      fill: {title: 填, by: clerk, optional: true, repeat: true, fills: [on, span]}
      out: {title: 送, by: officer, optional: true, repeat: true}
      back: {title: 回, by: officer, optional: true, repeat: true, after: [out]}
      met: {title: 办, by: officer, optional: true, repeat: true}
      urge: {title: 催, by: officer, optional: true, repeat: true}
      must: {title: 必办, by: clerk}
    transitions:
      wait: {title: 停, by: clerk, to: b}
      fell: {title: 事, by: clerk, to: b, event: true}
      shut: {title: 结, by: boss, to: c, outcome: over}
  b:
    title: 乙
    transitions: {go_on: {title: 续, by: clerk, to: a, resumes: true}, anew: {title: 重, by: clerk, to: a}}
  c:
    title: 丙
    transitions: {shelve: {title: 归档, by: clerk, to: d}, reopen: {title: 重开, by: clerk, to: a, reopens: true}}
  d: {title: 丁, final: true}
deadlines:
  own:
    title: 办理期
    owed_by: officer
    counts_from: [{entered: a}, {done: back}]
    length: 10 days
    met_by: {done: met}
    extend: {adds: 3 working days, at_most: 3, by: boss}
    pause: [{while: [b]}, {from: {done: out}, to: {done: back}}]
  theirs:
    title: 对方期
    owed_by: police
    each: true
    counts_from: {done: out}
    versions: [{until: 2026-03-20, length: 5 days}, {from: 2026-03-21, length: 1 months}]
    met_by: {done: back}
    on_missed: {duty: urge}
  right: {title: 复议, right_of: police, counts_from: {missed: theirs}, length: 4 days, met_by: {done: met}}
  named: {title: 约定, owed_by: officer, counts_from: {field: on}, length: 7 days, roll: none, survives: close}
"""
LETTERS, LIMITS = small(LETTERS_TEXT), small(LIMITS_TEXT)
GUIDES = {"letters": LETTERS, "limits": LIMITS, "case-filing": LIBRARY.guide("case-filing")}
NEXT = {"letters": small(LETTERS_TEXT, version="1.1.0"), "limits": small(LIMITS_TEXT, version="1.1.0")}
"""The same guides as their next version, which says the same."""
CARD = {"track": "A", "source": "complaint", "applicant_role": "victim", "heard": "2026-04-01"}
OPENER = Actor("all", frozenset(("clerk", "complaints")), UNIT.id)
VOTE = {"members": 5, "present": 5, "for": 4, "against": 1, "abstain": 0, "decided": True}
FILE = {"name": "文件.pdf", "digest": "0" * 64}


class Written:
    """What an act may write so that it fits: some choices, by the guide alone."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter

    def all(self, name: str) -> Iterator[dict[str, Any]]:
        """Every fitting way to write down the act, as far as a few values of each field go."""
        act = self.matter.guide.acts[name]
        fields = [(kind, key, definition) for kind, key, definition in self._fields(act)]
        for values in product(*(self._values(definition) for _, _, definition in fields)):
            written: dict[str, Any] = {"record": {}, "card": {}, **self._rest(act)}
            for (kind, key, _), value in zip(fields, values, strict=True):
                if value is not None:
                    written[kind][key] = value
            for papers in self._papers(act):
                yield {**written, **papers}
                for role in self._deciders(act):
                    decided = {"authority": FILE, **({"vote": VOTE} if role.collective else {})}
                    yield {**written, **papers, "of": role.id, "record": {**written["record"], **decided}}

    def some(self, name: str, choice: int) -> dict[str, Any]:
        """One of the first few hundred ways."""
        ways = list(islice(self.all(name), 300))
        return ways[choice % len(ways)] if ways else {}

    def _deciders(self, act: Act) -> list[Role]:
        """The roles of the act for which somebody else may enter what they decided."""
        roles = (self.matter.guide.roles[name] for name in act.by)
        return [role for role in roles if role.recorded_by and "authority" in act.record]

    def _fields(self, act: Act) -> Iterator[tuple[str, str, Field]]:
        left = ("reply_on", "authority", "vote")
        yield from (("record", name, field) for name, field in act.record.items() if name not in left)
        yield from (("card", name, self.matter.guide.fields[name]) for name in act.fills)

    def _values(self, field: Field) -> list[Any]:
        today = self.matter.today
        some: dict[str, list[Any]] = {
            "boolean": [True, False],
            "choice": list(field.choices),
            "date": [(today - timedelta(days=4)).isoformat(), (today + timedelta(days=9)).isoformat()],
            "person": ["p1", "p2"],
            "attachment": [FILE],
            "period": ["6 days"],
            "integer": [3],
            "amount": [3],
            "datetime": [f"{today}T09:00:00+08:00"],
            "checklist": [dict.fromkeys(field.points, choice) for choice in field.choices],
            "object": [{name: self._values(part)[0] for name, part in field.fields.items()}],
        }
        values = some.get(field.type, ["字"])
        values = [values[:2]] if field.many else values
        return values if field.required or field.type == "period" else [*values, None]

    def _rest(self, act: Act) -> dict[str, Any]:
        people: dict[str, Any] = {"people": ("all", "p1", "p2")} if act.people else {}
        return {**people, "assigns": {act.assigns: ("all",)}} if act.assigns else people

    def _papers(self, act: Act) -> list[dict[str, Any]]:
        if act.verb in ("", "draft") or self.matter.case is None:
            return [{}]
        papers = [paper for paper in self.matter.case.papers if paper.step == act.step]
        chosen = [{"paper": paper.name} for paper in papers] or [{}]
        if act.verb != "serve":
            return chosen
        left = {role: None for paper in papers for role in paper.recipients}
        roles = tuple(left) or self.matter.guide.documents[act.document].recipients
        return [{**paper, "to": role} for paper in chosen for role in roles]


def opened(guide: Guide) -> Matter:
    """A case of the guide, just opened."""
    return Matter(guide).open(
        by=OPENER, **{name: value for name, value in CARD.items() if name in guide.powers["open"].fills}
    )


def walk(guide: Guide, way: Sequence[tuple[Actor, int, int]]) -> Matter:
    """A case that has gone a way: at each step a person, a choice among what may be done, and days that pass."""
    matter = opened(guide)
    for by, choice, days in way:
        step(matter, by, choice, days)
    return matter


def step(matter: Matter, by: Actor, choice: int, days: int) -> bool:
    """One act of those that are offered, if any of them is accepted as written."""
    matter.today += timedelta(days=days)
    able = sorted(matter.can(by))
    if not able:
        return False
    name = able[choice % len(able)]
    ways = list(Written(matter).all(name))
    written = ways[choice // len(able) % len(ways)]
    if not isinstance(matter.ask(name, by, **written), Draft):
        return False
    matter.do(name, by, **written)
    return True
