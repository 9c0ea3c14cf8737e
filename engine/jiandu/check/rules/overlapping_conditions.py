"""Two transitions of a state whose conditions tell cases apart, and do not tell all of them apart.

Both test the same facts, each is open where the other is not, and for some card both are: whoever has to choose finds
no reason for either. Usually a bound belongs to both (`at_least: 5000` and `at_most: 5000`). Two ways that are a free
decision need no conditions about the same facts; two that lead to the same place with the same effects are no choice.
"""

from collections.abc import Iterator
from itertools import combinations

from jiandu.check.questions import told
from jiandu.check.subject import Subject
from jiandu.check.values import asked, cases, reads
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """Each such pair once, with the values for which both are open."""
    seen: set[tuple[str, str]] = set()
    for state, ways in subject.graph.ways.items():
        for one, other in combinations(ways, 2):
            if (one.name, other.name) in seen or not _alike(subject, one, other):
                continue
            seen.add((one.name, other.name))
            if both := _both(subject, state, one, other):
                facts = {"act": one.title, "other": other.title, "values": both}
                yield Finding("overlapping-conditions", other.place, facts, also=((one.place, "overlapping-other"),))


def _alike(subject: Subject, one: Act, other: Act) -> bool:
    """Whether one person has to choose between them, and by the same facts."""
    if one.when is None or other.when is None or one.event or other.event or not set(one.by) & set(other.by):
        return False
    same = (one.to, one.sets, one.outcome, one.outcome_field) == (
        other.to,
        other.sets,
        other.outcome,
        other.outcome_field,
    )
    return not same and reads(subject.guide, one.when) == reads(subject.guide, other.when)


def _both(subject: Subject, state: str, one: Act, other: Act) -> object | None:
    if one.when is None or other.when is None:
        return None
    first, second = asked(one.when), asked(other.when)
    answers = [
        (first(values), second(values), values)
        for values in cases(subject.guide, [one.when, other.when], subject.known((state,))) or ()
    ]
    apart = {(a, b) for a, b, _ in answers}
    if not {(True, True), (True, False), (False, True)} <= apart:
        return None
    return told(next(values for a, b, values in answers if a and b), subject.guide)
