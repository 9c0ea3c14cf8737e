"""What is asked of every text, however wrong: an answer in good time, at places that are there, in both languages."""

import shutil
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeVar

from hostile.mutating import GUIDES, Mutant, seeds
from jiandu.calendar import Calendar
from jiandu.check import check_paths, check_text
from jiandu.check.report.excerpt import Pages, pages_of_files
from jiandu.check.report.sarif import sarif
from jiandu.check.report.text import findings_told
from jiandu.check.rules import Profile
from jiandu.check.suite import play_all
from jiandu.findings import Finding

SECONDS = 10.0
"""So much processor time may an answer take, of which one second goes into walking through cases."""
CALENDAR = Calendar.shipped()
T = TypeVar("T")


class TooLongError(BaseException):
    """The time for a text is over. No `Exception`, so that nothing on the way takes it for its own."""


@dataclass(frozen=True)
class Failure:
    """A text that was not answered as it should be: how, and where in the engine."""

    mutant: Mutant
    kind: str
    told: str

    def __str__(self) -> str:
        changes = f"data={self.mutant.data} characters={self.mutant.characters} kept={self.mutant.kept!r}"
        return f"{self.kind} in {self.mutant.seed.name}, {changes}\n{self.told}"


class Office:
    """A folder of guides in which one text at a time is not what it was."""

    def __init__(self, home: Path) -> None:
        self.home = Path(shutil.copytree(GUIDES, home / "guides"))
        for group in seeds():
            for seed in group:
                file = self.home / seed.name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(seed.text, encoding="utf-8")

    def failure(self, mutant: Mutant) -> Failure | None:
        """What is wrong with the answer to a text; None where all is well."""
        file = self.home / mutant.seed.name
        content = mutant.content
        file.write_bytes(content)
        try:
            self._asked(file, content, mutant)
        except (Exception, TooLongError) as error:
            where = traceback.extract_tb(error.__traceback__)
            engine = [f"{Path(f.filename).name}:{f.name}" for f in where if "jiandu" in f.filename]
            late = isinstance(error, TooLongError)
            kind = f"{type(error).__name__} in {'' if late else (engine or ['?'])[-1]}"
            return Failure(mutant, kind, "".join(traceback.format_exception(error)[-14:]))
        finally:
            file.write_text(mutant.seed.text, encoding="utf-8")
        return None

    def _asked(self, file: Path, content: bytes, mutant: Mutant) -> None:
        turn = sum(mutant.data + mutant.characters)
        profile: Profile = "drafting" if turn % 2 or (turn % 16 and mutant.seed in seeds()[1]) else "release"
        found = judged(lambda: check_paths([file], profile=profile))
        if turn % 8 == 0 and not mutant.seed.name.startswith("scenarios"):
            assert judged(lambda: check_text(content, file, profile)) == found
        if mutant.seed.name.startswith("lexicon"):
            using = self.home / f"{user(mutant.seed.name, turn)}.yaml"
            found += judged(lambda: check_paths([using], profile=profile))
        assert_answered(found)
        if mutant.seed.name.startswith("scenarios"):
            for result in judged(lambda: play_all([file], CALENDAR)).failed:
                assert_answered(result.findings)
                assert not result.failure or result.failure.place.line >= 1


def user(lexicon: str, turn: int) -> str:
    """A guide that uses the lexicon."""
    name = lexicon.removesuffix(".yaml")
    users = [s.name for group in seeds()[:2] for s in group if name in s.text and not s.name.startswith("small")]
    return users[turn % len(users)].removesuffix(".yaml") if users else "case-filing"


def assert_answered(found: tuple[Finding, ...]) -> None:
    """Each remark stands inside a file that is there, has words in both languages, and can be shown."""
    pages = pages_of_files()
    for finding in found:
        assert_inside(finding, pages)
        for language in ("zh", "en"):
            assert finding.what(language)
            finding.why(language), finding.fix(language)
    for language in ("zh", "en"):
        assert len([*findings_told(found, language, pages)]) >= 2 * len(found)
        assert sarif(found, language)


def assert_inside(finding: Finding, pages: Pages) -> None:
    for place in (finding.place, *(also for also, _ in finding.also)):
        page = pages(place.file)
        assert page is not None, place
        assert 1 <= place.line <= len(page.lines), (finding.rule, place)
        assert 1 <= place.column <= len(page.lines[place.line - 1]) + 1, (finding.rule, place)
        assert place.length >= 1


def judged(ask: Callable[[], T]) -> T:
    """The answer. Raises TooLongError where it takes more than its time, counted in that of the processor."""

    def over(_: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return ask()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def smallest(office: Office, failure: Failure, seconds: float = 30.0) -> Failure:
    """The same failure with as few changes as it takes, as far as there is time to look."""
    until = time.process_time() + seconds
    again = True
    while again and time.process_time() < until:
        again = False
        for fewer in failure.mutant.fewer():
            found = office.failure(fewer)
            if found and found.kind == failure.kind:
                failure, again = found, True
                break
    return failure
