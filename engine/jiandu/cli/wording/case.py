"""A case in words: how it stands, what can be done, what was done, what is due and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiandu.calendar import trace_step
from jiandu.case import Case, Offer
from jiandu.case.evolve import Effect
from jiandu.case.model import SEALED, Paper, Run
from jiandu.catalogue import Language, Text, say
from jiandu.cli.frame.failures import reasons_told
from jiandu.cli.frame.settings import Settings
from jiandu.cli.wording.guide import value_words
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

    def all(self) -> Iterator[str]:
        """The case as it stands."""
        case = self.case
        yield self.say("case-head", guide=self.guide.title, number=self.number(), id=case.id)
        yield self.say("case-unit", unit=case.unit, day=case.opened_on)
        state, status = self.guide.states[case.state].title, self.say(f"case-{case.status}")
        yield self.say("case-state", state=state, status=status, seq=case.seq)
        if case.outcome:
            yield self.say("case-outcome", outcome=self.guide.outcomes[case.outcome])
        yield from self.block("case-holders", (self.holder(role) for role in case.holders))
        yield from self.block("case-card", (self.value(name, case.card[name], self.guide.fields) for name in case.card))
        yield from self.block("case-papers", map(self.paper, case.papers))
        yield from self.block("case-deadlines", (self.run(run, self.today) for run in case.deadlines))

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
            "role": self.guide.roles[run.owed_by].title,
            "since": run.started_on,
        }
        return self.say("case-run", **facts, status=status, nth=nth, provisional=provisional)

    def deadlines(self, on: date, *, why: bool) -> Iterator[str]:
        """The runs of all deadlines as of a day, with every step of their reckoning where that is asked for."""
        if not self.case.deadlines:
            yield self.say("case-no-deadlines")
        for run in self.case.deadlines:
            yield self.run(run, on)
            yield from (f"    {trace_step(step).text(self.language)}" for step in run.trace if why)

    # what can be done

    def offers(self, offers: Iterable[Offer], settings: Settings) -> Iterator[str]:
        """What can be done, then what cannot and why not."""
        listed = list(offers)
        state = self.guide.states[self.case.state].title
        yield self.say("offers-in", state=state, status=self.say(f"case-{self.case.status}"))
        yield from self.block("offers-possible", (self.offer(one) for one in listed if not one.reasons))
        barred = [line for one in listed if one.reasons for line in self.barred(one, settings)]
        yield from self.block("offers-barred", barred)
        if not listed:
            yield self.say("offers-none")

    def offer(self, offer: Offer) -> str:
        return self.say("offer", title=offer.title, act=offer.act)

    def barred(self, offer: Offer, settings: Settings) -> Iterator[str]:
        yield self.offer(offer)
        yield from (f"  {line}" for line in reasons_told(offer.reasons, settings))

    # what was done

    def done(self, act: str, warnings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """What an act has led to, and what is recorded against it."""
        state = self.guide.states[self.case.state].title
        yield self.say("act-done", act=self.title(act), state=state, seq=self.case.seq)
        yield from self.warned(warnings)

    def warned(self, warnings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        for warning in warnings:
            yield self.say("act-warned", what=self.warning(warning), code=warning["code"])
            if warning["basis"]:
                yield self.say("refused-basis", basis=basis_words(warning["basis"], self.guide, self.language))

    def warning(self, warning: Mapping[str, Any]) -> str:
        rules = (rule for act in self.guide.acts.values() for rule in act.rules if rule.id == warning["rule"])
        rule = next(rules, None)
        return rule.says.said(self.language) if rule else self.say(f"warned-{warning['code']}")

    def history(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The trail in words, oldest first."""
        for entry in entries:
            content = entry.content
            yield self.entry(content)
            yield from (f"    {line}" for effect in content["effects"] for line in self.effect(effect, entry))
            yield from (f"  {line}" for line in self.warned(content["warnings"]))

    def entry(self, content: Mapping[str, Any]) -> str:
        act = self.say("act-open") if content["kind"] == "open" else self.title(content["name"])
        roles = tuple(self.guide.roles[role].title for role in content["by"]["roles"])
        facts = {"seq": content["seq"], "day": date.fromisoformat(content["day"]), "by": content["by"]["id"]}
        return self.say("history-entry", **facts, roles=roles, act=act)

    def effect(self, effect: Effect, entry: Entry) -> Iterator[str]:
        if tell := _EFFECTS.get(effect["kind"]):
            yield from tell(self, effect, entry)
        else:
            yield self.say(f"effect-{effect['kind'].replace('_', '-')}", **self.facts(effect))

    def facts(self, effect: Effect) -> dict[str, object]:
        """What the sentence of an effect may speak of, in words."""
        guide, found = self.guide, dict[str, object](effect)
        kinds: Mapping[str, Mapping[str, Any]] = {
            "to": guide.states if effect["kind"] == "state_changed" else guide.roles,
            "role": guide.roles,
            "owed_by": guide.roles,
            "deadline": guide.deadlines,
        }
        found |= {key: kinds[key][effect[key]].title for key in kinds.keys() & effect.keys()}
        found |= {key: date.fromisoformat(effect[key]) for key in ("due", "on") if key in effect}
        if effect.get("outcome"):
            found["outcome"] = guide.outcomes[effect["outcome"]]
        return found

    def recorded(self, effect: Effect, entry: Entry) -> Iterator[str]:
        """What was recorded, with what lies in the body."""
        act = self.guide.acts.get(entry.content["name"])
        yield from self.written(effect["record"], effect, entry.body, "record", act.record if act else {})

    def filled(self, effect: Effect, entry: Entry) -> Iterator[str]:
        """What was written on the card, with what lies in the body."""
        yield from self.written(effect["values"], effect, entry.body, "card", self.guide.fields)

    def written(
        self, seen: Effect, effect: Effect, body: Effect | None, part: str, fields: Mapping[str, Field]
    ) -> Iterator[str]:
        hidden = {name: SEALED if body is None else body[part][name] for name in effect["in_body"]}
        for name, value in {**seen, **hidden}.items():
            yield self.value(name, value, fields)

    def met(self, effect: Effect, _: Entry) -> Iterator[str]:
        yield self.say("effect-deadline-met-late" if effect["late"] else "effect-deadline-met", **self.facts(effect))

    def nothing(self, _: Effect, __: Entry) -> Iterator[str]:
        """What goes without saying."""
        return iter(())


_EFFECTS: Mapping[str, Callable[[CaseTold, Effect, Entry], Iterator[str]]] = {
    "case_opened": CaseTold.nothing,
    "step_done": CaseTold.recorded,
    "transition_done": CaseTold.recorded,
    "card_changed": CaseTold.filled,
    "deadline_met": CaseTold.met,
}
