"""An act for a role that a case assigns, where nobody can have been assigned yet.

The act that assigns the role comes later, or not on every way here: a case may come to a state which only its handler
may leave before it has one. Let somebody who is there from the beginning do it too, or assign the role earlier.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.model import Act

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """What waits for a holder before the guide gives one."""
    guide, graph = subject.guide, subject.graph
    givers = [act for act in guide.acts.values() if act.assigns]
    for act in subject.openers:
        roles = {other for role in act.by for other in (role, *guide.roles[role].recorded_by)}
        giving = [giver for giver in givers if giver.assigns in roles]
        able = [giver for giver in giving if not set(giver.by) <= roles]
        recorded = any(not guide.roles[role].assigned for role in roles)
        here = any(state in graph.reached for state in act.states)
        if recorded or not here or not (able or act in giving):
            continue  # of a role that only its holders may give, the giving is told and nothing else
        too_early = not any(graph.may_follow(giver, act) for giver in able)
        if too_early or (act.moves and act.owner in _bare(subject, able, roles)):
            facts = {"act": act.title, "role": guide.roles[act.by[0]].title}
            also = tuple((giver.place, "holder-missing-given") for giver in giving if giver is not act)
            yield Finding("holder-missing", act.place, facts, also=also)


def _bare(subject: Subject, givers: list[Act], roles: set[str]) -> frozenset[str]:
    """The states that a case may come to unassigned, by ways open to all, and that only a holder may leave."""
    guide, graph = subject.guide, subject.graph
    giving = {state for giver in givers for state in giver.states}

    def usable(way: Act) -> bool:
        free = way.when is None and not way.rules and not guide.awaited.get(way.name)
        return free and not set(way.by) <= roles and not giving & set(way.states)

    come = graph.closed([guide.initial], usable) - giving
    return frozenset(state for state in come if all(set(way.by) <= roles for way in graph.ways[state]))
