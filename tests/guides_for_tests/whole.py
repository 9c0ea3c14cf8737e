"""A small guide with its lexicon, its site and a story that between them use every key there is."""

from pathlib import Path

from jiandu.guide.library import Library

LEXICON = """\
jiandu: 1
id: lexicon/shared
title: 共用词汇
outcomes: {sent_on: 移送}
sources:
  law-a:
    title: 某法
    kind: law
    in_force: {from: 2020-01-01, to: 2029-12-31}
    articles: {"1": {mark: verified, says: 转述}, "2": {mark: unverified, says: 转述}}
    law: F1
roles:
  clerk: {title: 书记员}
  lead: {title: 承办人, assigned: one, also: [clerk]}
  helper: {title: 助理, assigned: several}
  chief: {title: 检察长, law: [F2, C1-R3]}
  above: {title: 上级院检察长, unit: superior, recorded_by: lead}
  visitor: {title: 派驻人员, unit: {field: where}}
  committee: {title: 检委会, collective: true, quorum: more_than_half, recorded_by: [clerk]}
  panel: {title: 合议组, collective: true, quorum: 3, recorded_by: {setting: recorder}}
  meeting: {title: 联席会议, collective: true, advisory: true, recorded_by: [lead, {setting: recorder}]}
  police: {title: 公安机关, outside: true}
  court: {title: 法院, outside: true}
fields:
  where: {title: 派驻单位, type: department}
documents:
  defaults: {signed_by: chief, released_by: clerk}
  notice:
    title: 通知书
    number: "{unit}通〔{year}〕{seq}号"
    signed_by: {setting: signer}
    released_by: clerk
    addressed_to: [police, court]
    copies_to: court
    reply: {within: {setting: answer_within}, by: clerk, record: {fixed: {title: 已纠正, type: boolean}}}
    serve:
      written: {record: {receiver: {title: 签收人, type: string, required: true}}}
      announced: {record: {heard_by: {title: 在场人, type: person, many: true}}}
      electronic: {record: {sent_at: {title: 发出时刻, type: datetime}}}
      posted: {record: {slip: {title: 回执, type: attachment}}}
      left: {record: {witness: {title: 见证人, type: person}}}
      public: {record: {printed_on: {title: 公告日, type: date}}}
    each: true
    basis: [law-a:1]
    law: F3
  letter:
    title: 函
    addressed_to: {field: to_whom}
    reply: {within: in_document, default: {setting: answer_within}, by: [clerk, lead]}
  order: {title: 令, addressed_to: {setting: addressee}, reply: none}
states:
  closed: {title: 办结, stage: archive, final: true}
steps:
  put_by: {title: 备查, by: clerk, during: any_open, optional: true}
transitions:
  send_on: {title: 移送, by: chief, during: [middle], to: closed, outcome: {field: result}}
deadlines:
  write.reply: {on_missed: {nothing: true}}
related:
  clue: {title: 移送线索, guide: clue}
settings:
  answer_within: {title: 回复期限, type: period, default: 15 days, mark: design, between: [3 days, 60 days], law: F4}
  signer: {title: 签发人, type: role, default: chief, mark: design}
  recorder: {title: 代录人, type: role, default: clerk, mark: design}
  addressee: {title: 主送机关, type: role, default: police, mark: design}
powers:
  amend: lead
  assign: [clerk, chief]
  note: any_member
  extend: chief
  suspend: {setting: signer}
  link: lead
  migrate: clerk
  adopt: clerk
  rescind: chief
"""

GUIDE = """\
jiandu: 1
id: whole
version: 2.0.0
title: 完整指引
status: draft
effective: {from: 2026-01-01, to: 2030-12-31}
uses: [lexicon/shared]
number: "{unit}全〔{year}〕{seq}号"
open: {by: clerk, fills: [kind, where], basis: [law-a:1], law: F5}
initial: begin
outcomes: {done_with: 办结}
sources:
  rule-b: {title: 某规则, kind: design, articles: {"3": {mark: design, says: 约定}}}
roles:
  watcher: {title: 督查人员, unit: province}
settings:
  back: {title: 倒签, type: period, default: 30 days, mark: design}
  often: {title: 次数, type: integer, default: 2, mark: design, between: [1, 9]}
  strict: {title: 效力, type: choice, default: block, mark: design, choices: {block: 拒绝, warn: 提示}}
  asks: {title: 是否询问, type: boolean, default: false, mark: design}
  word: {title: 用语, type: text, default: 甲, mark: design}
fields:
  kind: {title: 类型, type: choice, default: a, required_from: middle, choices: {a: 甲类, b: 乙类}, law: F6}
  n: {title: 人数, type: integer, min: 1, max: 9}
  many: {title: 措施, type: choice, many: true, choices: {x: 措施一, y: 措施二}}
  to_whom: {title: 主送, type: choice, choices: {police: 公安机关, court: 法院}}
  result: {title: 结果, type: choice, choices: {done_with: 办结, sent_on: 移送}}
  on: {title: 约定日, type: date}
  span: {title: 约定期间, type: period}
  seen: {title: 查阅时刻, type: datetime}
  other: {title: 关联案号, type: case}
  asked: {title: 已询问, type: boolean}
  mood: {title: 态度, type: string}
  checks: {title: 核对清单, type: checklist, points: {p1: 管辖, p2: 时限}, choices: {ok: 无误, doubt: 存疑}}
  site: {title: 地点, type: object, fields: {street: {title: 街道, type: string, required: true}}}
documents:
  hint: {title: 提示函, signed_by: chief, addressed_to: police, reply: {within: 24 hours}}
powers: {backdate: {setting: back}}
states:
  begin:
    title: 起始
    stage: clue
    why: 先行审查
    basis: [law-a:1]
    law: F7
    final: false
    steps:
      study:
        title: 审查
        by: lead
        repeat: true
        record:
          persons: {title: 人员, type: object, many: true, fields: {name: {title: 姓名, type: person}}}
          onsite: {title: 现场, type: boolean, default: true, required: true, law: F8}
          mode: {title: 方式, type: choice, choices: {spot: 抽查, full: 全查}}
          pages: {title: 页数, type: integer, min: 0, max: 99}
          points: {title: 要点, type: checklist, points: {p: 事实}, choices: {yes_it_is: 清楚, no_it_is_not: 不清}}
      request:
        title: 通知
        by: [lead, {setting: recorder}]
        not_by: [study]
        people: {at_least: {setting: often}, of: [lead, helper], including: lead}
        when: {kind: a}
        rules:
          changed:
            if: {has: n}
            must: {n: {at_least: {setting: often}}}
            enforce: {setting: strict}
            basis: [law-a:1]
            says: 人数不足
            law: F9
            versions:
              - {until: 2026-12-31}
              - {from: 2027-01-01, must: {n: 3}, says: 应为三人, basis: [rule-b:3], law: F9}
        before: [leave]
        optional: false
        after: [study]
        repeat: true
        at_most: {setting: often}
        assigns: helper
        numbers: case
        fills: [n]
        record: {people_of: {title: 涉及人员, type: object, many: true, fields: {name: {title: 姓名, type: person}}}}
        sets: {kind: b}
        opens:
          related: finding
          for_each: {record: people_of}
          unit: {field: where}
          with: {who: {each: name}, since: {field: on}, kind: a}
          choose: [{when: {kind: a}, guide: items/finding}]
        sends: notice
        drafted_in: [study]
        basis: [law-a:1]
        law: F10
      write: {title: 发函, by: lead, sends: letter}
      warn_them: {title: 提示, by: lead, sends: hint, optional: true}
      command: {title: 下令, by: lead, sends: order, optional: true}
      hear: {title: 得知, by: lead, optional: true, event: true}
    transitions:
      leave:
        title: 离开
        by: [chief, committee]
        not_by: [study]
        people: {at_least: 1, of: any_member}
        when: {done: study}
        rules: {named: {must: {has: kind}, says: 应当写明类型}}
        after: [study]
        to: middle
        event: false
        resumes: true
        outcome: {field: result}
        reopens: false
        assigns: lead
        numbers: case
        fills: [result]
        record: {note: {title: 说明, type: text}}
        sets: {n: 1}
        opens: clue
        basis: [law-a:1]
        law: F11
  middle: {title: 中间}
steps:
  tell:
    title: 告知
    by: above
    during: any_open
    event: true
    except: [middle]
    not_by: [study]
    people: {at_least: 1, of: lead}
    when:
      all: [{done: {study: {at_least: {setting: often}}}}, {ever: request}]
      any: [{entered: begin}, {signed: notice}, {released: [notice, letter]}]
      not: {answered: request}
      served: notice
      to: {setting: addressee}
      running: filing
      overdue: request.reply
      missed: filing
      has: [n, kind]
      records:
        study:
          where: {onsite: true, mode: [spot, full]}
          distinct: day
          at_least: {setting: often}
          at_most: 9
          more_than: 0
          less_than: 10
        request: {distinct: day}
      related:
        finding: {every: {closed: true, kind: a}, at_least: 1}
        clue: {where: {outcome: [sent_on, done_with], finished: false}, at_least: 2}
      today: {at_least: {due: filing, minus: 3 days}, at_most: {field: on, plus: {setting: back}}}
      n: {more_than: 1, less_than: {field: study.pages}}
      many: {includes: x}
      checks: {any_is: doubt}
      kind: [a, b]
      asked: {setting: asks}
      mood: {setting: word}
      on: {at_least: {field: study.day}}
      study.points: {any_is: yes_it_is}
      request.answer.fixed: true
      request.day: {less_than: today}
      unit.level: {at_least: city}
      parent.kind: a
      parent.count: 3
      parent.many: {field: n}
    rules: {told: {must: {asked: true}, says: 应当询问}}
    before: [closed]
    optional: false
    after: [study]
    repeat: true
    at_most: 9
    assigns: lead
    numbers: case
    fills: [asked, checks, site, seen, other, mood]
    record: {note: {title: 说明, type: text}}
    sets: {asked: true}
    opens: clue
    sends: order
    drafted_in: study
    basis: [law-a:1]
    law: F12
transitions:
  finish:
    title: 结案
    by: [committee, panel]
    during: [begin, middle]
    except: [middle]
    not_by: [study]
    people: {at_least: 1, of: lead}
    when: {related: {clue: {at_least: 1}}}
    rules: {named: {must: {has: kind}, says: 应当写明类型}}
    after: [study]
    to: closed
    event: true
    resumes: false
    outcome: done_with
    reopens: false
    assigns: lead
    numbers: case
    fills: [on, span, to_whom, many]
    record: {note: {title: 说明, type: text}}
    sets: {n: 1}
    opens: {related: finding}
    basis: [law-a:1]
    law: F13
deadlines:
  filing:
    title: 立案
    owed_by: police
    when: {kind: a}
    counts_from: {served: request, to: police}
    length: {setting: answer_within}
    months: month_end_sticky
    met_by:
      - {done: leave}
      - {entered: middle}
      - {signed: notice}
      - {released: notice}
      - {served: letter, to: court}
      - {answered: letter}
      - {missed: request.reply}
      - {opened: finding}
      - {field: on}
    void_by: {all_of: [{done: finish}, {field: on}]}
    on_missed: {duty: [tell, finish]}
    warn: [3 days, {setting: back}]
    extend: {adds: 10 days, at_most: 2, by: chief, grounds: {complex: 案情复杂}, granted: any}
    pause: [{while: [middle]}, {from: {done: study}, to: {done: leave}}, {suspended: true}]
    roll: none
    survives: close
    internal: true
    each: true
    basis: [law-a:1]
    law: F14
  right:
    title: 申诉
    right_of: police
    counts_from: {done: request}
    due_on: {field: on}
    met_by: {entered: middle}
    void_by: {signed: request}
    on_missed: {nothing: true}
    pause: {while: any_open}
  agreed:
    title: 约定
    owed_by: {setting: signer}
    counts_from: {released: request}
    length: {field: span}
    met_by: {answered: request}
    void_by: {missed: filing}
    pause: {from: {entered: middle}, to: {opened: clue}}
  changing:
    title: 随法变化
    owed_by: lead
    counts_from: {field: on}
    versions:
      - {until: 2026-10-31, length: {field: span}, basis: [law-a:1], law: F15}
      - {from: 2026-11-01, until: 2027-12-31, length: {setting: answer_within}}
      - {from: 2028-01-01, due_on: {field: on}}
    met_by: {served: letter}
    pause: {suspended: false}
  quick: {title: 急办, owed_by: lead, counts_from: {entered: begin}, length: 24 hours, met_by: {done: leave}}
  request.reply:
    on_missed: {duty: tell}
    warn: []
    void_by: {done: finish}
    extend: {adds: {setting: back}, by: [chief]}
    pause: {while: middle}
related:
  finding: {title: 发现的问题, guide: items/finding, holds: true, law: F16}
suspension: {grounds: {illness: 当事人患病, other_case: 待他案结果}, from: [begin]}
secrecy: {when: {other: [police]}, readers: [chief, above], basis: [law-a:1], law: F17}
statements:
  - {never: {entered: closed, not: {has: kind}}, says: 结案的都有类型}
  - {always: {any: [{has: kind}, {entered: begin}]}, says: 始终有类型或者在起始状态}
migrate:
  - {from: 1.x, states: {start: begin}, acts: {inform: tell, ask.sign: request.sign}, fields: {sort: kind}}
"""

SITE = """\
jiandu: 1
settings: {answer_within: 20 days, strict: warn, often: 3, asks: true, recorder: lead, of_another_guide: 1}
"""

STORY = """\
guide: whole
title: 各种办理
why: 展示每一种写法
trace: [F1, C1-R3]
begins: other
until: request.serve
cast: {p1: lead, c1: {role: chief, unit: superior}, k1: {roles: [clerk], unit: own}}
level: county
units: {own: 630102, superior: "630100"}
story:
  - {calendar: 2026-12-27}
  - {day: 2026-05-06, recorded_on: 2026-05-07, as: k1, open: true, card: {kind: a}, assigns: {lead: p1}, of: above,
     attach: {decision: 决定.pdf}, key: k, refused: [{code: role-required}], warned: [{code: rule-broken}], case: f1}
  - {at: "2026-05-06T09:30+08:00", as: k1, open: true}
  - {day: 2026-05-06, recorded_on: 2026-05-07, as: p1, do: study, card: {n: 1}, record: {onsite: true},
     people: [p1, k1], assigns: {helper: [p1, k1]}, paper: "notice#1", to: police, of: above,
     attach: {slip: 回执.pdf}, key: k, case: f1,
     refused: [{code: rule-broken, rule: changed, basis: law-a:1, earliest: 2026-05-07}], warned: [{code: rule-broken}]}
  - {at: "2026-05-06T09:30+08:00", as: p1, do: study}
  - {@, amend: study, card: {n: 2}, record: {onsite: false}, §, reason: 笔误}
  - {day: 2026-05-06, as: p1, amend: true, card: {n: 3}, reason: 笔误}
  - {@, assign: lead, assigns: {lead: k1}, §, reason: 调离}
  - {@, extend: "filing#2", ground: complex, §, reason: 案情复杂}
  - {@, suspend: illness, §, reason: 患病}
  - {@, resume: true, §, reason: 痊愈}
  - {@, link: clue, other: f2, §, reason: 同案}
  - {@, note: 备查, §}
  - {@, rescind: true, §, reason: 误录}
  - {day: 2026-06-01, recorded_on: 2026-06-02, tick: true, case: f1}
  - {at: "2026-06-01T09:30+08:00", tick: true}
  - {@, adopt: {state: begin, opened_on: 2025-01-01, entered_on: 2025-01-02, number: 1号, card: {kind: a},
     holders: {lead: p1}, papers: [{document: notice, step: request, served: {police: 2025-01-03}}],
     deadlines: [{name: filing, owed_by: police, started_on: 2025-01-03, due: 2025-01-18}], source: 旧系统},
     §, reason: 移交}
  - {day: 2026-12-01, calendar: 2027-12-26}
  - {$, amend: true, reason: 笔误}
  - {$, assign: lead, assigns: {lead: k1}}
  - {$, extend: filing}
  - {$, suspend: illness}
  - {$, resume: true}
  - {$, link: clue, other: f2}
  - {$, note: 备查}
  - {$, rescind: true, reason: 误录}
  - {$, adopt: {state: begin, source: 旧系统}}
  - {day: 2026-12-01, as: p1, case: "finding#2", expect: {state: begin, outcome: done_with, status: open, card: {n: 1},
     number: 1号, offers: [study], deadlines: {"filing#2": {due: 2026-05-06, raw_end: 2026-05-05, is: met, n: 2}},
     papers: {notice: {number: 1号, status: served}}, holders: {lead: [p1]},
     related: {finding: 2, clue: [f2]}, warnings: [filing]}}
"""
for sign, meant in {
    "@": "day: 2026-05-06, recorded_on: 2026-05-07, as: p1",
    "$": 'at: "2026-05-06T09:30+08:00", as: p1',
    "§": "key: k, refused: [{code: role-required}], warned: [{code: rule-broken}], case: f1",
}.items():
    STORY = STORY.replace(sign, meant)


def library(folder: Path, guide: str = GUIDE, lexicon: str = LEXICON, site: str = SITE) -> Library:
    """A library of the guide, its lexicon and its site in that folder."""
    (folder / "lexicon").mkdir(exist_ok=True)
    for name, text in (("whole.yaml", guide), ("lexicon/shared.yaml", lexicon), ("jiandu.site.yaml", site)):
        (folder / name).write_text(text, encoding="utf-8")
    return Library(folder)
