"""What a guide says, frozen: states, acts, papers, deadlines, people, law. No text, no YAML, no case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from jiandu.calendar import Period
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


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who acts, decides or is acted upon.

    `assigned` roles are held by the persons a case names; the others are held in the unit. `also` are roles whose
    holders may act as this one. `outside` roles are other organs: they owe deadlines and receive papers.
    """

    id: str
    title: Text
    place: Place
    assigned: Literal["", "one", "several"] = ""
    also: tuple[str, ...] = ()
    outside: bool = False


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
    min: int | None = None
    max: int | None = None

    @property
    def private(self) -> bool:
        """Whether its values live in the sealable body: free text and names of files."""
        return self.type in ("string", "text", "attachment")


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
    copies_to: tuple[str, ...] = ()
    reply: Reply | None = None
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

    kind: Literal["done", "entered", "signed", "released", "served", "answered", "field"]
    name: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: what starts it, how long it is, what meets or voids it, what its expiry asks for."""

    id: str
    title: Text
    place: Place
    owed_by: str
    counts_from: tuple[Event, ...]
    length: Period | None = None
    length_field: str = ""
    due_field: str = ""
    in_document: bool = False
    when: Condition | None = None
    met_by: tuple[Event, ...] = ()
    void_by: tuple[Event, ...] = ()
    duty: tuple[str, ...] = ()
    warn: tuple[Period, ...] = ()
    rolls: bool = True
    survives: bool = False
    basis: tuple[Citation, ...] = ()


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
    open_by: tuple[str, ...]
    open_fills: tuple[str, ...]
    open_basis: tuple[Citation, ...]
    initial: str
    outcomes: Mapping[str, Text]
    roles: Mapping[str, Role]
    fields: Mapping[str, Field]
    documents: Mapping[str, Document]
    states: Mapping[str, State]
    acts: Mapping[str, Act]
    deadlines: Mapping[str, Deadline]
    backdate: Period | None
    text: bytes
    digest: str
    offered: Mapping[str, tuple[Act, ...]]
    """The acts of each state, in the order of the text."""
    awaited: Mapping[str, tuple[Act, ...]]
    """The steps that each transition waits for."""
    citations: Mapping[str, Citation]
    """Every article the guide cites, as it cites it: `rules-2019:561(2)`."""

    def title_of(self, name: str) -> Text:
        """The title of an act, state, role, field, document or deadline, or the name itself."""
        for kind in (self.acts, self.states, self.roles, self.fields, self.documents, self.deadlines):
            if name in kind:
                found: Text = kind[name].title
                return found
        return Text(name)
