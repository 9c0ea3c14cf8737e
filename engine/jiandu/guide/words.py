"""Conditions, events and acts read back in words: what a refusal says, what a handbook prints."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jiandu.calendar import Period, day_words
from jiandu.catalogue import Language, Text, has, say
from jiandu.guide.conditions import (
    LEVELS,
    Clock,
    Condition,
    Constant,
    Fact,
    Group,
    Has,
    Node,
    Records,
    Reference,
    Related,
    Test,
)
from jiandu.guide.model import MARKS, Citation, Event, Field, Guide


def condition_words(condition: Condition, guide: Guide, language: Language) -> str:
    """The condition as a sentence's part: `“纠正违法通知书”已送达公安机关`."""
    return _Speaker(guide, language).node(condition.node)


def event_words(event: Event, guide: Guide, language: Language) -> str:
    """The event as a sentence's part."""
    if event.kind == "field":
        return guide.fields[event.name].title.said(language)
    if event.kind in ("missed", "opened"):
        title = guide.deadlines[event.name].title if event.kind == "missed" else guide.related[event.name].title
        return say(f"is-{event.kind}", language, {"name": title})
    return _Speaker(guide, language).node(Fact(event.kind, (event.name,), _NOWHERE, 1, event.to))  # type: ignore[arg-type]


def basis_words(basis: Iterable[str], guide: Guide, language: Language) -> str:
    """Articles as people cite them, the surest text first; what is no law is said to be none, in its own words."""
    cited = sorted((guide.citations[name] for name in basis), key=lambda citation: MARKS.index(citation.mark))
    texts = dict.fromkeys(citation.source for citation in cited)
    said = [_source_words([c for c in cited if c.source == source], language) for source in texts]
    return say("joined-sources", language).join(said)


def _source_words(cited: list[Citation], language: Language) -> str:
    first = cited[0]
    if first.is_law:
        articles = say("joined-articles", language).join(citation.article_words(language) for citation in cited)
        return say("cited-law", language, {"title": first.title, "articles": articles})
    said = say("joined-articles", language).join(citation.says.said(language) for citation in cited)
    return say(f"cited-{first.kind}", language, {"says": said})


def title_words(name: str, guide: Guide) -> Text:
    """The title of whatever a condition may name: an act, a step that sends a paper, a state, paper, role, deadline."""
    if name in guide.acts:
        return guide.acts[name].title
    if name in guide.openers:
        return guide.documents[guide.openers[name].document].title
    return guide.title_of(name)


_NOWHERE: Any = None
"""Words have no place."""


class _Speaker:
    """Says the parts of a condition in one language."""

    def __init__(self, guide: Guide, language: Language) -> None:
        self.guide = guide
        self.language = language

    def say(self, code: str, **facts: object) -> str:
        return say(code, self.language, facts)

    def title(self, name: str, among: Mapping[str, Any] | None = None) -> str:
        """The title of a name, looked up first where its kind is: a state may be called like an act."""
        text: Text = among[name].title if among and name in among else title_words(name, self.guide)
        return text.said(self.language)

    def node(self, node: Node) -> str:
        if isinstance(node, Group):
            return self.group(node)
        if isinstance(node, Fact):
            return self.fact(node)
        if isinstance(node, Clock):
            return self.joined("all", self.each(f"is-{node.kind}", node.names, self.guide.deadlines))
        if isinstance(node, Records):
            return self.records(node)
        if isinstance(node, Related):
            return self.related(node)
        if isinstance(node, Has):
            return self.joined("all", self.each("is-filled", node.fields, self.guide.fields))
        return self.test(node)

    def group(self, node: Group) -> str:
        said = [self.part(part, node) for part in node.parts]
        if node.kind == "not":
            return self.say("is-not", condition=self.joined("all", said))
        return self.joined(node.kind, said)

    def part(self, part: Node, around: Group) -> str:
        said = self.node(part)
        return self.say("bracketed", condition=said) if isinstance(part, Group) and part.kind != around.kind else said

    def each(self, code: str, names: Iterable[str], among: Mapping[str, Any], **facts: object) -> list[str]:
        return [self.say(code, name=self.title(name, among), **facts) for name in names]

    def joined(self, kind: str, said: list[str]) -> str:
        return self.say(f"joined-{kind}").join(said)

    def fact(self, node: Fact) -> str:
        to = self.title(node.to, self.guide.roles) if node.to else ""
        kinds: Mapping[str, Mapping[str, Any]] = {
            "done": self.guide.acts, "ever": self.guide.acts, "entered": self.guide.states,
            "missed": self.guide.deadlines, "opened": self.guide.related,
        }  # fmt: skip
        code = f"is-{node.kind}-to" if to else f"is-{node.kind}"
        said = self.each(code, node.names, kinds.get(node.kind, self.guide.documents), to=to)
        if node.at_least > 1:
            said = [self.say("is-often", condition=one, n=node.at_least) for one in said]
        return self.joined("all", said)

    def records(self, node: Records) -> str:
        fields = self.guide.acts[node.act].record
        title = fields[node.distinct].title.said(self.language) if node.distinct in fields else self.say("a-day")
        counted = self.say("counted-distinct", what=title) if node.distinct else self.say("counted-records")
        where = self.where([(self.title(name, fields), fields[name], values) for name, values in node.where])
        facts = {"act": self.title(node.act), "where": where, "counted": counted, "n": node.n}
        return self.say(f"records-{node.comparison.replace('_', '-')}", **facts)

    def related(self, node: Related) -> str:
        relation = self.guide.related[node.relation].title.said(self.language)
        own = self.guide.fields
        wanted = [(self.say(f"kin-{n}") if has(f"kin-{n}") else self.title(n), own.get(n), v) for n, v in node.where]
        code = "related-some" if not node.every else "related-every-some" if node.at_least else "related-every"
        return self.say(code, name=relation, where=self.where(wanted), n=node.at_least)

    def where(self, wanted: list[tuple[str, Field | None, tuple[Any, ...]]]) -> str:
        if not wanted:
            return ""
        said = [self.is_any(left, [self.constant(v, field_, "") for v in values]) for left, field_, values in wanted]
        return self.say("where", condition=self.joined("all", said))

    def is_any(self, left: str, options: list[str]) -> str:
        return self.say("compared-is", left=left, right=self.say("joined-any").join(options))

    def test(self, node: Test) -> str:
        left, field_ = self.reference(node.left), self.field(node.left)
        if isinstance(node.right, tuple):
            return self.is_any(left, [self.operand(option, field_, node.left) for option in node.right])
        dates = "day-" if node.left.type == "date" and node.comparison not in ("is", "includes") else ""
        right = self.operand(node.right, field_, node.left)
        return self.say(f"compared-{dates}{node.comparison.replace('_', '-')}", left=left, right=right)

    def operand(self, operand: Constant | Reference, field_: Field | None, left: Reference) -> str:
        if isinstance(operand, Reference):
            return self.reference(operand)
        return self.constant(operand.value, field_, left.type)

    def constant(self, value: Any, field_: Field | None, kind: str) -> str:
        if field_ is not None and value in field_.choices:
            return field_.choices[value].said(self.language)
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if isinstance(value, date):
            return day_words(value, self.language)
        if isinstance(value, Period):
            return value.words(self.language)
        return self.say(f"level-{LEVELS[value]}") if kind == "level" else str(value)

    def field(self, reference: Reference) -> Field | None:
        if reference.kind == "field":
            return self.guide.fields[reference.name]
        return self.guide.acts[reference.name].record[reference.part] if reference.kind == "record" else None

    def reference(self, reference: Reference) -> str:
        said = self.plain(reference)
        if reference.shift is None:
            return said
        code = "shifted-back" if reference.back else "shifted"
        return self.say(code, day=said, period=reference.shift.words(self.language))

    def plain(self, reference: Reference) -> str:
        if reference.kind == "parent":
            return self.say("of-parent", field=reference.name)
        fixed: Mapping[str, str] = {"today": "the-day", "act_day": "the-day", "unit": f"unit-{reference.name}"}
        if reference.kind in fixed:
            return self.say(fixed[reference.kind])
        if reference.kind == "record":
            field_ = self.field(reference)
            title = field_.title.said(self.language) if field_ else reference.part
            return self.say("recorded", act=self.title(reference.name), field=title)
        if reference.kind == "due":
            return self.say("due-of", name=self.title(reference.name, self.guide.deadlines))
        if reference.kind == "day":
            return self.say("day-of", name=self.title(reference.name))
        return self.title(reference.name, self.guide.fields)
