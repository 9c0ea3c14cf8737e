"""The first possible day: exact, and only where time alone stands in the way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides_for_tests.matter import BOSS, Matter
from guides_for_tests.small import small
from jiandu.case import Refusal

GUIDE = small("""
open: {by: clerk, fills: [on, late_on]}
fields:
  on: {title: 日, type: date}
  late_on: {title: 晚日, type: date}
documents: {notice: {title: 通知书, addressed_to: police}}
states:
  a:
    title: 甲
    steps:
      notify: {title: 通知, by: clerk, optional: true, sends: notice}
      met: {title: 履行, by: clerk, optional: true}
      late:
        title: 逾期后
        by: clerk
        optional: true
        when: {overdue: limit}
        record: {x: {title: 项, type: string, required: true}}
      three:
        title: 三日后
        by: clerk
        optional: true
        rules: {three: {must: {act.day: {at_least: {field: on, plus: 3 days}}}, says: 三日后}}
      before: {title: 三日前, by: clerk, optional: true, when: {today: {at_most: {field: on, minus: 3 days}}}}
      month: {title: 满月, by: clerk, optional: true, when: {on: {at_most: {field: today, minus: 1 months}}}}
      ahead: {title: 前三日内, by: clerk, optional: true, when: {on: {at_most: {field: act.day, plus: 3 days}}}}
      one_day: {title: 当日, by: clerk, optional: true, when: {today: {field: on}}}
      days: {title: 两日, by: clerk, optional: true, when: {today: [2026-05-06, 2026-06-01]}}
      due_day: {title: 满日, by: clerk, optional: true, when: {today: {more_than: {due: limit}}, not: {done: met}}}
      never: {title: 不成, by: clerk, optional: true, when: {all: [{overdue: limit}, {done: met}]}}
      span:
        title: 区间
        by: clerk
        optional: true
        when: {today: {more_than: {field: on}, less_than: {field: late_on}}}
      until:
        title: 届时前须履行
        by: clerk
        optional: true
        rules: {met: {if: {today: {less_than: {field: on}}}, must: {done: met}, says: 届时前须先履行}}
      hidden: {title: 未到不必, by: clerk, when: {not: {overdue: limit}}}
    transitions:
      move: {title: 走, by: clerk, to: b, when: {today: {at_least: {field: on}}}}
  b: {title: 乙, final: true}
deadlines:
  limit:
    title: 期限
    owed_by: police
    counts_from: {served: notify}
    length: 15 days
    met_by: {done: met}
    on_missed: {nothing: true}
""")
ASKED = ("late", "three", "before", "month", "ahead", "one_day", "days", "due_day", "never", "span", "until", "move")
WAITS = {"too-early", "not-applicable", "rule-broken"}
RECORDS = {"late": {"x": "有"}}


def served() -> Matter:
    return Matter(GUIDE).open().send("notify", "police", day="2026-04-16")


@pytest.mark.parametrize("act", ["late", "due_day"])
def test_the_day_after_the_due_day_is_the_first(act: str) -> None:
    [reason] = served().refused(act, record=RECORDS.get(act, {}))
    assert (reason.code, str(reason.earliest)) == ("too-early", "2026-05-07")


@pytest.mark.parametrize(
    ("act", "first"),
    [
        ("three", "2026-03-12"), ("month", "2026-04-09"), ("ahead", "2026-03-06"), ("one_day", "2026-03-09"),
        ("days", "2026-05-06"), ("span", "2026-03-10"),
    ],
)  # fmt: skip
def test_a_test_of_days_names_the_first_day_on_which_it_turns(act: str, first: str) -> None:
    matter = Matter(GUIDE).open(on="2026-03-09", late_on="2026-03-20").send("notify", "police")
    matter.today = date(2026, 3, 4)
    found = [reason for reason in matter.refused(act) if reason.earliest]
    assert [(reason.code, str(reason.earliest)) for reason in found] == [("too-early", first)]


def test_a_rule_that_binds_until_a_day_is_waited_for() -> None:
    [reason] = Matter(GUIDE).open(on="2026-03-09").refused("until")
    assert (reason.code, reason.rule, str(reason.earliest)) == ("too-early", "met", "2026-03-09")


def test_it_is_said_in_the_refusal() -> None:
    [reason] = served().refused("late", record=RECORDS["late"])
    assert "2026年5月7日" in reason.text("zh")
    assert "7 May 2026" in reason.text("en")


def test_there_is_no_first_day_while_anything_else_stands_in_the_way() -> None:
    matter = served()
    assert {r.code for r in matter.refused("late", by=BOSS, record=RECORDS["late"])} == {
        "not-applicable",
        "role-required",
    }
    assert {r.code for r in matter.refused("late")} == {"not-applicable", "record-invalid"}
    assert [r.code for r in matter.refused("never")] == ["not-applicable"]
    assert [r.code for r in Matter(GUIDE).open().refused("late", record=RECORDS["late"])] == ["not-applicable"]


def test_a_day_asked_for_ahead_is_a_day_to_come_besides() -> None:
    matter = served()
    assert matter.codes("late", day="2026-04-20", record=RECORDS["late"]) == ["future-day", "too-early"]


def test_nothing_is_looked_for_beyond_four_hundred_days() -> None:
    far = Matter(GUIDE).open(on="2027-04-06")
    assert [str(r.earliest) for r in far.refused("one_day")] == ["2027-04-06"]
    assert far.today + timedelta(days=400) == date(2027, 4, 6)
    assert Matter(GUIDE).open(on="2027-04-07").codes("one_day") == ["not-applicable"]


def test_a_step_that_time_will_excuse_counts_too() -> None:
    matter = Matter(GUIDE).open(on="2026-04-20").send("notify", "police", day="2026-04-16")
    assert {(r.code, str(r.earliest)) for r in matter.refused("move")} >= {("too-early", "2026-05-07")}


days = st.dates(date(2026, 2, 1), date(2026, 8, 31))


@given(act=st.sampled_from(ASKED), on=days, late_on=days, serve=st.dates(date(2026, 3, 2), date(2026, 5, 31)))
def test_the_first_day_is_exact(act: str, on: date, late_on: date, serve: date) -> None:
    matter = Matter(GUIDE).open(on=on.isoformat(), late_on=late_on.isoformat())
    matter.send("notify", "police", day=serve.isoformat())
    decision = matter.ask(act, record=RECORDS.get(act, {}))
    reasons = decision.reasons if isinstance(decision, Refusal) else ()
    first = first_clean_day(matter, act) if {r.code for r in reasons} & WAITS else None
    assert {reason.earliest for reason in reasons} - {None} == ({first} if first else set())


def first_clean_day(matter: Matter, act: str) -> date | None:
    """The first of 401 days on which the act is accepted, each simply tried."""
    begin = matter.today
    for ahead in range(401):
        matter.today = begin + timedelta(days=ahead)
        if not matter.codes(act, record=RECORDS.get(act, {})):
            return matter.today
    return None
