"""What the number means that a command ends with: a contract with scripts."""

from enum import IntEnum

from jiandu.errors import ConflictError, GuideError, JianduError, RefusedError, StoreError, TamperedError


class Exit(IntEnum):
    """How a command ended."""

    FINE = 0
    WRONG = 1
    """Findings, a refusal, a failed story."""
    USAGE = 2
    """Not understood, unreadable, or nothing to do."""
    DATABASE = 3
    """Unreachable, locked, full, of another version."""
    TAMPERED = 4
    """The trail does not verify."""
    FASTER = 5
    """Someone was faster: ask again."""
    INTERNAL = 70
    """A mistake of this program."""
    INTERRUPTED = 130
    """Ctrl-C."""
    UNHEARD = 141
    """Whoever read the output has gone."""


_OF: tuple[tuple[type[JianduError], Exit], ...] = (
    (RefusedError, Exit.WRONG),
    (StoreError, Exit.DATABASE),
    (TamperedError, Exit.TAMPERED),
    (ConflictError, Exit.FASTER),
    (GuideError, Exit.USAGE),
)


def exit_of(error: JianduError) -> Exit:
    """The number for something raised on purpose."""
    return next((code for kind, code in _OF if isinstance(error, kind)), Exit.USAGE)
