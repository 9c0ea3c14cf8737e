"""What only the folder of guides can answer: whether a file bears the id of its guide, and those to be opened exist
and are given what they ask for.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from jiandu.check.subject import Subject
from jiandu.errors import GuideError
from jiandu.findings import Finding
from jiandu.guide.library import Library
from jiandu.guide.model import Field, Guide, Opens
from jiandu.names import closest
from jiandu.source.cursor import Cursor


def wrong(subject: Subject, path: Path, home: Path, library: Library) -> Iterator[Finding]:
    """What is wrong with a guide of a folder beside the others."""
    file = path.absolute().relative_to(home.absolute()).with_suffix("").as_posix()
    if subject.guide.id != file:  # so no two guides of a folder have one id
        yield Finding("misnamed-guide", subject.root.at("id").value_place, {"id": subject.guide.id, "file": file})
    unknown = list(_unknown(subject, library.ids()))
    yield from unknown or _unfilled(subject, library)


def _unknown(subject: Subject, guides: Collection[str]) -> Iterator[Finding]:
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


def _unfilled(subject: Subject, library: Library) -> Iterator[Finding]:
    """What the guides of cases that the guide itself opens ask for from the beginning, and nothing gives them."""
    for act in subject.openers:
        if act.opens and subject.own(act.place):
            given = {*act.opens.fills, *subject.guide.fields}  # a case inherits the fields that its guide knows too
            for guide in _guides(act.opens, subject, library):
                lacking = (field for field in guide.fields.values() if _needed(field, guide) and field.id not in given)
                for field in lacking:
                    facts = {"field": field.title, "guide": guide.title}
                    place = subject.written(act).at("opens").place
                    yield Finding("required-field-unreachable", place, facts, message="required-field-not-given")


def _guides(opens: Opens, subject: Subject, library: Library) -> Iterator[Guide]:
    """The guides under which an act opens cases, without those that are wrong themselves."""
    named = (subject.guide.related[opens.relation].guide, *(guide for _, guide in opens.choose))
    for name in dict.fromkeys(named):
        try:
            yield library.guide(name)
        except GuideError:
            continue


def _needed(field: Field, guide: Guide) -> bool:
    return field.required_from == guide.initial and field.default is None
