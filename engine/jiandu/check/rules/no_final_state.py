"""A guide none of whose states is final.

No case of it can ever be finished and archived. Mark the state in which the matter is over with `final: true`.
"""

from collections.abc import Iterator

from jiandu.findings import Finding
from jiandu.guide.model import Guide

SEVERITY = "error"


def find(guide: Guide) -> Iterator[Finding]:
    """The guide itself, told at its first state."""
    if not any(state.final for state in guide.states.values()):
        yield Finding("no-final-state", guide.states[guide.initial].place)
