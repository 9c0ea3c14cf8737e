"""Two names of one kind that differ only in how they are spelled.

`award_notice` and `awardnotice`, `recieve` and `receive`: whoever writes a condition will take the one for the other,
and nothing will tell. Spell it one way, or give one of them a name of its own.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"


def find(subject: Subject) -> Iterator[Finding]:
    """Of each pair the later one, with the earlier as a further place."""
    guide = subject.guide
    acts = {act.step: act.place for act in subject.openers}
    kinds = (guide.states, guide.roles, guide.fields, guide.documents, guide.deadlines)
    rules = {rule.id: rule.place for act in subject.openers for rule in act.rules}
    for kind in (acts, rules, *({name: one.place for name, one in named.items()} for named in kinds)):
        first: dict[str, str] = {}
        for name in kind:
            twin = next((first[form] for form in _forms(name) if form in first), None)
            first.setdefault(name.replace("_", ""), name)
            if twin and subject.own(kind[name]):
                also = ((kind[twin], "naming-first"),)
                yield Finding("naming", kind[name], {"name": name, "other": twin}, also=also)


def _forms(name: str) -> Iterator[str]:
    """How else it might be spelled: without underscores, and with any two neighbouring letters swapped."""
    plain = name.replace("_", "")
    yield plain
    for at in range(len(plain) - 1 if len(plain) > 4 else 0):
        if plain[at : at + 2].isalpha():
            yield plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
