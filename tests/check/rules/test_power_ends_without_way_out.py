"""When a limit that ran out leaves no way out of a state, and when one is left."""

import pytest

from guides_for_tests.faulty import told

RULE = "rules: {in_time: {must: {not: {overdue: reading}}, says: 应当按期阅卷}}"
READ = f"read: {{title: 阅卷, by: clerk, {RULE}, before: go}}"
GO = "go: {title: 转入审查, by: clerk, to: review}"
END = "when: {not: {missed: looking}}"
TURN = "when: {act.day: {at_most: {due: looking}}}"
WAIT = "when: {running: looking}"
LOOKING = "length: 20 days, met_by: {done: look}"
READING = "length: 20 days, met_by: {done: read}"
FIELDS = ("states:\n", "fields: {began: {title: 开始日, type: date}}\nstates:\n")
SKIM = (f"{READ}\n", f"{READ}\n      skim: {{title: 略读, by: clerk, optional: true}}\n")
CLOSED = "by: clerk, to: closed, outcome: over"
CLOSING = [(f"{title}, by: clerk, to: intake", f"{title}, {CLOSED}") for title in ("退回", "转回受理")]
INTAKE = ("受理", "阅卷")
REVIEW = ("审查", "查看")


def whole(during: str) -> list[tuple[str, str]]:
    """The reading as a step of the whole case."""
    step = READ.replace("by: clerk", f"by: clerk, during: {during}")
    return [(f"    steps:\n      {READ}\n", ""), ("deadlines:\n", f"steps: {{{step}}}\ndeadlines:\n")]


def shut(*changes: tuple[str, str]) -> set[tuple[str, str]]:
    """The states without a way out, each with the limit that shuts it."""
    found = told("power-ends-without-way-out", *changes)
    return {(one.facts["state"].zh, one.facts["deadline"].zh) for one in found}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "when",
    [
        "{not: {missed: looking}}",
        "{running: looking}",
        "{running: [looking, reading]}",
        "{today: {less_than: {due: looking}}}",
        "{today: {at_most: {due: looking}}}",
        "{act.day: {at_most: {due: looking, minus: 3 days}}}",
        "{all: [{entered: review}, {running: looking}]}",
    ],
)
def test_an_act_that_only_a_running_limit_allows_ends_with_it(when: str) -> None:
    assert REVIEW in shut((TURN, f"when: {when}"))


@pytest.mark.parametrize(
    "when",
    [
        "{entered: review}",
        "{missed: looking}",
        "{overdue: looking}",
        "{not: {missed: [looking, reading]}}",
        "{not: {missed: looking, entered: closed}}",
        "{not: {not: {missed: looking}}}",
        "{not: {running: looking}}",
        "{not: {overdue: looking}}",  # a step done late still meets it
        "{any: [{running: looking}, {entered: intake}]}",
        "{act.day: {at_least: {due: looking}}}",
        "{act.day: {more_than: {due: looking}}}",
        "{act.day: {at_most: {due: looking, plus: 3 days}}}",
        "{act.day: {at_most: {due: reading}}}",
        "{act.day: {at_most: {field: began}}}",
        "{act.day: {at_most: 2026-05-06}}",
        "{began: {at_most: {due: looking}}}",
    ],
)
def test_an_act_that_may_still_be_done_is_a_way_out(when: str) -> None:
    assert REVIEW not in shut(FIELDS, (TURN, f"when: {when}"))


@pytest.mark.parametrize(
    ("changed", "shuts"),
    [
        ([], True),
        ([(LOOKING, f"{LOOKING}, pause: {{while: intake}}")], True),
        ([(LOOKING, f"{LOOKING}, pause: {{while: review}}")], False),
        ([(LOOKING, f"{LOOKING}, pause: {{while: [intake, review]}}")], False),
        ([(LOOKING, LOOKING.replace("look}", "read}"))], True),  # which a case that is turned back does again
        ([(LOOKING, LOOKING.replace("look}", "read}")), *CLOSING], False),
        ([(LOOKING, LOOKING.replace("{done: look}", "[{done: read}, {done: look}]")), *CLOSING], True),
        ([(LOOKING, LOOKING.replace("done: look", "missed: reading"))], False),
        (CLOSING, True),
    ],
)
def test_a_limit_that_stands_still_or_is_met_for_good_shuts_nothing(
    changed: list[tuple[str, str]], *, shuts: bool
) -> None:
    assert (REVIEW in shut(*changed)) is shuts


@pytest.mark.parametrize(
    "changed",
    [
        [
            (READ, READ.replace("before: go", "optional: true, record: {ok: {title: 可, type: boolean}}")),
            (GO, GO.replace("to:", "when: {read.ok: true}, to:")),
        ],
        [(READ, READ.replace("overdue", "missed"))],
        [(READING, f"{READING}, void_by: {{done: go}}")],  # which waits for the step itself
        [*whole("[intake]")],
    ],
)
def test_a_step_that_the_way_waits_for_ends_it_too(changed: list[tuple[str, str]]) -> None:
    assert INTAKE in shut(*changed)


@pytest.mark.parametrize(
    "changed",
    [
        [(READ, READ.replace("before: go", "optional: true"))],
        [(READ, READ.replace("rules:", "when: {entered: review}, rules:"))],
        [(READ, READ.replace("must:", "if: {entered: review}, must:"))],
        [(READ, READ.replace("must:", "enforce: warn, must:"))],
        [SKIM, (READING, READING.replace("{done: read}", "[{done: read}, {done: skim}]"))],
        [SKIM, (READING, f"{READING}, void_by: {{done: skim}}")],
        [(READING, f"{READING}, void_by: {{missed: looking}}")],
        [(READ, READ.replace(f"{RULE}, ", "")), (GO, GO.replace("to:", "when: {not: {overdue: reading}}, to:"))],
        [*whole("[intake, review]")],
        [(GO, f"{GO}, away: {{title: 不受理, by: clerk, to: closed, outcome: over}}")],
    ],
)
def test_a_step_that_need_not_be_done_or_a_limit_that_something_else_ends_leaves_a_way(
    changed: list[tuple[str, str]],
) -> None:
    assert INTAKE not in shut(*changed)


def test_it_is_told_at_the_bar_where_there_is_but_one() -> None:
    found = told("power-ends-without-way-out")
    assert [(one.place.line, one.place.length) for one in found] == [(15, 3), (17, 6)]
