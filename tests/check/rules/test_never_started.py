"""What can start a time limit, and in which cases an act that would start it is barred."""

import pytest

from guides_for_tests.faulty import told

LOOKING = "counts_from: {field: heard_on}"
NO_LOOKING = (f"  looking: {{title: 审查期限, owed_by: clerk, {LOOKING}, length: 7 days, met_by: {{done: end}}}}\n", "")
REPORTING = "when: {kind: b}, counts_from: {done: hear}"
HEAR = "hear: {title: 听证, by: clerk, when: {kind: a}, before: end}"
KIND = "kind: {title: 类别, type: choice, choices: {a: 甲, b: 乙}, required_from: intake}"
SENT = (HEAR, HEAR.replace("before", "sends: letter, before"))
CLOSED = "  closed: {title: 办结, final: true}\n"
LOST = (
    CLOSED,
    f"""{CLOSED}  lost:
    title: 失
    steps: {{find: {{title: 寻, by: clerk, before: out}}}}
    transitions: {{out: {{title: 出, by: clerk, to: closed, outcome: over}}}}
""",
)
BARS_A = (HEAR, HEAR.replace("kind: a", "not: {kind: b}"))
OF_B = (REPORTING, "when: {not: {kind: a}}, counts_from: {done: hear}")
LETTER = ("states:\n", "documents: {letter: {title: 函, signed_by: clerk, addressed_to: clerk%s}}\nstates:\n")


def letter(reply: str = "") -> tuple[str, str]:
    """A document, which no step sends yet."""
    return LETTER[0], LETTER[1] % reply


def barred(*changes: tuple[str, str]) -> int:
    found = told("never-started", NO_LOOKING, *changes)
    assert {one.message for one in found} <= {"never-started-barred"}
    return len(found)


def unstarted(event: str, *changes: tuple[str, str]) -> int:
    looking = (LOOKING, f"counts_from: {event}")
    return len([one for one in told("never-started", looking, *changes) if not one.message])


# nothing happens


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        ("{field: heard_on}", []),
        ("{entered: lost}", [LOST]),
        ("{done: find}", [LOST]),
        ("{done: out}", [LOST]),
        ("{served: letter}", [letter()]),
        ("{answered: letter}", [letter(), SENT]),
        ("[{field: heard_on}, {served: letter}]", [letter()]),
    ],
)
def test_an_event_that_nothing_brings_about_starts_nothing(event: str, changed: list[tuple[str, str]]) -> None:
    assert unstarted(event, *changed) == 1


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        ("{entered: intake}", []),
        ("{entered: review}", []),
        ("{entered: closed}", []),
        ("{done: go}", []),
        ("{missed: reporting}", []),
        ("{opened: more}", [("states:\n", "related: {more: {title: 另案, guide: small}}\nstates:\n")]),
        ("{field: heard_on}", [("fills: [kind]", "fills: [kind, heard_on]")]),
        ("{field: heard_on}", [(HEAR, HEAR.replace("before", "fills: heard_on, before"))]),
        ("{field: heard_on}", [(HEAR, HEAR.replace("before", "sets: {heard_on: 2026-03-02}, before"))]),
        ("[{field: heard_on}, {done: hear}]", []),
        ("{served: letter}", [letter(), SENT]),
        ("{served: hear}", [letter(), SENT]),
        ("{answered: letter}", [letter(", reply: {within: 7 days, by: clerk}"), SENT]),
    ],
)
def test_an_event_that_something_brings_about_starts_the_limit(event: str, changed: list[tuple[str, str]]) -> None:
    assert unstarted(event, *changed) == 0


# the act is barred where the limit asks


@pytest.mark.parametrize(
    "changed",
    [
        [],
        [OF_B],
        [
            (REPORTING, "when: {kind: b}, counts_from: [{done: hear}, {done: again}]"),
            (HEAR, f"{HEAR}, again: {{title: 再听, by: clerk, when: {{not: {{kind: b}}}}, before: end}}"),
        ],
        [letter(), SENT],
        [BARS_A, OF_B],  # which is filled there
        [(HEAR, HEAR.replace("kind: a", "kind: a, entered: review"))],  # the limit reads but a field
    ],
)
def test_a_limit_for_the_cases_in_which_the_act_is_barred_is_never_started(changed: list[tuple[str, str]]) -> None:
    assert barred(*changed) == 1


@pytest.mark.parametrize(
    "changed",
    [
        [(REPORTING, "when: {kind: a}, counts_from: {done: hear}")],
        [(REPORTING, "when: {kind: b}, counts_from: {entered: review}")],
        [(REPORTING, "when: {kind: b}, counts_from: [{done: hear}, {entered: review}]")],
        [
            (REPORTING, "when: {kind: b}, counts_from: [{done: hear}, {done: again}]"),
            (HEAR, f"{HEAR}, again: {{title: 再听, by: clerk, before: end}}"),
        ],
        [
            (REPORTING, "when: {kind: b}, counts_from: [{done: hear}, {done: again}]"),
            (HEAR, f"{HEAR}, again: {{title: 再听, by: clerk, when: {{kind: b}}, before: end}}"),
        ],
        [(REPORTING, "when: {kind: b, entered: review}, counts_from: {done: hear}")],  # more than the field is read
        [(HEAR, HEAR.replace("before", "fills: kind, before"))],  # the act itself may turn one into the other
        [(HEAR, HEAR.replace("before", "sets: {kind: b}, before"))],
        [BARS_A, OF_B, (KIND, KIND.replace("intake", "closed"))],  # empty is neither
    ],
)
def test_a_limit_that_some_case_starts_is_no_fault(changed: list[tuple[str, str]]) -> None:
    assert barred(*changed) == 0


def test_a_bar_is_told_with_its_place() -> None:
    (found,) = told("never-started", NO_LOOKING)
    assert [(place.line, said) for place, said in found.also] == [(24, "never-started-when")]
