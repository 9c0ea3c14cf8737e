"""A rule that another rule of the same act already implies, or an alternative that an earlier one already holds.

Whatever the rule would refuse the other refuses as well, so it adds a second reason to every refusal and a bar that is
never needed; when the other one is loosened, nobody remembers that this one stands behind it. An alternative within
`any` that is true only where an earlier one is changes nothing: its author meant something else. Delete it, or narrow
the other.
"""

from collections.abc import Callable, Iterator

from jiandu.check.questions import Question
from jiandu.check.subject import Subject
from jiandu.check.values import Values, asked, cases, reads
from jiandu.findings import Finding
from jiandu.guide.conditions import Condition, Group, compiled, parts
from jiandu.guide.model import Act, Rule

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The rules behind another, and the alternatives behind an earlier one."""
    for question, _ in subject.answers:
        for node in parts(question.condition.node):
            if isinstance(node, Group) and node.kind == "any":
                yield from _repeated(subject, question, node)
    for act in subject.openers:
        for rule in act.rules:
            other = next((one for one in act.rules if one is not rule and _behind(subject, act, rule, one)), None)
            if other is not None:
                facts = {"act": act.title, "rule": rule.id, "other": other.id}
                yield Finding("shadowed", rule.place, facts, also=((other.place, "shadowed-by"),))


def _repeated(subject: Subject, question: Question, group: Group) -> Iterator[Finding]:
    alternatives = [compiled(part) for part in group.parts]
    for n, later in enumerate(alternatives):
        for earlier in alternatives[:n]:
            if _held(subject, question, earlier, later):
                also = ((earlier.place, "shadowed-before"),)
                yield Finding("shadowed", later.place, {"about": question.about}, message="shadowed-twice", also=also)
                break


def _held(subject: Subject, question: Question, earlier: Condition, later: Condition) -> bool:
    """Whether an alternative may be true, and only where an earlier one is."""
    if not reads(subject.guide, earlier) & reads(subject.guide, later):
        return False
    known = subject.known(question.states)
    found = cases(subject.guide, [earlier, later], known, question.acting) or ()
    true = [values for values in found if asked(later)(values)]
    return bool(true) and all(map(asked(earlier), true))


def _behind(subject: Subject, act: Act, rule: Rule, other: Rule) -> bool:
    if (other.warns and not rule.warns) or (rule.since, rule.until) != (other.since, other.until):
        return False
    ours, theirs = _conditions(rule), _conditions(other)
    if not any(reads(subject.guide, one) & reads(subject.guide, two) for one in ours for two in theirs):
        return False
    found = cases(subject.guide, ours + theirs, subject.known(act.states), act.name) or ()
    breaks, breaks_other = _breaking(rule), _breaking(other)
    broken = [(breaks(values), breaks_other(values)) for values in found]
    same = (False, True) not in broken
    behind = (True, True) in broken and (True, False) not in broken
    return behind and (not same or act.rules.index(other) < act.rules.index(rule))


def _conditions(rule: Rule) -> list[Condition]:
    return [rule.must, *([rule.if_] if rule.if_ else [])]


def _breaking(rule: Rule) -> Callable[[Values], bool]:
    """Whether some values break the rule."""
    must, if_ = asked(rule.must), asked(rule.if_) if rule.if_ else None
    return lambda values: (if_ is None or if_(values)) and not must(values)
