"""A condition that every case meets: it is decoration.

It reads like a bar and bars nothing. Usually a bound lies outside what the field can hold, a test of all choices was
written out, or a field is tested for being filled that a case cannot be without. Delete it, or write what was meant.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The conditions without an exception."""
    for question, answers in subject.answers:
        if answers and answers[0] == answers[1]:
            yield Finding("always-true", question.condition.place, question.facts(subject.guide))
