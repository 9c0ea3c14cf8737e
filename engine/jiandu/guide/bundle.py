"""The text of a guide: its own YAML, that of the lexicons it uses, its settings, and what identifies the whole."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from jiandu import shape
from jiandu.calendar import Period
from jiandu.canonical import digest, encode
from jiandu.catalogue import Text
from jiandu.errors import GuideError, UsageError
from jiandu.findings import Finding, in_order
from jiandu.names import closest
from jiandu.source import Source, read
from jiandu.source.cursor import Cursor

Reader = Callable[[str], Source]
"""Gives the text of a lexicon by its id; raises UsageError when there is none."""
English = Mapping[str, str]
"""English texts by dotted path."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A guide's text and its lexicons', all of the right shape, with every `{setting: …}` replaced by its value.

    `settings` are the values that a site has chosen; `english` holds the texts that stand beside, by id.
    """

    guide: Source
    lexicons: Mapping[str, Source]
    settings: Mapping[str, Any] = field(default_factory=dict)
    english: Mapping[str, English] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The canonical bytes that a case is pinned to."""
        uses = {name: source.text for name, source in self.lexicons.items()}
        return encode({"guide": self.guide.text, "uses": uses, "settings": dict(self.settings)})

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


def bundle(guide: Source, lexicon: Reader, english: Callable[[str], English], site: Source | None = None) -> Bundle:
    """The guide with everything it uses, and the settings of a site. Raises GuideError with the findings about any."""
    findings = list(shape.check(guide, "guide"))
    wrong = {finding.place for finding in findings}
    lexicons: dict[str, Source] = {}
    for used in Cursor(guide).at("uses").each() if isinstance(guide.data, dict) else ():
        if isinstance(used.data, str) and used.value_place not in wrong:
            lexicons |= _lexicon(used, lexicon, findings)
    if findings:
        raise GuideError(in_order(findings))
    return _settled(guide, lexicons, chosen(guide, lexicons, site), english)


def unpacked(content: bytes, english: Callable[[str], English]) -> Bundle:
    """The bundle from its canonical bytes, with no file at hand."""
    texts: dict[str, Any] = json.loads(content)
    guide = read(texts["guide"], "guide.yaml")
    used = dict.fromkeys(Cursor(guide).at("uses").names)  # the text's own order; that of the bytes is alphabetical
    lexicons = {name: read(texts["uses"][name], f"{name}.yaml") for name in used}
    return _settled(guide, lexicons, texts["settings"], english)


def _settled(
    guide: Source, lexicons: Mapping[str, Source], settings: Mapping[str, Any], english: Callable[[str], English]
) -> Bundle:
    """The bundle with its settings put in their places."""
    defined = settings_of(guide, lexicons)
    wrong = [c.at("default") for c in defined.values() if not fits(c.data["default"], c.data)]
    findings = [out_of_bounds(default, str(default.path[-2])) for default in wrong]
    values = {name: settings.get(name, cursor.data["default"]) for name, cursor in defined.items()}

    def put(source: Source, kind: str) -> Source:
        settled = replace(source, data=_put(Cursor(source), values, findings))
        if settled.data != source.data and not findings:
            findings.extend(shape.check(settled, kind))  # whether each value is of the kind that is wanted there
        return settled

    settled = Bundle(
        put(guide, "guide"),
        {name: put(source, "lexicon") for name, source in lexicons.items()},
        settings,
        {name: english(name) for name in (guide.data["id"], *lexicons)},
    )
    if findings:
        raise GuideError(in_order(findings))
    return settled


def settings_of(guide: Source, lexicons: Mapping[str, Source]) -> dict[str, Cursor]:
    """The settings that a guide and its lexicons define, by name."""
    return {name: c for s in (*lexicons.values(), guide) for name, c in Cursor(s).at("settings").entries()}


def chosen(guide: Source, lexicons: Mapping[str, Source], site: Source | None) -> dict[str, Any]:
    """What a site has chosen for the settings of this guide. Raises GuideError for a value out of bounds."""
    defined = settings_of(guide, lexicons)
    entries = [] if site is None else [e for e in Cursor(site).at("settings").entries() if e[0] in defined]
    wrong = [entry for name, entry in entries if not fits(entry.data, defined[name].data)]
    if wrong:
        raise GuideError(tuple(out_of_bounds(entry, str(entry.path[-1])) for entry in wrong))
    return {name: entry.data for name, entry in entries}


def out_of_bounds(cursor: Cursor, name: str) -> Finding:
    """The finding that a value may not be chosen for the setting of that name."""
    return Finding("setting-out-of-bounds", cursor.value_place, {"name": name, "value": cursor.data})


def fits(value: Any, setting: Mapping[str, Any]) -> bool:
    """Whether a value may be chosen for a setting."""
    if setting["type"] == "choice":
        return value in setting["choices"]
    bounds = setting.get("between")
    if setting["type"] == "integer":
        return type(value) is int and (bounds is None or bounds[0] <= value <= bounds[1])
    if setting["type"] != "period":
        return isinstance(value, bool) if setting["type"] == "boolean" else isinstance(value, str)
    try:
        least, asked, most = (Period.parse(str(written)) for written in _between(bounds, value))
    except ValueError:
        return False
    return least.unit == asked.unit == most.unit and least.n <= asked.n <= most.n


def _between(bounds: list[Any] | None, value: Any) -> tuple[Any, Any, Any]:
    least, most = bounds or (value, value)
    return least, value, most


def _put(cursor: Cursor, values: Mapping[str, Any], findings: list[Finding]) -> Any:
    """The value at the cursor with every `{setting: name}` in it replaced."""
    data = cursor.data
    if isinstance(data, list):
        return [_put(cursor.at(index), values, findings) for index in range(len(data))]
    if not isinstance(data, dict):
        return data
    if data.keys() != {"setting"}:
        return {key: _put(entry, values, findings) for key, entry in cursor.entries()}
    name = data["setting"]
    if name not in values:
        guess = closest(name, values, len(findings)) or ""
        message = "unknown-setting.guess" if guess else ""
        place = cursor.at("setting").value_place
        findings.append(Finding("unknown-setting", place, {"name": name, "guess": guess}, message=message))
    return values.get(name)


def _lexicon(used: Cursor, lexicon: Reader, findings: list[Finding]) -> dict[str, Source]:
    """The lexicon by its name; nothing where there is none, which is noted."""
    try:
        source = lexicon(used.data)
    except UsageError:
        findings.append(Finding("unknown-lexicon", used.value_place, {"name": used.data}))
        return {}
    findings.extend(shape.check(source, "lexicon"))
    return {used.data: source}
