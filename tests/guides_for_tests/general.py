"""A small guide with everything that a general act can be about, and the people who work by it."""

from guides_for_tests.small import text

PEOPLE = """\
jiandu: 1
units:
  "630100": {title: 市院, short: 市, level: city}
  "630102": {title: 区院, short: 区, level: county, superior: "630100"}
  "630103": {title: 邻院, short: 邻, level: county, superior: "630100"}
people:
  k1: {name: 甲, unit: "630102", roles: [{role: clerk}]}
  o1: {name: 乙, unit: "630102", roles: [{role: officer}]}
  o2: {name: 丙, unit: "630102", roles: [{role: officer}]}
  b1: {name: 丁, unit: "630102", roles: [{role: boss}]}
  x1: {name: 戊, unit: "630103", roles: [{role: clerk}]}
"""
MATTERS = text("""
number: "{unit}案〔{year}〕{seq}号"
open: {by: clerk, fills: [kind, note]}
outcomes: {finished_well: 办结}
roles:
  clerk: {title: 书记员}
  officer: {title: 检察官}
  boss: {title: 检察长}
  lead: {title: 承办人, assigned: one}
  team: {title: 办案组, assigned: several}
  committee: {title: 检委会, collective: true, quorum: more_than_half, recorded_by: clerk}
  police: {title: 公安机关, outside: true}
fields:
  kind: {title: 类型, type: choice, default: x, choices: {x: 甲类, y: 乙类}}
  note: {title: 备注, type: text}
  limit: {title: 约定日, type: date}
  persons: {title: 涉及人员, type: object, many: true, fields: {name: {title: 姓名, type: string, required: true},
    aliases: {title: 别名, type: string, many: true}, minor: {title: 未成年, type: boolean}}}
documents:
  notice: {title: 通知书, signed_by: boss, addressed_to: police, reply: {within: 7 days, by: lead}}
states:
  a:
    title: 审查
    steps:
      take: {title: 登记分案, by: clerk, numbers: case, assigns: lead}
      form: {title: 组成办案组, by: clerk, assigns: team, optional: true}
      ask:
        title: 询问
        by: lead
        optional: true
        repeat: true
        people: {at_least: 2, of: officer}
        fills: [persons]
        record:
          said: {title: 陈述, type: text, required: true}
          places: {title: 地点, type: choice, many: true, choices: {here: 本院, there: 现场}}
          checks: {title: 核对, type: checklist, points: {p1: 身份, p2: 权利}, choices: {fine: 已核, doubt: 存疑}}
      send: {title: 发通知, by: lead, optional: true, sends: notice}
    transitions:
      decide: {title: 决定, by: [boss, committee], to: b, outcome: finished_well}
  b: {title: 办结, transitions: {shelve: {title: 归档, by: clerk, to: c}}}
  c: {title: 已归档, final: true}
deadlines:
  review:
    title: 审查期限
    owed_by: lead
    counts_from: {entered: a}
    length: 10 days
    met_by: {done: decide}
    warn: [3 days]
    pause: {suspended: true}
    extend: {adds: 5 days, at_most: 1, by: boss, grounds: {complex: 案情复杂}, granted: before_due}
related:
  same: {title: 同案, guide: matters}
suspension: {grounds: {illness: 当事人患病}, from: [a]}
powers:
  {amend: lead, assign: [clerk, boss], note: any_member, extend: boss, suspend: boss, link: lead, migrate: clerk,
   adopt: clerk, rescind: boss, backdate: 60 days}
""", id="matters")  # fmt: skip
STANDING = """\
state: a
source: 旧系统
opened_on: 2026-04-20
entered_on: 2026-04-21
number: 旧案1号
card: {kind: y, note: 已移交}
holders: {lead: o1, team: [o1, o2]}
papers:
  - {document: notice, step: send, number: 旧通1号, served: {police: 2026-04-30}}
deadlines:
  - {name: review, owed_by: lead, started_on: 2026-05-01, due: 2026-05-20}
"""
