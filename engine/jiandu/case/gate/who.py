"""Who may act: by role, by assignment, in which unit, and never twice where four eyes are wanted."""

from collections.abc import Iterator

from jiandu.case.situation import Situation
from jiandu.errors import Reason
from jiandu.guide.model import ANY_MEMBER, Role, weakest


def reasons(situation: Situation) -> Iterator[Reason]:
    """Why this person may not do the act."""
    act, case, actor = situation.act, situation.case, situation.actor
    facts = {"act": act.title, "roles": tuple(situation.guide.roles[role].title for role in act.by)}
    if not acting_roles(situation):
        yield _reason(situation, _missing(situation), facts)
    for name in act.not_by if situation.request.of is None else ():  # who only enters a decision has not made it
        other = situation.before.opening_act(name)
        done = case.acts.get(other.name)
        if done and done.visit == situation.before.visit(other.owner) and done.by == actor.id:
            yield _reason(situation, "same-person", {**facts, "other": other.title})
    if not situation.asking:
        yield from _people(situation)
        yield from _vote(situation)


def acting_roles(situation: Situation) -> tuple[str, ...]:
    """Those of the act's roles that the actor holds, or, recording for another, may record for."""
    roles = situation.act.by
    if situation.request.of is not None:
        recorded = situation.guide.roles[situation.request.of] if situation.request.of in roles else None
        return tuple(role for role in recorded.recorded_by if holds(situation, role)) if recorded else ()
    held = tuple(role for role in roles if holds(situation, role))
    if held or not situation.asking:
        return held
    return tuple(role for role in roles if any(holds(situation, r) for r in situation.guide.roles[role].recorded_by))


def holds(situation: Situation, role: str) -> bool:
    """Whether the actor holds the role here: in the unit where it is held, or by assignment."""
    definition, case, actor = situation.guide.roles[role], situation.case, situation.actor
    if role == ANY_MEMBER:
        return bool(_roles_in(situation, case.unit)) or any(actor.id in persons for persons in case.holders.values())
    if definition.assigned:
        return actor.id in case.holders.get(role, ())
    held = _roles_in(situation, _unit(situation, definition))
    return role in held or any(other in held for other in definition.also)


def _unit(situation: Situation, role: Role) -> str | None:
    """The unit in which a role is held."""
    if role.unit_field:
        named: str | None = situation.before.field(role.unit_field)
        return named
    above = {"superior": situation.world.superior, "province": situation.world.province}.get(role.unit)
    return situation.case.unit if role.unit == "own" else (above.id if above else None)


def _roles_in(situation: Situation, unit: str | None) -> frozenset[str]:
    actor = situation.actor
    if unit is not None and actor.unit in (None, unit):
        return actor.roles
    return actor.elsewhere.get(unit or "", frozenset())


def _missing(situation: Situation) -> str:
    """Which right is missing: the unit, the assignment, or the role."""
    definitions = [situation.guide.roles[role] for role in situation.act.by]
    own = all(role.unit == "own" and not role.unit_field for role in definitions)
    if own and situation.actor.unit not in (None, situation.case.unit):
        return "outside-unit"
    return "not-the-holder" if definitions and all(role.assigned for role in definitions) else "role-required"


def _people(situation: Situation) -> Iterator[Reason]:
    """Whether enough persons took part. The actor counts only if named."""
    asked, named = situation.act.people, situation.request.people
    if asked is None:
        return
    fitting = {person for person in named if isinstance(person, str) and _takes_part(situation, person, asked.of)}
    included = all(any(_takes_part(situation, person, (role,)) for person in named) for role in asked.including)
    if len(fitting) < asked.at_least or not included:
        roles = tuple(situation.guide.roles[role].title for role in asked.of)
        yield _reason(situation, "too-few-people", {"act": situation.act.title, "n": asked.at_least, "roles": roles})


def _takes_part(situation: Situation, person: str, roles: tuple[str, ...]) -> bool:
    """Whether a person may count: as a holder, or, where nobody is assigned, because the actor says so."""
    definitions = [situation.guide.roles[role] for role in roles]
    assigned = [role.id for role in definitions if role.assigned]
    return any(person in situation.case.holders.get(role, ()) for role in assigned) or len(assigned) < len(definitions)


def _vote(situation: Situation) -> Iterator[Reason]:
    """Whether a collective that decided had its quorum, and carried what is entered."""
    of = situation.request.of
    role = situation.guide.roles[of] if of in situation.act.by else None
    vote = situation.request.record.get("vote")
    if role is None or not role.collective or not isinstance(vote, dict):
        return
    counts = [n for name in ("members", "present", "for", "against", "abstain") if type(n := vote.get(name)) is int]
    if len(counts) < 5:
        return
    members, present, *votes = counts
    needed = role.quorum or members // 2 + 1
    if present < needed or present > members or sum(votes) > present or vote.get("decided") is not True:
        yield _reason(situation, "quorum", {"act": situation.act.title, "role": role.title, "n": needed})


def _reason(situation: Situation, code: str, facts: dict[str, object]) -> Reason:
    basis = situation.act.basis
    return Reason(code, facts, situation.act.place, basis=tuple(map(str, basis)), mark=weakest(basis))
