"""Correcting a card field or a record, with a reason; the old value stays in the trail."""

from collections.abc import Iterator

from jiandu.case import deadlines
from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import card_changed, entry, folded, parted
from jiandu.case.evolve import Effect
from jiandu.case.judged import allowed, invalid, not_asked, situation_of
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.errors import Reason
from jiandu.guide.model import Guide
from jiandu.guide.values import fault


def amend(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """`request.card` are the corrected fields; `request.record` those of the newest record of the act named."""
    situation = situation_of("amend", guide, case, actor, request, world)
    if isinstance(situation, Reason):
        return Refusal((situation,))
    reasons = allowed(situation, _wrong(situation))
    return Refusal(reasons) if reasons else _drafted(situation)


def _wrong(situation: Situation) -> Iterator[Reason]:
    guide, case, request = situation.guide, situation.case, situation.request
    yield from not_asked(situation, (name for name in request.card if name not in guide.fields))
    for name, value in request.card.items():
        if name in guide.fields and (found := fault(guide.fields[name], value)):
            yield invalid(situation, guide.fields[name].title, found)
    fields = guide.acts[request.name].record if request.name in case.acts else {}
    yield from not_asked(situation, (name for name in request.record if name not in fields))
    for name, value in request.record.items():
        if name in fields and (found := fault(fields[name], value)):
            yield invalid(situation, fields[name].title, found)
    if request.card and not request.record and request.name not in ("amend", *guide.acts):
        yield from not_asked(situation, (request.name,))  # whatever it says, it would stand in the trail for ever
    if not request.card and not request.record:
        yield invalid(situation, situation.act.title, "value-missing")


def _drafted(situation: Situation) -> Draft:
    guide, request = situation.guide, situation.request
    body: dict[str, object] = {"reason": request.reason}
    effects: list[Effect] = [{"kind": "amended"}]
    if request.record:
        seen, hidden = parted(guide.acts[request.name].record, request.record)
        effects.append({"kind": "record_amended", "act": request.name, "record": seen, "in_body": sorted(hidden)})
        body |= {"record": hidden} if hidden else {}
    changed, in_body = card_changed(guide, request.card)
    effects += [changed] if changed else []
    body |= in_body
    after = folded(situation, effects, body)
    effects += deadlines.recomputed(situation.before, after, tuple(request.card), situation.world.calendar)
    return entry(situation, "amend", effects, body)
