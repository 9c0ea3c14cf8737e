"""A situation from which no final state can be reached any more, whatever is done and however long one waits.

The graph of the states shows a way out, and yet its conditions close one another: a step that time has made impossible,
a field that only an earlier state could fill, an outcome that no rule allows. The shortest story that leads there was
played; it can be pasted into a story file.
"""

from collections.abc import Iterator

from jiandu.check.rules.gap_in_conditions import find as gaps
from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"
PROFILE = "release"
EXPLORES = True


def find(subject: Subject) -> Iterator[Finding]:
    """The first such situation of each state that it is not the consequence of another one."""
    from jiandu.check.retell import told  # plays stories, which nothing else here does

    guide = subject.guide
    explorer, found = subject.explored
    stuck = list(explorer.stuck(found))
    within, seen = set(stuck), {finding.place for finding in gaps(subject)}
    for n in stuck:
        state = guide.states[explorer.facts.state.of(found.situations[n])[0]]
        if found.came[n][0] in within or state.place in seen or state.id not in subject.graph.ending:
            continue
        if story := told(explorer, found, n):
            seen.add(state.place)
            facts = {"state": state.title, "id": state.id, "way": story, "story": story.text}
            yield Finding("option-to-complete", state.place, facts)
