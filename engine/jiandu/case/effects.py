"""What an act changes, as effects that carry their results, and the entry that will hold them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jiandu.case import deadlines, papers
from jiandu.case.deadlines import Happened
from jiandu.case.draft import ChildWanted, Draft, NumberWanted
from jiandu.case.evolve import Body, Effect, Stamp, fold
from jiandu.case.gate.duties import open_steps
from jiandu.case.gate.secrecy import reading_roles
from jiandu.case.gate.who import acting_roles
from jiandu.case.model import Case
from jiandu.case.situation import Situation
from jiandu.case.view import CaseView
from jiandu.clock import rfc3339
from jiandu.errors import Reason
from jiandu.guide.model import Act, Field, Guide, Opens


def drafted(situation: Situation, warnings: Sequence[Reason]) -> Draft:
    """The draft of a step, a transition or a paper's act that its gate lets through."""
    recorded, hidden = parted(situation.act.record, situation.request.record)
    card, body = card_changed(situation.guide, {**situation.request.card, **situation.act.sets})
    if hidden:
        body = {**body, "record": hidden}
    done = {"kind": _kind(situation.act), "visit": _visit(situation), "record": recorded, "in_body": sorted(hidden)}
    if situation.act.name in situation.guide.counted:
        done["counted"] = True
    made = [done, *_made(situation), *([card] if card else []), *_moved(situation)]
    opened = tuple(_opened(situation, len(made)))
    made += [{"kind": "case_linked", "relation": child.relation, "case": ""} for child in opened]
    after = folded(situation, made, body)
    made += _owed(situation, after)
    made += _closed(situation, after.case)
    happened = tuple(_happened(situation, after))
    made += deadlines.changes(after, happened, situation.world.calendar, closing=situation.act.closes)
    return entry(situation, "do", made, body, warnings, opened)


def folded(situation: Situation, effects: Sequence[Effect], body: Body) -> CaseView:
    """The case as some effects of the act leave it."""
    stamp = Stamp(situation.case.seq + 1, situation.act.name, situation.day, situation.actor.id)
    return situation.seen(fold(situation.case, stamp, effects, body))


def entry(
    situation: Situation,
    kind: str,
    effects: Sequence[Effect],
    body: Body,
    warnings: Sequence[Reason] = (),
    children: tuple[ChildWanted, ...] = (),
) -> Draft:
    """The draft of an entry: all of it but what its place in the trail adds."""
    request, world, guide = situation.request, situation.world, situation.guide
    at = {"at": rfc3339(request.at)} if request.at else {}
    people = {"people": list(request.people)} if request.people else {}
    content = {
        "kind": kind,
        "name": request.name,
        "by": _by(situation),
        "day": request.day.isoformat(),
        **at,
        **people,
        "recorded_at": max(rfc3339(world.now), situation.case.recorded_at),
        "guide": guide.digest,
        "settings": guide.settings_digest,
        "calendar": world.calendar.digest,
        "effects": list(effects),
        "warnings": [_warning(warning) for warning in warnings],
    }
    return Draft(content, body, tuple(_numbers(guide, effects)), children)


def card_changed(guide: Guide, values: Mapping[str, Any]) -> tuple[Effect | None, Mapping[str, Any]]:
    """The effect of writing card fields, and the part of the body that holds free text."""
    if not values:
        return None, {}
    seen, hidden = parted(guide.fields, values)
    return {"kind": "card_changed", "values": seen, "in_body": sorted(hidden)}, {"card": hidden} if hidden else {}


def parted(definitions: Mapping[str, Field], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that may be seen for ever, and those that may one day be sealed."""
    given = {name: value for name, value in values.items() if value is not None}
    hidden = {name: value for name, value in given.items() if definitions[name].private}
    return {name: value for name, value in given.items() if name not in hidden}, hidden


def filled(view: CaseView, written: Mapping[str, Any]) -> Iterator[Happened]:
    """The date fields that were written, each an event of the day it names."""
    for name in written:
        if view.guide.fields[name].type == "date" and (day := view.field(name)) is not None:
            yield Happened("field", name, day)


def _by(situation: Situation) -> Mapping[str, Any]:
    actor = situation.actor
    roles = dict.fromkeys((*acting_roles(situation), *reading_roles(situation)))
    return {"id": actor.id, "roles": list(roles), "unit": actor.unit, "auth": actor.auth, "of": situation.request.of}


def _warning(reason: Reason) -> Mapping[str, Any]:
    return {"code": reason.code, "rule": reason.rule, "basis": list(reason.basis), "mark": reason.mark}


def _kind(act: Act) -> str:
    return "transition_done" if act.moves else "step_done"


def _visit(situation: Situation) -> int:
    """The visit the record belongs to: of a paper's later acts, that in which the paper was drafted."""
    return situation.papers[0].visit if situation.papers else situation.visit


def _made(situation: Situation) -> list[Effect]:
    """Papers, holders and the number of the case."""
    made = papers.effects(situation)
    made += assigned(situation)
    if situation.act.numbers_case and situation.case.number is None:
        made.append(papers.number(situation, situation.guide.id, situation.world.unit.short))
    return made


def assigned(situation: Situation) -> list[Effect]:
    """The persons who hold a role from now on."""
    given = situation.request.assigns
    return [{"kind": "holder_assigned", "role": role, "persons": list(persons)} for role, persons in given.items()]


def _numbers(guide: Guide, effects: Sequence[Effect]) -> Iterator[NumberWanted]:
    for index, effect in enumerate(effects):
        if effect["kind"] == "number_taken":
            series = effect["series"]
            pattern = guide.documents[series].number if "paper" in effect else guide.number
            yield NumberWanted(index, effect["unit"], series, effect["year"], pattern)


def _moved(situation: Situation) -> list[Effect]:
    act, case = situation.act, situation.case
    if not act.moves:
        return []
    latest = situation.before.visit(act.to)
    visit = max(latest, 1) if act.resumes else latest + 1
    left = {case.state} if not act.event else set()
    left |= {act.to} if visit != latest else set()
    return [
        *papers.left_behind(situation, left),
        {"kind": "state_changed", "from": case.state, "to": act.to, "visit": visit},
    ]


def _owed(situation: Situation, after: CaseView) -> list[Effect]:
    """The steps that an event passes over, and those passed over before that are done now."""
    passed = [step.step for step in open_steps(situation)] if situation.act.event else []
    owed = [step for step in dict.fromkeys((*situation.case.owed, *passed)) if not after.is_done(step)]
    return [{"kind": "steps_owed", "steps": owed}] if tuple(owed) != situation.case.owed else []


def _opened(situation: Situation, first: int) -> Iterator[ChildWanted]:
    """The cases that the act opens, one for each entry where it says so."""
    opens = situation.act.opens
    if opens is None:
        return
    named = next((guide for when, guide in opens.choose if when.holds(situation.after)), None)
    guide = named or situation.guide.related[opens.relation].guide
    unit = situation.after.field(opens.unit_field) if opens.unit_field else None
    entries = situation.request.record.get(opens.each) or [] if opens.each else [{}]
    for index, each in enumerate(entries):
        card = _inherited(situation, opens, each)
        own, kept = situation.case.unit, {**situation.case.holders, **situation.request.assigns}
        holders = dict(sorted(kept.items())) if unit in (None, own) else {}
        yield ChildWanted(first + index, opens.relation, guide, unit or own, card, holders)


def _inherited(situation: Situation, opens: Opens, each: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands on the card of a case from its beginning."""
    written = {**situation.case.card, **situation.request.card, **situation.act.sets}
    given = {
        name: {"field": written.get(str(value)), "each": each.get(str(value))}.get(kind, value)
        for name, (kind, value) in opens.fills.items()
    }
    return {**written, **given}


def _closed(situation: Situation, interim: Case) -> list[Effect]:
    act, made = situation.act, list[Effect]()
    if act.closes:
        made.append({"kind": "case_closed", "outcome": act.outcome or interim.card[act.outcome_field]})
    elif act.reopens:
        made.append({"kind": "case_reopened"})
    if act.moves and situation.guide.states[act.to].final:
        made.append({"kind": "case_finished"})
    return made


def _happened(situation: Situation, after: CaseView) -> Iterator[Happened]:
    """Everything the act brought about, as deadlines speak of it."""
    act, day = situation.act, situation.day
    yield Happened("done", act.name, day)
    if act.moves and not (act.resumes and situation.before.visit(act.to)):
        yield Happened("entered", act.to, day)
    if act.opens is not None:
        yield Happened("opened", act.opens.relation, day)
    if act.verb not in ("", "return"):
        yield from papers.happened(situation, after)
    yield from filled(after, {**situation.request.card, **act.sets})
