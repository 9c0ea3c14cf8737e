"""Who may act: by role, by assignment, in which unit, and never twice where four eyes are wanted."""

from collections.abc import Iterator

from jiandu.case.model import Case
from jiandu.case.situation import Actor, Situation
from jiandu.errors import Reason
from jiandu.guide.model import Guide, weakest


def reasons(situation: Situation) -> Iterator[Reason]:
    """Why this person may not do the act."""
    act, case, actor = situation.act, situation.case, situation.actor
    facts = {"act": act.title, "roles": tuple(situation.guide.roles[role].title for role in act.by)}
    if actor.unit not in (None, case.unit):
        yield _reason(situation, "outside-unit", facts)
    elif not acting_roles(situation.guide, case, actor, act.by):
        code = "not-the-holder" if _could_be_assigned(situation) else "role-required"
        yield _reason(situation, code, facts)
    for name in act.not_by:
        other = situation.before.opening_act(name)
        done = case.acts.get(other.name)
        if done and done.visit == situation.before.visit(other.owner) and done.by == actor.id:
            yield _reason(situation, "same-person", {**facts, "other": other.title})


def acting_roles(guide: Guide, case: Case, actor: Actor, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the roles that the actor holds: in the unit, or by assignment in the case."""
    return tuple(role for role in roles if _holds(guide, case, actor, role))


def _holds(guide: Guide, case: Case, actor: Actor, role: str) -> bool:
    definition = guide.roles[role]
    if definition.assigned:
        return actor.id in case.holders.get(role, ())
    return role in actor.roles or any(other in actor.roles for other in definition.also)


def _could_be_assigned(situation: Situation) -> bool:
    return all(situation.guide.roles[role].assigned for role in situation.act.by)


def _reason(situation: Situation, code: str, facts: dict[str, object]) -> Reason:
    basis = situation.act.basis
    return Reason(code, facts, situation.act.place, basis=tuple(map(str, basis)), mark=weakest(basis))
