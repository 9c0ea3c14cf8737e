"""The guides that the global options name."""

from pathlib import Path

from jiandu.check.files import SUFFIXES
from jiandu.cli.frame.settings import Settings
from jiandu.guide.library import Library, load_guide
from jiandu.guide.model import Guide


def library(settings: Settings) -> Library:
    """The guides of `--guides`, or those shipped. Raises UsageError `folder-missing`."""
    return Library(settings.guides) if settings.guides else Library.shipped()


def guides_folder(settings: Settings) -> Path:
    """Where they are, as seen from here if it lies below. Raises UsageError `folder-missing`."""
    folder = library(settings).folder
    try:
        return folder.relative_to(Path.cwd())
    except (OSError, ValueError):
        return folder


def guide_of(settings: Settings, named: str) -> Guide:
    """A guide by its id, or the one in a file. Raises UsageError where there is none, GuideError where it is wrong."""
    return load_guide(named) if named.endswith(SUFFIXES) else library(settings).guide(named)
