"""jiandu 监督 / 简牍: a workflow engine driven by declarative case-handling guides (办案指引).

The public names, resolved when first used: `import jiandu` alone loads nothing heavy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiandu.calendar import Calendar
    from jiandu.case import Actor, Case
    from jiandu.clock import SystemClock
    from jiandu.directory import PeopleFile
    from jiandu.engine import Engine
    from jiandu.errors import ConflictError, GuideError, JianduError, Reason, RefusedError, StoreError, TamperedError
    from jiandu.findings import Finding
    from jiandu.guide.library import Library, load_guide

_HOMES = {
    "Actor": "jiandu.case",
    "Calendar": "jiandu.calendar",
    "Case": "jiandu.case",
    "ConflictError": "jiandu.errors",
    "Engine": "jiandu.engine",
    "Finding": "jiandu.findings",
    "GuideError": "jiandu.errors",
    "JianduError": "jiandu.errors",
    "Library": "jiandu.guide.library",
    "PeopleFile": "jiandu.directory",
    "Reason": "jiandu.errors",
    "RefusedError": "jiandu.errors",
    "StoreError": "jiandu.errors",
    "SystemClock": "jiandu.clock",
    "TamperedError": "jiandu.errors",
    "load_guide": "jiandu.guide.library",
}

__all__ = [
    "Actor",
    "Calendar",
    "Case",
    "ConflictError",
    "Engine",
    "Finding",
    "GuideError",
    "JianduError",
    "Library",
    "PeopleFile",
    "Reason",
    "RefusedError",
    "StoreError",
    "SystemClock",
    "TamperedError",
    "load_guide",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'jiandu' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
