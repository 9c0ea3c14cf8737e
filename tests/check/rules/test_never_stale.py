"""What may be done again behind a step that counts for ever, and what may not."""

import pytest

from guides_for_tests.faulty import told

DRAFT = "draft: {title: 起草, by: clerk, before: end, repeat: true}"
ONCE = "draft: {title: 起草, by: clerk, before: end}"
READ = "read: {title: 审核, by: officer, when: {done: draft}, before: end}"
END = "end: {title: 结案, by: clerk, to: closed, outcome: over}"
BACK = (END, f"{END}, back: {{title: 退回, by: clerk, to: intake}}")
WHOLE = (f"      {READ}\n", "")
OF_ITSELF = "read: {title: 审核, by: officer, when: {served: letter}, repeat: true, sends: letter, before: end}"
SENT = "draft: {title: 发文, by: clerk, before: end, repeat: true, sends: letter}"
LETTER = ("states:\n", "documents: {letter: {title: 函, signed_by: clerk, addressed_to: clerk}}\nstates:\n")


def whole(during: str) -> tuple[str, str]:
    """The reading as a step of the whole case."""
    end = "  closed: {title: 办结, final: true}\n"
    step = f"read: {{title: 审核, by: officer, during: {during}, when: {{done: draft}}, before: end}}"
    return end, f"{end}steps:\n  {step}\n"


def others(*changes: tuple[str, str]) -> list[object]:
    return [one.facts["id"] for one in told("never-stale", *changes)]


@pytest.mark.parametrize(
    "changed",
    [
        [(READ, READ.replace("done: draft", "all: [{done: draft}, {entered: review}]"))],
        [(READ, READ.replace("by: officer", "by: officer, repeat: true"))],
        [LETTER, (DRAFT, SENT), (READ, READ.replace("done: draft", "signed: letter"))],
        [LETTER, (DRAFT, SENT), (READ, READ.replace("done: draft", "served: letter"))],
        [LETTER, (DRAFT, SENT), (READ, READ.replace("done: draft", "signed: draft"))],
        [LETTER, (DRAFT, SENT)],
        [(DRAFT, ONCE), BACK, WHOLE, whole("any_open")],
        [WHOLE, whole("[review]")],
    ],
)
def test_what_may_be_done_again_leaves_the_step_done(changed: list[tuple[str, str]]) -> None:
    assert others(*changed) == ["draft"]


@pytest.mark.parametrize(
    "changed",
    [
        [(DRAFT, ONCE)],
        [(DRAFT, ONCE), BACK],  # the step is of the same visit, and asked for anew
        [(DRAFT, ONCE), WHOLE, whole("any_open")],  # no way leads back
        [(READ, READ.replace("before: end", "optional: true"))],
        [(READ, READ.replace("done: draft", "ever: draft"))],
        [(READ, READ.replace("{done: draft}", "{not: {done: draft}}"))],
        [(READ, READ.replace("{done: draft}", "{any: [{done: draft}, {entered: review}]}"))],
        [(READ, READ.replace("before: end", "after: draft, before: end"))],
        [
            (DRAFT, f"{DRAFT}\n      look: {{title: 查, by: clerk, after: draft, before: end}}"),
            (READ, READ.replace("before: end", "after: look, before: end")),
        ],
        [LETTER, (DRAFT, ONCE), (READ, OF_ITSELF)],
        [
            (f"      {DRAFT}\n", ""),
            ("transitions: {go", f"steps: {{{DRAFT.replace('before: end', 'before: go')}}}\n    transitions: {{go"),
        ],
    ],
)
def test_what_is_done_once_or_followed_or_not_asked_for_is_no_fault(changed: list[tuple[str, str]]) -> None:
    assert others(*changed) == []


def test_each_step_is_told_once_with_the_place_of_what_is_done_again() -> None:
    read = READ.replace("done: draft", "done: [draft, look]")
    look = "look: {title: 查, by: clerk, before: end, repeat: true}"
    (found,) = told("never-stale", (READ, f"{look}\n      {read}"))
    assert (found.place.line, found.facts["id"]) == (20, "draft")
    assert [(place.line, said) for place, said in found.also] == [(18, "never-stale-repeated")]
