"""Who may see a secret case, and so act in it: those who hold a part in it, and the readers its guide names."""

from collections.abc import Iterator
from datetime import date

from jiandu.case.gate.who import holds
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide, weakest


def reasons(situation: Situation) -> Iterator[Reason]:
    """Why the case is not for this person; nothing where it is not secret."""
    secrecy = situation.guide.secrecy
    if secrecy is None or not secrecy.when.holds(situation.before):
        return
    part = any(situation.actor.id in persons for persons in situation.case.holders.values())
    if not part and not reading_roles(situation):
        roles = tuple(situation.guide.roles[role].title for role in secrecy.readers)
        basis = tuple(map(str, secrecy.basis))
        yield Reason("restricted", {"roles": roles}, secrecy.place, basis=basis, mark=weakest(secrecy.basis))


def reading_roles(situation: Situation) -> tuple[str, ...]:
    """The actor's roles to which every secret case is open; the trail names them beside those of the act."""
    readers = situation.guide.secrecy.readers if situation.guide.secrecy else ()
    return tuple(role for role in readers if holds(situation, role))


def unreadable(guide: Guide, case: Case, actor: Actor, world: World, day: date) -> tuple[Reason, ...]:
    """Why the case may not be read by this person on that day."""
    return tuple(reasons(Situation(guide, case, guide.powers["open"], actor, Request("open", day), world)))
