"""An article cited by a guide that applies when the text is not in force.

A guide for cases opened from 2027 on that cites a law repealed in 2026 refuses and warns on dead letters. Cite what
replaced it, or give the rule `versions` with the days on which each text holds.
"""

from collections.abc import Iterator
from datetime import date

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """Sources that ended before the guide begins, or begin after it has ended, and are cited."""
    guide = subject.guide
    used = {citation.source for citation in guide.citations.values()}
    for section in subject.bundle.items("sources"):
        name, cursor = section
        since, until = (_day(cursor.at("in_force", end).data) for end in ("from", "to"))
        over = until is not None and until < guide.effective_from
        early = since is not None and guide.effective_to is not None and since > guide.effective_to
        if name in used and (over or early):
            yield Finding("basis-not-in-force", cursor.place, {"source": name, "day": until if over else since},
                          message="basis-not-in-force" if over else "basis-not-in-force-yet")  # fmt: skip


def _day(written: object) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) else None
