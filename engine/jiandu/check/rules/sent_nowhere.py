"""A paper that conditions speak of and that no step sends.

It is never signed, served or answered, so what the conditions ask can never be true. Add the step with `sends: …`, or
name the paper that is really sent.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.conditions import Fact

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """Each such paper once, where the guide first speaks of it."""
    told: set[str] = set()
    for node in subject.asked:
        for name in node.names if isinstance(node, Fact) and node.kind in PAPERS else ():
            document = subject.guide.documents.get(name)
            if document and name not in told and not subject.senders(name) and subject.own(node.place):
                told.add(name)
                yield Finding("sent-nowhere", node.place, {"document": document.title, "id": name})


PAPERS = ("signed", "released", "served", "answered")
