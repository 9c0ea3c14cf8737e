"""From events to plain data and the place of everything in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from jiandu.findings import Finding, Place
from jiandu.source.page import Page, end_of, start_of
from jiandu.source.syntax import ASCII

Path = tuple[str | int, ...]
"""The way to a value: keys of mappings and indices of lists."""

LARGEST_INTEGER = 2**53 - 1

_WORDS = {"": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,15}")
_KEY = re.compile(r"[A-Za-z_][\w.-]*(：)")
_NAMES = re.compile(r"[A-Za-z0-9_.:-]+(?:[，、] *[A-Za-z0-9_.:-]+)+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value stands, and its key if it has one."""

    key: Place | None
    value: Place


@dataclass
class Tree:
    """The data of a text as far as its events go, and what is wrong in it."""

    page: Page
    data: Any = None
    empty: bool = True
    places: dict[Path, Mark] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def grow(page: Page, events: list[Event]) -> Tree:
    """The tree of these events; an unfinished one where they end early."""
    tree = Tree(page)
    stream = iter(events)
    for event in stream:
        if isinstance(event, DocumentStartEvent):
            _plant(tree, stream)
            break
    return tree


def _plant(tree: Tree, stream: Iterator[Event]) -> None:
    builder = _Builder(tree, stream)
    try:
        root = builder.next()
        tree.empty = isinstance(root, ScalarEvent) and _plain(root) and not root.value
        tree.places[()] = Mark(None, tree.page.of(root))
        builder.suspect(root)
        tree.data = builder.node(root, ())
    except StopIteration:
        return  # the parser got no further: whoever asked knows why


@dataclass(slots=True)
class _Builder:
    tree: Tree
    stream: Iterator[Event]

    def next(self) -> Event:
        return next(self.stream)

    def node(self, event: Event, path: Path) -> Any:
        if isinstance(event, ScalarEvent):
            return _value(event)
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(event, path)
        return None  # an alias, refused as such

    def sequence(self, start: SequenceStartEvent, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            below = (*path, len(items))
            self.tree.places[below] = Mark(None, self.tree.page.of(event))
            if start.flow_style:
                self.joined(event)
            items.append(self.node(event, below))
        return items

    def mapping(self, start: MappingStartEvent, path: Path) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := self.next(), MappingEndEvent):
            name = self.key(event, path)
            below, place = (*path, name), self.tree.page.of(event)
            value = self.next()
            if name in entries:
                self.twice(name, place, self.tree.places[below])
            self.tree.places.setdefault(below, Mark(place, self.tree.page.of(value)))
            self.entry(start, event, value)
            entries.setdefault(name, self.node(value, below))
        return entries

    def key(self, event: Event, path: Path) -> str:
        """The text of a key; keys are always text."""
        if not isinstance(event, ScalarEvent):
            self.remark("syntax", event, "syntax-key-not-text")
            self.node(event, (*path, unnamed := f"?{len(self.tree.places)}"))
            return unnamed
        if _plain(event) and event.value == "<<":
            self.remark("anchor-or-alias", event, "anchor-or-alias-merge-key")
        if _plain(event) and event.value.startswith("\u3000"):
            self.remark("full-width-punctuation", event, "full-width-punctuation-blank")
        return event.value

    def entry(self, start: CollectionStartEvent, key: Event, value: Event) -> None:
        """Remark on an entry that looks right and is not what its author meant."""
        if start.flow_style and isinstance(value, ScalarEvent) and _plain(value) and _value(value) is None:
            self.nothing(key, value)
        elif start_of(value).line > start_of(key).line:
            self.suspect(value)

    def nothing(self, key: Event, value: ScalarEvent) -> None:
        """An entry of `{…}` without a value."""
        name = key.value if isinstance(key, ScalarEvent) else "?"
        if "：" in name and not value.value and start_of(key).line == end_of(key).line:
            self.full_width(key, name.index("："), "：")
        else:
            message = "null-in-flow-mapping-written" if value.value else ""
            self.remark("null-in-flow-mapping", key, message, key=name[:40])

    def suspect(self, value: Event) -> None:
        """A text where a mapping was meant: `clue：线索` alone under its key is one long word."""
        if isinstance(value, ScalarEvent) and _plain(value) and (found := _KEY.match(value.value)):
            self.full_width(value, found.start(1), "：")

    def joined(self, item: Event) -> None:
        """One item where several were meant: `[complaints，prosecutor]` is one long word."""
        if isinstance(item, ScalarEvent) and _plain(item) and _NAMES.fullmatch(item.value):
            sign = "，" if "，" in item.value else "、"
            self.full_width(item, item.value.index(sign), sign)

    def twice(self, name: str, second: Place, mark: Mark) -> None:
        first = mark.key or mark.value
        facts = {"key": name[:40], "first": first.line, "second": second.line}
        self.tree.findings.append(Finding("duplicate-key", second, facts, also=((first, "duplicate-key-first"),)))

    def full_width(self, event: Event, offset: int, sign: str) -> None:
        start = start_of(event)
        facts = {"sign": sign, "ascii": ASCII[sign]}
        place = self.tree.page.place(start.line, start.column + offset)
        self.tree.findings.append(Finding("full-width-punctuation", place, facts))

    def remark(self, rule: str, event: Event, message: str = "", **facts: object) -> None:
        self.tree.findings.append(Finding(rule, self.tree.page.of(event), facts, message))


def _plain(event: ScalarEvent) -> bool:
    return not event.style


def _value(event: ScalarEvent) -> Any:
    """The value of a scalar: YAML 1.2 without floats, octals, dates and all other guesses."""
    text = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and -LARGEST_INTEGER <= int(text) <= LARGEST_INTEGER:
        return int(text)
    return text
