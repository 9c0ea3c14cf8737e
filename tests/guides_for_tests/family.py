"""Two guides whose cases belong together: an inspection and the findings that it opens and may not close over."""

from guides_for_tests.small import text

ROLES = """
  clerk: {title: 书记员}
  officer: {title: 检察官}
  lead: {title: 承办人, assigned: one}
  boss: {title: 检察长}
  police: {title: 公安机关, outside: true}"""

INSPECTION = text(
    """
open: {by: clerk, fills: [place, grade]}
powers: {link: officer, note: any_member, rescind: boss, migrate: boss, suspend: boss}
suspension: {grounds: {ill: 病}, from: any_open}
fields:
  place: {title: 地点, type: string}
  grade: {title: 等级, type: choice, choices: {x: 甲, y: 乙}}
  to_unit: {title: 移送单位, type: department}
  serious: {title: 重大, type: boolean}
outcomes: {over: 结束, gone: 撤回}
states:
  a:
    title: 甲
    steps:
      take: {title: 派, by: clerk, optional: true, assigns: lead}
      find:
        title: 列出问题
        by: officer
        optional: true
        repeat: true
        record:
          items:
            title: 问题
            type: object
            many: true
            fields: {what: {title: 何事, type: string, required: true}, grade: {title: 等级, type: string}}
        opens:
          related: finding
          for_each: {record: items}
          with: {what: {each: what}, origin: {field: place}, kind: minor}
      send_on:
        title: 移送线索
        by: officer
        optional: true
        repeat: true
        fills: [to_unit, serious]
        opens:
          related: clue
          unit: {field: to_unit}
          choose: [{when: {serious: true}, guide: grave}]
    transitions:
      close:
        title: 结束
        by: clerk
        to: b
        outcome: over
        when: {related: {clue: {every: {outcome: [kept, dropped]}}}}
      drop: {title: 撤回, by: clerk, to: b, outcome: gone, event: true}
  b:
    title: 乙
    transitions:
      shelve: {title: 归档, by: clerk, to: c}
      reopen: {title: 重开, by: clerk, to: a, reopens: true}
  c: {title: 丙, final: true}
deadlines:
  sending: {title: 处置期, owed_by: police, counts_from: {opened: clue}, length: 10 days, on_missed: {nothing: true}}
related:
  finding: {title: 问题, guide: finding, holds: true}
  clue: {title: 线索, guide: clue}
""",
    id="inspection",
    roles=ROLES,
)  # fmt: skip

FINDING = """
open: {by: boss}
number: "{unit}问〔{year}〕{seq}号"
fields:
  what: {title: 何事, type: string, required_from: a}
  origin: {title: 来自, type: string}
  grade: {title: 等级, type: choice, choices: {x: 甲, y: 乙}}
  kind: {title: 类, type: choice, default: major, choices: {major: 大, minor: 小}}
outcomes: {kept: 成立, dropped: 不成立}
states:
  a:
    title: 甲
    steps:
      look: {title: 看, by: clerk, optional: true, repeat: true}
      ours: {title: 仅乙级, by: clerk, optional: true, when: {parent.grade: y}}
      own: {title: 承办, by: lead, optional: true}
    transitions:
      keep: {title: 成立, by: clerk, to: b, outcome: kept}
      drop: {title: 不成立, by: clerk, to: b, outcome: dropped}
  b:
    title: 乙
    transitions:
      reopen: {title: 重开, by: clerk, to: a, reopens: true}
      shelve: {title: 归档, by: clerk, to: c}
  c: {title: 丙, final: true}
deadlines:
  looking: {title: 查看期, owed_by: clerk, counts_from: {entered: a}, length: 5 days, met_by: {done: look}}
"""  # fmt: skip
FAMILY = {
    "inspection": INSPECTION,
    "finding": text(FINDING, id="finding", roles=ROLES),
    "clue": text(FINDING.replace(", required_from: a", ""), id="clue", roles=ROLES),
    "grave": text(FINDING.replace(", required_from: a", ""), id="grave", roles=ROLES),
}
