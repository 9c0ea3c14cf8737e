"""A paper with a number that nobody signs.

It leaves on the word of whoever drafted it; where nobody releases it either, not even its number is ever taken. Name
`signed_by`, perhaps in `defaults`, or leave the number out.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The numbered papers without a signature."""
    for document in subject.guide.documents.values():
        if document.number and not document.signed_by and subject.own(document.place):
            yield Finding("without-signatory", document.place, {"document": document.title})
