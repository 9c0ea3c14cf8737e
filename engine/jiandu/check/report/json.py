"""Findings as data, for programs."""

from collections.abc import Iterable
from typing import Any

from jiandu.catalogue import Language, say
from jiandu.findings import Finding, Place

VERSION = 1
"""Grows when a key changes its meaning or goes."""


def findings_data(findings: Iterable[Finding], language: Language) -> dict[str, Any]:
    """All findings in order, and how many there are of each severity."""
    listed = [_finding(finding, language) for finding in findings]
    counts = {f"{kind}s": sum(one["severity"] == kind for one in listed) for kind in ("error", "warning")}
    return {"version": VERSION, **counts, "findings": listed}


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        **_place(finding.place),
        "message": finding.what(language),
        "why": finding.why(language),
        "fix": finding.fix(language),
        "also": [{**_place(place), "message": say(code, language, finding.facts)} for place, code in finding.also],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column, "length": place.length}
