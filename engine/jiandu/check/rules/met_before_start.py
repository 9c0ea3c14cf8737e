"""A time limit whose `met_by` can only happen before its `counts_from`.

What has happened before the day on which a run starts does not meet it: whoever owes it is late in every case. The
two are often just the wrong way round.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The limits that nothing which comes after their start can meet."""
    for deadline in subject.guide.deadlines.values():
        starts = [subject.bringing(event) for event in deadline.counts_from.events]
        meets = [subject.bringing(event) for event in deadline.met_by.events]
        if not all(starts) or not all(meets):
            continue  # of what nothing brings about another rule speaks
        pairs = [(start, met) for acts in starts for start in acts or () for others in meets for met in others or ()]
        if pairs and not any(_may_meet(subject, start, met) for start, met in pairs):
            yield Finding("met-before-start", deadline.place, {"deadline": deadline.title})


def _may_meet(subject: Subject, start: Act, met: Act) -> bool:
    """Whether an act may come after another; one that the other waits for is done by then, unless it is repeated."""
    if start.name == "open":
        return True
    stays = not start.moves and start.states == met.states == (start.owner,) and not met.repeat and not met.moves
    once = stays and all(start.owner not in subject.graph.from_here(way.to) for way in subject.graph.ways[start.owner])
    if once and met.step in subject.awaited_by[start.step]:
        return False
    return subject.graph.may_follow(start, met)
