"""A paper that has to reach somebody, and says of nobody who it is.

It says how it is served, but has no `addressed_to`: it is never served. Or its addressee stands in a field
that no act can have filled by then, and the service is refused.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Event

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The papers without an addressee who want one, and the steps that send to an empty field."""
    guide = subject.guide
    for document in guide.documents.values():
        nobody = not document.recipients and not document.addressed_field
        if nobody and document.modes and subject.own(document.place):
            yield Finding("addressee-unknown", document.place, {"document": document.title})
    for act in subject.openers:
        name = guide.documents[act.document].addressed_field if act.document else ""
        if name and guide.fields[name].default is None and name not in guide.powers["open"].fills:
            fillers = subject.bringing(Event("field", name)) or ()
            if not any(filler.step == act.step or subject.graph.may_follow(filler, act) for filler in fillers):
                facts = {"document": guide.documents[act.document].title, "field": guide.fields[name].title}
                yield Finding("addressee-unknown", act.place, facts, message="addressee-unknown-field")
