"""Judging texts before anybody works by them: every YAML by what it is, everything wrong with it at once.

>>> from pathlib import Path
>>> check_text(b"jiandu: 1\\njiandu: 1\\n", Path("guide.yaml"))[0].rule
'duplicate-key'
"""

from collections.abc import Iterable
from pathlib import Path

from jiandu.check.files import texts_below
from jiandu.check.judge import Judge
from jiandu.check.rules import Profile
from jiandu.findings import Finding, in_order

__all__ = ["check_paths", "check_text"]


def check_paths(paths: Iterable[Path], profile: Profile = "drafting") -> tuple[Finding, ...]:
    """What is wrong with the files, and with every YAML below the folders, by place.

    Raises UsageError for a path that is not there or cannot be read, and where there is nothing to judge.
    """
    judge = Judge(profile)
    return in_order([finding for file in texts_below(paths) for finding in judge.file(file)])


def check_text(content: bytes, path: Path, profile: Profile = "drafting") -> tuple[Finding, ...]:
    """What is wrong with a text that would stand at `path`."""
    return in_order(list(Judge(profile).text(content, path)))
