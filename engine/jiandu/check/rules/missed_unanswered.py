"""A period that others owe, with nothing said of what follows when they let it pass.

The engine would write down that they are late, and that would be all. `on_missed` names the act that must follow
(urge, correct, report one level up), or says on purpose that nothing does: `{nothing: true}`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """Limits of outside roles without `on_missed`; a right that lapses needs none."""
    guide = subject.guide
    said = {name for name, cursor in subject.bundle.items("deadlines") if "on_missed" in cursor}
    for deadline in guide.deadlines.values():
        outside = not deadline.owed_by or guide.roles[deadline.owed_by].outside
        if outside and not deadline.right and deadline.id not in said and subject.own(deadline.place):
            yield Finding("missed-unanswered", deadline.place, {"deadline": deadline.title})
