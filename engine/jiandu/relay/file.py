"""A file to which events are added, a line each (JSON Lines), safe on the disk before they count as sent."""

import os
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from urllib.parse import SplitResult

from jiandu.errors import UsageError
from jiandu.relay.sink import SinkError
from jiandu.store import EventRow


@dataclass(frozen=True, slots=True)
class FileSink:
    """The file is opened for each event, so that it may be moved away at any time; relays lock it in turn."""

    path: Path
    patience = 30.0

    def send(self, event: EventRow) -> None:
        try:
            _append(self.path, event.payload.encode() + b"\n")
        except OSError as error:
            raise SinkError("sink-unreachable", f"{self.path}: {error.strerror}") from error

    def close(self) -> None:
        pass


def opened(address: SplitResult, _: str | None) -> FileSink:
    """The file of an address. Raises UsageError."""
    if not address.path or address.netloc:
        raise UsageError("relay-address")
    return FileSink(Path(address.path))


def _append(path: Path, line: bytes) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        flock(descriptor, LOCK_EX)  # until it is closed
        end = os.fstat(descriptor).st_size
        if end and os.pread(descriptor, 1, end - 1) != b"\n":
            line = b"\n" + line  # somebody was killed in the middle of a line: its event is sent again, whole
        try:
            _write(descriptor, line)
        except OSError:
            os.ftruncate(descriptor, end)
            raise
    finally:
        os.close(descriptor)
    if not end:
        _keep_name(path)


def _write(descriptor: int, line: bytes) -> None:
    while line:
        line = line[os.write(descriptor, line) :]
    os.fsync(descriptor)


def _keep_name(path: Path) -> None:
    """A new file is safe once the folder that names it is."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
