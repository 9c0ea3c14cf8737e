"""A paper with a number that nobody signs or releases.

The number is taken with the release, or, where nobody releases, with the signature. Without either the paper leaves
without its number. Name `signed_by` or `released_by`, perhaps in `defaults`, or leave the number out.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The papers whose number is never taken."""
    for document in subject.guide.documents.values():
        bare = not document.signed_by and not document.released_by
        if document.number and bare and subject.own(document.place):
            yield Finding("without-signatory", document.place, {"document": document.title})
