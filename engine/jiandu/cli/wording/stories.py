"""Stories in words and as data: which failed and where, what they have walked and what not."""

from collections.abc import Iterator, Mapping
from typing import Any

from jiandu.catalogue import Language, say
from jiandu.check.report.excerpt import Pages
from jiandu.check.report.json import findings_data
from jiandu.check.report.text import Line, findings_told, told
from jiandu.check.suite import Result, Suite
from jiandu.data import reason_data
from jiandu.scenario import Coverage, Failure
from jiandu.scenario.coverage import KINDS


def failure_told(result: Result, language: Language, pages: Pages) -> Iterator[Line]:
    """What became of a story that did not come true, at its line."""
    yield from findings_told(result.findings, language, pages)
    if result.failure is None or result.story is None:
        return
    failure = result.failure
    what, *notes = failure.text(language).splitlines()
    head = say("story-failed", language, {"title": result.story.title, "what": what})
    yield from told(head, failure.code, "error", [(failure.place, "")], map(str.strip, notes), pages)
    yield ()


def coverage_told(suite: Suite, language: Language) -> Iterator[str]:
    """How many stories came true, and for every guide what no story has seen."""
    passed = len(suite.results) - len(suite.failed)
    yield say("stories-played", language, {"passed": passed, "failed": len(suite.failed)})
    for name, coverage in suite.coverage.items():
        counts = tuple(_count(kind, *pair, language) for kind, pair in coverage.counts().items())
        yield say("coverage", language, {"title": coverage.guide.title, "id": name, "counts": counts})
        yield from _unseen(coverage, language)


def _count(kind: str, hit: int, of: int, language: Language) -> str:
    return say("coverage-count", language, {"kind": say(f"coverage-{kind}", language), "hit": hit, "of": of})


def _unseen(coverage: Coverage, language: Language) -> Iterator[str]:
    for kind in KINDS:
        if names := coverage.missing(kind):
            unseen = tuple(_name(name, language) for name in names)
            yield say("coverage-missing", language, {"kind": say(f"coverage-{kind}", language), "names": unseen})


def _name(name: str, language: Language) -> str:
    """`triage.when=True` as `triage.when（成立）`."""
    thing, sign, end = name.partition("=")
    return say("coverage-end", language, {"name": thing, "end": say(f"end-{end.lower()}", language)}) if sign else name


def short_of(suite: Suite, shares: Mapping[str, int], language: Language) -> list[str]:
    """The shares of a guide, in percent, that are smaller than asked for."""
    return [
        say("coverage-short", language, {"id": name, "kind": say(f"coverage-{kind}", language), "n": n, "share": share})
        for name, coverage in suite.coverage.items()
        for kind, share in shares.items()
        if (n := _percent(*coverage.counts()[kind])) < share
    ]


def _percent(hit: int, of: int) -> int:
    return 100 * hit // of if of else 100


def suite_data(suite: Suite, language: Language) -> dict[str, Any]:
    """The stories and the coverage of every guide, as data."""
    failed = suite.failed
    findings = tuple(finding for result in failed for finding in result.findings)
    return {
        "stories": {"passed": len(suite.results) - len(failed), "failed": len(failed)},
        "coverage": {name: {k: list(v) for k, v in c.counts().items()} for name, c in suite.coverage.items()},
        "missing": {name: {kind: list(c.missing(kind)) for kind in KINDS} for name, c in suite.coverage.items()},
        "failures": [_failure(result, failure, language) for result in failed if (failure := result.failure)],
        "findings": findings_data(findings, language)["findings"],
    }


def _failure(result: Result, failure: Failure, language: Language) -> dict[str, Any]:
    place = failure.place
    return {
        "story": str(result.file),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "code": failure.code,
        "message": failure.text(language).splitlines()[0],
        "reasons": [reason_data(reason, language) for reason in failure.reasons],
    }
