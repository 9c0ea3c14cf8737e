"""What the rules know of a guide: a comparison reads on both of its sides."""

from guides_for_tests.faulty import findings


def found(rule: str, *changes: tuple[str, str]) -> set[str]:
    """The rules that speak of the faulty guide of `rule`, changed in these places."""
    return {finding.rule for finding in findings(rule, *changes)}


def test_a_field_read_on_the_right_of_a_comparison_is_a_field_read() -> None:
    since = ("kind: {title: 类别, type: string, required_from: review}", "since: {title: 日期, type: date}")
    when = "when: {today: {at_least: {field: since}}}"
    held = ("{title: 转入审查, by: clerk, to: review}", f"{{title: 转入审查, by: clerk, {when}, to: review}}")
    assert "field-never-set" not in found("field-never-set", since)
    assert "field-never-set" in found("field-never-set", since, held)


def test_a_step_that_waits_for_the_day_due_ends_no_period_by_accident() -> None:
    when = "when: {today: {more_than: {due: ask.reply}}}"
    assert found("superseded-by-accident", ("repeat: true, sends", f"repeat: true, {when}, sends")) == set()
