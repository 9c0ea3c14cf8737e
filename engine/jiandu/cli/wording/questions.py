"""Four questions that a guide answers of everything to be done: who, by when, on which article, and what if not."""

from collections.abc import Iterator
from dataclasses import dataclass

from jiandu.cli.wording.guide import Told, in_order, owing
from jiandu.guide.model import Act, Deadline, Event, State

PAPERS = {"signed": "sign", "released": "release", "served": "serve", "answered": "answer"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a guide says of a step, a transition or the answer to a paper; a cell it leaves open is empty."""

    act: Act
    title: str
    who: str
    when: str
    law: str
    otherwise: str


def answers(told: Told) -> Iterator[tuple[State | None, list[Answers]]]:
    """The answers state by state, in the order of a case's life; last, of what belongs to the whole case."""
    for state in (*in_order(told.guide), None):
        owner = state.id if state else ""
        acts = [act for act in told.guide.acts.values() if act.owner == owner]
        asked = [act for act in acts if act is told.guide.openers[act.step] or act.verb == "answer"]
        yield state, [_answers(told, act) for act in asked]


def _answers(told: Told, act: Act) -> Answers:
    deadlines = [one for one in told.guide.deadlines.values() if _meets(told, act, one)]
    title = told.title(act.step if act.verb not in ("", "answer") else act.name).said(told.language)
    law = told.law(act.basis)
    otherwise = [_expired(told, one) for one in deadlines] + list(_undone(told, act))
    when = [_limit(told, one) for one in deadlines] or [told.say("asked-no-limit")]
    return Answers(act, title, _who(told, act), _joined(told, when), law, _joined(told, otherwise))


def _joined(told: Told, said: list[str]) -> str:
    return told.say("joined-sources").join(dict.fromkeys(said))


def _who(told: Told, act: Act) -> str:
    """Who does it; of a paper, everybody through whose hands it goes."""
    hands = [act]
    if act.verb not in ("", "answer"):
        hands = [
            one for one in told.guide.acts.values() if one.step == act.step and one.verb not in ("return", "answer")
        ]
    if len(hands) == 1:
        return told.roles(act.by)
    said = [told.say(f"asked-{one.verb}", roles=told.roles(one.by)) for one in hands if one.by]
    return _joined(told, said)


def _meets(told: Told, act: Act, deadline: Deadline) -> bool:
    """Whether doing it, or the last of its paper's acts, meets the deadline."""
    acts = told.guide.acts.values()
    own = [act] if act.verb in ("", "answer") else [a for a in acts if a.step == act.step and a.verb != "answer"]
    events = (event for event in deadline.met_by.events if not deadline.internal or event.kind != "entered")
    return any(_brings(event, one) for event in events for one in own)


def _brings(event: Event, act: Act) -> bool:
    if event.kind == "done":
        return event.name == act.name or (event.name == act.step and act.verb == "serve")
    if event.kind == "entered":
        return act.to == event.name
    return PAPERS.get(event.kind) == act.verb and event.name in (act.step, act.document)


def _limit(told: Told, deadline: Deadline) -> str:
    since = told.events(deadline.counts_from)
    code = "asked-within-internal" if deadline.internal else "asked-within"
    return told.say(code, length=told.length(deadline), since=since, role=owing(deadline.owed_by, told.guide))


def _expired(told: Told, deadline: Deadline) -> str:
    if deadline.right:
        return told.say("asked-lapses")
    if deadline.duty:
        return told.say("asked-duty", acts=told.either(deadline.duty))
    return told.say("asked-late")


def _undone(told: Told, act: Act) -> Iterator[str]:
    """What waits for it, where nothing is late."""
    waiting = tuple(told.say("quoted", name=told.title(name)) for name in act.before)
    if waiting:
        yield told.say("asked-waits", acts=waiting)
    elif act.event or act.verb == "answer":
        yield told.say("asked-event")
    elif act.moves:
        yield told.say("asked-stays")
    else:
        yield told.say("asked-free")
