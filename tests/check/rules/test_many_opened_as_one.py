"""When one case for several things loses some of them."""

import pytest

from guides_for_tests.faulty import told

LIST = "type: object, many: true, fields: {what: {title: 内容, type: text}}"


@pytest.mark.parametrize(
    "changed",
    [
        (LIST, LIST.replace(", many: true", "")),
        (LIST, "type: string, many: true"),
        (", holds: true", ""),
        (", holds: true", ", holds: false"),
        ("        opens: {related: finding}\n", ""),
        ("related: finding}", "related: finding, for_each: {record: found}}"),
    ],
)
def test_one_thing_or_a_case_for_each_or_one_that_nobody_waits_for_is_no_fault(changed: tuple[str, str]) -> None:
    assert told("many-opened-as-one", changed) == []


def test_every_list_is_told_at_the_opening() -> None:
    more = f"{LIST}}}, seen: {{title: 所见, {LIST}"
    found = told("many-opened-as-one", (LIST, more))
    assert [(str(one.place), [said for _, said in one.also]) for one in found] == [
        ("small.yaml:24:9", ["many-opened-as-one-list"])
    ] * 2
    assert len({one.also[0][0] for one in found}) == 2
