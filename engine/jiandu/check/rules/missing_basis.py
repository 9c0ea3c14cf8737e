"""A transition, a time limit, a paper or a refusing rule that says on nothing what it rests.

Whoever is refused, or told that he is late, may ask on which article. Without a `basis` the answer is silence. What
no law demands rests on a source of kind `design`, which says so.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"
PROFILE = "release"


def find(subject: Subject) -> Iterator[Finding]:
    """What decides, limits or refuses without an article."""
    guide = subject.guide
    if not subject.root.at("sources").data and not any(s.data.get("sources") for s in subject.bundle.lexicons.values()):
        return  # a guide without any source is a sketch
    moves = [(act.title, act.place, act.basis) for act in subject.openers]
    deadlines = [version for one in guide.deadlines.values() for version in one.versions or (one,)]
    limits = [(one.title, one.place, one.basis) for one in deadlines]
    papers = [(one.title, one.place, one.basis) for one in guide.documents.values()]
    rules = [(rule.says, rule.place, rule.basis) for act in subject.openers for rule in act.rules]
    for title, place, basis in (*moves, *limits, *papers, *rules):
        if not basis and subject.own(place):
            yield Finding("missing-basis", place, {"title": title})
