"""An act that comes after another which can never have been done by then.

`after` names a step of a state to which the case comes later, or not at all on this way; or two acts wait for each
other. It can never be done, and whatever waits for it waits for ever.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act, Guide

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """Acts whose `after` cannot come true; a step with a `when` of its own may be excused, and is not judged."""
    guide, graph = subject.guide, subject.graph
    for act in subject.openers:
        for name in act.after if any(state in graph.reached for state in act.states) else ():
            first = guide.openers[guide.acts[name].step if name in guide.acts else name]
            circle = first.step == act.step or act.step in _certain(guide, first) or act.step in first.after
            if first.when is None and (circle or not graph.may_follow(first, act)):
                also = ((first.place, "step-never-enabled-after"),)
                yield Finding("step-never-enabled", act.place, {"act": act.title, "other": first.title}, also=also)


def _certain(guide: Guide, act: Act) -> set[str]:
    """All that an act waits for in every case."""
    waiting, found = [act], set[str]()
    for one in waiting:
        for name in one.after:
            first = guide.openers[guide.acts[name].step if name in guide.acts else name]
            if first.when is None and first.step not in found:
                found.add(first.step)
                waiting.append(first)
    return found
