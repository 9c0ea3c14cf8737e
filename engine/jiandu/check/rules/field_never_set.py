"""A card field that a condition reads, or a state requires, and that no act can fill.

The condition is decided before the case begins; a required field that nobody can fill bars the way for ever. Let an
act have it in `fills`, set it with `sets`, or give it a default.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"


def find(subject: Subject) -> Iterator[Finding]:
    """The fields that stay empty in every case though something looks at them."""
    guide = subject.guide
    filled = set(guide.powers["open"].fills)
    for act in guide.acts.values():
        filled |= {*act.fills, *act.sets}
    for name, field in guide.fields.items():
        wanted = field.required_from or name in subject.read
        if name not in filled and field.default is None and wanted and subject.own(field.place):
            yield Finding("field-never-set", field.place, {"field": field.title})
