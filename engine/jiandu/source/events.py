"""What the parser says of a text, event by event, with every limit of the language kept before any tree is built.

A million opening brackets, a bomb of aliases or a book in one scalar end at the event that breaks the limit: nothing
is ever composed from a text that broke one.
"""

from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

from jiandu.findings import Finding
from jiandu.source import characters, syntax
from jiandu.source.page import Page

DEPTH = 40
NODES = 50_000
SCALAR = 20_000
"""The deepest nesting, the most values and the longest value, in characters."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Heard:
    """The events of a text, up to the first limit it breaks or the first mistake that the parser cannot get over."""

    page: Page
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    broken: Finding | None = None
    """Why the events end early."""
    _depth: int = 0
    _nodes: int = 0
    _documents: int = 0

    def take(self, event: Event) -> None:
        """Keep one event and remark on what the language leaves out."""
        self.events.append(event)
        if isinstance(event, NodeEvent):
            self._node(event)
        elif isinstance(event, CollectionEndEvent):
            self._depth -= 1
        elif isinstance(event, DocumentStartEvent):
            self._document(event)

    def _document(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self.broken = Finding("several-documents", self.page.of(event))
        elif event.tags:
            self.findings.append(Finding("anchor-or-alias", self.page.place(0, 0), {}, "anchor-or-alias-tag"))

    def _node(self, event: NodeEvent) -> None:
        self._nodes += 1
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self._depth += 1
        if left_out := _left_out(event):
            self._remark("anchor-or-alias", event, f"anchor-or-alias-{left_out}")
        if self._depth > DEPTH:
            self.broken = self._too_large(event, "depth", DEPTH)
        elif self._nodes > NODES:
            self.broken = self._too_large(event, "nodes", NODES)

    def _scalar(self, event: ScalarEvent) -> None:
        if len(event.value) > SCALAR:
            self.findings.append(self._too_large(event, "scalar", SCALAR))
        if event.style == '"' and (remark := characters.written(event.value, self.page.of(event))):
            self.findings.append(remark)

    def _remark(self, rule: str, event: Event, message: str) -> None:
        self.findings.append(Finding(rule, self.page.of(event), {}, message))

    def _too_large(self, event: Event, what: str, limit: int) -> Finding:
        return Finding("too-large", self.page.of(event), {"limit": limit}, f"too-large-{what}")


def listen(page: Page, text: str) -> Heard:
    """The events of `text`, which is the page's own or stands in for it."""
    heard = Heard(page)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            heard.take(event)
            if heard.broken:
                break
    except yaml.MarkedYAMLError as error:
        heard.broken = syntax.explain(error, heard.events, page)
    return heard


def _left_out(event: NodeEvent) -> str:
    if isinstance(event, AliasEvent):
        return "alias"
    if event.anchor is not None:
        return "anchor"
    return "tag" if getattr(event, "tag", None) is not None else ""
