"""From a draft to its line in the trail and the case after it: the one way, for a database and for memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiandu.case.draft import Draft
from jiandu.case.evolve import evolve
from jiandu.case.model import Case
from jiandu.trail import Sealed, seal


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an entry gets from where it is kept: ids and salt from `Entropy`, the caller's key, practice or not."""

    case: str
    act: str
    salt: str
    key: str | None = None
    practice: bool = False


def sealed(draft: Draft, before: Case | None, taken: Sequence[int], around: Circumstances) -> tuple[Sealed, Case]:
    """The sealed entry of a draft, with `taken` for the numbers it wants, and the case it leads to."""
    seq = before.seq + 1 if before else 1
    practice = {"practice": True} if around.practice else {}
    content = {**draft.numbered(taken), "act": around.act, "case": around.case, "key": around.key, **practice}
    line = seal(content, seq=seq, prev=before.head if before else None, body=draft.body, salt=around.salt)
    return line, evolve(before, {**content, "seq": seq}, draft.body, line.hash)
