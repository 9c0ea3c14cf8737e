"""A condition that reads a field or record before any path can have set it.

The act that fills it comes later, in states that lead nowhere near: a test of an absent field is false, so the
condition says nothing of the case, in every case. Move the act, or ask for something that is known by then.
"""

from collections.abc import Iterator

from jiandu.check.questions import Question, questions
from jiandu.check.subject import Subject
from jiandu.check.values import reads
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The conditions, each with the act that sets too late what it reads."""
    guide = subject.guide
    for question in questions(guide):
        for kind, *about in sorted(reads(guide, question.condition)):
            if not question.states or kind not in ("field", "record") or about[0].startswith("#"):
                continue
            setters = [guide.acts[about[0]]] if kind == "record" else list(_fillers(subject, about[0]))
            if setters and not any(_before(subject, act, question) for act in setters):
                definition = guide.fields[about[0]] if kind == "field" else guide.acts[about[0]].record[about[1]]
                facts = {"about": question.about, "field": definition.title, "act": setters[0].title}
                also = ((setters[0].place, "field-set-there"),)
                yield Finding("field-not-yet-known", question.condition.place, facts, also=also)


def _fillers(subject: Subject, name: str) -> Iterator[Act]:
    """The acts that may fill a field; nothing where a case may have it from its beginning."""
    guide = subject.guide
    if guide.fields[name].default is None and name not in guide.powers["open"].fills:
        yield from (act for act in guide.acts.values() if name in act.fills or name in act.sets)


def _before(subject: Subject, act: Act, question: Question) -> bool:
    """Whether the act may have been done when the condition is asked."""
    if act.name == question.acting:
        return True
    after = {act.to} if act.moves else {*act.states}
    return any(state in subject.graph.from_here(one) for one in after for state in question.states)
