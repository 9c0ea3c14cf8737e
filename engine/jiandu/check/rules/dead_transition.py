"""A transition that is never possible, though its condition alone could be true.

Whatever leads to its state has made the condition false, or what it waits for cannot be done there: it stands in the
guide and no case will ever go that way. Every situation that a case can come to was looked at.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"
PROFILE = "release"
EXPLORES = True


def find(subject: Subject) -> Iterator[Finding]:
    """The transitions without a case; nothing where not every situation was looked at."""
    explorer, found = subject.explored
    if not found.whole:
        return
    never = {question.condition.place for question, answers in subject.answers if answers and not answers[0]}
    made = {move.act.name for n in found.made for move in explorer.ways[n].moves if move.act}
    for act in subject.guide.acts.values():
        reached = any(state in subject.graph.reached for state in act.states)
        if act.moves and reached and act.name not in made and not (act.when and act.when.place in never):
            yield Finding("dead-transition", act.place, {"act": act.title})
