"""Playing many stories: those of a folder, of a guide, or one; what came true, and what of the guides was walked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jiandu.calendar import Calendar
from jiandu.check.files import home_of, is_folder, kind_of, texts_below
from jiandu.check.stories import unopened
from jiandu.errors import GuideError, UsageError
from jiandu.findings import Finding
from jiandu.guide.grammar import Names
from jiandu.guide.library import Library
from jiandu.scenario import Coverage, Failure, Played, Story, find_stories, play, read_story
from jiandu.source import read_file
from jiandu.source.cursor import Cursor

SCENARIOS = "scenarios"
Step = Callable[[int, int], None]
"""Hears how many of how many stories were played."""


@dataclass(slots=True)
class Result:
    """What became of a story: its failure, or what is wrong with its file; neither where it came true."""

    file: Path
    story: Story | None = None
    failure: Failure | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it came true."""
        return self.failure is None and not self.findings


@dataclass(slots=True)
class Suite:
    """Stories that were played, and the coverage of each guide by its id."""

    results: list[Result] = field(default_factory=list)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    _libraries: dict[Path, Library] = field(default_factory=dict)

    @property
    def failed(self) -> list[Result]:
        """The stories that did not come true."""
        return [result for result in self.results if not result.passed]

    def take(self, file: Path, calendar: Calendar) -> None:
        """Plays one story."""
        try:
            played = self._played(file, calendar)
            self.results.append(Result(file, played.story, played.failure))
        except GuideError as error:
            self.results.append(Result(file, findings=error.findings))

    def know(self, home: Path) -> None:
        """Counts every guide of a folder, those without a story too."""
        library = self._library(home)
        for name in library.ids():
            try:
                self._covered(library, name)
            except GuideError as error:
                self.results.append(Result(library.path(name), findings=error.findings))

    def _played(self, file: Path, calendar: Calendar) -> Played:
        story, library = read_story(file), self._library(_home(file))
        names = Names()
        if story.guide not in self.coverage:
            names.known("guide", story.guide, Cursor(read_file(file)).at("guide"), library.ids())
        if findings := (*names.findings, *unopened(story)):
            raise GuideError(findings)
        coverage = self._covered(library, story.guide)
        return play(story, coverage.guide, calendar, coverage, library.guide)

    def _library(self, home: Path) -> Library:
        return self._libraries.setdefault(home, Library(home))

    def _covered(self, library: Library, guide: str) -> Coverage:
        if guide not in self.coverage:
            self.coverage[guide] = Coverage(library.guide(guide))
        return self.coverage[guide]


def play_all(paths: Iterable[Path], calendar: Calendar, step: Step = lambda _, __: None) -> Suite:
    """Plays the stories that the paths mean: a folder of guides, a guide, a story, a folder of stories.

    Raises UsageError for a path that is not there, and where there is no story.
    """
    suite, files = Suite(), list[Path]()
    for path in paths:
        if is_folder(path / SCENARIOS):
            suite.know(path)
        files += _stories(path)
    files = list(dict.fromkeys(files))
    if not files:
        raise UsageError("nothing-to-play")
    for index, file in enumerate(files):
        step(index, len(files))
        suite.take(file, calendar)
    return suite


def _stories(path: Path) -> Iterator[Path]:
    if is_folder(path / SCENARIOS):
        yield from find_stories(path)
    elif is_folder(path):
        yield from texts_below([path])
    else:
        yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Path]:
    """The stories of a guide; any other file is taken for a story and has to be one."""
    try:
        source = read_file(path)
    except GuideError:
        yield path
        return
    if kind_of(source, path) == "guide":
        yield from find_stories(home_of(path), str(source.data.get("id", path.stem)))
    else:
        yield path


def _home(file: Path) -> Path:
    """The folder of guides whose stories these are."""
    for above in file.parents:
        if above.name == SCENARIOS:
            return above.parent
    return home_of(file)
