"""The verdict on one text: what it is, whether it has that shape, whether it makes sense with all that it uses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from jiandu import shape
from jiandu.calendar.reading import read as read_calendar
from jiandu.check import allowed, beside, site, stories, translations
from jiandu.check.files import home_of, kind_of, within
from jiandu.check.rules import PROFILES, Profile, rules
from jiandu.check.subject import Subject
from jiandu.directory import PeopleFile
from jiandu.errors import GuideError
from jiandu.findings import Finding
from jiandu.guide.build import build
from jiandu.guide.bundle import bundle
from jiandu.guide.library import Library
from jiandu.source import Source, read, read_file
from jiandu.source.page import Page

Findings = Iterator[Finding]


class Judge:
    """Judges texts one after another; what several of them use is read once."""

    def __init__(self, profile: Profile = "drafting") -> None:
        self.profile = profile
        self.rules = tuple(one for one in rules() if PROFILES.index(one.profile) <= PROFILES.index(profile))
        self.unasked = {one.id for one in rules()} - {one.id for one in self.rules}
        self.read: Callable[[Path], Source] = cache(read_file)
        self.library: Callable[[Path], Library] = cache(Library)

    def file(self, path: Path) -> Findings:
        """What is wrong with a file. Raises UsageError where it cannot be read."""
        try:
            yield from self._judged(self.read(path), path)
        except GuideError as error:
            yield from error.findings

    def text(self, content: bytes, path: Path) -> Findings:
        """What is wrong with a text that would stand at `path`."""
        try:
            yield from self._judged(read(content, str(path)), path)
        except GuideError as error:
            yield from error.findings

    def _judged(self, source: Source, path: Path) -> Findings:
        found = list(self._found(source, path))
        here = [finding for finding in found if finding.place.file == str(path)]
        yield from allowed.rest(here, Page(str(path), source.text))
        if kind_of(source, path) != "lexicon":  # what is allowed there is met in the guides that use it
            yield from allowed.wrong(here, Page(str(path), source.text), self.unasked)
        for finding in found:
            if finding.place.file != str(path):
                other = self.read(Path(finding.place.file))
                yield from allowed.rest([finding], Page(finding.place.file, other.text))

    def _found(self, source: Source, path: Path) -> Findings:
        kind = kind_of(source, path)
        if not kind:
            yield Finding("unknown-kind", source.place(()))
        elif kind == "english":
            yield from translations.stale(source, path, self.read)
        elif misshapen := shape.check(source, kind):
            yield from misshapen
        else:
            yield from _MEANINGS[kind](self, source, path)

    def guide(self, source: Source, path: Path) -> Findings:
        """What makes no sense in a guide of the right shape, lexicons and English included."""
        home = home_of(path)
        try:
            texts = bundle(source, lambda name: self.read(home / f"{name}.yaml"), lambda _: {})
            subject = Subject(build(texts), texts, thorough=self.profile == "thorough")
            found = list(self._by(subject, explores=False))
            yield from found
            if not found:  # a cause hides its consequences
                yield from self._by(subject, explores=True)
            yield from beside.wrong(subject, path, home, self.library(home)) if within(path, home) else ()
        except GuideError as error:
            yield from error.findings
        yield from self.lexicon(source, path)

    def _by(self, subject: Subject, *, explores: bool) -> Findings:
        """What the rules of one kind find."""
        asked = (rule for rule in self.rules if rule.explores is explores)
        return (replace(found, severity=rule.severity) for rule in asked for found in rule.find(subject))

    def lexicon(self, source: Source, path: Path) -> Findings:
        """What a lexicon lacks; its names are judged in the guides that use them."""
        home = home_of(path)
        if within(path, home):
            yield from translations.missing(source, home, self.read)

    def site(self, source: Source, path: Path) -> Findings:
        """What a site chooses for settings that no guide has, or out of their bounds."""
        yield from site.wrong(source, home_of(path), self.read)

    def scenario(self, source: Source, path: Path) -> Findings:
        """What a story says of people, stories and acts that do not exist."""
        yield from stories.wrong(source, path, self.library(home_of(path)))

    def calendar(self, source: Source, _: Path) -> Findings:
        """What makes no sense in a table of days."""
        read_calendar(source.data, source.place)
        yield from ()

    def people(self, source: Source, _: Path) -> Findings:
        """What makes no sense in a people file."""
        PeopleFile.read(source)
        yield from ()


_MEANINGS: Mapping[str, Callable[[Judge, Source, Path], Findings]] = {
    "guide": Judge.guide,
    "lexicon": Judge.lexicon,
    "site": Judge.site,
    "scenario": Judge.scenario,
    "calendar": Judge.calendar,
    "people": Judge.people,
}
