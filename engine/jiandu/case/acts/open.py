"""Opening a case of a guide in a unit."""

from collections.abc import Iterator, Mapping
from typing import Any

from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import card_changed, content, deadlines_begun
from jiandu.case.situation import Actor, Request, World
from jiandu.catalogue import Text, words
from jiandu.errors import Reason
from jiandu.guide.model import Guide
from jiandu.guide.values import fault


def open_case(guide: Guide, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """What opening would write, or why it may not be done. `request.name` is the guide's id."""
    reasons = (
        *_guide(guide, request),
        *_who(guide, actor, world),
        *_day(guide, request, world),
        *_card(guide, request),
    )
    if reasons:
        return Refusal(reasons)
    card = {**_defaults(guide), **request.card}
    opened = {
        "kind": "case_opened",
        "guide": guide.id,
        "version": guide.version,
        "unit": world.unit.id,
        "state": guide.initial,
    }
    changed, body = card_changed(guide, card)
    by = {"id": actor.id, "roles": list(_roles(guide, actor)), "unit": actor.unit, "auth": actor.auth, "of": None}
    effects = [opened, *([changed] if changed else [])]
    draft = Draft(content("open", guide, by, request, world, effects, ()), body)
    begun = deadlines_begun(guide, draft, request, world)
    return Draft({**draft.content, "effects": [*effects, *begun]}, body)


def _guide(guide: Guide, request: Request) -> Iterator[Reason]:
    facts = {"guide": guide.title, "day": request.day, "from": guide.effective_from, "to": guide.effective_to}
    over = guide.effective_to is not None and request.day > guide.effective_to
    if guide.status in ("draft", "retired"):
        yield Reason("guide-not-in-force", facts, message=f"guide-{guide.status}")
    elif request.day < guide.effective_from or over:
        yield Reason("guide-not-in-force", facts)


def _who(guide: Guide, actor: Actor, world: World) -> Iterator[Reason]:
    facts = {"act": Text(*words()["act-open"]), "roles": tuple(guide.roles[role].title for role in guide.open_by)}
    if actor.unit not in (None, world.unit.id):
        yield Reason("outside-unit", facts)
    elif not _roles(guide, actor):
        yield Reason("role-required", facts)


def _roles(guide: Guide, actor: Actor) -> tuple[str, ...]:
    return tuple(
        role for role in guide.open_by if role in actor.roles or set(guide.roles[role].also) & set(actor.roles)
    )


def _day(guide: Guide, request: Request, world: World) -> Iterator[Reason]:
    facts = {"act": Text(*words()["act-open"]), "day": request.day, "today": world.today}
    if request.day > world.today:
        yield Reason("future-day", facts)
    elif guide.backdate is not None and request.day < (first := guide.backdate.before(world.today)):
        yield Reason("backdated-too-far", {**facts, "first": first})


def _card(guide: Guide, request: Request) -> Iterator[Reason]:
    for name, value in request.card.items():
        if name not in guide.open_fills:
            yield _invalid(guide, name, "value-not-asked")
        elif found := fault(guide.fields[name], value):
            yield _invalid(guide, name, found)
    for definition in guide.fields.values():
        if definition.required_from == guide.initial and definition.id not in {**_defaults(guide), **request.card}:
            yield _invalid(guide, definition.id, "value-missing")


def _invalid(guide: Guide, name: str, found: str) -> Reason:
    field = guide.fields[name].title if name in guide.fields else name
    return Reason("card-invalid", {"act": Text(*words()["act-open"]), "field": field, "fault": Text(*words()[found])})


def _defaults(guide: Guide) -> Mapping[str, Any]:
    return {field.id: field.default for field in guide.fields.values() if field.default is not None}
