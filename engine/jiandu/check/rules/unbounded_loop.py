"""States between which a case may go round and round without a trace.

Every transition of the round is open without a condition, waits for no step, and records, fills and decides nothing.
Nobody will be able to say why the case went back, or how often it should. Let one of them record a reason, or wait
for a step.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """Each round once, at the first state that is reached; of one from which nothing leads on another rule speaks."""
    guide, graph = subject.guide, subject.graph
    told: set[str] = set()

    def bare(act: Act) -> bool:
        says = act.when or act.record or act.fills or act.sets or act.assigns or act.opens or act.closes
        return not says and not act.event and not guide.awaited.get(act.name)

    onward = {state: graph.closed([state], bare) for state in graph.reached}
    for state in graph.reached:
        around = sorted(other for other in onward[state] if other != state and state in onward[other])
        if around and state not in told and state in graph.ending:
            told |= {state, *around}
            ways = [act for one in (state, *around) for act in graph.ways[one] if bare(act) and act.to in told]
            also = tuple((act.place, "unbounded-loop-way") for act in ways)
            yield Finding("unbounded-loop", guide.states[state].place, {"state": guide.states[state].title}, also=also)
