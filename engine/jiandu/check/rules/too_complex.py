"""A condition with so many parts that nobody can read it aloud.

A refusal says the whole of it and cannot say which part it was. Split the act, or give each reason a rule of its own:
each is then one sentence, one article, one line of a refusal.
"""

from collections.abc import Iterator

from jiandu.check.questions import questions
from jiandu.check.subject import Subject
from jiandu.check.values import leaves
from jiandu.findings import Finding

SEVERITY = "warning"
MOST = 12
"""So many single questions are enough for one condition."""


def find(subject: Subject) -> Iterator[Finding]:
    """The conditions with more."""
    for question in questions(subject.guide):
        if (n := leaves(question.condition)) > MOST:
            facts = {"about": question.about, "n": n, "most": MOST}
            yield Finding("too-complex", question.condition.place, facts, message="too-complex-to-read")
