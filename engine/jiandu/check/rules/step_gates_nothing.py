"""A step that looks like a duty and for which nothing waits.

A step has to be done before the transitions that are written in its state. Here there are none, or only events: what
leads out stands at the top level and waits only for steps that name it. Write `before: […]`; if the step is no duty,
`optional: true`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """Steps of a state without effect of which nothing in the guide speaks."""
    for act in subject.openers:
        written = subject.written(act)
        if (
            act.moves
            or not act.owner
            or not subject.graph.ways[act.owner]
            or ("before" in written and not _events_alone(subject, act))
            or "optional" in written
        ):
            continue
        effect = act.fills or act.sets or act.assigns or act.opens or act.numbers_case or act.document
        if _events_alone(subject, act) or (not act.before and not effect and subject.mentions.get(act.step, 0) < 2):
            yield Finding("step-gates-nothing", act.place, {"act": act.title})


def _events_alone(subject: Subject, act: Act) -> bool:
    """Whether it names what waits for it, and that is only events, which wait for nothing."""
    waiting = [subject.guide.acts.get(name) for name in act.before]
    return bool(waiting) and all(one is not None and one.event for one in waiting)
