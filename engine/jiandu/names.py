"""Which name was meant: the nearest one among those there are."""

from collections.abc import Iterable

GUESSES = 100
"""A text in which so many names are unknown was not mistyped."""


def closest(name: str, among: Iterable[str], earlier: int = 0) -> str | None:
    """The name most like `name`, if one is like enough to be meant; hyphens, underscores and capitals count as alike.

    `earlier` is how much was found wrong in the text before: a guess is dear, and after `GUESSES` none is made.

    >>> closest("signedBy", ["signed_by", "sent"])
    'signed_by'
    >>> closest("hearing_heldd", ["hearing_held", "hearing_set"])
    'hearing_held'
    >>> closest("by", ["to", "of"]) is None
    True
    """
    if earlier >= GUESSES:
        return None
    plain = _plain(name)
    reach = max(1, min(3, len(plain) // 3))
    near = [(steps, other) for other in among if (steps := _steps(plain, _plain(other), reach)) <= reach]
    return min(near)[1] if near else None


def _plain(name: str) -> str:
    return name[:80].replace("-", "").replace("_", "").casefold()


def _steps(one: str, other: str, reach: int) -> int:
    """How many letters must be put in, left out, changed or swapped with the next; more than `reach` is far enough."""
    if abs(len(one) - len(other)) > reach or not one or not other:
        return reach + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 < j and letter == other[j - 2] and one[i - 2] == against:
                steps = min(steps, older[j - 2] + 1)
            row.append(steps)
    return row[-1]
