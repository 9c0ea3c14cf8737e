"""An act that records several things and opens one case for all of them, over which this case is held open.

One of them is followed up, the others are lost behind it, and the list is closed. Write `for_each`, so that each gets
a case of its own; or record one at a time.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The acts that open one case beside a list."""
    guide = subject.guide
    for act in subject.openers:
        if act.opens and not act.opens.each and guide.related[act.opens.relation].holds:
            for field in act.record.values():
                if field.many and field.type == "object":
                    facts = {"act": act.title, "field": field.title}
                    place = subject.written(act).at("opens").place
                    yield Finding("many-opened-as-one", place, facts, also=((field.place, "many-opened-as-one-list"),))
