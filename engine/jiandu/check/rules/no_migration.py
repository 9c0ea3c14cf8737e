"""A guide of a second or later major version that does not say where the open cases of the one before go.

A new major number says that cases of the old text do not fit the new one. Without a plan under `migrate` they stay
under the old text until they end. Write the plan, or `from` that version with nothing to map where all names stay.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The version, where it asks for a plan that is not there."""
    guide = subject.guide
    if int(guide.version.split(".")[0]) > 1 and not guide.migrations:
        yield Finding("no-migration", subject.root.at("version").value_place, {"version": guide.version})
