"""A transition or a step written in a final state.

A finished case takes no act any more, so what is written there is never done. If there is still something to do,
the state is not the last one.
"""

from collections.abc import Iterator

from jiandu.findings import Finding
from jiandu.guide.model import Guide

SEVERITY = "error"


def find(guide: Guide) -> Iterator[Finding]:
    """The acts of final states."""
    for act in guide.acts.values():
        if act.owner and guide.states[act.owner].final and act is guide.openers[act.step]:
            facts = {"act": act.title, "state": guide.states[act.owner].title}
            yield Finding("exit-from-final", act.place, facts)
