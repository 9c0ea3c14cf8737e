"""Where guides are found by their id: a folder of YAML files."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jiandu import shape
from jiandu.errors import GuideError, UsageError
from jiandu.guide.build import build
from jiandu.guide.bundle import Bundle, English, bundle, unpacked
from jiandu.guide.model import Guide
from jiandu.names import closest
from jiandu.shipped import SITE, folder
from jiandu.source import Source, read_file

NOT_GUIDES = ("lexicon", "en", "calendars", "scenarios")
"""Folders beside the guides that hold other things."""


class Library:
    """The guides of a folder, each read once. Threads may share it."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise UsageError("folder-missing", file=str(folder))
        self._guides: dict[str, Guide] = {}
        self._pinned: dict[str, Guide] = {}

    @classmethod
    def shipped(cls) -> "Library":
        """The guides that come with jiandu."""
        return cls(folder("guides"))

    def ids(self) -> tuple[str, ...]:
        """The ids of all guides, in order."""
        paths = (path.relative_to(self.folder) for path in self.folder.rglob("*.yaml"))
        return tuple(
            sorted(
                path.with_suffix("").as_posix()
                for path in paths
                if path.parts[0] not in NOT_GUIDES and path.name != SITE
            )
        )

    def path(self, guide: str) -> Path:
        """The file of a guide. Raises UsageError with the nearest id where there is none."""
        if guide in self.ids():
            return self.folder / f"{guide}.yaml"
        guess = closest(guide, self.ids())
        raise UsageError("guide-missing-guess" if guess else "guide-missing", name=guide, guess=guess)

    def guide(self, guide: str) -> Guide:
        """The guide of that id. Raises UsageError where there is none, GuideError where it is wrong."""
        if guide not in self._guides:
            loaded = self.load(read_file(self.path(guide)))
            self._guides[guide] = self._pinned.setdefault(loaded.digest, loaded)
        return self._guides[guide]

    def load(self, source: Source) -> Guide:
        """The guide of a text that uses this library's lexicons. Raises GuideError with all findings."""
        return build(self.texts(source))

    def texts(self, source: Source) -> Bundle:
        """A text with this library's lexicons and settings. Raises GuideError with the findings about their shape."""
        return bundle(source, self._lexicon, self._english, self._site)

    def pinned(self, digest: str, content: bytes) -> Guide:
        """The guide of a stored text, compiled once for its digest."""
        if digest not in self._pinned:
            self._pinned[digest] = build(unpacked(content, self._english))
        return self._pinned[digest]

    def compiled(self, digest: str) -> Guide | None:
        """The guide of that digest, if it is compiled already."""
        return self._pinned.get(digest)

    @cached_property
    def _site(self) -> Source | None:
        """What the site has chosen, if it has a file for that."""
        path = self.folder / SITE
        source = read_file(path) if path.is_file() else None
        if source and (findings := shape.check(source, "site")):
            raise GuideError(findings)
        return source

    def _lexicon(self, name: str) -> Source:
        return read_file(self._beside(f"{name}.yaml"))

    def _beside(self, name: str) -> Path:
        """A file of this folder, or, where it has none, the one shipped."""
        own, lent = self.folder / name, folder("guides") / name
        return lent if not own.is_file() and lent.is_file() else own

    def _english(self, name: str) -> English:
        path = self._beside(f"en/{name}.yaml")
        data: Any = read_file(path).data if path.is_file() else {}
        return {str(key): str(text) for key, text in data.items()} if isinstance(data, Mapping) else {}


def load_guide(path: Path | str) -> Guide:
    """The guide in a file; its lexicons are looked for beside it, then among those shipped."""
    file = Path(path)
    return Library(file.parent).load(read_file(file))
