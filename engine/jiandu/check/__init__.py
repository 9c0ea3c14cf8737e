"""Judging texts before anybody works by them: every YAML by what it is, everything wrong with it at once.

>>> from pathlib import Path
>>> check_text(b"jiandu: 1\\njiandu: 1\\n", Path("guide.yaml"))[0].rule
'duplicate-key'
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu.findings import Finding, in_order

if TYPE_CHECKING:
    from jiandu.check.cache import Verdicts
    from jiandu.check.rules import Profile

__all__ = ["check_paths", "check_text"]


def check_paths(
    paths: Iterable[Path], verdicts: "Verdicts | None" = None, profile: "Profile" = "drafting"
) -> tuple[Finding, ...]:
    """What is wrong with the files, and with every YAML below the folders, by place.

    With `verdicts` a text is not judged again that was found right and has not changed, nor anything beside it. Raises
    UsageError for a path that is not there or cannot be read, and where there is nothing to judge.
    """
    from jiandu.check.files import texts_below

    files = texts_below(paths)
    waiting = verdicts.unknown(files) if verdicts else files
    if not waiting:
        return ()
    from jiandu.check.judge import Judge  # all that a guide means is not loaded where nothing is judged

    judge, found = Judge(profile), list[Finding]()
    for file in waiting:
        wrong = tuple(judge.file(file))
        found += wrong
        if verdicts and not wrong:
            verdicts.right(file)
    if verdicts:
        verdicts.keep()
    return in_order(found)


def check_text(content: bytes, path: Path, profile: "Profile" = "drafting") -> tuple[Finding, ...]:
    """What is wrong with a text that would stand at `path`."""
    from jiandu.check.judge import Judge

    return in_order(list(Judge(profile).text(content, path)))
