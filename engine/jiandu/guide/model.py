"""What a guide says, frozen: states, acts, papers, deadlines, people, law. No text, no YAML, no case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from jiandu.calendar import MonthRule, Period
from jiandu.catalogue import Language, Text, say
from jiandu.findings import Place
from jiandu.guide.conditions import Condition

Mark = Literal["verified", "secondary", "unverified", "design"]
MARKS: tuple[Mark, ...] = ("verified", "secondary", "unverified", "design")
"""How sure a basis is, the surest first: read in a full text, seen in excerpts, only remembered, our own choice."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a source as an item cites it: `rules-2019:561(2)`."""

    source: str
    article: str
    title: Text
    kind: str
    mark: Mark
    says: Text

    def __str__(self) -> str:
        return f"{self.source}:{self.article}"

    @property
    def is_law(self) -> bool:
        """Whether it is an article of a text; what a pilot asks for and what we chose have entries, but no articles."""
        return self.kind not in ("pilot", "design")

    def article_words(self, language: Language) -> str:
        """The article as people write it; one that nobody has read in full says so."""
        number, _, paragraph = self.article.rstrip(")").partition("(")
        article = say("cited-paragraph" if paragraph else "cited-article", language, {"n": number, "p": paragraph})
        return say(f"marked-{self.mark}", language, {"article": article})


def weakest(citations: Iterable[Citation]) -> Mark | None:
    """The least sure mark among the citations; None where nothing is cited."""
    marks = [MARKS.index(citation.mark) for citation in citations]
    return MARKS[max(marks)] if marks else None


ANY_MEMBER = "any_member"
"""The role that everybody of the unit, and whoever holds a part in the case, has of himself."""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who acts, decides or is acted upon.

    `assigned` roles are held by the persons a case names; the others in a unit: that of the case, the one above it,
    the province, or the one that the card field `unit_field` names. `also` are roles whose holders may act as this one.
    `outside` roles are other organs: they owe deadlines and receive papers. What a role with `recorded_by` decides may
    be entered by those. A `collective` decides by vote, with `quorum`; an `advisory` one never decides.
    """

    id: str
    title: Text
    place: Place
    assigned: Literal["", "one", "several"] = ""
    also: tuple[str, ...] = ()
    outside: bool = False
    unit: Literal["own", "superior", "province"] = "own"
    unit_field: str = ""
    recorded_by: tuple[str, ...] = ()
    collective: bool = False
    advisory: bool = False
    quorum: int = 0
    """How many of the members must be present; 0 stands for more than half."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value that a card or a record holds. `required` belongs to records, `required_from` to cards."""

    id: str
    title: Text
    type: str
    place: Place
    many: bool = False
    required: bool = False
    required_from: str = ""
    default: Any = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    points: Mapping[str, Text] = field(default_factory=dict)
    fields: "Mapping[str, Field]" = field(default_factory=dict)
    min: int | None = None
    max: int | None = None

    @property
    def private(self) -> bool:
        """Whether its values live in the sealable body: free text and names of files."""
        return self.type in ("string", "text", "attachment", "object")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named bar: when `if_` holds, `must` has to hold too, judged as if the act were done."""

    id: str
    must: Condition
    says: Text
    place: Place
    if_: Condition | None = None
    warns: bool = False
    basis: tuple[Citation, ...] = ()
    since: date | None = None
    until: date | None = None

    def applies(self, day: date) -> bool:
        """Whether this version of the rule is the one for an act of that day."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class People:
    """How many persons an act has to name, from which roles, and which of them must be among them."""

    at_least: int
    of: tuple[str, ...]
    including: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opens:
    """A case that an act opens beside its own: of which relation, where, with what on its card.

    `each` is the record field whose entries each get a case. `fills` are values by card field of the new case: a
    constant, `("field", name)` for one of ours, `("each", key)` for one of the entry's.
    """

    relation: str
    each: str = ""
    unit_field: str = ""
    fills: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    choose: "tuple[tuple[Condition, str], ...]" = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Everything that a person does in a case: a step stays, a transition moves, a paper's act advances a paper.

    `name` is what `do` is asked for; a paper's acts are named after their step (`request.sign`), whose name is `step`.
    `states` are those in which it is offered; `owner` is the state that its order and duty belong to, empty for the
    acts of the whole case. `before` are the transitions that wait for it.
    """

    name: str
    title: Text
    place: Place
    states: tuple[str, ...]
    owner: str
    step: str
    verb: Literal["", "draft", "sign", "return", "release", "serve", "answer"] = ""
    by: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    when: Condition | None = None
    rules: tuple[Rule, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    repeat: bool = False
    at_most: int | None = None
    to: str = ""
    event: bool = False
    resumes: bool = False
    reopens: bool = False
    outcome: str = ""
    outcome_field: str = ""
    assigns: str = ""
    numbers_case: bool = False
    fills: tuple[str, ...] = ()
    record: Mapping[str, Field] = field(default_factory=dict)
    sets: Mapping[str, Any] = field(default_factory=dict)
    opens: Opens | None = None
    people: People | None = None
    document: str = ""
    basis: tuple[Citation, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it is a transition."""
        return bool(self.to)

    @property
    def closes(self) -> bool:
        """Whether the matter is closed from this act on."""
        return bool(self.outcome or self.outcome_field)


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. `why` says why something is not offered here, on `basis`."""

    id: str
    title: Text
    place: Place
    stage: str = ""
    why: Text | None = None
    final: bool = False
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer a paper asks for. `within` is None where the paper itself names the period, or there is none."""

    within: Period | None
    in_document: bool
    default: Period | None
    by: tuple[str, ...]
    record: Mapping[str, Field]

    @property
    def limited(self) -> bool:
        """Whether the answer has to come within a period."""
        return self.in_document or self.within is not None


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of paper and its life: who signs, who releases, whom it is addressed to, what answer it wants."""

    id: str
    title: Text
    place: Place
    number: str = ""
    signed_by: tuple[str, ...] = ()
    released_by: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
    addressed_field: str = ""
    copies_to: tuple[str, ...] = ()
    reply: Reply | None = None
    modes: Mapping[str, Mapping[str, Field]] = field(default_factory=dict)
    """The ways of serving it, each with what it asks to be recorded."""
    each: bool = False
    """Whether a second paper of the kind leaves the first one's reply period running."""
    basis: tuple[Citation, ...] = ()

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everyone it is served on."""
        return (*self.addressed_to, *self.copies_to)

    @property
    def ready(self) -> Literal["drafted", "signed", "released"]:
        """What a paper of this kind is when it may leave: released, signed where nobody releases, or drafted."""
        if self.released_by:
            return "released"
        return "signed" if self.signed_by else "drafted"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that an act brings about and that starts or ends a deadline."""

    kind: Literal["done", "entered", "signed", "released", "served", "answered", "missed", "opened", "field"]
    name: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Events:
    """What a deadline waits for: any of some events, or the last of all of them."""

    events: tuple[Event, ...] = ()
    all: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """How a deadline may be made longer: by how much, how often, by whom, on which grounds, and until when granted."""

    adds: Period
    at_most: int
    by: tuple[str, ...]
    grounds: Mapping[str, Text]
    before_due: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """When a deadline stands still: while the case is in some states, or from one event to another."""

    states: tuple[str, ...] = ()
    since: Events = Events()
    until: Events = Events()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: what starts it, how long it is, what meets or voids it, what its expiry asks for.

    It is `owed_by` a role; or, with `right`, it is that role's right, which lapses and is never late. An `internal` one
    is our own control value and never called law. With `each` a new run leaves the earlier ones running.
    """

    id: str
    title: Text
    place: Place
    owed_by: str
    counts_from: Events
    right: bool = False
    internal: bool = False
    each: bool = False
    length: Period | None = None
    length_field: str = ""
    due_field: str = ""
    in_document: bool = False
    when: Condition | None = None
    met_by: Events = Events()
    void_by: Events = Events()
    duty: tuple[str, ...] = ()
    warn: tuple[Period, ...] = ()
    extend: Extension | None = None
    pauses: tuple[Pause, ...] = ()
    stops_with_case: bool = False
    """Whether the suspension of the case pauses it."""
    month_rule: MonthRule = "corresponding_day"
    rolls: bool = True
    survives: bool = False
    basis: tuple[Citation, ...] = ()
    since: date | None = None
    until: date | None = None
    versions: "tuple[Deadline, ...]" = ()

    def at(self, start: date) -> "Deadline | None":
        """The version for a run that starts on that day; None where no version covers it."""
        if not self.versions:
            return self
        fits = (v for v in self.versions if (not v.since or start >= v.since) and (not v.until or start <= v.until))
        return next(fits, None)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a province or an office chooses: a value of a type, with its default, its mark and its bounds."""

    id: str
    title: Text
    type: str
    place: Place
    default: Any
    value: Any
    mark: Mark


@dataclass(frozen=True, slots=True)
class Relation:
    """Cases that belong to this one. `holds`: this case cannot be closed over one that is not."""

    id: str
    title: Text
    guide: str
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Secrecy:
    """Which cases only some may see: while `when` holds, those who hold a part in the case, and the `readers`."""

    when: Condition
    readers: tuple[str, ...]
    place: Place
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspension:
    """On which grounds a case may be suspended, and in which states."""

    grounds: Mapping[str, Text]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What the author claims of every story: that something never, or always, holds."""

    condition: Condition
    never: bool
    says: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Migration:
    """How cases of earlier versions come to this one: old names of states, acts and fields, and their new ones."""

    since: str
    states: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guide:
    """The state machine of one category of matters, compiled from a text that `digest` names."""

    id: str
    version: str
    title: Text
    status: Literal["draft", "trial", "in_force", "retired"]
    effective_from: date
    effective_to: date | None
    number: str
    initial: str
    outcomes: Mapping[str, Text]
    roles: Mapping[str, Role]
    fields: Mapping[str, Field]
    documents: Mapping[str, Document]
    states: Mapping[str, State]
    acts: Mapping[str, Act]
    deadlines: Mapping[str, Deadline]
    powers: Mapping[str, Act]
    """The general acts (amend, assign, extend …) that somebody has the power to do, by verb; `open` among them."""
    backdate: Period | None
    settings: Mapping[str, Setting]
    settings_digest: str
    related: Mapping[str, Relation]
    suspension: Suspension | None
    secrecy: Secrecy | None
    statements: tuple[Statement, ...]
    migrations: tuple[Migration, ...]
    text: bytes
    digest: str
    offered: Mapping[str, tuple[Act, ...]]
    """The acts of each state, in the order of the text."""
    awaited: Mapping[str, tuple[Act, ...]]
    """The steps that each transition waits for; an event waits for none, and passes them over."""
    counted: frozenset[str]
    """The acts of which some condition counts the records."""
    openers: Mapping[str, Act]
    """The first act of each step: the step itself, or the one that begins its paper."""
    citations: Mapping[str, Citation]
    """Every article the guide cites, as it cites it: `rules-2019:561(2)`."""

    def title_of(self, name: str) -> Text:
        """The title of an act, state, role, field, document or deadline, or the name itself."""
        for kind in (self.acts, self.states, self.roles, self.fields, self.documents, self.deadlines):
            if name in kind:
                found: Text = kind[name].title
                return found
        return Text(name)
