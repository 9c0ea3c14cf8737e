"""The small guides in which the rules find their faults, changed in exact places."""

from pathlib import Path

from jiandu.check import check_text
from jiandu.check.rules import rules
from jiandu.findings import Finding

FOLDER = Path(__file__).parents[1] / "check" / "rules"
RULES = {rule.id for rule in rules()}


def faulty(rule: str, *changes: tuple[str, str]) -> str:
    """The faulty guide of a rule with each of these texts, of which there is but one, replaced."""
    text = (FOLDER / rule / "fires.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old}: there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def findings(rule: str, *changes: tuple[str, str]) -> list[Finding]:
    """What every rule finds in that guide, which is one that can be read."""
    found = check_text(faulty(rule, *changes).encode(), Path("small.yaml"))
    assert {one.rule for one in found} <= RULES, found
    return list(found)


def told(rule: str, *changes: tuple[str, str]) -> list[Finding]:
    """What the rule itself finds there."""
    return [one for one in findings(rule, *changes) if one.rule == rule]
