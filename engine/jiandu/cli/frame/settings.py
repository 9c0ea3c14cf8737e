"""What holds for the whole command: the options that every command takes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu.catalogue import Language

if TYPE_CHECKING:
    from jiandu.guide.model import Guide


@dataclass(slots=True)
class Settings:
    """The global options, as the command line and the environment give them."""

    language: Language
    database: str = "sqlite:///jiandu.db"
    guides: Path | None = None
    people: Path | None = None
    now: datetime | None = None
    json: bool = False
    quiet: bool = False
    guide: "Guide | None" = None
    """The guide whose articles a refusal may cite, once it is known."""
