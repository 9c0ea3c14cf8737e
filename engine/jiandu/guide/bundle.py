"""The text of a guide: its own YAML, that of the lexicons it uses, and what identifies the whole."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jiandu.canonical import digest, encode
from jiandu.catalogue import Text
from jiandu.errors import GuideError, UsageError
from jiandu.findings import Finding, in_order
from jiandu.guide import shape
from jiandu.guide.cursor import Cursor
from jiandu.source import Source, read

Reader = Callable[[str], Source]
"""Gives the text of a lexicon by its id; raises UsageError when there is none."""
English = Mapping[str, str]
"""English texts by dotted path."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A guide's text and its lexicons', all of the right shape; `english` holds the texts that stand beside, by id."""

    guide: Source
    lexicons: Mapping[str, Source]
    english: Mapping[str, English] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The canonical bytes that a case is pinned to."""
        return encode({"guide": self.guide.text, "uses": {name: s.text for name, s in self.lexicons.items()}})

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return digest(self.content)

    def items(self, section: str) -> Iterator[tuple[str, Cursor]]:
        """The items of a section, the lexicons' first, then the guide's own."""
        for source in (*self.lexicons.values(), self.guide):
            yield from Cursor(source).at(section).entries()

    def text(self, cursor: Cursor) -> Text:
        """The text at the cursor in both languages."""
        data = cursor.source.data
        english = self.english.get(data["id"], {}) if isinstance(data, dict) else {}
        return Text(str(cursor.data), english.get(".".join(map(str, cursor.path)), ""))


def bundle(guide: Source, lexicon: Reader, english: Callable[[str], English]) -> Bundle:
    """The guide with everything it uses. Raises GuideError with the findings about the shape of any of them."""
    findings = list(shape.check(guide, "guide"))
    wrong = {finding.place for finding in findings}
    lexicons: dict[str, Source] = {}
    for used in Cursor(guide).at("uses").each() if isinstance(guide.data, dict) else ():
        if isinstance(used.data, str) and used.value_place not in wrong:
            lexicons |= _lexicon(used, lexicon, findings)
    if findings:
        raise GuideError(in_order(findings))
    ids = [guide.data["id"], *lexicons]
    return Bundle(guide, lexicons, {name: english(name) for name in ids})


def unpacked(content: bytes, english: Callable[[str], English]) -> Bundle:
    """The bundle from its canonical bytes, with no file at hand."""
    texts: dict[str, Any] = json.loads(content)
    guide = read(texts["guide"], "guide.yaml")
    used = dict.fromkeys(Cursor(guide).at("uses").names)  # the text's own order; that of the bytes is alphabetical
    lexicons = {name: read(texts["uses"][name], f"{name}.yaml") for name in used}
    return Bundle(guide, lexicons, {name: english(name) for name in (guide.data["id"], *lexicons)})


def _lexicon(used: Cursor, lexicon: Reader, findings: list[Finding]) -> dict[str, Source]:
    """The lexicon by its name; nothing where there is none, which is noted."""
    try:
        source = lexicon(used.data)
    except UsageError:
        findings.append(Finding("unknown-lexicon", used.value_place, {"name": used.data}))
        return {}
    findings.extend(shape.check(source, "lexicon"))
    return {used.data: source}
