"""A guide in which much of what the explorer follows bears on the way of a case: papers, people, days, duties."""

from guides_for_tests.small import small

TEXT = """
roles:
  clerk: {title: 书记员}
  boss: {title: 检察长}
  lead: {title: 承办人, assigned: one}
  helper: {title: 助理, assigned: several}
  above: {title: 上级院检察长, unit: superior}
  province: {title: 省院检察长, unit: province}
  panel: {title: 合议组, collective: true, quorum: 3, recorded_by: [clerk]}
  police: {title: 公安机关, outside: true}
  court: {title: 人民法院, outside: true}
open: {by: [lead, clerk], fills: [kind, heard]}
powers: {assign: clerk}
fields:
  kind: {title: 类别, type: choice, choices: {x: 甲, y: 乙, z: 丙}, required_from: b}
  heard: {title: 听证日, type: date, required_from: a}
  met: {title: 会见日, type: date}
  number: {title: 人数, type: integer, min: 3}
  span: {title: 期间, type: period}
  measures: {title: 措施, type: choice, many: true, choices: {p: 措施一, q: 措施二}}
  checks: {title: 核对, type: checklist, points: {one: 管辖, two: 时限}, choices: {ok: 无误, doubt: 存疑}}
  whom: {title: 主送, type: choice, choices: {police: 公安机关, court: 法院}}
  result: {title: 结果, type: choice, choices: {well: 好, badly: 坏}}
outcomes: {well: 好, badly: 坏}
documents:
  notice: {title: 通知书, signed_by: boss, released_by: clerk, addressed_to: [police, court],
    reply: {within: 7 days, by: lead, record: {agreed: {title: 同意, type: boolean, required: true}}}}
  memo: {title: 备忘, signed_by: boss}
  draft: {title: 底稿}
  letter: {title: 函, released_by: clerk, addressed_to: {field: whom}, copies_to: court, reply: none}
  order: {title: 令, signed_by: boss, addressed_to: police, reply: {within: in_document, default: 9 days, by: lead}}
states:
  a:
    title: 甲
    steps:
      take: {title: 派, by: clerk, assigns: lead, before: [go]}
      list:
        title: 列
        by: lead
        repeat: true
        after: [take]
        fills: [kind, number, span, measures, checks]
        record:
          on: {title: 日, type: date, required: true}
          at: {title: 时, type: datetime, required: true}
          how: {title: 方式, type: choice, choices: {spot: 抽查, full: 全查}, required: true}
          pages: {title: 页数, type: integer, min: 2, required: true}
          sum: {title: 金额, type: amount, required: true}
          fits: {title: 可, type: boolean, required: true}
          lasts: {title: 期, type: period, required: true}
          slip: {title: 回执, type: attachment, required: true}
          points: {title: 要点, type: checklist, points: {f: 事实}, required: true,
            choices: {sure: 清楚, not_sure: 不清}}
          place: {title: 处, type: object, required: true, fields: {
            street: {title: 街, type: string, required: true}, no: {title: 号, type: integer}}}
          said: {title: 说, type: text, many: true, required: true}
          free: {title: 余, type: choice, choices: {m: 多, n: 少}}
        before: [go]
      check: {title: 核, by: [lead, boss], not_by: [list], after: [list],
        people: {at_least: 2, of: [lead, helper], including: lead}, before: [go]}
      hear: {title: 听, by: lead, when: {today: {more_than: {field: heard, plus: 100 days}}}, optional: true,
        fills: [met]}
      wait: {title: 等, by: lead, when: {act.day: {at_least: {field: heard, plus: 3 days}}}, optional: true, at_most: 2}
      soon: {title: 早, by: lead, when: {today: {less_than: {field: heard, minus: 100 days}}}, optional: true}
      memo: {title: 记, by: clerk, sends: memo, optional: true, after: [take]}
      jot: {title: 稿, by: clerk, sends: draft, optional: true, repeat: true, fills: [result]}
    transitions:
      go: {title: 走, by: above, to: b,
        rules: {right_kind: {if: {list.how: full}, must: {kind: [x, y]}, says: 只收甲乙}}}
      leave: {title: 散, by: panel, when: {list.fits: false, measures: {includes: p}}, to: d, outcome: badly}
      fell: {title: 出事, by: clerk, event: true, to: b}
  b:
    title: 乙
    steps:
      tell: {title: 告, by: lead, sends: notice, repeat: true, before: [close]}
      urge: {title: 催, by: lead, optional: true, repeat: true, when: {overdue: tell.reply}}
      weigh: {title: 衡, by: province, after: [tell], repeat: true, optional: true,
        when: {answered: notice, tell.answer.agreed: false}}
      send: {title: 发, by: lead, sends: letter, fills: [whom], optional: true,
        when: {number: {more_than: 5}, checks: {any_is: doubt}}}
      command: {title: 令, by: lead, sends: order, optional: true, at_most: 2, when: {span: 10 days, signed: memo}}
      note: {title: 注, by: lead, optional: true, when: {any: [
        {served: notice, to: police, not: {served: notice}}, {ever: jot, released: letter}]}}
    transitions:
      back: {title: 回, by: boss, to: a, resumes: true, when: {not: {missed: weighing}}}
      again: {title: 重, by: clerk, to: a, when: {overdue: tell.reply}}
      close: {title: 结, by: boss, to: c, outcome: {field: result}, fills: [result], when: {done: tell, kind: y}}
  c:
    title: 丙
    transitions:
      reopen: {title: 重开, by: clerk, to: a, reopens: true, when: {running: ending}}
      shelve: {title: 归档, by: clerk, to: d}
  d: {title: 丁, final: true}
deadlines:
  tell.reply: {on_missed: {duty: urge}}
  weighing: {title: 衡量, owed_by: lead, counts_from: {entered: b}, length: 5 days,
    met_by: [{done: weigh}, {served: notice}],
    void_by: {done: close}, pause: {while: a}}
  ending: {title: 申诉, right_of: police, counts_from: {done: close}, length: 10 days,
    when: {kind: y}, met_by: {done: reopen}}
  meeting: {title: 会见, owed_by: lead, counts_from: {field: heard}, length: 30 days, met_by: {field: met},
    on_missed: {duty: list}, survives: close}
statements:
  - {never: {entered: d, not: {entered: a}}, says: 归档的都受理过}
"""
CLAIMS = """
  - {never: {done: list, list.how: full}, says: 无}
  - {never: {done: list, list.free: m}, says: 无}
  - {never: {answered: notice, tell.answer.agreed: true}, says: 无}
  - {never: {ever: list, done: {list: {at_least: 2}}}, says: 无}
  - {never: {running: tell.reply, served: notice}, says: 无}
  - {never: {signed: tell, released: notice}, says: 无}
  - {never: {overdue: weighing, today: {more_than: {due: weighing}}}, says: 无}
  - {never: {missed: ending, act.day: {at_most: {due: ending, minus: 2 days}}}, says: 无}
  - {never: {missed: ending, overdue: ending}, says: 无}
  - {never: {done: list, list.day: {less_than: {field: heard, plus: 3 days}}}, says: 无}
  - {never: {records: {list: {where: {fits: true}, distinct: day, at_least: 2}}}, says: 无}
  - {never: {served: notice, to: court, number: {at_least: 4, less_than: 9}}, says: 无}
  - {never: {measures: {includes: p}, checks: {any_is: doubt}, unit.level: {at_least: city}, has: span}, says: 无}
"""

MANIFOLD = small(TEXT)
CLAIMING = small(TEXT.rstrip() + CLAIMS)
"""The same with statements that look at everything, most of which some case breaks."""
