"""What was judged before and found right is not judged again while it, and all that stands beside it, is as it was."""

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jiandu import shipped
from jiandu.check.files import SUFFIXES, home_of

MOST = 20_000
"""So many verdicts are remembered, the newest."""


class Verdicts:
    """The texts known to be right, remembered in a file; one that cannot be read or written is as good as none."""

    def __init__(self, file: Path, profile: str = "") -> None:
        self.file, self.profile = file, profile
        self.known = dict.fromkeys(_lines(file))
        self.fresh: list[str] = []

    def unknown(self, paths: Iterable[Path]) -> list[Path]:
        """Those of which nothing is remembered."""
        return [path for path in paths if self._key(path) not in self.known]

    def right(self, path: Path) -> None:
        """Remembers that nothing is wrong with a text."""
        self.fresh.append(self._key(path))

    def keep(self) -> None:
        """Writes down what is new; whole or not at all."""
        if not self.fresh:
            return
        lines = [*self.known, *self.fresh][-MOST:]
        beside = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text("\n".join(lines), encoding="ascii")
            beside.replace(self.file)
        except OSError:
            return

    def _key(self, path: Path) -> str:
        told = f"{_program()}\0{self.profile}\0{_whole(home_of(path))}\0{path}\0"
        return hashlib.sha256(told.encode("utf-8", "surrogateescape") + _content(path)).hexdigest()


def usual() -> Path:
    """Where verdicts are kept: JIANDU_CACHE, else the user's folder for such things."""
    own = os.environ.get("JIANDU_CACHE")
    base = Path(own) if own else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jiandu"
    return base / "right"


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []


def _content(path: Path) -> bytes:
    """What a file holds; one that cannot be read holds nothing, and whoever judges it says why."""
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return b""


@cache
def _whole(home: Path) -> str:
    """The digest of everything that a text of the folder may use."""
    digest = hashlib.sha256()
    for path in sorted(path for path in home.rglob("*") if path.suffix in SUFFIXES):
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(_content(path)).digest())
    return digest.hexdigest()


@cache
def _program() -> str:
    """What judges and what it lends: this program, its schemas and lexicons, by the newest of their files."""
    package, lent = Path(shipped.__file__).parent, shipped.folder("guides")
    code = (*package.rglob("*.py"), *package.rglob("*.json"), *shipped.folder("schemas").glob("*.json"))
    files = (*code, *lent.glob("lexicon/*.yaml"), *lent.glob("en/lexicon/*.yaml"))
    return str(max(file.stat().st_mtime_ns for file in files))
