"""What only the folder of guides can answer: whether a file bears the id of its guide, and those to be opened exist."""

from collections.abc import Collection, Iterator
from pathlib import Path

from jiandu.check.files import within
from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.names import closest
from jiandu.source.cursor import Cursor


def wrong(subject: Subject, path: Path, home: Path, guides: Collection[str]) -> Iterator[Finding]:
    """What is wrong with a guide beside the others of its folder; one that stands elsewhere has no others."""
    if not within(path, home):
        return
    file = path.absolute().relative_to(home.absolute()).with_suffix("").as_posix()
    if subject.guide.id != file:  # so no two guides of a folder have one id
        yield Finding("misnamed-guide", subject.root.at("id").value_place, {"id": subject.guide.id, "file": file})
    for cursor in _opened(subject):
        if cursor.data not in guides:
            guess = closest(cursor.data, guides) or ""
            message = "unknown-guide-opened-guess" if guess else "unknown-guide-opened"
            yield Finding("unknown-guide", cursor.value_place, {"name": cursor.data, "guess": guess}, message=message)


def _opened(subject: Subject) -> Iterator[Cursor]:
    """Where the guide itself names the guides of cases that it opens or links."""
    for _, relation in subject.root.at("related").entries():
        yield relation.at("guide")
    for act in subject.openers:
        if act.opens and subject.own(act.place):
            yield from (option.at("guide") for option in subject.written(act).at("opens", "choose").each())
