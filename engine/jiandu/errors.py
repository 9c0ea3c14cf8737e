"""Everything jiandu raises on purpose. Each has a stable `code` and can say itself in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jiandu.catalogue import Language, say
from jiandu.findings import Finding, Place


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a refusal, or one recorded warning.

    `place` is where the guide says so; `rule` is the named rule, if one was broken; `basis` are its articles
    (`rules-2019:560`) and `mark` the weakest of their marks; `earliest` is the first day on which the act would be
    allowed where time alone stands in the way; `message` picks another sentence than that of the code.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    rule: str | None = None
    basis: tuple[str, ...] = ()
    mark: str | None = None
    earliest: date | None = None
    message: str = ""

    def text(self, language: Language) -> str:
        """The reason in words."""
        return say(self.message or self.code, language, {**self.facts, "earliest": self.earliest})


class JianduError(Exception):
    """The root of everything raised on purpose."""

    code = "error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    def text(self, language: Language) -> str:
        """The error in words."""
        return say(self.code, language, self.facts)

    def __str__(self) -> str:
        return self.text("en")


class GuideError(JianduError):
    """A text that is no guide, lexicon, story, calendar or people file; `findings` say where and why."""

    code = "guide-invalid"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(count=len(findings))
        self.findings = findings

    def text(self, language: Language) -> str:
        return "\n".join(f"{f.place}: {f.what(language)}" for f in self.findings)


class RefusedError(JianduError):
    """The act may not be done; `reasons` say why. Nothing was written."""

    code = "refused"

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__()
        self.reasons = reasons

    def text(self, language: Language) -> str:
        return "\n".join(reason.text(language) for reason in self.reasons)


class ConflictError(JianduError):
    """Someone was faster: the case has moved on since it was read. Read again and ask again."""

    code = "conflict"


class StoreError(JianduError):
    """The database cannot be used as it is; `code` says in which way. Nothing was written, except that after
    `database-lost` nobody knows: ask again with the same key."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(**facts)


class TamperedError(JianduError):
    """The trail does not verify."""

    code = "tampered"


class LogError(TamperedError):
    """The log is not the one that was signed; `code` says in which way. Nothing is signed over that."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(**facts)


class UsageError(JianduError):
    """A request that cannot be understood: an unreadable file, an unknown name, a malformed value."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(**facts)
