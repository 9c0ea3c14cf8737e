"""How much of the guide could not be decided, and what made it too much.

A condition that reads very many facts has more combinations of values than are tried, and a case of a large guide can
come to more situations than are looked at. What was not looked at to its end is neither right nor wrong; nothing is
claimed of it.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "advice"
PROFILE = "thorough"


def find(subject: Subject) -> Iterator[Finding]:
    """The questions without an answer, and the guide itself where a case can come to too many situations."""
    explorer, found = subject.explored
    if not found.whole:
        facts = {"n": len(found.next), "field": explorer.largest(found)}
        yield Finding("not-decided", subject.root.at("id").place, facts, message="not-decided-guide")
    for question, answers in subject.answers:
        if answers is None:
            yield Finding("not-decided", question.condition.place, {"about": question.about})
