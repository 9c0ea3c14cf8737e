"""Findings as people read them: the sentence, the place, the line with a mark below, why it matters, what to do."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jiandu.catalogue import Language, say
from jiandu.check.report.excerpt import Pages, excerpt
from jiandu.findings import Finding, Place


class Span(NamedTuple):
    """A piece of a line and how it may be painted: `error`, `warning`, `advice`, `faint`, or as it is."""

    text: str
    paint: str = ""


Line = tuple[Span, ...]
Marked = tuple[Place, str]
"""A place with the caption that stands beside its mark."""


def findings_told(findings: Iterable[Finding], language: Language, pages: Pages) -> Iterator[Line]:
    """Every finding, with an empty line behind each."""
    for finding in findings:
        yield from _finding(finding, language, pages)
        yield ()


def summary(findings: Iterable[Finding], language: Language) -> str:
    """How many of which kind."""
    counts = {"error": 0, "warning": 0, "advice": 0}
    for finding in findings:
        counts[finding.severity] += 1
    said = [say(f"count-{kind}", language, {"n": n}) for kind, n in counts.items() if n]
    return say("joined-counts", language).join(said)


def told(
    head: str, code: str, severity: str, places: list[Marked], notes: Iterable[str], pages: Pages
) -> Iterator[Line]:
    """A remark in the one form that all have. The first place is the one that is meant."""
    yield Span(f"{head}", severity), Span(f" [{code}]", "faint")
    gutter = len(str(max(place.line for place, _ in places)))
    file = ""
    for place, caption in places:
        if place.file != file:
            yield (Span(f"  --> {place}", "faint"),)
            file = place.file
        yield from _excerpt(place, caption, gutter, "^" if place == places[0][0] else "-", severity, pages)
    for note in notes:
        yield Span(" " * (gutter + 1) + "= ", "faint"), Span(note)


def _finding(finding: Finding, language: Language, pages: Pages) -> Iterator[Line]:
    head = say(f"severity-{finding.severity}", language, {"what": finding.what(language)})
    further = [(place, say(code, language, finding.facts)) for place, code in finding.also]
    notes = [note for note in (finding.why(language), finding.fix(language)) if note]
    return told(head, finding.rule, finding.severity, [(finding.place, ""), *further], notes, pages)


def _excerpt(place: Place, caption: str, gutter: int, sign: str, severity: str, pages: Pages) -> Iterator[Line]:
    page = pages(place.file)
    if page is None or not page.text:
        return
    found = excerpt(page, place)
    yield Span(f"{place.line:>{gutter}} | ", "faint"), Span(found.line)
    mark = sign * found.marked + (f" {caption}" if caption else "")
    yield Span(" " * (gutter + 1) + "| ", "faint"), Span(" " * found.before), Span(mark, severity)
