"""A condition that no case can ever meet.

Whatever the card says, however the papers stand: the act is never the right one, the rule never applies, the time
limit never runs. Usually two tests exclude one another, or a number is asked for that its field cannot hold. All values
that make a difference are tried, so the finding is certain; what is too much to try is `not-decided`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The conditions of which every combination of values is an exception."""
    for question, answers in subject.answers:
        if answers and answers[0] == 0:
            yield Finding("never-true", question.condition.place, question.facts(subject.guide))
