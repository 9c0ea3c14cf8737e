"""Conditions read back in words, in both languages, each name by the title of its own kind."""

import pytest

from guides_for_tests.small import small
from jiandu.guide.words import condition_words

TEXT = """
fields:
  n: {title: 人数, type: integer}
  kind: {title: 类别, type: choice, choices: {x: 甲类, y: 乙类}}
  list: {title: 名录, type: choice, many: true, choices: {x: 甲类, y: 乙类}}
  flag: {title: 急, type: boolean}
  on: {title: 立案日, type: date}
  span: {title: 期间, type: period}
documents: {notice: {title: 通知书, addressed_to: police, reply: {within: 7 days}}}
states:
  a:
    title: 受理阶段
    steps:
      act: {title: 办理, by: clerk, when: CONDITION, optional: true, record: {m: {title: 数量, type: integer}}}
      review: {title: 审核, by: clerk, optional: true, repeat: true}
      send: {title: 发文, by: clerk, optional: true, sends: notice}
      ask: {title: 询问, by: clerk, optional: true}
  review_state: {title: 审查阶段}
deadlines: {limit: {title: 办案期限, owed_by: clerk, counts_from: {entered: a}, length: 7 days}}
"""
SAID = [
    ("{n: 3}", "人数为3"),
    ("{kind: y}", "乙类"),
    ("{kind: [x, y]}", "甲类或乙类"),
    ("{list: {includes: x}}", "包括甲类"),
    ("{flag: true}", "是"),
    ("{on: {at_least: 2026-05-06}}", "不早于2026年5月6日"),
    ("{on: {less_than: {field: today, minus: 3 days}}}", "早于办理之日前3日之日"),
    ("{span: 15 days}", "15日"),
    ("{done: review}", "“审核”已完成"),
    ("{done: send}", "“通知书”已完成"),
    ("{done: {review: {at_least: 2}}}", "至少2次"),
    ("{entered: review_state}", "案件曾进入“审查阶段”"),
    ("{served: notice, to: police}", "《通知书》已送达公安机关"),
    ("{answered: send}", "《通知书》已获答复"),
    ("{overdue: limit}", "“办案期限”期限已届满"),
    ("{missed: send.reply}", "《通知书》的回复期限"),
    ("{has: [n, on]}", "“人数”已填写，且“立案日”已填写"),
    ("{act.m: {at_least: 3}}", "“办理”所记“数量”不少于3"),
    ("{on: {at_least: {due: limit}}}", "“办案期限”届满之日"),
    ("{unit.level: {at_least: city}}", "本院级别不少于市级院"),
    ("{not: {any: [{n: 1}, {n: 2}]}}", "并非"),
    ("{n: 1, any: [{n: 2}, {n: 3}]}", "（"),
]


@pytest.mark.parametrize(("condition", "said"), SAID, ids=[condition for condition, _ in SAID])
def test_a_condition_is_said_in_words(condition: str, said: str) -> None:
    guide = small(TEXT.replace("CONDITION", condition))
    when = guide.acts["act"].when
    assert when is not None
    chinese, english = (condition_words(when, guide, language) for language in ("zh", "en"))
    assert said in chinese
    assert english
    assert "{" not in chinese + english


def test_a_state_that_is_called_like_an_act_is_said_by_its_own_title() -> None:
    text = TEXT.replace("review_state", "ask").replace("CONDITION", "{entered: ask, done: ask}")
    guide = small(text)
    assert condition_words(guide.acts["act"].when, guide, "zh") == "案件曾进入“审查阶段”，且“询问”已完成"
