"""Where checkpoints go that are kept outside the database: a file, a command, an address."""

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.error import URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from jiandu.errors import UsageError
from jiandu.trail.note import notes_of

SECONDS = 30
"""How long a command or a server may take."""


_HTTP = OpenerDirector()
"""HTTP and HTTPS, and no other kind of address; a redirection is a failure."""
for _handler in (HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler, UnknownHandler):
    _HTTP.add_handler(_handler())


class Place(Protocol):
    """Where checkpoints are kept."""

    def notes(self) -> list[str]:
        """What is kept there already, as far as it can be read back; oldest first."""
        ...

    def put(self, note: str) -> None:
        """Adds a note. Raises UsageError `checkpoint-unkept`."""
        ...


@dataclass(frozen=True, slots=True)
class File:
    """A file that is only added to, best on another machine's disk."""

    path: Path

    def notes(self) -> list[str]:
        try:
            return notes_of(self.path.read_text(encoding="utf-8")) if self.path.exists() else []
        except (OSError, ValueError) as error:
            raise _unkept(str(self.path), error) from error

    def put(self, note: str) -> None:
        try:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(note)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unkept(str(self.path), error) from error


@dataclass(frozen=True, slots=True)
class Command:
    """A command that takes the note on its standard input; no shell reads it."""

    line: str

    def notes(self) -> list[str]:
        return []

    def put(self, note: str) -> None:
        try:
            words = shlex.split(self.line)
            subprocess.run(words, input=note.encode(), check=True, timeout=SECONDS, stdout=subprocess.DEVNULL)  # noqa: S603
        except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
            raise _unkept(self.line, error) from error


@dataclass(frozen=True, slots=True)
class Post:
    """A server that takes the note as the body of a POST, and answers with success once it is kept."""

    url: str

    def notes(self) -> list[str]:
        return []

    def put(self, note: str) -> None:
        try:
            asked = Request(self.url, note.encode(), {"Content-Type": "text/plain; charset=utf-8"})  # noqa: S310
            _HTTP.open(asked, timeout=SECONDS).close()
        except (URLError, OSError, ValueError) as error:
            raise _unkept(self.url, error) from error


def _unkept(place: str, error: Exception) -> UsageError:
    return UsageError("checkpoint-unkept", place=place, detail=str(error))
