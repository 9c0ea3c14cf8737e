"""A guide in words: states in their order, their acts with who, when and on which law; papers, roles, deadlines."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jiandu.calendar import Period
from jiandu.catalogue import Language, Text, say, words
from jiandu.guide.conditions import Condition
from jiandu.guide.model import Act, Citation, Deadline, Document, Events, Field, Guide, Role, Rule, State
from jiandu.guide.words import basis_words, condition_words, event_words, title_words

STAGES = (
    "clue", "acceptance", "review", "verify", "discuss", "decide", "issue", "follow", "objection", "escalate", "close",
    "check", "archive",
)  # fmt: skip
"""The stages of a case's life, in their order."""


@dataclass(frozen=True, slots=True)
class Told:
    """Tells of one guide in one language."""

    guide: Guide
    language: Language

    def say(self, code: str, /, **facts: object) -> str:
        return say(code, self.language, facts)

    # the whole and its parts

    def all(self) -> Iterator[str]:
        """The whole guide."""
        yield from self.head()
        for state in in_order(self.guide):
            yield ""
            yield from self.state(state)
            for act in self.guide.acts.values():
                if act.owner == state.id:
                    yield from self.indented(self.act(act))
        yield from self.section("show-anywhere", (self.act(a) for a in self.guide.acts.values() if not a.owner))
        yield from self.section("show-deadlines", map(self.deadline, self.guide.deadlines.values()))
        yield from self.section("show-papers", map(self.document, self.guide.documents.values()))
        yield from self.section("show-roles", map(self.role, self.guide.roles.values()))

    def one(self, name: str) -> Iterator[str] | None:
        """Every act, state, deadline, paper, role or field of that name; None where there is none."""
        guide = self.guide
        kinds: tuple[tuple[Mapping[str, Any], Callable[[Any], Iterator[str]]], ...] = (
            (guide.states, self.whole_state),
            (guide.acts, self.act),
            (guide.deadlines, self.deadline),
            (guide.documents, self.document),
            (guide.roles, self.role),
            (guide.fields, self.field),
        )
        found = [tell(named[name]) for named, tell in kinds if name in named]
        found += [self.act(act) for act in guide.acts.values() if act.step == name != act.name]
        return (line for part in found for line in part) if found else None

    def names(self) -> tuple[str, ...]:
        """Every name that can be asked for."""
        guide = self.guide
        kinds: tuple[Iterable[str], ...] = (
            guide.states, guide.acts, guide.deadlines, guide.documents, guide.roles, guide.fields,
        )  # fmt: skip
        return tuple(name for kind in kinds for name in kind)

    def head(self) -> Iterator[str]:
        guide = self.guide
        status = self.say(f"status-{guide.status.replace('_', '-')}")
        yield self.say("show-guide", title=guide.title, id=guide.id, version=guide.version, status=status)
        code = "show-effective-to" if guide.effective_to else "show-effective"
        yield self.say(code, since=guide.effective_from, until=guide.effective_to)
        if guide.number:
            yield self.say("show-number", pattern=guide.number)
        yield self.say("show-open", roles=self.roles(guide.powers["open"].by))
        yield from self.fills(guide.powers["open"].fills)
        yield from self.basis(guide.powers["open"].basis)
        if guide.outcomes:
            yield self.say("show-outcomes", outcomes=tuple(guide.outcomes.values()))
        for verb, power in guide.powers.items():
            if verb != "open":
                yield self.say("show-power", act=power.title, roles=self.roles(power.by))
        if guide.suspension:
            yield self.say("show-suspension", grounds=self.grounds(guide.suspension.grounds))
        if guide.secrecy:
            when = condition_words(guide.secrecy.when, guide, self.language)
            yield self.say("show-secrecy", when=when, roles=self.roles(guide.secrecy.readers))
        for relation in guide.related.values():
            yield self.say("show-relation", title=relation.title, id=relation.id, guide=relation.guide)

    def section(self, code: str, parts: Iterable[Iterator[str]]) -> Iterator[str]:
        lines = [line for part in parts for line in self.indented(part)]
        if lines:
            yield from ("", self.say(code), *lines)

    def indented(self, lines: Iterable[str]) -> Iterator[str]:
        return (f"  {line}" for line in lines)

    # states and acts

    def state(self, state: State) -> Iterator[str]:
        yield self.say("show-state-final" if state.final else "show-state", title=state.title, id=state.id)
        if state.why:
            yield "  " + state.why.said(self.language)
        yield from self.indented(self.basis(state.basis))

    def whole_state(self, state: State) -> Iterator[str]:
        """A state with its acts and those of the whole case that are possible in it."""
        yield from self.state(state)
        for act in self.guide.offered[state.id]:
            if act.owner in ("", state.id):
                yield from self.indented(self.act(act))

    def act(self, act: Act) -> Iterator[str]:
        code = "show-transition" if act.moves else "show-step"
        yield self.say(code, title=act.title, name=act.name, to=self.guide.states[act.to].title if act.to else "")
        yield from self.indented(line for part in self.parts(act) for line in part)

    def parts(self, act: Act) -> Iterator[Iterable[str]]:
        """What is to be said of an act, part by part."""
        if not act.owner:
            yield [self.say("show-during", states=tuple(self.guide.states[name].title for name in act.states))]
        yield [self.say("show-by", roles=self.roles(act.by))] if act.by else []
        yield self.named("show-not-by", act.not_by)
        yield [self.say("show-when", condition=self.condition(act.when))] if act.when else []
        yield from map(self.rule, act.rules)
        yield self.named("show-after", act.after)
        yield self.named("show-before", act.before)
        yield self.often(act)
        yield self.record(act.record.values())
        yield self.fills(act.fills)
        yield [
            self.say("show-sets", field=self.guide.fields[name].title, value=self.value(name, act)) for name in act.sets
        ]
        yield self.effects(act)
        yield self.basis(act.basis)

    def often(self, act: Act) -> Iterator[str]:
        if act.at_most is not None:
            yield self.say("show-at-most", n=act.at_most)
        elif act.repeat and act.verb != "answer":
            yield self.say("show-repeat")

    def effects(self, act: Act) -> Iterator[str]:
        if act.people:
            yield self.say("show-people", n=act.people.at_least, roles=self.roles(act.people.of))
        if act.opens:
            yield self.say("show-opens", relation=self.guide.related[act.opens.relation].title)
        if act.assigns:
            yield self.say("show-assigns", role=self.guide.roles[act.assigns].title)
        if act.numbers_case:
            yield self.say("show-numbers")
        if act.outcome:
            yield self.say("show-outcome", outcome=self.guide.outcomes[act.outcome])
        if act.outcome_field:
            yield self.say("show-outcome-field", field=self.guide.fields[act.outcome_field].title)
        for flag in ("event", "resumes", "reopens"):
            if getattr(act, flag):
                yield self.say(f"show-{flag}")

    def rule(self, rule: Rule) -> Iterator[str]:
        yield self.say("show-rule-warns" if rule.warns else "show-rule", id=rule.id, says=rule.says)
        for code, day in (("show-rule-since", rule.since), ("show-rule-until", rule.until)):
            if day:
                yield "  " + self.say(code, day=day)
        if rule.if_:
            yield "  " + self.say("show-rule-if", condition=self.condition(rule.if_))
        yield "  " + self.say("show-rule-must", condition=self.condition(rule.must))
        yield from self.indented(self.basis(rule.basis))

    def record(self, fields: Iterable[Field]) -> Iterator[str]:
        for field in fields:
            yield self.say("show-record", field=self.said(field))

    def fills(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            yield self.say("show-fills", field=self.said(self.guide.fields[name]))

    def said(self, field: Field) -> str:
        """A field on one line: title, name, type, choices."""
        kind = self.say(f"type-{field.type}")
        many = self.say("type-many", type=kind) if field.many else kind
        code = "show-field-required" if field.required else "show-field"
        parts = {name: part.title for name, part in field.fields.items()}
        listed = [self.choices(named) for named in (field.choices, field.points, parts) if named]
        return self.say(code, title=field.title, id=field.id, type=many) + "".join(listed)

    def choices(self, choices: Mapping[str, Text]) -> str:
        listed = tuple(self.say("show-choice", code=code, title=title) for code, title in choices.items())
        return self.say("show-choices", choices=listed)

    # what stands beside

    def deadline(self, deadline: Deadline) -> Iterator[str]:
        yield self.say("show-deadline", title=deadline.title, id=deadline.id, length=self.length(deadline))
        code = "show-right" if deadline.right else "show-owed"
        yield "  " + self.say(code, role=owing(deadline.owed_by, self.guide))
        if deadline.internal:
            yield "  " + self.say("show-internal")
        if deadline.when:
            yield "  " + self.say("show-when", condition=self.condition(deadline.when))
        for name in ("counts_from", "met_by", "void_by"):
            if (events := getattr(deadline, name)).events:
                yield "  " + self.say(f"show-{name.replace('_', '-')}", events=self.events(events))
        yield from self.indented(self.moved(deadline))
        if deadline.duty:
            yield "  " + self.say("show-duty", acts=self.either(deadline.duty))
        if not deadline.rolls:
            yield "  " + self.say("show-no-roll")
        if deadline.survives:
            yield "  " + self.say("show-survives")
        yield from self.indented(line for version in deadline.versions for line in self.version(version))
        yield from self.indented(self.basis(deadline.basis))

    def moved(self, deadline: Deadline) -> Iterator[str]:
        """When it is warned of, made longer, and stands still."""
        if deadline.warn:
            yield self.say("show-warn", periods=self.periods(deadline.warn))
        if extend := deadline.extend:
            facts = {
                "adds": extend.adds.words(self.language),
                "n": extend.at_most,
                "grounds": self.grounds(extend.grounds),
            }
            yield self.say("show-extend-by" if extend.by else "show-extend", roles=self.roles(extend.by), **facts)
        for pause in deadline.pauses:
            states = tuple(self.guide.states[name].title for name in pause.states)
            between = {"since": self.events(pause.since), "until": self.events(pause.until)}
            yield self.say("show-pause-in" if states else "show-pause", states=states, **between)
        if deadline.stops_with_case:
            yield self.say("show-pause-suspended")

    def version(self, version: Deadline) -> Iterator[str]:
        """What holds for a period that begins between two days."""
        end = "" if version.since and version.until else "-since" if version.since else "-until"
        days = {"since": version.since, "until": version.until}
        yield self.say(f"show-version{end}", length=self.length(version), **days)
        yield from self.indented(self.basis(version.basis))

    def periods(self, periods: Iterable[Period]) -> tuple[str, ...]:
        return tuple(period.words(self.language) for period in periods)

    def grounds(self, grounds: Mapping[str, Text]) -> str:
        return self.choices(grounds) if grounds else ""

    def length(self, deadline: Deadline) -> str:
        if deadline.length:
            return deadline.length.words(self.language)
        if name := deadline.length_field or deadline.due_field:
            return self.say("show-by-field", field=self.guide.fields[name].title)
        return self.say("show-by-start" if deadline.versions else "show-in-document")

    def document(self, document: Document) -> Iterator[str]:
        yield self.say("show-paper", title=document.title, id=document.id)
        if document.number:
            yield "  " + self.say("show-number", pattern=document.number)
        for name in ("signed_by", "released_by", "addressed_to", "copies_to"):
            if roles := getattr(document, name):
                yield "  " + self.say(f"show-{name.replace('_', '-')}", roles=self.roles(roles))
        if document.addressed_field:
            yield "  " + self.say("show-addressed-field", field=self.guide.fields[document.addressed_field].title)
        yield from self.indented(self.reply(document))
        yield from self.indented(self.basis(document.basis))

    def reply(self, document: Document) -> Iterator[str]:
        reply = document.reply
        if reply is None:
            return
        if reply.within:
            yield self.say("show-reply", within=reply.within.words(self.language))
        else:
            yield self.say("show-reply-in-document" if reply.in_document else "show-reply-unlimited")
        yield from self.indented(self.record(reply.record.values()))

    def role(self, role: Role) -> Iterator[str]:
        yield self.say("show-role", title=role.title, id=role.id)
        if role.assigned:
            yield "  " + self.say(f"show-assigned-{role.assigned}")
        if role.also:
            yield "  " + self.say("show-also", roles=self.roles(role.also))
        if role.recorded_by:
            yield "  " + self.say("show-recorded-by", roles=self.roles(role.recorded_by))
        if role.unit != "own":
            yield "  " + self.say(f"show-unit-{role.unit}")
        if role.unit_field:
            yield "  " + self.say("show-unit-field", field=self.guide.fields[role.unit_field].title)
        for flag in ("outside", "collective", "advisory"):
            if getattr(role, flag):
                yield "  " + self.say(f"show-{flag}")

    def field(self, field: Field) -> Iterator[str]:
        yield self.say("show-fills", field=self.said(field))
        if field.required_from:
            yield "  " + self.say("show-required-from", state=self.guide.states[field.required_from].title)

    # words

    def title(self, name: str) -> Text:
        return title_words(name, self.guide)

    def roles(self, names: tuple[str, ...]) -> str:
        return self.say("joined-any").join(self.guide.roles[name].title.said(self.language) for name in names)

    def either(self, names: tuple[str, ...]) -> str:
        return self.say("joined-any").join(self.say("quoted", name=self.title(name)) for name in names)

    def named(self, code: str, names: tuple[str, ...]) -> Iterator[str]:
        if names:
            yield self.say(code, names=tuple(self.say("quoted", name=self.title(name)) for name in names))

    def condition(self, condition: Condition) -> str:
        return condition_words(condition, self.guide, self.language)

    def events(self, events: Events) -> str:
        joined = self.say("joined-all" if events.all else "joined-any")
        return joined.join(event_words(event, self.guide, self.language) for event in events.events)

    def value(self, name: str, act: Act) -> str:
        return value_words(self.guide.fields[name], act.sets[name], self.language)

    def basis(self, citations: tuple[Citation, ...]) -> Iterator[str]:
        if citations:
            yield self.say("show-basis", basis=self.law(citations))

    def law(self, citations: tuple[Citation, ...]) -> str:
        """The articles as people cite them; empty where nothing is cited."""
        return basis_words(map(str, citations), self.guide, self.language)


def in_order(guide: Guide) -> list[State]:
    """The states as the guide tells them; one from a lexicon comes after the last of its stage or an earlier one."""
    file = guide.states[guide.initial].place.file
    told = [state for state in guide.states.values() if state.place.file == file]
    for state in guide.states.values():
        if state.place.file != file:
            before = (n for n, other in enumerate(told, 1) if _stage(other) <= _stage(state))
            told.insert(max(before, default=0), state)
    return told


def _stage(state: State) -> int:
    return STAGES.index(state.stage) if state.stage in STAGES else len(STAGES)


def owing(role: str, guide: Guide) -> Text:
    """Who owes a deadline; that of a paper whose addressee stands on the card is owed by the addressee."""
    return guide.roles[role].title if role else Text(*words()["the-addressee"])


def value_words(field: Field | None, value: object, language: Language) -> str:
    """A value as people read it: the title of a choice, yes or no, the name of a file, the parts of an object."""
    if isinstance(value, (list, tuple)):
        said = [value_words(field, item, language) for item in value]
        return say("joined-values", language).join(said)
    if isinstance(value, bool):
        return say("yes" if value else "no", language)
    if field is not None and isinstance(value, str) and value in field.choices:
        return field.choices[value].said(language)
    if isinstance(value, Mapping):
        return _mapping_words(field, value, language)
    return str(value)


def _mapping_words(field: Field | None, value: Mapping[str, object], language: Language) -> str:
    if value.get("sealed"):
        return say("value-sealed", language)
    if field is None or field.type not in ("object", "checklist"):
        return str(value.get("name", ""))
    named = [name for name in (*field.fields, *field.points) if name in value]
    parts = (_part_words(field, name, value[name], language) for name in named)
    return say("joined-parts", language).join(parts)


def _part_words(field: Field, name: str, value: object, language: Language) -> str:
    """A part of an object, or the answer to a point of a checklist."""
    part = field.fields.get(name)
    title = part.title if part else field.points.get(name, name)
    return say("case-part", language, {"name": title, "value": value_words(part or field, value, language)})
