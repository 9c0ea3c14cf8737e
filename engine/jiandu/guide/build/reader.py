"""The reading of a bundle: every name first, then whatever bears one, so that each reference can be answered for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from jiandu.calendar import Period
from jiandu.catalogue import Text
from jiandu.guide.bundle import Bundle
from jiandu.guide.conditions import Condition
from jiandu.guide.grammar import Names, read_condition
from jiandu.guide.model import ANY_MEMBER, Citation, Document, Event, Events, Field
from jiandu.guide.values import fault
from jiandu.names import closest
from jiandu.source.cursor import Cursor

SECTIONS = (
    "outcomes", "sources", "roles", "fields", "documents", "states", "deadlines", "settings", "powers", "related",
)  # fmt: skip
"""What lexicons share, apart from the acts of several states."""
EVENTS = {"done": "act", "entered": "state", "missed": "deadline", "opened": "relation", "field": "field"}


class Reader:
    """A bundle being read: its sections by name, its names, and the findings about them."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.names = Names()
        self.citations: dict[str, Citation] = {}
        self.root = Cursor(bundle.guide)
        self.sections = {name: self._section(name) for name in SECTIONS}
        self.defaults = {c.source.file: c for name, c in bundle.items("documents") if name == "defaults"}
        self.steps = dict(self._acts("steps"))
        self.moves = dict(self._acts("transitions"))
        self.final = {name for name, c in self.sections["states"].items() if c.at("final").data is True}
        self.documents: dict[str, Document] = {}
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
        names.roles |= {*self.sections["roles"], ANY_MEMBER}
        names.relations |= self.sections["related"].keys()
        names.deadlines |= {name for name in self.sections["deadlines"] if "." not in name}
        names.fields.update({key: self.field(key, c) for key, c in self.sections["fields"].items()})

    # names that must be known

    def roles(self, cursor: Cursor) -> tuple[str, ...]:
        for entry in cursor.each():
            self.names.known("role", entry.data, entry, self.names.roles)
        return cursor.names

    def deciding(self, cursor: Cursor) -> None:
        """Reports roles that only advise where one decides."""
        for entry in cursor.each():
            role = self.sections["roles"].get(entry.data)
            if role is not None and role.data.get("advisory"):
                self.names.report("advisory-decides", entry, name=entry.data)

    def acts(self, cursor: Cursor) -> tuple[str, ...]:
        for entry in cursor.each():
            self.names.known("act", entry.data, entry, self.names.acts)
        return cursor.names

    def fields(self, cursor: Cursor) -> tuple[str, ...]:
        for entry in cursor.each():
            self.names.known("field", entry.data, entry, self.names.fields)
        return cursor.names

    def states(self, cursor: Cursor, excepted: Cursor | None = None) -> tuple[str, ...]:
        """The states named; `any_open` stands for every state that is not final."""
        out = excepted.names if excepted else ()
        listed = () if cursor.data == "any_open" else tuple(cursor.each())
        for entry in (*listed, *(excepted.each() if excepted else ())):
            self.names.known("state", entry.data, entry, self.names.states)
        named = self.open_states if cursor.data == "any_open" else cursor.names
        return tuple(state for state in named if state not in out)

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(state for state in self.sections["states"] if state not in self.final)

    def field_of_type(self, cursor: Cursor, *wanted: str) -> str:
        """The name of a card field that has to be of a type; empty where none is named."""
        name = cursor.data
        if name is None or not self.names.known("field", name, cursor, self.names.fields):
            return ""
        if self.names.fields[name].type not in wanted or self.names.fields[name].many:
            self.names.report("field-type", cursor, name=name, wanted=wanted)
        return str(name)

    # what stands everywhere

    def text(self, cursor: Cursor) -> Text:
        return self.bundle.text(cursor)

    def texts(self, cursor: Cursor) -> dict[str, Text]:
        return {code: self.text(entry) for code, entry in cursor.entries()}

    def condition(self, cursor: Cursor, acting: str = "") -> Condition | None:
        return read_condition(cursor, self.names, acting)

    def record(self, cursor: Cursor) -> dict[str, Field]:
        return {key: self.field(key, c) for key, c in cursor.entries()}

    def field(self, key: str, cursor: Cursor) -> Field:
        data = cursor.data
        if state := data.get("required_from", ""):
            self.names.known("state", state, cursor.at("required_from"), self.names.states)
        definition = Field(
            key,
            self.text(cursor.at("title")),
            data["type"],
            cursor.place,
            many=data.get("many", False),
            required=data.get("required", False),
            required_from=state,
            default=data.get("default"),
            choices=self.texts(cursor.at("choices")),
            points=self.texts(cursor.at("points")),
            fields=self.record(cursor.at("fields")),
            min=data.get("min"),
            max=data.get("max"),
        )
        self.fits(definition, cursor.at("default"))
        return definition

    def fits(self, definition: Field, cursor: Cursor) -> None:
        """Reports a value written in the guide that the field could not hold."""
        if cursor.data is None or fault(definition, cursor.data) is None:
            return
        facts = {"value": cursor.data, "name": definition.title, "guess": ""}
        if definition.type != "choice" or definition.many:
            self.names.report("value-type", cursor, **facts)
        elif guess := closest(str(cursor.data), definition.choices, len(self.names.findings)):
            facts["guess"] = guess
            self.names.report("value-not-in-choices", cursor, message="value-not-in-choices.guess", **facts)
        else:
            self.names.report("value-not-in-choices", cursor, **facts)

    def counted_back(self, cursor: Cursor) -> Period:
        """A period that is counted back from a day, which needs no calendar."""
        found = Period.parse(cursor.data)
        if found.unit not in ("days", "months"):
            self.names.report("period-unit", cursor, period=cursor.data)
        return found

    def basis(self, cursor: Cursor) -> tuple[Citation, ...]:
        cited = (self._citation(entry) for entry in cursor.at("basis").each())
        return tuple(citation for citation in cited if citation)

    def _citation(self, cursor: Cursor) -> Citation | None:
        source, _, article = cursor.data.partition(":")
        sources = self.sections["sources"]
        if not self.names.known("source", source, cursor, set(sources)):
            return None
        articles = sources[source].at("articles")
        entry = article if article in articles else article.partition("(")[0]
        if not self.names.known("article", entry, cursor, set(articles.data or {})):
            return None
        found = articles.at(entry)
        title, kind = self.text(sources[source].at("title")), sources[source].data["kind"]
        citation = Citation(source, article, title, kind, found.data["mark"], self.text(found.at("says")))
        self.citations[cursor.data] = citation
        return citation

    def events(self, cursor: Cursor) -> Events:
        every = isinstance(cursor.data, dict) and "all_of" in cursor.data
        listed = cursor.at("all_of") if every else cursor
        return Events(tuple(event for entry in listed.each() if (event := self._event(entry))), every)

    def _event(self, cursor: Cursor) -> Event | None:
        kind, name = next((key, value) for key, value in cursor.data.items() if key != "to")
        among: Mapping[str, Iterable[str]] = {
            "act": self.names.acts,
            "state": self.names.states,
            "deadline": self.names.deadlines,
            "relation": self.names.relations,
            "field": self.names.fields,
            "document": self.names.documents | self.names.senders,
        }
        what = EVENTS.get(kind, "document")
        if not self.names.known(what, name, cursor.at(kind), set(among[what])):
            return None
        if kind == "field":
            self.field_of_type(cursor.at(kind), "date")
        if "to" in cursor:
            self.names.known("role", cursor.data["to"], cursor.at("to"), self.names.roles)
        return Event(kind, name, cursor.data.get("to", ""))

    @staticmethod
    def span(cursor: Cursor) -> tuple[date | None, date | None]:
        """From when until when a version holds."""
        return day(cursor.at("from").data), day(cursor.at("until").data)


def day(written: str | None) -> date | None:
    """A day as a guide writes it."""
    return date.fromisoformat(written) if written else None


def period(cursor: Cursor) -> Period | None:
    """A period as a guide writes it; None where there is none."""
    return Period.parse(cursor.data) if isinstance(cursor.data, str) else None
