"""Findings as a Code Quality report of GitLab."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from jiandu.catalogue import Language
from jiandu.check.report.whole import whole
from jiandu.findings import Finding

SEVERITIES = {"error": "major", "warning": "minor", "advice": "info"}


def gitlab(findings: Iterable[Finding], language: Language) -> str:
    """A list of findings, each with a fingerprint that stays when lines above it come and go."""
    seen: Counter[str] = Counter()
    return json.dumps([_entry(finding, language, seen) for finding in findings], ensure_ascii=False, indent=2) + "\n"


def _entry(finding: Finding, language: Language, seen: Counter[str]) -> dict[str, object]:
    place = finding.place
    kept = f"{finding.rule}\0{place.file}\0{finding.message}\0{sorted(map(str, finding.facts.items()))}"
    seen[kept] += 1
    return {
        "description": whole(finding, language),
        "check_name": finding.rule,
        "fingerprint": hashlib.sha256(f"{kept}\0{seen[kept]}".encode()).hexdigest(),
        "severity": SEVERITIES[finding.severity],
        "location": {"path": place.file, "lines": {"begin": place.line}},
    }
