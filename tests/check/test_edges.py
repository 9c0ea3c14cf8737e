"""Where a rule begins to speak: the last good day beside the first bad one."""

from pathlib import Path

import pytest

from jiandu.check import check_text

GAPS = (Path(__file__).parent / "rules/version-gap/silent.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2026-10-30", "version-gap"),
        ("2026-10-31", ""),
        ("2026-11-01", "version-gap-overlap"),
        ("2026-11-02", "version-gap-overlap"),
    ],
)
def test_versions_share_no_day_and_leave_none_out(until: str, told: str) -> None:
    text = GAPS.replace("{until: 2026-10-31, length: 15 days}", f"{{until: {until}, length: 15 days}}")
    found = check_text(text.encode(), Path("small.yaml"))
    assert [finding.message or finding.rule for finding in found] == [told] * bool(told)
