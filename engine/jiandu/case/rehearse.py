"""Playing a recorded case again under another text of its guide: would it have gone otherwise?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from jiandu.calendar import Calendar
from jiandu.case.acts.do import do
from jiandu.case.acts.open import open_case
from jiandu.case.acts.tick import tick
from jiandu.case.draft import Draft, Refusal
from jiandu.case.evolve import Effect
from jiandu.case.model import Case
from jiandu.case.sealing import Circumstances, sealed
from jiandu.case.situation import Actor, Request, World
from jiandu.errors import Reason
from jiandu.guide.model import Act, Guide

REHEARSED = ("open", "do", "tick")
"""The acts that are played again; the general ones change a case by the authority of their own entry."""
WATCHED = (
    *("state_changed", "case_closed", "case_finished"),
    *("deadline_started", "deadline_met", "deadline_voided", "deadline_overdue"),
)
KEPT = ("kind", "to", "outcome", "deadline", "owed_by", "due", "late")
"""What is compared of what an act brought about."""
_NO_SALT = "0" * 32


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of a trail and its body."""

    entry: Mapping[str, Any]
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The first act that would go otherwise: refused for `reasons`, or `now` to other states, outcomes and due days
    than were `recorded`."""

    seq: int
    name: str
    day: date
    reasons: tuple[Reason, ...] = ()
    recorded: tuple[Effect, ...] = ()
    now: tuple[Effect, ...] = ()


def rehearse(guide: Guide, trail: Iterable[Recorded], calendar: Calendar, world: World) -> Otherwise | None:
    """The first difference that `guide` would have made to a case; None where it would have gone the same way.

    A trail with a sealed body or a general act is followed as far as that, one with a link as far as the link: how
    the other case stood at each moment is not in this trail.
    """
    case: Case | None = None
    for recorded in trail:
        entry = recorded.entry
        if entry["kind"] not in REHEARSED or recorded.body is None:
            return None
        then = replace(world, now=datetime.fromisoformat(entry["recorded_at"]), calendar=calendar)
        decision = _decided(guide, case, recorded, then)
        place = (entry["seq"], entry["name"], date.fromisoformat(entry["day"]))
        if isinstance(decision, Refusal):
            return Otherwise(*place, reasons=decision.reasons)
        was, now = _differences(entry["effects"], decision.content["effects"] if decision else ())
        if decision is None or was or now:
            return Otherwise(*place, recorded=was, now=now)
        if any(effect["kind"] == "case_linked" and effect["relation"] != "parent" for effect in entry["effects"]):
            return None
        around = Circumstances(entry["case"], entry["act"], _NO_SALT, entry["key"])
        _, case = sealed(decision, case, range(len(decision.numbers)), around)
    return None


def _decided(guide: Guide, case: Case | None, recorded: Recorded, world: World) -> Draft | Refusal | None:
    entry = recorded.entry
    by = entry["by"]
    actor = Actor(by["id"], frozenset(by["roles"]), by["unit"], by["auth"])
    request = _asked(entry, recorded.body or {})
    act = guide.powers["open"] if case is None else guide.acts.get(entry["name"])
    if act is not None:
        request = replace(request, card=_asked_card(guide, act, request.card, first=case is None))
    if case is None:
        opener = next((e["case"] for e in entry["effects"] if e["kind"] == "case_linked"), None)
        return open_case(guide, actor, replace(request, name=guide.id), world, opener)
    return tick(guide, case, world) if entry["kind"] == "tick" else do(guide, case, actor, request, world)


def _asked_card(guide: Guide, act: Act, card: Mapping[str, Any], *, first: bool) -> Mapping[str, Any]:
    """What somebody filled in, less what the act and the defaults write by themselves."""
    defaults = {field.id: field.default for field in guide.fields.values()} if first else {}
    written = {**defaults, **act.sets}
    return {n: v for n, v in card.items() if n in act.fills or written.get(n) != v}


def _asked(entry: Mapping[str, Any], body: Mapping[str, Any]) -> Request:
    """What was asked, read back from what it brought about."""
    record: dict[str, Any] = {**body.get("record", {})}
    card: dict[str, Any] = {**body.get("card", {})}
    found: dict[str, Any] = {"assigns": {}}
    for effect in entry["effects"]:
        if effect["kind"] in ("step_done", "transition_done"):
            record |= effect["record"]
        elif effect["kind"] == "card_changed":
            card |= effect["values"]
        elif effect["kind"] == "holder_assigned":
            found["assigns"][effect["role"]] = tuple(effect["persons"])
        elif effect["kind"].startswith("paper_") and effect["kind"] not in ("paper_drafted", "paper_abandoned"):
            found |= {"paper": effect["paper"], "to": effect.get("to")}
    of, people = entry["by"]["of"], tuple(entry.get("people", ()))
    day = date.fromisoformat(entry["day"])
    return Request(entry["name"], day, record=record, card=card, of=of, people=people, **found)


def _differences(recorded: Iterable[Effect], now: Iterable[Effect]) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
    """What of an act's outcome is not the same, as it was and as it would be now."""
    before, after = list(_outcome(recorded)), list(_outcome(now))
    return tuple(e for e in before if e not in after), tuple(e for e in after if e not in before)


def _outcome(effects: Iterable[Effect]) -> Iterator[Effect]:
    """States, outcomes, and the days of deadlines."""
    return ({n: effect[n] for n in KEPT if n in effect} for effect in effects if effect["kind"] in WATCHED)
