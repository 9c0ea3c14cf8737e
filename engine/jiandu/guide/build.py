"""From a text of the right shape to a guide: every name known, every condition compiled, or every fault reported."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from jiandu.calendar import Period
from jiandu.catalogue import Text, words
from jiandu.errors import GuideError
from jiandu.findings import in_order
from jiandu.guide.bundle import Bundle
from jiandu.guide.cursor import Cursor
from jiandu.guide.grammar import Names, read_condition
from jiandu.guide.model import (
    Act,
    Citation,
    Deadline,
    Document,
    Event,
    Field,
    Guide,
    Reply,
    Role,
    Rule,
    State,
)
from jiandu.guide.names import closest
from jiandu.guide.values import fault

SECTIONS = ("sources", "roles", "fields", "documents", "states")
"""What lexicons share."""
PAPER_ACTS = ("draft", "sign", "return", "release", "serve", "answer")
WARNINGS = tuple(Period.parse(text) for text in ("7 days", "3 days", "1 days"))
"""How long before the due day warnings come, unless the deadline says otherwise."""


def build(bundle: Bundle) -> Guide:
    """The guide of the bundle. Raises GuideError with all findings about its names and conditions."""
    builder = _Builder(bundle)
    guide = builder.guide()
    if builder.names.findings:
        raise GuideError(in_order(builder.names.findings))
    return guide


class _Builder:
    """Reads a bundle once: names first, so that conditions can be checked, then what bears them."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.names = Names()
        self.citations: dict[str, Citation] = {}
        self.root = Cursor(bundle.guide)
        self.sections = {name: self._section(name) for name in SECTIONS}
        self.sources = self.sections["sources"]
        self.defaults = {c.source.file: c for name, c in bundle.items("documents") if name == "defaults"}
        self.steps = dict(self._acts("steps"))
        self.moves = dict(self._acts("transitions"))
        self.final = {name for name, c in self.sections["states"].items() if c.at("final").data is True}
        self._collect_names()

    def _section(self, name: str) -> dict[str, Cursor]:
        found: dict[str, Cursor] = {}
        for key, cursor in self.bundle.items(name):
            if name == "documents" and key == "defaults":
                continue
            if key in found:
                self.names.report("lexicon-override", cursor, at_value=False, name=key, other=str(found[key].place))
            found.setdefault(key, cursor)
        return found

    def _acts(self, kind: str) -> Iterator[tuple[str, tuple[Cursor, str]]]:
        """Every step (or transition) with the state it is written in; empty for those of the whole case."""
        for state, cursor in self.sections["states"].items():
            for name, act in cursor.at(kind).entries():
                yield self._once(name, act), (act, state)
        for name, act in self.bundle.items(kind):
            yield self._once(name, act), (act, "")

    def _once(self, name: str, cursor: Cursor) -> str:
        if name in self.names.acts:
            self.names.report("same-name-twice", cursor, at_value=False, name=name)
        self.names.acts.add(name)
        return name

    def _collect_names(self) -> None:
        names = self.names
        names.states |= self.sections["states"].keys()
        names.documents |= self.sections["documents"].keys()
        names.roles |= self.sections["roles"].keys()
        names.deadlines |= {name for name, _ in self.root.at("deadlines").entries() if "." not in name}
        names.fields.update({key: self._field(key, c) for key, c in self.sections["fields"].items()})
        self.documents = {key: self._document(key, c) for key, c in self.sections["documents"].items()}
        for name, (cursor, _) in (*self.steps.items(), *self.moves.items()):
            self._collect_records(name, cursor)

    def _collect_records(self, name: str, cursor: Cursor) -> None:
        record = self._record(cursor.at("record"))
        document = self._sent(cursor)
        if "sends" not in cursor:
            self.names.records[name] = record
            return
        self.names.senders.add(name)
        for verb in self._verbs(document):
            self.names.acts.add(f"{name}.{verb}")
            self.names.records[f"{name}.{verb}"] = self._paper_record(verb, document, record, cursor)
        if document is None or (document.reply and document.reply.limited):
            self.names.deadlines.add(f"{name}.reply")

    def _sent(self, cursor: Cursor) -> Document | None:
        sends = cursor.at("sends")
        if sends.data is None or not self.names.known("document", sends.data, sends, self.documents):
            return None
        return self.documents[sends.data]

    @staticmethod
    def _verbs(document: Document | None) -> tuple[str, ...]:
        if document is None:
            return PAPER_ACTS
        left_out = set()
        if not document.signed_by:
            left_out |= {"sign", "return"}
        if not document.released_by:
            left_out.add("release")
        if not document.recipients:
            left_out.add("serve")
        if document.reply is None:
            left_out.add("answer")
        return tuple(verb for verb in PAPER_ACTS if verb not in left_out)

    def _paper_record(
        self, verb: str, document: Document | None, record: Mapping[str, Field], cursor: Cursor
    ) -> Mapping[str, Field]:
        reply = document.reply if document else None
        if verb == "draft":
            asked = _period_fields(cursor) if reply and reply.in_document else {}
            return {**record, **asked}
        if verb == "return":
            return {"reason": Field("reason", Text(*words()["field-reason"]), "text", cursor.place, required=True)}
        return reply.record if verb == "answer" and reply else {}

    # what bears the names

    def text(self, cursor: Cursor) -> Text:
        return self.bundle.text(cursor)

    def _record(self, cursor: Cursor) -> dict[str, Field]:
        return {key: self._field(key, c) for key, c in cursor.entries()}

    def _field(self, key: str, cursor: Cursor) -> Field:
        data = cursor.data
        if (state := data.get("required_from", "")) and state not in self.sections["states"]:
            self.names.known("state", state, cursor.at("required_from"), set(self.sections["states"]))
        definition = Field(
            key,
            self.text(cursor.at("title")),
            data["type"],
            cursor.place,
            many=data.get("many", False),
            required=data.get("required", False),
            required_from=state,
            default=data.get("default"),
            choices={code: self.text(c) for code, c in cursor.at("choices").entries()},
            min=data.get("min"),
            max=data.get("max"),
        )
        self._fits(definition, cursor.at("default"))
        return definition

    def _role(self, key: str, cursor: Cursor) -> Role:
        also = self._roles(cursor.at("also"))
        data = cursor.data
        title = self.text(cursor.at("title"))
        return Role(key, title, cursor.place, data.get("assigned", ""), also, data.get("outside", False))

    def _roles(self, cursor: Cursor) -> tuple[str, ...]:
        for entry in cursor.each():
            self.names.known("role", entry.data, entry, self.names.roles or set(self.sections["roles"]))
        return cursor.names

    def _document(self, key: str, cursor: Cursor) -> Document:
        defaults = self.defaults.get(cursor.source.file)

        def roles(name: str) -> tuple[str, ...]:
            if name in cursor or defaults is None:
                return self._roles(cursor.at(name))
            return self._roles(defaults.at(name))

        return Document(
            key,
            self.text(cursor.at("title")),
            cursor.place,
            number=cursor.data.get("number", ""),
            signed_by=roles("signed_by"),
            released_by=roles("released_by"),
            addressed_to=self._roles(cursor.at("addressed_to")),
            copies_to=self._roles(cursor.at("copies_to")),
            reply=self._reply(cursor.at("reply")),
            basis=self._basis(cursor),
        )

    def _reply(self, cursor: Cursor) -> Reply | None:
        if cursor.data is None or cursor.data == "none":
            return None
        within = cursor.data["within"]
        return Reply(
            within=None if within in ("in_document", "none") else Period.parse(within),
            in_document=within == "in_document",
            default=Period.parse(cursor.data["default"]) if "default" in cursor else None,
            by=self._roles(cursor.at("by")),
            record=self._record(cursor.at("record")),
        )

    def _state(self, key: str, cursor: Cursor) -> State:
        why = cursor.at("why")
        return State(
            key,
            self.text(cursor.at("title")),
            cursor.place,
            stage=cursor.data.get("stage", ""),
            why=self.text(why) if why.data else None,
            final=key in self.final,
            basis=self._basis(cursor),
        )

    def _basis(self, cursor: Cursor) -> tuple[Citation, ...]:
        cited = (self._citation(entry) for entry in cursor.at("basis").each())
        return tuple(citation for citation in cited if citation)

    def _citation(self, cursor: Cursor) -> Citation | None:
        source, _, article = cursor.data.partition(":")
        if not self.names.known("source", source, cursor, set(self.sources)):
            return None
        articles = self.sources[source].at("articles")
        entry = article if article in articles else article.partition("(")[0]
        if not self.names.known("article", entry, cursor, set(articles.data or {})):
            return None
        found = articles.at(entry)
        title, kind = self.text(self.sources[source].at("title")), self.sources[source].data["kind"]
        citation = Citation(source, article, title, kind, found.data["mark"], self.text(found.at("says")))
        self.citations[cursor.data] = citation
        return citation

    # acts

    def acts(self) -> dict[str, Act]:
        found: dict[str, Act] = {}
        for name, (cursor, state) in self.steps.items():
            found |= {act.name: act for act in self._step(name, cursor, state)}
        for name, (cursor, state) in self.moves.items():
            found[name] = self._transition(name, cursor, state)
        return found

    def _step(self, name: str, cursor: Cursor, state: str) -> Iterator[Act]:
        step = replace(
            self._common(name, cursor, state),
            before=self._before(cursor, state),
            repeat=cursor.data.get("repeat", False),
            at_most=cursor.data.get("at_most"),
        )
        if "sends" not in cursor:
            yield step
        elif document := self.documents.get(cursor.data["sends"]):
            yield from self._paper_acts(step, document)

    def _transition(self, name: str, cursor: Cursor, state: str) -> Act:
        data, to, outcome = cursor.data, cursor.at("to"), cursor.at("outcome")
        self.names.known("state", to.data, to, self.names.states)
        return replace(
            self._common(name, cursor, state),
            to=to.data,
            event=data.get("event", False),
            resumes=data.get("resumes", False),
            reopens=data.get("reopens", False),
            outcome=self._outcome(outcome) if isinstance(outcome.data, str) else "",
            outcome_field=self._outcome_field(outcome.at("field")) if isinstance(outcome.data, dict) else "",
        )

    def _outcome(self, cursor: Cursor) -> str:
        self.names.known("outcome", cursor.data, cursor, set(self.root.at("outcomes").data or {}))
        return str(cursor.data)

    def _outcome_field(self, cursor: Cursor) -> str:
        if self.names.known("field", cursor.data, cursor, self.names.fields):
            for code in self.names.fields[cursor.data].choices:
                self.names.known("outcome", code, cursor, set(self.root.at("outcomes").data or {}))
        return str(cursor.data)

    def _common(self, name: str, cursor: Cursor, state: str) -> Act:
        data = cursor.data
        return Act(
            name,
            self.text(cursor.at("title")),
            cursor.place,
            states=(state,) if state else self._during(cursor),
            owner=state,
            step=name,
            by=self._roles(cursor.at("by")),
            not_by=self._act_names(cursor.at("not_by")),
            when=read_condition(cursor.at("when"), self.names),
            rules=tuple(self._rule(key, c, name) for key, c in cursor.at("rules").entries()),
            after=self._act_names(cursor.at("after")),
            assigns=self._assigned(cursor.at("assigns")),
            numbers_case=data.get("numbers") == "case",
            fills=self._fields(cursor.at("fills")),
            record=self._record(cursor.at("record")),
            sets=self._sets(cursor.at("sets")),
            document=data.get("sends", ""),
            basis=self._basis(cursor),
        )

    def _during(self, cursor: Cursor) -> tuple[str, ...]:
        during, excepted = cursor.at("during"), cursor.at("except")
        named = during.names if during.data != "any_open" else tuple(self._open_states())
        for entry in (*(during.each() if during.data != "any_open" else ()), *excepted.each()):
            self.names.known("state", entry.data, entry, self.names.states)
        return tuple(state for state in named if state not in excepted.names)

    def _open_states(self) -> Iterator[str]:
        return (state for state in self.sections["states"] if state not in self.final)

    def _act_names(self, cursor: Cursor) -> tuple[str, ...]:
        for entry in cursor.each():
            self.names.known("act", entry.data, entry, self.names.acts)
        return cursor.names

    def _fields(self, cursor: Cursor) -> tuple[str, ...]:
        for entry in cursor.each():
            self.names.known("field", entry.data, entry, self.names.fields)
        return cursor.names

    def _sets(self, cursor: Cursor) -> Mapping[str, Any]:
        for key, entry in cursor.entries():
            if self.names.known("field", key, entry, self.names.fields, key=True):
                self._fits(self.names.fields[key], entry)
        return dict(cursor.data or {})

    def _fits(self, definition: Field, cursor: Cursor) -> None:
        """Reports a value written in the guide that the field could not hold."""
        if cursor.data is None or fault(definition, cursor.data) is None:
            return
        facts = {"value": cursor.data, "name": definition.title, "guess": ""}
        if definition.type != "choice" or definition.many:
            self.names.report("value-type", cursor, **facts)
        elif guess := closest(str(cursor.data), definition.choices):
            facts["guess"] = guess
            self.names.report("value-not-in-choices", cursor, message="value-not-in-choices.guess", **facts)
        else:
            self.names.report("value-not-in-choices", cursor, **facts)

    def _assigned(self, cursor: Cursor) -> str:
        if cursor.data is None:
            return ""
        known = self.names.known("role", cursor.data, cursor, self.names.roles)
        if known and "assigned" not in self.sections["roles"][cursor.data]:
            self.names.report("role-not-assigned", cursor, name=cursor.data)
        return str(cursor.data)

    def _rule(self, key: str, cursor: Cursor, acting: str) -> Rule:
        must = read_condition(cursor.at("must"), self.names, acting)
        basis = self._basis(cursor)
        unsure = bool(basis) and all(citation.mark == "unverified" for citation in basis)
        return Rule(
            key,
            must=must or _NEVER,
            says=self.text(cursor.at("says")),
            place=cursor.place,
            if_=read_condition(cursor.at("if"), self.names, acting),
            warns=unsure or cursor.data.get("enforce") == "warn",
            basis=basis,
        )

    def _before(self, cursor: Cursor, state: str) -> tuple[str, ...]:
        before = cursor.at("before")
        if cursor.data.get("optional"):
            return ()
        if before.data is None:
            written = self.sections["states"][state].at("transitions").entries() if state else ()
            return tuple(name for name, move in written if not move.data.get("event"))
        return tuple(act for entry in before.each() for act in self._preceded(entry))

    def _preceded(self, entry: Cursor) -> Iterable[str]:
        if entry.data in self.names.states and entry.data not in self.names.acts:
            into = ((name, move) for name, (move, _) in self.moves.items() if move.data.get("to") == entry.data)
            return [name for name, move in into if not move.data.get("event")]
        self.names.known("act", entry.data, entry, self.names.acts | self.names.states)
        return [entry.data]

    def _paper_acts(self, step: Act, document: Document) -> Iterator[Act]:
        everywhere = tuple(self._open_states())
        same_hands = set(step.by) & set(document.signed_by)
        for verb in self._verbs(document):
            name = f"{step.name}.{verb}"
            act = replace(step, name=name, title=_paper_title(verb, step, document), verb=verb, not_by=())  # type: ignore[arg-type]
            act = replace(act, record=self.names.records[name])
            if verb == "draft":
                yield replace(act, not_by=step.not_by)
                continue
            act = replace(act, assigns="", numbers_case=False, fills=(), sets={}, before=())
            if verb in ("sign", "return"):
                drafted = () if same_hands else (f"{step.name}.draft",)
                yield replace(act, by=document.signed_by, not_by=drafted if verb == "sign" else ())
            elif verb == "release":
                yield replace(act, by=document.released_by)
            elif verb == "serve":
                yield replace(act, states=everywhere)
            else:
                by = document.reply.by if document.reply and document.reply.by else step.by
                yield replace(act, by=by, states=everywhere, when=None, rules=(), after=(), repeat=True)

    # deadlines

    def deadlines(self) -> dict[str, Deadline]:
        added = dict(self.root.at("deadlines").entries())
        found: dict[str, Deadline] = {}
        for name, (cursor, _) in self.steps.items():
            document = self.documents.get(cursor.data.get("sends", ""))
            reply = f"{name}.reply"
            if document and document.reply and document.reply.limited:
                found[reply] = self._reply_deadline(name, document, document.reply, added.pop(reply, None))
        known = self.names.deadlines
        own = {key: c for key, c in added.items() if self.names.known("deadline", key, c, known, key=True)}
        return {**{key: self._deadline(key, cursor) for key, cursor in own.items() if "." not in key}, **found}

    def _reply_deadline(self, step: str, document: Document, reply: Reply, extra: Cursor | None) -> Deadline:
        to = document.addressed_to[0]
        facts = {"zh": document.title.zh, "en": document.title.said("en")}
        title = Text(*(sentence.format(**facts) for sentence in words()["reply-period"]))
        deadline = Deadline(
            f"{step}.reply",
            title,
            document.place,
            owed_by=to,
            counts_from=(Event("served", step, to),),
            length=reply.within,
            in_document=reply.in_document,
            met_by=(Event("answered", step),),
            warn=WARNINGS,
            basis=document.basis,
        )
        if extra is None:
            return deadline
        return replace(
            deadline,
            void_by=self._events(extra.at("void_by")),
            duty=self._act_names(extra.at("on_missed", "duty")),
            warn=self._warnings(extra),
        )

    def _deadline(self, key: str, cursor: Cursor) -> Deadline:
        length, due_on = cursor.at("length"), cursor.at("due_on")
        self._roles(cursor.at("owed_by"))
        return Deadline(
            key,
            self.text(cursor.at("title")),
            cursor.place,
            owed_by=cursor.data["owed_by"],
            counts_from=self._events(cursor.at("counts_from")),
            length=Period.parse(length.data) if isinstance(length.data, str) else None,
            length_field=self._typed_field(length.at("field"), "period"),
            due_field=self._typed_field(due_on.at("field"), "date"),
            when=read_condition(cursor.at("when"), self.names),
            met_by=self._events(cursor.at("met_by")),
            void_by=self._events(cursor.at("void_by")),
            duty=self._act_names(cursor.at("on_missed", "duty")),
            warn=self._warnings(cursor),
            rolls=cursor.data.get("roll") != "none",
            survives=cursor.data.get("survives") == "close",
            basis=self._basis(cursor),
        )

    def _typed_field(self, cursor: Cursor, wanted: str) -> str:
        name = cursor.data
        if name is None or not self.names.known("field", name, cursor, self.names.fields):
            return ""
        if self.names.fields[name].type != wanted or self.names.fields[name].many:
            self.names.report("field-type", cursor, name=name, wanted=wanted)
        return str(name)

    def _warnings(self, cursor: Cursor) -> tuple[Period, ...]:
        if "warn" not in cursor:
            return WARNINGS
        return tuple(self._calendar_period(entry) for entry in cursor.at("warn").each())

    def _calendar_period(self, cursor: Cursor) -> Period:
        """A period that is counted back from a day, which needs no calendar."""
        period = Period.parse(cursor.data)
        if period.unit not in ("days", "months"):
            self.names.report("period-unit", cursor, period=cursor.data)
        return period

    def _events(self, cursor: Cursor) -> tuple[Event, ...]:
        return tuple(event for entry in cursor.each() if (event := self._event(entry)))

    def _event(self, cursor: Cursor) -> Event | None:
        kind, name = next((key, value) for key, value in cursor.data.items() if key != "to")
        kinds: Mapping[str, tuple[str, Any]] = {
            "done": ("act", self.names.acts),
            "entered": ("state", self.names.states),
            "field": ("field", self.names.fields),
        }
        what, among = kinds.get(kind, ("document", self.names.documents | self.names.senders))
        if not self.names.known(what, name, cursor.at(kind), among):
            return None
        if kind == "field":
            self._typed_field(cursor.at(kind), "date")
        if "to" in cursor:
            self.names.known("role", cursor.data["to"], cursor.at("to"), self.names.roles)
        return Event(kind, name, cursor.data.get("to", ""))

    # the whole

    def guide(self) -> Guide:
        data = self.root.data
        roles = {key: self._role(key, c) for key, c in self.sections["roles"].items()}
        acts = self.acts()
        states = {key: self._state(key, c) for key, c in self.sections["states"].items()}
        initial = self.root.at("initial")
        self.names.known("state", initial.data, initial, self.names.states)
        effective = data["effective"]
        backdate = next((c for source in self._sources() if (c := Cursor(source).at("backdate")).data), None)
        return Guide(
            id=data["id"],
            version=data["version"],
            title=self.text(self.root.at("title")),
            status=data["status"],
            effective_from=date.fromisoformat(effective["from"]),
            effective_to=date.fromisoformat(effective["to"]) if "to" in effective else None,
            number=data.get("number", ""),
            open_by=self._roles(self.root.at("open", "by")),
            open_fills=self._fields(self.root.at("open", "fills")),
            open_basis=self._basis(self.root.at("open")),
            initial=initial.data,
            outcomes={code: self.text(c) for code, c in self.root.at("outcomes").entries()},
            roles=roles,
            fields=self.names.fields,
            documents=self.documents,
            states=states,
            acts=acts,
            deadlines=self.deadlines(),
            backdate=self._calendar_period(backdate) if backdate else None,
            text=self.bundle.content,
            digest=self.bundle.digest,
            offered={state: tuple(act for act in acts.values() if state in act.states) for state in states},
            awaited=_awaited(acts),
            citations=self.citations,
        )

    def _sources(self) -> Iterator[Any]:
        yield self.bundle.guide
        yield from self.bundle.lexicons.values()


def _awaited(acts: Mapping[str, Act]) -> dict[str, tuple[Act, ...]]:
    waiting: dict[str, list[Act]] = {}
    for step in acts.values():
        for name in step.before:
            waiting.setdefault(name, []).append(step)
    return {name: tuple(steps) for name, steps in waiting.items()}


def _period_fields(cursor: Cursor) -> dict[str, Field]:
    """What drafting asks where the paper itself names the period for its reply."""
    within = Field("reply_within", Text(*words()["field-reply-within"]), "period", cursor.place)
    on = Field("reply_on", Text(*words()["field-reply-on"]), "date", cursor.place)
    return {"reply_within": within, "reply_on": on}


def _paper_title(verb: str, step: Act, document: Document) -> Text:
    zh, en = words()[f"paper-{verb}"]
    facts = {"zh": document.title.zh, "en": document.title.said("en"), "step": step.title.said("en")}
    return Text(zh.format(**facts), en.format(**facts))


_NEVER: Any = None
"""Stands where a rule's condition is wrong; such a guide is never handed out."""
