"""A case in words: how it stands, what can be done, what was done, what is due and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiandu.calendar import trace_step
from jiandu.case import Case, Offer
from jiandu.case.evolve import Effect
from jiandu.case.model import SEALED, Paper, Run
from jiandu.catalogue import Language, Text, has, said, say
from jiandu.cli.frame.failures import reasons_told
from jiandu.cli.frame.settings import Settings
from jiandu.cli.wording.guide import owing, value_words
from jiandu.engine import Entry
from jiandu.guide.model import Field, Guide
from jiandu.guide.words import basis_words, title_words


@dataclass(frozen=True, slots=True)
class CaseTold:
    """Tells of one case in one language."""

    case: Case
    guide: Guide
    language: Language
    today: date

    def say(self, code: str, /, **facts: object) -> str:
        return say(code, self.language, facts)

    def title(self, name: str) -> Text:
        return title_words(name, self.guide)

    # how it stands

    def all(self, related: Iterable["Relative"] = ()) -> Iterator[str]:
        """The case as it stands, with the cases that belong to it."""
        case = self.case
        yield self.say("case-head", guide=self.guide.title, number=self.number(), id=case.id)
        yield self.say("case-unit", unit=case.unit, day=case.opened_on)
        state, status = self.guide.states[case.state].title, self.say(f"case-{case.status}")
        yield self.say("case-state", state=state, status=status, seq=case.seq)
        if case.outcome:
            yield self.say("case-outcome", outcome=self.guide.outcomes[case.outcome])
        if case.suspended_on:
            yield self.say("case-suspended-since", day=case.suspended_on)
        yield from self.block("case-holders", (self.holder(role) for role in case.holders))
        yield from self.block("case-card", (self.value(name, case.card[name], self.guide.fields) for name in case.card))
        yield from self.block("case-papers", map(self.paper, case.papers))
        yield from self.block("case-deadlines", (self.run(run, self.today) for run in case.deadlines))
        yield from self.block("case-related", (self.relative(*relative) for relative in related))

    def line(self) -> str:
        """The case on one line."""
        case = self.case
        facts = {"id": case.id, "number": self.number(), "guide": self.guide.title}
        state, status = self.guide.states[case.state].title, self.say(f"case-{case.status}")
        return self.say("case-line", **facts, state=state, status=status)

    def number(self) -> str:
        return self.case.number or self.say("case-no-number")

    def block(self, code: str, lines: Iterable[str]) -> Iterator[str]:
        listed = [f"  {line}" for line in lines]
        if listed:
            yield from (self.say(code), *listed)

    def holder(self, role: str) -> str:
        return self.say("case-value", name=self.guide.roles[role].title, value=self.case.holders[role])

    def value(self, name: str, value: Any, fields: Mapping[str, Field]) -> str:
        field = fields.get(name)
        return self.say(
            "case-value", name=field.title if field else name, value=value_words(field, value, self.language)
        )

    def relative(self, relation: str, case: str, told: "CaseTold | None") -> str:
        """A case that belongs to this one: its line, or its id alone where no more may be read."""
        return self.say("case-value", name=self.relation(relation), value=told.line() if told else case)

    def relation(self, name: str) -> Text:
        return self.guide.related[name].title if name in self.guide.related else said("relation-parent")

    def paper(self, paper: Paper) -> str:
        title = self.guide.documents[paper.document].title
        status = self.say("paper-is-answered" if paper.answered_on else f"paper-is-{paper.status}")
        facts = {"name": paper.name, "title": title, "status": status, "number": paper.number or ""}
        return self.say("case-paper-numbered" if paper.number else "case-paper", **facts)

    def run(self, run: Run, on: date) -> str:
        deadline = self.guide.deadlines[run.deadline]
        status = self.say(f"run-is-{run.on(on).replace('_', '-')}")
        nth = self.say("case-nth", n=run.n) if run.n > 1 else ""
        provisional = self.say("case-provisional") if run.provisional else ""
        facts = {
            "title": deadline.title,
            "due": run.due,
            "since": run.paused_on or run.started_on,
            "role": self.say("run-right" if run.right else "run-owed", role=owing(run.owed_by, self.guide)),
        }
        code = "case-run-paused" if run.status == "paused" else "case-run"
        return self.say(code, **facts, status=status, nth=nth, provisional=provisional)

    def deadlines(self, on: date, *, why: bool) -> Iterator[str]:
        """The runs of all deadlines as of a day, with every step of their reckoning where that is asked for."""
        if not self.case.deadlines:
            yield self.say("case-no-deadlines")
        for run in self.case.deadlines:
            yield self.run(run, on)
            yield from (f"    {trace_step(step).text(self.language)}" for step in run.trace if why)

    # what can be done

    def offers(self, offers: Iterable[Offer], settings: Settings, *, whole: bool) -> Iterator[str]:
        """What can be done, then what cannot and why; acts of the whole case without occasion are only counted."""
        listed = list(offers)
        uncalled = [one for one in listed if not whole and self.uncalled(one)]
        state = self.guide.states[self.case.state].title
        yield self.say("offers-in", state=state, status=self.say(f"case-{self.case.status}"))
        yield from self.block("offers-possible", (self.offer(one) for one in listed if not one.reasons))
        stated = [one for one in listed if one.reasons and one not in uncalled]
        yield from self.block("offers-barred", (line for one in stated for line in self.barred(one, settings)))
        if uncalled:
            yield self.say("offers-uncalled", n=len(uncalled))
        if not listed:
            yield self.say("offers-none")

    def uncalled(self, offer: Offer) -> bool:
        """Whether it is an act of the whole case whose occasion has not come."""
        return not self.guide.acts[offer.act].owner and any(one.code == "not-applicable" for one in offer.reasons)

    def offer(self, offer: Offer) -> str:
        return self.say("offer", title=offer.title, act=offer.act)

    def barred(self, offer: Offer, settings: Settings) -> Iterator[str]:
        yield self.offer(offer)
        yield from (f"  {line}" for line in reasons_told(offer.reasons, settings))

    # what was done

    def done(self, act: Text, warnings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """What an act has led to, and what is recorded against it."""
        state = self.guide.states[self.case.state].title
        yield self.say("act-done", act=act, state=state, seq=self.case.seq)
        yield from self.warned(warnings)

    def act_title(self, kind: str, name: str) -> Text:
        """What was done: the act of that name, or one of a general kind, which may be about another act."""
        if kind == "do":
            return self.title(name)
        general = said(f"act-{kind}")
        return said("act-about", kind=general, name=self.title(name)) if name in self.guide.acts else general

    def warned(self, warnings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        for warning in warnings:
            yield self.say("act-warned", what=self.warning(warning), code=warning["code"])
            if warning["basis"]:
                yield self.say("refused-basis", basis=basis_words(warning["basis"], self.guide, self.language))

    def warning(self, warning: Mapping[str, Any]) -> str:
        rules = (rule for act in self.guide.acts.values() for rule in act.rules if rule.id == warning["rule"])
        rule = next(rules, None)
        return rule.says.said(self.language) if rule else self.say(f"warned-{warning['code']}")

    def entry(self, entry: Entry) -> Iterator[str]:
        """An entry of the trail in words: who did what, what came of it, and what was given as its reason."""
        content, body = entry.content, entry.body or {}
        yield self.headline(content)
        lines = [line for effect in content["effects"] for line in self.effects(effect, entry)]
        lines += [self.say("history-people", people=content["people"])] if "people" in content else []
        lines += [self.say(f"history-{part}", text=body[part]) for part in ("reason", "note") if body.get(part)]
        yield from (f"    {line}" for line in lines)
        yield from (f"  {line}" for line in self.warned(content["warnings"]))

    def headline(self, content: Mapping[str, Any]) -> str:
        by, act = content["by"], self.act_title(content["kind"], content["name"])
        facts = {"seq": content["seq"], "day": date.fromisoformat(content["day"]), "by": by["id"], "act": act}
        if content["kind"] == "tick":
            return self.say("history-tick", **facts)
        roles = tuple(self.guide.title_of(role) for role in by["roles"])
        of = self.guide.title_of(by["of"]) if by["of"] else ""
        return self.say("history-entry-of" if of else "history-entry", **facts, roles=roles, of=of)

    def effects(self, effect: Effect, entry: Entry) -> Iterator[str]:
        """What an act has brought about: values by their fields, all else in a sentence."""
        if effect["kind"] in WRITING:
            yield from self.written(effect, entry)
        elif effect["kind"] not in UNSAID and effect.get("steps") != []:
            yield self.effect(effect)

    def written(self, effect: Effect, entry: Entry) -> Iterator[str]:
        """What was written on the card or in a record, with what lies in the body."""
        part, seen = WRITING[effect["kind"]]
        act = self.guide.acts.get(effect.get("act", entry.content["name"]))
        fields = self.guide.fields if part == "card" else act.record if act else {}
        hidden = {name: entry.body[part][name] if entry.body else SEALED for name in effect["in_body"]}
        return (self.value(name, value, fields) for name, value in {**effect[seen], **hidden}.items())

    def effect(self, effect: Effect) -> str:
        """What an act has brought about, in a sentence."""
        code = f"effect-{effect['kind'].replace('_', '-')}"
        late = effect.get("late") and has(f"{code}-late")
        return self.say(f"{code}-late" if late else code, **self.facts(effect))

    def facts(self, effect: Effect) -> dict[str, object]:
        """What the sentence of an effect may speak of, in words."""
        found = {**effect, **self.titles(effect)}
        found |= {key: date.fromisoformat(effect[key]) for key in ("due", "on") if key in effect}
        found |= {"steps": tuple(map(self.title, effect.get("steps", ())))}
        found |= {"relation": self.relation(effect.get("relation", "")), "ground": self.ground(effect)}
        if effect["kind"] == "case_restored":
            found["state"] = self.guide.states[effect["case"]["state"]].title
        return found

    def titles(self, effect: Effect) -> dict[str, object]:
        """The titles of what an effect names."""
        guide = self.guide
        named: Mapping[str, Callable[[str], Text]] = {
            "to": lambda name: (
                guide.states[name].title if effect["kind"] == "state_changed" else guide.roles[name].title
            ),
            "role": lambda name: guide.roles[name].title,
            "owed_by": lambda name: owing(name, guide),
            "deadline": lambda name: guide.deadlines[name].title,
            "outcome": lambda code: guide.outcomes[code],
        }
        return {key: title(effect[key]) for key, title in named.items() if key in effect}

    def ground(self, effect: Effect) -> str:
        """Why a case is suspended or a period extended, in brackets; nothing where no ground was given."""
        extension = self.guide.deadlines[effect["deadline"]].extend if "deadline" in effect else None
        grounds = extension.grounds if extension else self.guide.suspension.grounds if self.guide.suspension else {}
        title = grounds.get(effect.get("ground", ""))
        return self.say("in-brackets", text=title) if title else ""


Relative = tuple[str, str, CaseTold | None]
"""A case that belongs to another: the relation, its id, and the case itself where it may be read."""
WRITING: Mapping[str, tuple[str, str]] = {
    "step_done": ("record", "record"),
    "transition_done": ("record", "record"),
    "record_amended": ("record", "record"),
    "card_changed": ("card", "values"),
}
"""Effects that carry values: the part of the body that holds the rest, and where those stand that may be seen."""
UNSAID = ("case_opened", "amended", "noted")
"""Effects that say nothing that the line of their entry does not."""
