"""Findings as commands that GitHub turns into annotations of a change."""

from collections.abc import Iterable

from jiandu.catalogue import Language
from jiandu.check.report.whole import whole
from jiandu.findings import Finding

KINDS = {"error": "error", "warning": "warning", "advice": "notice"}


def github(findings: Iterable[Finding], language: Language) -> str:
    """One line a finding: `::error file=…,line=…::…`."""
    return "".join(f"{_line(finding, language)}\n" for finding in findings)


def _line(finding: Finding, language: Language) -> str:
    place = finding.place
    where = {
        "file": place.file, "line": place.line, "col": place.column, "endColumn": place.column + place.length,
        "title": finding.rule,
    }  # fmt: skip
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    return f"::{KINDS[finding.severity]} {listed}::{_data(whole(finding, language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
