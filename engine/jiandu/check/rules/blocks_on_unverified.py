"""A rule that says `enforce: block` and rests on nothing but articles that nobody has read.

It only warns, whatever it says: an unverified basis refuses nobody. A reader of the guide believes in a bar that does
not exist. Read the article and mark it, cite one that was read, or write `enforce: warn`.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """The rules that would block and do not."""
    for act in subject.openers:
        rules = subject.written(act).at("rules")
        for rule in act.rules:
            unsure = bool(rule.basis) and all(citation.mark == "unverified" for citation in rule.basis)
            if unsure and rules.at(rule.id, "enforce").data == "block":
                yield Finding("blocks-on-unverified", rule.place, {"rule": rule.says})
