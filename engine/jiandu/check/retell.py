"""The shortest story that leads to a situation, played for real: what nobody can play is not told.

The explorer allows for whatever it does not follow. So each of its ways is walked again with the engine's own rules:
somebody for every role, the first values that lead there, days as early as they may be. Free days are tried a few
ways: the day of the act, long before, long after.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from typing import Any

from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, Refusal, Request
from jiandu.case.model import Paper
from jiandu.case.view import CaseView
from jiandu.catalogue import Language, Text, said
from jiandu.check.explore import Explored, Explorer, Way
from jiandu.check.slots import Op
from jiandu.check.standing import agree, situation_of
from jiandu.clock import LEGAL_ZONE
from jiandu.errors import UsageError
from jiandu.guide.model import Act, Field, Guide, Role
from jiandu.guide.words import title_words
from jiandu.scenario.memory import Memory
from jiandu.scenario.story import ABOVE, OWN, attachment

FIRST = date(2026, 3, 2)
OFFSETS = (0, -200, 200)
"""So many days from the day of an act are free days tried."""
MOST = 4_000
"""So many values that an act depends on are tried."""
EVENING = time(20, tzinfo=LEGAL_ZONE)
PLAIN = re.compile(r"[A-Za-z一-鿿][\w一-鿿.-]*")
WORDS = ("true", "false", "null", "yes", "no", "on", "off")


@dataclass(frozen=True, slots=True)
class Told:
    """A story that was played: what happens in it, its people and items as a story file has them, and its end."""

    words: tuple[Text, ...]
    cast: Mapping[str, str]
    items: tuple[str, ...]
    view: CaseView = field(repr=False, compare=False)

    def said(self, language: Language) -> str:
        """What happens, act by act."""
        return " → ".join(word.said(language) for word in self.words)

    @property
    def text(self) -> str:
        """The story as it may be pasted."""
        cast = ", ".join(f"{name}: {role}" for name, role in self.cast.items())
        return "\n".join([f"cast: {{{cast}}}", "story:", *(f"  - {item}" for item in self.items)])


def told(explorer: Explorer, found: Explored, n: int) -> Told | None:
    """The story of a situation; None where it cannot be played."""
    path = explorer.path(found, n)
    ways = [explorer.ways[found.came[one][1]] for one in path[1:]]
    wanted = _wanted(explorer, [found.situations[one] for one in path], ways)
    for offset in OFFSETS:
        teller = Teller(explorer, offset)
        if teller.plays(wanted, ways) and not agree(explorer.facts, found.situations[n], teller.situation):
            return Told(tuple(teller.words), teller.cast, tuple(teller.items), teller.view)
    return None


def _wanted(explorer: Explorer, path: list[int], ways: list[Way]) -> list[int]:
    """What each act has to bring about, the opening first, so that the rest of the way can be gone."""
    wanted = list[int]()
    goal = path[-1]
    for s, way in zip(reversed(path[:-1]), reversed(ways), strict=True):
        goal, brought = _leading(explorer, s, way.change.reads | way.asks, way.change.of, goal)
        wanted.insert(0, brought)
    nothing, opened = explorer.moves.begun()
    return [_leading(explorer, nothing, 0, opened.of, goal)[1], *wanted]


def _leading(explorer: Explorer, s: int, reads: int, change: Op, goal: int) -> tuple[int, int]:
    """The part of a situation from which a change leads to a goal, and what it makes of that part."""
    slots = list(explorer.facts.slots.values())
    several = [slot for slot in slots if slot.mask & reads and (s & slot.mask).bit_count() > 1]
    choices = [[1 << n for n in range(slot.shift, slot.shift + len(slot.values)) if s >> n & 1] for slot in several]
    rest = s & ~sum(slot.mask for slot in several)
    for chosen in islice(product(*choices), MOST):
        part = rest | sum(chosen)
        for after in change(part):
            common = [after & goal & slot.mask for slot in slots]
            if all(common):
                kept = [goal & part & slot.mask or part & slot.mask for slot in slots]
                same = [part & slot.mask == after & slot.mask for slot in slots]
                before = [k if one else part & slot.mask for k, one, slot in zip(kept, same, slots, strict=True)]
                return sum(before), sum(common)
    return s, goal


@dataclass
class Teller:
    """Plays one story in memory and writes it down."""

    explorer: Explorer
    offset: int
    words: list[Text] = field(default_factory=list)
    cast: dict[str, str] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.guide = self.explorer.guide
        self.day = max(self.guide.effective_from, FIRST)
        self.id = ""
        self.memory = Memory(self._known, Calendar.shipped(), OWN, ABOVE, datetime.combine(self.day, EVENING))

    def _known(self, name: str) -> Guide:
        if name != self.guide.id:
            raise UsageError("guide-missing", name=name)
        return self.guide

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.memory.cases[self.id]

    @property
    def view(self) -> CaseView:
        """The case as it is seen today."""
        world = self.memory.world(self.case)
        return CaseView(self.guide, self.case, world.unit, self.day, kin=world.kin)

    @property
    def situation(self) -> int:
        """The situation in which the case stands."""
        return situation_of(self.explorer.facts, self.view)

    def plays(self, wanted: list[int], ways: list[Way]) -> bool:
        """Whether the whole way could be gone."""
        return self._opened(wanted[0]) and all(self._goes(way, s) for way, s in zip(ways, wanted[1:], strict=True))

    def _goes(self, way: Way, s: int) -> bool:
        for move in way.moves:
            if move.act is None:
                run = self.view.run(move.late)
                if run is None:
                    return False
                self._wait(max(self.day, run.due + timedelta(days=1)))
                self.words.append(said("story-late", name=self.guide.deadlines[move.late].title))
            elif not self._does(move.act, s):
                return False
        return True

    def _wait(self, day: date) -> None:
        self.day = day
        self.memory.now = datetime.combine(day, EVENING)

    # acts

    def _opened(self, s: int) -> bool:
        opening = self.guide.powers["open"]
        card = dict(self._card(opening, s, {}))
        actor = self._actor(opening)
        decision = self.memory.open(self.guide, actor, Request(self.guide.id, self.day, card=card), None)
        if isinstance(decision, Refusal):
            return False
        self.id = next(iter(self.memory.cases))
        self._note(actor, {"open": True, "card": card})
        self.words.append(opening.title)
        return True

    def _does(self, act: Act, s: int) -> bool:
        """Does an act; a service once for every addressee who is left."""
        stage = self.explorer.facts.slots["paper", act.step].of(s) if act.verb == "serve" else []
        papers: list[Paper | None] = [*self._papers(act)]
        for paper in papers or [None]:
            left = [r for r in paper.recipients if r not in paper.served] if paper and act.verb == "serve" else [None]
            some = left[:1] if "partly" in stage and len(left) > 1 else left
            if all(self._tried(act, s, paper, to) for to in some):
                self.words.append(title_words(act.name, self.guide))
                return True
        return False

    def _tried(self, act: Act, s: int, paper: Paper | None, to: str | None) -> bool:
        several = paper is not None and len(self._papers(act)) > 1
        actor, request = self._actor(act), self._request(act, s, paper.name if paper and several else None, to)
        self._assigned(act, actor)
        decision = self.memory.act("do", self.case, actor, request, None)
        if isinstance(decision, Refusal):
            early = [reason.earliest for reason in decision.reasons if reason.earliest]
            if not early or max(early) <= self.day:
                return False
            self._wait(max(early))
            request = replace(self._request(act, s, request.paper, to), day=self.day)
            decision = self.memory.act("do", self.case, actor, request, None)
            if isinstance(decision, Refusal):
                return False
        self._written(actor, act, request, decision.content["warnings"])
        return True

    def _written(self, actor: Actor, act: Act, request: Request, warned: list[Mapping[str, Any]]) -> None:
        files = {name: value["name"] for name, value in request.record.items() if act.record[name].type == "attachment"}
        record = {name: value for name, value in request.record.items() if name not in files}
        said_ = {"do": act.name, "card": request.card, "record": record, "attach": files}
        who = {
            "assigns": {role: persons[0] for role, persons in request.assigns.items()},
            "people": list(request.people),
        }
        soft = [{name: one[name] for name in ("code", "rule") if one[name]} for one in warned]
        self._note(actor, {**said_, **who, "to": request.to, "paper": request.paper, "warned": soft})

    def _note(self, actor: Actor, written: Mapping[str, Any]) -> None:
        told = {"day": self.day.isoformat(), "as": actor.id, **{k: v for k, v in written.items() if v}}
        self.items.append(_yaml(told))

    # what is written

    def _request(self, act: Act, s: int, paper: str | None, to: str | None) -> Request:
        return Request(
            act.name,
            self.day,
            record=dict(self._record(act, s)),
            card=dict(self._card(act, s, self.case.card)),
            assigns={act.assigns: (act.assigns,)} if act.assigns else {},
            paper=paper,
            to=to,
            people=tuple(self._people(act)),
        )

    def _card(self, act: Act, s: int, card: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name in act.fills:
            definition = self.guide.fields[name]
            slot = self.explorer.facts.slots.get(("field", name))
            values = slot.of(s) if slot else [None]
            if name not in card and None not in values:
                yield name, self._value(definition, values[0])
            elif slot and name in card and not self._is_one(slot.name, values, name):
                given = [value for value in values if value is not None]
                yield from [(name, self._value(definition, given[0]))] if given else []

    def _is_one(self, slot: tuple[str, ...], values: list[Any], name: str) -> bool:
        """Whether what stands on the card already will do."""
        return any(self.explorer.facts.alike(slot, value, self.view.field(name)) for value in values)

    def _record(self, act: Act, s: int) -> Iterator[tuple[str, Any]]:
        for name, definition in act.record.items():
            slot = self.explorer.facts.slots.get(("record", act.name, name))
            values = slot.of(s) if slot else [None]
            if definition.required or None not in values:
                given = [value for value in values if value is not None]
                yield name, self._value(definition, given[0] if given else None)
            elif name == "reply_within":
                yield name, "10 days"

    def _value(self, definition: Field, value: Any) -> Any:
        """The value as it is written; something fitting where any will do."""
        if definition.type == "date":
            return (self.day + timedelta(days=self.offset)).isoformat()
        if value is None or value == "present":
            found = self._any(definition)
            return [found] if definition.many else found
        if definition.type == "checklist":
            return dict.fromkeys(definition.points, next(iter(value.values())))
        return list(value) if isinstance(value, tuple) else str(value) if definition.type == "period" else value

    def _any(self, definition: Field) -> Any:
        plain: Mapping[str, Any] = {
            "boolean": True,
            "choice": next(iter(definition.choices), None),
            "integer": definition.min or 0,
            "amount": definition.min or 0,
            "datetime": f"{self.day}T09:00:00+08:00",
            "period": "10 days",
            "attachment": attachment("文件.pdf"),
            "checklist": dict.fromkeys(definition.points, next(iter(definition.choices), None)),
            "object": {key: self._any(part) for key, part in definition.fields.items() if part.required},
        }
        return plain.get(definition.type, "某某")

    def _papers(self, act: Act) -> list[Paper]:
        """The papers that the act may be about, the newest first."""
        if not act.verb or self.guide.openers[act.step] is act:
            return []
        ours = [p for p in reversed(self.case.papers) if p.step == act.step and p.status != "abandoned"]
        if act.verb == "answer":
            return [p for p in ours if p.served and not p.answered_on]
        ready = self.guide.documents[act.document].ready
        return [p for p in ours if p.status == (ready if act.verb == "serve" else p.status) and p.status != "served"]

    # who

    def _actor(self, act: Act) -> Actor:
        """Somebody with one of the act's roles who has not done what he may not have done."""
        roles = sorted((self.guide.roles[role] for role in act.by), key=self._far)
        names = [role.id for role in roles if not role.outside]
        done = {self.case.acts[a.name].by for a in map(self._opening, act.not_by) if a.name in self._acts}
        name = next((one for one in names if one not in done), "")
        role = roles[0] if not name else self.guide.roles[name.removesuffix("_2")]
        if not name:
            name = f"{role.id}_2"
        self.cast[name] = role.id if role.unit == "own" else f"{{role: {role.id}, unit: {role.unit}}}"
        unit = {"superior": ABOVE[0].id, "province": ABOVE[1].id}.get(role.unit, OWN.id)
        return Actor(name, frozenset((role.id,)), unit)

    @property
    def _acts(self) -> Mapping[str, Any]:
        return self.case.acts if self.id else {}

    def _far(self, role: Role) -> tuple[bool, bool, bool]:
        """Those at hand first: in this unit, held by somebody, deciding alone."""
        held = not role.assigned or (bool(self.id) and role.id in self.case.holders)
        return (not held, role.unit != "own", role.collective)

    def _opening(self, name: str) -> Act:
        return self.guide.acts.get(name) or self.guide.openers[name]

    def _assigned(self, act: Act, actor: Actor) -> None:
        """Makes somebody the holder of each role that is to act or to take part, where nobody is and somebody may."""
        taking_part = act.people.of if act.people else ()
        asked = dict.fromkeys(actor.roles & set(act.by), actor.id) | {role: role for role in taking_part}
        for role, name in asked.items():
            definition, power = self.guide.roles[role], self.guide.powers.get("assign")
            if power and definition.assigned and not self.case.holders.get(role):
                giver, given = self._actor(power), {role: (name,)}
                self.memory.act("assign", self.case, giver, Request(role, self.day, assigns=given, reason="某某"), None)
                self._note(giver, {"assign": role, "assigns": {role: name}, "reason": "某某"})

    def _people(self, act: Act) -> list[str]:
        if act.people is None:
            return []
        holders = [*act.people.including, *act.people.of]
        return list(dict.fromkeys([*holders, *(f"p{n}" for n in range(act.people.at_least))]))[
            : act.people.at_least + 1
        ]


def _yaml(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_yaml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    if isinstance(value, str) and ((PLAIN.fullmatch(value) and value.lower() not in WORDS) or _is_day(value)):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_day(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
