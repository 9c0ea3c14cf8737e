"""A rule that another rule of the same act already implies.

Whatever it would refuse the other refuses as well, so it adds a second reason to every refusal and a bar that is never
needed; when the other one is loosened, nobody remembers that this one stands behind it. Delete it, or narrow the other.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.check.values import Values, asked, cases
from jiandu.findings import Finding
from jiandu.guide.conditions import Condition
from jiandu.guide.model import Act, Rule

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The rules behind another."""
    for act in subject.openers:
        for rule in act.rules:
            other = next((one for one in act.rules if one is not rule and _behind(subject, act, rule, one)), None)
            if other is not None:
                facts = {"act": act.title, "rule": rule.id, "other": other.id}
                yield Finding("shadowed", rule.place, facts, also=((other.place, "shadowed-by"),))


def _behind(subject: Subject, act: Act, rule: Rule, other: Rule) -> bool:
    if (other.warns and not rule.warns) or (rule.since, rule.until) != (other.since, other.until):
        return False
    conditions = _conditions(rule) + _conditions(other)
    found = cases(subject.guide, conditions, subject.known(act.states), act.name)
    broken = [values for values in found or () if _broken(rule, values)]
    if not broken or not all(_broken(other, values) for values in broken):
        return False
    same = all(_broken(rule, values) for values in found or () if _broken(other, values))
    return not same or act.rules.index(other) < act.rules.index(rule)


def _conditions(rule: Rule) -> list[Condition]:
    return [rule.must, *([rule.if_] if rule.if_ else [])]


def _broken(rule: Rule, values: Values) -> bool:
    return (rule.if_ is None or asked(rule.if_)(values)) and not asked(rule.must)(values)
