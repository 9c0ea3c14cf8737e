"""A period that runs from a paper which may be sent again, without `each: true`.

A second paper, about another wrong, ends the period of the first: nobody has to answer that one any more, and nobody
is late with it. With `each: true` both run, and an answer names its paper. Where the later paper is meant to take the
place of the earlier, let the step wait until the period no longer runs.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.conditions import Fact
from jiandu.guide.model import Act, Deadline

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The periods from papers of repeated steps, unless the step itself looks at the period or at what ends it."""
    guide = subject.guide
    for deadline in guide.deadlines.values():
        if deadline.each or deadline.right:
            continue
        for act in subject.openers:
            from_it = any(e.kind in PAPERS and e.name in (act.step, act.document) for e in deadline.counts_from.events)
            if act.document and from_it and act.repeat and not _looks(subject, act, deadline):
                yield Finding("superseded-by-accident", act.place, {"document": guide.documents[act.document].title})


PAPERS = ("signed", "released", "served")


def _looks(subject: Subject, act: Act, deadline: Deadline) -> bool:
    ends = {event.name for event in (*deadline.met_by.events, *deadline.void_by.events)}
    asked = {name for node in subject.conditions(act) if isinstance(node, Fact) for name in node.names}
    return deadline.id in subject.on_time(act) or bool(ends & asked)
