"""What every act asks and changes, compiled from a guide: the way from one situation to the next.

Whatever is not followed is allowed for: a move may be possible here that no real case could make, never the other way
round. So what is proved here is true of every case, and what is found is told only when a played story shows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jiandu.check.facts import Facts
from jiandu.check.slots import (
    ALWAYS,
    FREE,
    NEVER,
    NO,
    NOTHING,
    YES,
    Change,
    Cond,
    Slot,
    becomes,
    either,
    every,
    no,
    only,
    some,
    then,
    turns,
    where,
)
from jiandu.guide.model import Act, Deadline, Events, Guide

Happened = list[tuple[str, str, str]]
"""Kind, name and addressee of what an act brings about, as deadlines speak of it."""


@dataclass(frozen=True, slots=True)
class Move:
    """An act in a state, or the passing of time (`late` names the limit that runs out): its gate and its changes."""

    state: str
    act: Act | None
    gate: Cond
    changes: tuple[Change, ...]
    late: str = ""

    @property
    def to(self) -> str:
        """The state that it leads to."""
        return self.act.to if self.act and self.act.to else self.state


class Moves:
    """All moves of a guide."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.facts = Facts(guide)
        self.slots = self.facts.slots
        self.followed = [d for d in guide.deadlines.values() if ("clock", d.id) in self.slots]
        self._before: dict[str, frozenset[str]] = {}

    def all(self) -> Iterator[Move]:
        """Every act in every state in which it may be done, and the expiry of each limit that is followed."""
        for state in self.guide.states.values():
            for act in () if state.final else self.guide.acts.values():
                owed = ("owed", act.step) in self.slots and not act.moves
                if state.id in act.states or owed:
                    gate = every([self._here(act, state.id), self._gate(act)])
                    yield Move(state.id, act, gate, tuple(self._changes(act, state.id)))
            for deadline in () if state.final else self.followed:
                yield self._expiry(deadline, state.id)

    def begun(self) -> tuple[int, Change]:
        """The situation before a case is opened, and what its opening does."""
        s = 0
        for slot in self.slots.values():
            s |= slot.bits(slot.values[0])
        opening, initial = self.guide.powers["open"], self.guide.initial
        changes = [becomes(self.facts.state, self.facts.state.bits(initial)), self._set(("entered", initial), YES)]
        if ("unit", "level") in self.slots:
            changes.append(becomes(self.slots["unit", "level"], self.slots["unit", "level"].mask))
        for field in self.guide.fields.values():
            if field.default is not None:
                changes.append(self._written(("field", field.id), field.default))
        changes += [self._filled(("field", name)) for name in opening.fills if self.guide.fields[name].type != "date"]
        changes += [*self._dated(opening), only(self._unmissed(opening, initial))]
        changes += self._clocks([("entered", initial, "")], opening)
        return s, then(changes)

    # gates

    def _here(self, act: Act, state: str) -> Cond:
        if state not in act.states:
            return self.facts.has(("owed", act.step), YES)
        return ALWAYS

    def _gate(self, act: Act) -> Cond:
        facts, guide = self.facts, self.guide
        asked = [self._held(act)]
        begins = bool(act.verb) and guide.openers[act.step] is act
        if begins or not act.verb:
            asked += [some([facts.done(name), no(facts.asked(self._opener(name).when))]) for name in act.after]
        if act.verb:
            asked.append(self._paper_gate(act, begins=begins))
        elif not act.moves:
            many = act.repeat or act.at_most is not None
            again = FREE if act.at_most is not None else ALWAYS if act.repeat else NEVER
            asked.append(ALWAYS if many and again is ALWAYS else some([no(facts.done(act.name)), again]))
        if act.moves and not act.event:
            awaited = guide.awaited.get(act.name, ())
            asked += [no(self._open(step)) for step in awaited]
            asked += [no(self.owed(name[1])) for name in self.slots if name[0] == "owed"]
        if act.closes and not act.event:
            asked += [no(self.owing(deadline)) for deadline in self.followed if deadline.duty]
        return every([*asked, facts.asked(act.when)])

    def owed(self, step: str) -> Cond:
        """Whether a step that was passed over is still to be done."""
        act = self._opener(step)
        entered = self.facts.has(("entered", act.owner), YES) if act.owner else ALWAYS
        return every([self.facts.has(("owed", step), YES), entered, self.facts.asked(act.when)])

    def owing(self, deadline: Deadline) -> Cond:
        """Whether an expiry has left a duty that is not done."""
        clock, duty = ("clock", deadline.id), ("duty", deadline.id)
        has = self.facts.has
        return some([has(clock, "overdue"), has(duty, "yes"), every([has(duty, "maybe"), FREE])])

    def _held(self, act: Act) -> Cond:
        """Whether somebody can hold one of the roles of the act."""
        if not act.by or any(("holder", role) not in self.slots for role in act.by):
            return ALWAYS
        return some(self.facts.has(("holder", role), YES) for role in act.by)

    def _opener(self, name: str) -> Act:
        return self.guide.acts.get(name) or self.guide.openers[name]

    def _open(self, step: Act) -> Cond:
        """Whether a step that a move waits for is asked for and not done."""
        entered = self.facts.has(("entered", step.owner), YES) if step.owner else ALWAYS
        return every([entered, self.facts.asked(step.when), no(self.facts.done(step.step))])

    def _paper_gate(self, act: Act, *, begins: bool) -> Cond:
        facts, paper = self.facts, ("paper", act.step)
        document = facts.document(act.step)
        fresh = facts.has(("outdated", act.step), NO) if act.after or self._after(act) else ALWAYS
        if begins:
            many = act.repeat or act.at_most is not None
            complete = facts.done(act.step)
            return some(
                [
                    facts.has(paper, "none"),
                    no(fresh),
                    every([complete, FREE if act.at_most else ALWAYS if many else NEVER]),
                ]
            )
        if act.verb in ("sign", "return"):
            return every([facts.has(paper, "drafted"), fresh if act.verb == "sign" else ALWAYS])
        if act.verb == "release":
            return every([facts.has(paper, "signed" if document.signed_by else "drafted"), fresh])
        if act.verb == "serve":
            return some([facts.has(paper, document.ready, "partly", "partly answered"), self._out(act, "released")])
        return some(
            [facts.has(paper, "served", "partly"), self._out(act, "served"), every([self._out(act, "released"), FREE])]
        )

    def _out(self, act: Act, how: str) -> Cond:
        return self.facts.has(("out", act.step, how), YES)

    def _after(self, act: Act) -> tuple[str, ...]:
        return self.guide.openers[act.step].after if act.verb else act.after

    def _unmissed(self, act: Act, to: str) -> Cond:
        """Whether every card field is filled that has to be by then; an event is only warned."""
        if act.event:
            return ALWAYS
        fields = [f for f in self.guide.fields.values() if f.required_from]
        asked = [self.facts.present(("field", act.outcome_field))] if act.outcome_field else []
        for field in fields:
            known = ALWAYS if field.required_from == to else self.facts.has(("entered", field.required_from), YES)
            asked.append(some([no(known), self.facts.present(("field", field.id))]))
        return every(asked)

    # changes

    def _set(self, name: tuple[str, ...], *values: object) -> Change:
        slot = self.slots.get(name)
        return becomes(slot, slot.bits(*values)) if slot else NOTHING

    def _written(self, name: tuple[str, ...], value: object) -> Change:
        """A constant is written: the class of values that it belongs to."""
        slot = self.slots.get(name)
        if slot is None:
            return NOTHING
        definition = self.facts.definition(name)
        if definition.type in ("boolean", "choice", "integer", "amount", "string") and not definition.many:
            alike = [one for one in slot.values if self.facts.alike(name, one, value)]
            return becomes(slot, slot.bits(*alike))
        return becomes(slot, slot.mask & ~slot.bits(None))

    def _filled(self, name: tuple[str, ...]) -> Change:
        """Somebody may fill the field, with anything."""
        slot = self.slots.get(name)
        if slot is None:
            return NOTHING
        given = slot.mask & ~slot.bits(None)
        return Change(lambda s: (s | given,), 0, slot.mask)

    def _dated(self, act: Act) -> Iterator[Change]:
        """A day that is filled in is an event: it is either filled in now, or stays as it was."""
        act = replace(act, to="", outcome="", outcome_field="")  # what else it brings about comes later
        for name in (*act.fills, *act.sets):
            if self.guide.fields[name].type == "date" and (slot := self.slots.get(("field", name))):
                given = becomes(slot, slot.mask & ~slot.bits(None))
                written = then([given, *self._clocks([("field", name, "")], act)])
                yield written if name in act.sets else either(written, NOTHING)

    def _changes(self, act: Act, state: str) -> Iterator[Change]:
        first = self._first(act)
        yield from self._passed_over(act)
        dates = {name for name in act.fills if self.guide.fields[name].type == "date"}
        yield from [self._filled(("field", name)) for name in act.fills if name not in dates]
        yield from [self._written(("field", name), value) for name, value in act.sets.items()]
        yield from self._recorded(act)
        yield from self._dated(act)
        if first and not act.verb:
            yield where(
                self._stale(act), self._set(("done", act.name), "stale"), self._set(("done", act.name), "fresh")
            )
        yield self._set(("ever", act.name), YES)
        yield only(every(self._rule(act, n) for n in range(len(act.rules))))
        yield only(self._unmissed(act, act.to)) if act.moves else NOTHING
        yield from self._outdates(act, {act.name, act.step} if first else {act.name})
        paper = self._paper(act)
        happened: Happened = [("done", act.name, "")]
        happened += [("opened", act.opens.relation, "")] if act.opens else []
        if not act.verb:
            yield from [self._set(("owed", act.step), NO), *self._clocks(happened, act), *self._moved(act, state)]
        else:
            yield either(
                *(then([change, *self._clocks([*happened, *more], act, own=own)]) for change, more, own in paper)
            )
        yield self._set(("holder", act.assigns), YES)
        if act.opens:
            yield self._set(("held", act.opens.relation), YES, NO)
        if act.closes:
            yield from [self._set(name, NO) for name in self.slots if name[0] == "held"]

    def _first(self, act: Act) -> bool:
        return not act.verb or self.guide.openers[act.step] is act

    def _rule(self, act: Act, n: int) -> Cond:
        rule = act.rules[n]
        dated = FREE if rule.since or rule.until else NEVER
        if rule.warns:
            return ALWAYS
        return some([no(self.facts.asked(rule.if_)), self.facts.asked(rule.must), dated])

    def _recorded(self, act: Act) -> Iterator[Change]:
        for name, slot in self.slots.items():
            if name[:2] == ("record", act.name):
                empty = 0 if act.record[name[2]].required else slot.bits(None)
                yield becomes(slot, (slot.mask & ~slot.bits(None)) | empty)

    def _stale(self, act: Act) -> Cond:
        """Whether something that had to come before is itself stale, and only excused."""
        return some(self.facts.has(("done", name), "stale") for name in act.after)

    def _outdates(self, act: Act, names: set[str]) -> Iterator[Change]:
        """What had to come after the act and was done before it counts no more."""
        for other in self.guide.acts.values():
            if names.isdisjoint(self._behind(other.step)) or other.step == act.step:
                continue
            if not other.verb:
                yield turns(self.slots["done", other.name], {"fresh": ("stale",)})
            elif other is self.guide.openers[other.step]:
                paper = no(self.facts.has(("paper", other.step), "none"))
                yield where(paper, self._set(("outdated", other.step), YES))
            yield from self._emptied(other)

    def _emptied(self, act: Act) -> Iterator[Change]:
        yield from (self._set(name, None) for name in self.slots if name[:2] == ("record", act.name))

    def _behind(self, step: str) -> frozenset[str]:
        """All that has to come before a step."""
        if step in self._before:
            return self._before[step]
        found = dict.fromkeys(self._opener(step).after)
        waiting = list(found)
        for name in waiting:
            fresh = [other for other in self._opener(name).after if other not in found]
            found.update(dict.fromkeys(fresh))
            waiting += fresh
        return self._before.setdefault(step, frozenset(found))

    # papers

    def _paper(self, act: Act) -> list[tuple[Change, Happened, bool]]:
        """What may become of the paper, what has happened with it, and whether it is the newest one."""
        if not act.verb:
            return []
        document, step = self.facts.document(act.step), act.step
        name, several = ("paper", step), len(document.recipients) != 1 and not document.addressed_field
        several = several or bool(document.addressed_field and document.copies_to)
        done: Happened = [("done", step, "")]
        if act.verb == "return":
            return [(then([self._set(name, "none"), self._set(("outdated", step), NO)]), [], True)]
        stage = {"draft": "drafted", "sign": "signed", "release": "released"}.get(act.verb, "")
        if self.guide.openers[step] is act and stage:
            begun = then(
                [self._dropped(step), self._older(step), self._set(("outdated", step), NO), *self._answerless(step)]
            )
            finished = done if stage == document.ready and self.facts.alone(document) else []
            return [(then([begun, self._set(name, stage)]), [*_past(act, document.id), *finished], True)]
        if stage:
            finished = done if stage == document.ready and self.facts.alone(document) else []
            return [(self._set(name, stage), [*_past(act, document.id), *finished], True)]
        if act.verb == "serve":
            return self._served(act, several=several)
        return self._answered(act)

    def _served(self, act: Act, *, several: bool) -> list[tuple[Change, Happened, bool]]:
        step, document = act.step, self.facts.document(act.step)
        name, past = ("paper", act.step), _past(act, document.id)
        whole: Happened = [*past, ("done", step, "")]
        newest = only(self.facts.has(name, document.ready, "partly", "partly answered"))
        into = turns(
            self.slots[name], {document.ready: ("served",), "partly": ("served",), "partly answered": ("answered",)}
        )
        found = [(then([newest, into, self._set(("owed", step), NO)]), whole, True)]
        if several:
            found.append((then([newest, turns(self.slots[name], {document.ready: ("partly",)})]), past, True))
        older = [
            only(self._out(act, "released")),
            self._maybe(step, "released"),
            self._set(("out", step, "served"), YES),
        ]
        return [*found, (then(older), whole, False)]

    def _answered(self, act: Act) -> list[tuple[Change, Happened, bool]]:
        step, past = act.step, _past(act, self.facts.document(act.step).id)
        name = ("paper", act.step)
        newest = [only(self.facts.has(name, "served", "partly"))]
        into = turns(self.slots[name], {"served": ("answered",), "partly": ("partly answered",)})
        older = [
            only(self._out(act, "served")),
            self._maybe(step, "served"),
            self._set(("out", step, "answered"), YES),
        ]
        return [(then([*newest, into]), past, True), (then([*older, *self._keeps(act)]), past, False)]

    def _keeps(self, act: Act) -> Iterator[Change]:
        """The answer to an older paper is no record of the newest."""
        for name, slot in self.slots.items():
            if name[:2] == ("record", act.name):
                yield becomes(slot, slot.mask)

    def _maybe(self, step: str, how: str) -> Change:
        """One of the older papers is out no more; whether others are, nobody counts."""
        return self._set(("out", step, how), NO, YES)

    def _answerless(self, step: str) -> Iterator[Change]:
        yield from (self._set(name, None) for name in self.slots if name[:2] == ("record", f"{step}.answer"))

    def _dropped(self, step: str) -> Change:
        """A newer paper stands for those in the house, and for those not sent of which something before them is new."""
        slot, ready = self.slots["paper", step], self.facts.document(step).ready
        stale = then(
            [
                turns(slot, dict.fromkeys(("drafted", "signed", ready), ("none",))),
                turns(self.slots["out", step, "released"], {YES: (NO, YES)}),
            ]
        )
        house = turns(slot, dict.fromkeys(self._in_house(step), ("none",)))
        return where(self.facts.has(("outdated", step), YES), stale, house)

    def _in_house(self, step: str) -> list[str]:
        """How far a paper has come that is not yet fit to leave; one addressed to nobody is fit when it is ready."""
        document = self.facts.document(step)
        stages = ("drafted", "signed")[: ("drafted", "signed", "released").index(document.ready)]
        return list(stages or (() if self.facts.alone(document) else ("drafted",)))

    def _older(self, step: str) -> Change:
        """The newest paper of a step becomes an older one: those in the house are given up."""
        has, name, ready = self.facts.has, ("paper", step), self.facts.document(step).ready
        released = ["partly", "partly answered", *({ready} - {*self._in_house(step)})]
        moved = {"released": released, "served": ["partly", "served"], "answered": ["partly answered", "answered"]}
        return then(where(has(name, *stages), self._set(("out", step, how), YES)) for how, stages in moved.items())

    # visits

    def _moved(self, act: Act, state: str) -> Iterator[Change]:
        if not act.moves:
            return
        steps = list({opener.step: opener for opener in self.guide.openers.values() if opener.verb}.values())
        if not act.event:
            yield from (self._given_up(step) for step in steps if step.owner == state)
        anew = [self._given_up(step) for step in steps if step.owner == act.to]
        for step in (step for step in steps if step.owner == act.to):
            anew += [self._older(step.step), self._set(("paper", step.step), "none"), *self._unseen(step.step)]
            anew.append(self._set(("outdated", step.step), NO))
        for other in self.guide.acts.values():
            if other.owner == act.to:
                anew += [self._set(("done", other.name), "none"), *self._emptied(other)]
        begins = then([*anew, *self._anew(act.to)])
        yield where(self.facts.has(("entered", act.to), YES), NOTHING, begins) if act.resumes else begins
        yield self._set(("entered", act.to), YES)
        yield becomes(self.facts.state, self.facts.state.bits(act.to))

    def _anew(self, state: str) -> Iterator[Change]:
        """What counted no more because of something done in the last visit may count again."""
        for other in self.guide.acts.values():
            behind = (self._opener(name).owner for name in self._behind(other.step))
            if other.owner != state and state in behind:
                if not other.verb:
                    yield turns(self.slots["done", other.name], {"stale": ("stale", "fresh")})
                elif other is self.guide.openers[other.step]:
                    yield turns(self.slots["outdated", other.step], {YES: (NO, YES)})
                slots = (slot for name, slot in self.slots.items() if name[:2] == ("record", other.name))
                yield from (becomes(slot, slot.mask) for slot in slots)

    def _given_up(self, step: Act) -> Change:
        """Leaving a visit gives up a paper that is not fit to leave the house."""
        early, slot = self._in_house(step.step), self.slots["paper", step.step]
        gone = turns(slot, dict.fromkeys(early, ("none",)))
        return where(self.facts.has(slot.name, *early), then([gone, self._set(("outdated", step.step), NO)]))

    def _unseen(self, step: str) -> Iterator[Change]:
        """The reply period of an older paper is not that of the new visit; what it left stays owed."""
        name = f"{step}.reply"
        if ("clock", name) in self.slots:
            clock, duty = ("clock", name), ("duty", name)
            if self.guide.deadlines[name].duty:
                yield where(self.facts.has(clock, "running", "early"), self._set(duty, "maybe"))
                yield where(self.facts.has(clock, "overdue"), self._set(duty, "yes"))
            yield self._set(clock, "none")

    def _passed_over(self, act: Act) -> Iterator[Change]:
        """The steps that an event passes over stay owed."""
        for step in self.guide.awaited.get(act.name, ()) if act.event else ():
            yield where(self._open(step), self._set(("owed", step.step), YES))

    # time

    def _expiry(self, deadline: Deadline, state: str) -> Move:
        slot = self.slots["clock", deadline.id]
        into = {"running": ("late" if deadline.right else "overdue",), "early": ("duty done",)}
        gate = self.facts.has(slot.name, "running", "early")
        return Move(state, None, gate, (turns(slot, into),), deadline.id)

    def _clocks(self, happened: Happened, act: Act, *, own: bool = True) -> Iterator[Change]:
        moved = [("entered", act.to, "")] if act.moves and act.name != "open" else []
        for deadline in self.followed:
            yield self._clock(deadline, [*happened, *moved], act, own=own)

    def _clock(self, deadline: Deadline, happened: Happened, act: Act, *, own: bool) -> Change:
        slot = self.slots["clock", deadline.id]
        late: dict[Any, tuple[Any, ...]] = {"overdue": ("late",), "duty done": ("late",)}
        over = {"running": ("ended",), "early": ("ended",), **late}
        changes = []
        for events in (deadline.void_by, deadline.met_by):
            if fits := _fits(events, happened):
                ends = {**over, **({"overdue": ("overdue",)} if deadline.right else {})}
                if any(event.kind == "field" for event in events.events):  # what is learned late was done in time
                    ends |= dict.fromkeys(("overdue", "duty done", "late"), ("late", "overdue", "ended"))
                sure = fits == 1 and own and not deadline.each and not events.all
                sure = sure and (not act.verb or deadline.id == f"{act.step}.reply" or not _of_papers(deadline))
                changes.append(turns(slot, ends) if sure else either(turns(slot, ends), NOTHING))
                break
        if _fits(deadline.counts_from, happened):
            changes.append(self._started(deadline, slot, sure=_fits(deadline.counts_from, happened) == 1))
        if act.closes and not deadline.survives and not _fits(deadline.counts_from, happened):
            changes.append(turns(slot, {"running": ("ended",), "early": ("ended",)}))
        if any(kind == "done" and name in deadline.duty for kind, name, _ in happened):
            changes.append(self._dutiful(deadline, slot))
        return then(changes) if changes else NOTHING

    def _started(self, deadline: Deadline, slot: Slot, *, sure: bool) -> Change:
        duty, has, stands = ("duty", deadline.id), self.facts.has, slot.name
        before: list[Change] = []
        if deadline.duty:
            left = "maybe" if deadline.each else "yes"
            before.append(where(has(stands, "overdue"), self._set(duty, left)))
            if deadline.each:
                before.append(where(has(stands, "running", "early"), self._set(duty, "maybe")))
        named = (
            deadline.due_field or deadline.in_document or any(e.kind == "field" for e in deadline.counts_from.events)
        )
        past = ("late" if deadline.right else "overdue",) if named else ()  # a day that is written may be over already
        begins = then([*before, becomes(slot, slot.bits("running", *past))])
        fixed = deadline.length or deadline.in_document or deadline.versions
        surely = sure and fixed and not deadline.counts_from.all and not deadline.versions
        return where(self.facts.asked(deadline.when), begins if surely else either(begins, NOTHING))

    def _dutiful(self, deadline: Deadline, slot: Slot) -> Change:
        duty = self.slots["duty", deadline.id]
        answered = turns(slot, {"overdue": ("duty done",), "running": ("running", "early")})
        return where(
            no(self.facts.has(duty.name, "no")), either(answered, turns(duty, {"yes": ("maybe", "no")})), answered
        )


def _of_papers(deadline: Deadline) -> bool:
    """Whether its runs are about papers: what comes of another paper of that kind does not end them."""
    return any(event.kind in ("signed", "released", "served", "answered") for event in deadline.counts_from.events)


def _past(act: Act, document: str) -> Happened:
    past = {"sign": "signed", "release": "released", "serve": "served", "answer": "answered"}.get(act.verb)
    return [(past, name, "") for name in (document, act.step)] if past else []


def _fits(events: Events, happened: Sequence[tuple[str, str, str]]) -> int:
    """Whether something has happened that some events wait for: 1 for sure, 2 perhaps."""
    found = 0
    for event in events.events:
        for kind, name, how in happened:
            if (kind, name) == (event.kind, event.name):
                sure = not how and not event.to and not events.all
                found = 1 if sure or found == 1 else 2
    return found
