"""What is wrong with a text that is no YAML, in plain words and at the line where it went wrong.

A parser says where it gave up, which is often a line too late. Each question below looks at what it had just read and
answers for one kind of mistake; the first answer is given.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from yaml import Event, MarkedYAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent

from jiandu.findings import Finding, Place
from jiandu.source.page import Page, end_of, start_of

ASCII = {"：": ":", "，": ",", "、": ","}
"""The sign of YAML that a full-width one was meant for."""

_BLANK = " \t\u3000"
_KEY = r"[ \t\u3000]*(?:- +)*[\"']?[A-Za-z_][\w.-]*[\"']?"
_FULL_WIDTH_COLON = re.compile(_KEY + "(：)")
_TIGHT_COLON = re.compile(_KEY + r"(:)(?=[^\s:])")
_FULL_WIDTH_INDENT = re.compile(r"[ \t]*+(\u3000++)[ \t\u3000]*+[A-Za-z_][\w.-]*:")
_AFTER_COMMA = re.compile(r"\s*[A-Za-z_][\w.-]*")


@dataclass(frozen=True)
class Trouble:
    """Where the parser gave up, what it was at, and what it had just read. Lines and columns count from 0."""

    page: Page
    line: int
    column: int
    context: str
    begun: tuple[int, int] | None
    problem: str
    last: Event | None
    opened: list[tuple[int, int]] = field(default_factory=list)
    """Where the brackets stand that are still open, the innermost last."""
    closed: tuple[int, int] | None = None
    """Where the bracket stands that was closed last."""

    @property
    def at_end(self) -> bool:
        return self.line >= len(self.page.lines) or not "".join(self.page.lines[self.line :])[self.column :].strip()

    @property
    def text(self) -> str:
        return self.page.lines[self.line] if self.line < len(self.page.lines) else ""

    @property
    def sign(self) -> str:
        """The character at which the parser gave up."""
        return self.text[self.column : self.column + 1]

    @property
    def scalar(self) -> ScalarEvent | None:
        """The text read last."""
        return self.last if isinstance(self.last, ScalarEvent) else None

    @property
    def at_start(self) -> bool:
        """Whether the parser gave up at the first word of a line."""
        return not self.at_end and not self.text[: self.column].strip(_BLANK)

    @property
    def goes_on(self) -> bool:
        """Whether a plain text of several lines ran into a colon."""
        scalar = self.scalar
        return bool(scalar and not scalar.style and start_of(scalar).line < self.line and self.sign == ":")

    def place(self, start: tuple[int, int]) -> Place:
        return self.page.rest(*start)

    def from_last(self) -> int:
        """The line from which the parser was in doubt."""
        lines = [self.line - 1]
        if self.last is not None:
            lines.append(start_of(self.last).line)
        return min(lines) if self.begun is None else min(*lines, max(self.begun[0], lines[-1]))


def explain(error: MarkedYAMLError, events: list[Event], page: Page) -> Finding:
    """The remark on a text that the parser could not read to its end."""
    trouble = _trouble(error, events, page)
    for question in _QUESTIONS:
        if finding := question(trouble):
            return finding
    line = min(trouble.line, len(page.lines) - 1)
    return Finding("syntax", page.place(trouble.line, trouble.column), {"line": line + 1})


def _trouble(error: MarkedYAMLError, events: list[Event], page: Page) -> Trouble:
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark
    opened, closed = _brackets(events)
    return Trouble(
        page,
        mark.line if mark else len(page.lines),
        mark.column if mark else 0,
        error.context or "",
        (begun.line, begun.column) if begun else None,
        error.problem or "",
        events[-1] if events else None,
        opened,
        closed,
    )


def _brackets(events: list[Event]) -> tuple[list[tuple[int, int]], tuple[int, int] | None]:
    stack: list[CollectionStartEvent] = []
    closed = None
    for event in events:
        if isinstance(event, CollectionStartEvent):
            stack.append(event)
        elif isinstance(event, CollectionEndEvent):
            start = stack.pop()
            closed = _start(start) if start.flow_style else closed
    return [_start(event) for event in stack if event.flow_style], closed


def _start(event: Event) -> tuple[int, int]:
    return start_of(event).line, start_of(event).column


def _tab(trouble: Trouble) -> Finding | None:
    indent = trouble.text[: len(trouble.text) - len(trouble.text.lstrip())]
    if "\t" not in indent:
        return None
    return Finding("syntax", trouble.page.place(trouble.line, indent.index("\t")), {}, "syntax-tab")


def _unclosed_quote(trouble: Trouble) -> Finding | None:
    if "quoted scalar" in trouble.context and "escape" not in trouble.problem and trouble.begun:
        return Finding("syntax", trouble.place(trouble.begun), {}, "syntax-unclosed-quote")
    scalar = trouble.scalar
    if scalar and scalar.style in ("'", '"') and start_of(scalar).line < end_of(scalar).line == trouble.line:
        return Finding("syntax", trouble.place(_start(scalar)), {}, "syntax-unclosed-quote")
    return None


def _escape(trouble: Trouble) -> Finding | None:
    if "quoted scalar" not in trouble.context or "escape" not in trouble.problem:
        return None
    return Finding("syntax", trouble.page.place(trouble.line, trouble.column), {}, "syntax-escape")


def _text_after_quote(trouble: Trouble) -> Finding | None:
    scalar = trouble.scalar
    if not scalar or scalar.style not in ("'", '"') or end_of(scalar).line != trouble.line or trouble.at_end:
        return None
    if trouble.text[end_of(scalar).column : trouble.column].strip() or trouble.sign in ":,]}":
        return None
    return Finding("syntax", trouble.place(_start(scalar)), {}, "syntax-text-after-quote")


def _full_width_colon(trouble: Trouble) -> Finding | None:
    for line, text in trouble.page.between(trouble.from_last(), trouble.line):
        if found := _FULL_WIDTH_COLON.match(text):
            return _full_width(trouble.page, line, found.start(1))
    return None


def _full_width_comma(trouble: Trouble) -> Finding | None:
    scalar = trouble.scalar
    if not trouble.opened or not scalar or scalar.style or start_of(scalar).line != trouble.line:
        return None
    written = trouble.text[: trouble.column]
    comma = max(written.rfind("，"), written.rfind("、"))
    if comma < start_of(scalar).column or not _AFTER_COMMA.fullmatch(written[comma + 1 :]):
        return None
    return _full_width(trouble.page, trouble.line, comma)


def _full_width(page: Page, line: int, column: int) -> Finding:
    sign = page.lines[line][column]
    return Finding("full-width-punctuation", page.place(line, column), {"sign": sign, "ascii": ASCII[sign]})


def _full_width_blank(trouble: Trouble) -> Finding | None:
    for line, text in trouble.page.between(trouble.line - 1, trouble.line):
        if found := _FULL_WIDTH_INDENT.match(text):
            start, end = found.span(1)
            place = trouble.page.place(line, start, end - start)
            return Finding("full-width-punctuation", place, {}, "full-width-punctuation-blank")
    return None


def _sign_before(trouble: Trouble) -> Finding | None:
    """A value that starts with a sign of YAML: `@`, a backtick, `%`, `>`, `|`, `*`, `&` or `!`."""
    directive = trouble.sign == "%" and not trouble.column
    if trouble.sign and trouble.sign in "@`%" and not directive:
        return _unquoted(trouble.page, (trouble.line, trouble.column))
    if trouble.begun and any(what in trouble.context for what in ("block scalar", "anchor", "alias", "tag")):
        return _unquoted(trouble.page, trouble.begun)
    return None


def _text_after_bracket(trouble: Trouble) -> Finding | None:
    """A value that starts with a bracket and goes on after it: `{unit}号`."""
    last = trouble.last
    if not isinstance(last, CollectionEndEvent) or not trouble.closed or trouble.at_end:
        return None
    if end_of(last).line != trouble.line or end_of(last).column != trouble.column or trouble.sign in ":,]}":
        return None
    return _unquoted(trouble.page, trouble.closed)


def _colon_inside(trouble: Trouble) -> Finding | None:
    """A plain value with a colon and a blank in it: `title: 甲: 乙`."""
    scalar = trouble.scalar
    if trouble.sign != ":" or not scalar or scalar.style or start_of(scalar).line != trouble.line:
        return None
    return _unquoted(trouble.page, _start(scalar), "unquoted-colon") if start_of(scalar).column else None


def _unquoted(page: Page, start: tuple[int, int], message: str = "") -> Finding:
    place = page.rest(*start)
    return Finding("unquoted", place, {"sign": page.lines[start[0]][start[1] : start[1] + 1]}, message)


def _tight_colon(trouble: Trouble) -> Finding | None:
    for line, text in trouble.page.between(trouble.from_last(), trouble.line - 1):
        if (found := _TIGHT_COLON.match(text)) and not trouble.opened:
            return Finding("syntax", trouble.page.place(line, found.start(1)), {}, "syntax-tight-colon")
    return None


def _unclosed_bracket(trouble: Trouble) -> Finding | None:
    if not trouble.opened:
        return None
    line, column = trouble.opened[-1]
    if not trouble.at_end and trouble.line == line and trouble.sign not in "]}":
        return None
    facts = {"sign": trouble.page.lines[line][column]}
    return Finding("syntax", trouble.page.place(line, column), facts, "syntax-unclosed-bracket")


def _extra_bracket(trouble: Trouble) -> Finding | None:
    if trouble.opened or not trouble.sign or trouble.sign not in "]}":
        return None
    place = trouble.page.place(trouble.line, trouble.column)
    return Finding("syntax", place, {"sign": trouble.sign}, "syntax-extra-bracket")


def _missing_colon(trouble: Trouble) -> Finding | None:
    """A line that stands where a key should and has no colon."""
    start = trouble.begun if "simple key" in trouble.context else None
    if trouble.goes_on and trouble.scalar and not trouble.opened:
        line, column = _start(trouble.scalar)
        start = None if trouble.page.lines[line][:column].strip() else (line, column)
    return Finding("syntax", trouble.place(start), {}, "syntax-missing-colon") if start else None


def _several_things(trouble: Trouble) -> Finding | None:
    """A list that begins on the line of its key."""
    if trouble.at_start or trouble.text[trouble.column : trouble.column + 2] != "- ":
        return None
    return Finding("syntax", trouble.page.rest(trouble.line, trouble.column), {}, "syntax-list-beside-key")


def _indentation(trouble: Trouble) -> Finding | None:
    if trouble.opened or trouble.at_end or not (trouble.goes_on or trouble.at_start):
        return None
    indent = len(trouble.text) - len(trouble.text.lstrip())
    return Finding("syntax", trouble.page.rest(trouble.line, indent), {}, "syntax-indentation")


_QUESTIONS: tuple[Callable[[Trouble], Finding | None], ...] = (
    _tab,
    _escape,
    _unclosed_quote,
    _text_after_quote,
    _full_width_colon,
    _full_width_comma,
    _full_width_blank,
    _sign_before,
    _text_after_bracket,
    _colon_inside,
    _tight_colon,
    _unclosed_bracket,
    _extra_bracket,
    _missing_colon,
    _several_things,
    _indentation,
)
