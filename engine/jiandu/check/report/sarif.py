"""Findings in SARIF 2.1.0, which code scanning services read."""

import json
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from jiandu.catalogue import Language, say
from jiandu.check.report.whole import whole
from jiandu.check.rules import rules
from jiandu.findings import Finding, Place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "advice": "note"}


def sarif(findings: Iterable[Finding], language: Language) -> str:
    """The log: one run, the rules that were met, a result for each finding."""
    listed = list(findings)
    names = sorted({finding.rule for finding in listed})
    pages = [_rule(name, language) for name in names]
    driver = {"name": "jiandu", "informationUri": "https://pypi.org/project/jiandu/", "rules": pages}
    results = [_result(finding, language, names) for finding in listed]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"version": "2.1.0", "$schema": SCHEMA, "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str, language: Language) -> dict[str, Any]:
    page = next((rule.page(language) for rule in rules() if rule.id == name), "")
    said = {"shortDescription": {"text": page.partition("\n")[0]}, "fullDescription": {"text": page}}
    return {"id": name, **(said if page else {})}


def _result(finding: Finding, language: Language, names: list[str]) -> dict[str, Any]:
    related = [
        {**_location(place), "id": n, "message": {"text": say(code, language, finding.facts)}}
        for n, (place, code) in enumerate(finding.also, 1)
    ]
    return {
        "ruleId": finding.rule,
        "ruleIndex": names.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": whole(finding, language)},
        "locations": [_location(finding.place)],
        **({"relatedLocations": related} if related else {}),
    }


def _location(place: Place) -> dict[str, Any]:
    path = PurePath(place.file)
    uri = path.as_uri() if path.is_absolute() else _quoted(path.as_posix())
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


def _quoted(path: str) -> str:
    """A path as part of an address: what has a meaning there is written by its bytes."""
    return re.sub(rb"[^A-Za-z0-9_.~/-]", lambda found: b"%%%02X" % found[0][0], path.encode()).decode("ascii")
