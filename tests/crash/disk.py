"""A disk under the standard library's own SQLite, which takes down what it is told and fails when it is told to.

SQLite speaks to files through a table of functions, its VFS. Here the library that Python's `sqlite3` is linked to gets
one more, which calls the usual one and stands in front of it: the engine, its connections and its settings are those of
every day. Where that library is out of reach (a Python that hides its own SQLite), tests that need it are skipped.
"""

import _sqlite3
import ctypes
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest

SECTOR = 512
"""What a disk writes whole or not at all."""

OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)  # the name stays where SQLite has it
DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
CLOSE = CFUNCTYPE(c_int, c_void_p)
READ = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", OPEN),
        ("delete", DELETE),
        ("others", c_void_p * 14),
    )


class Methods(Structure):
    """`sqlite3_io_methods`, version 3: what can be done with one open file."""

    _fields_ = (
        ("version", c_int),
        ("close", CLOSE),
        ("read", READ),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        ("others", c_void_p * 13),
    )


class File(Structure):
    """`sqlite3_file`, as far as everybody knows it."""

    _fields_ = (("methods", POINTER(Methods)),)


@dataclass
class Disk:
    """The files of one folder: what was done to them, in order, and whether the next thing may be."""

    folder: Path
    log: list[tuple[Any, ...]] = field(default_factory=list)
    """`(what, path, …)`; a test may add what it wants to find again between them."""
    fault: Callable[[str, str], int] = lambda what, path: 0
    """The error with which SQLite is answered who asks for `read`, `write` or `sync` of a file; 0 lets it be done."""


_AT_WORK: list[Disk] = []
_OPENED: dict[int, tuple[Disk, str, Methods]] = {}
"""By the address of an open file: its disk, its path and the usual methods."""


def _opened(_: int, name: int | None, file: int, flags: int, out: int) -> int:
    path = ctypes.string_at(name).decode() if name else ""
    disk = next((disk for disk in _AT_WORK if path and Path(path).parent == disk.folder), None)
    made = disk is not None and not Path(path).exists()
    result = USUAL.open(ctypes.addressof(USUAL), name, file, flags, out)
    if disk is None or result:
        return result
    methods = cast(file, POINTER(File)).contents
    _OPENED[file] = disk, path, methods.methods.contents
    methods.methods = ctypes.pointer(_in_front_of(methods.methods))
    disk.log += [("made", path)] if made else []
    disk.log.append(("open", path, file))
    return 0


def _deleted(_: int, name: bytes, at_once: int) -> int:
    for disk in _AT_WORK:
        if Path(name.decode()).parent == disk.folder:
            disk.log.append(("delete", name.decode(), bool(at_once)))
    return USUAL.delete(ctypes.addressof(USUAL), name, at_once)


def _closed(file: int) -> int:
    disk, path, usual = _OPENED.pop(file)
    disk.log.append(("close", path, file))
    return usual.close(file)


def _read(file: int, into: int, amount: int, offset: int) -> int:
    disk, path, usual = _OPENED[file]
    return disk.fault("read", path) or usual.read(file, into, amount, offset)


def _written(file: int, data: int, amount: int, offset: int) -> int:
    disk, path, usual = _OPENED[file]
    if error := disk.fault("write", path):
        amount //= 2  # as a disk that is full in the middle of it
    disk.log.append(("write", path, offset, ctypes.string_at(data, amount), file))
    return usual.write(file, data, amount, offset) or error


def _truncated(file: int, size: int) -> int:
    disk, path, usual = _OPENED[file]
    disk.log.append(("truncate", path, size))
    return usual.truncate(file, size)


def _synced(file: int, flags: int) -> int:
    disk, path, usual = _OPENED[file]
    error = disk.fault("sync", path) or usual.sync(file, flags)
    disk.log.append(("not synced", path, file) if error else ("sync", path))
    return error


def _synced_by_us(disk: Disk, fsync: Callable[[int], None], number: int) -> None:
    fsync(number)
    disk.log += [
        ("sync", str(path)) for path in disk.folder.iterdir() if os.path.samestat(path.stat(), os.fstat(number))
    ]


_METHODS: dict[int, Methods] = {}


def _in_front_of(usual: Any) -> Methods:
    """The usual methods of a file, with ours in front of some."""
    address = ctypes.addressof(usual.contents)
    if address not in _METHODS:
        made = Methods.from_buffer_copy(usual.contents)
        made.close, made.read, made.write = CLOSE(_closed), READ(_read), WRITE(_written)
        made.truncate, made.sync = TRUNCATE(_truncated), SYNC(_synced)
        _METHODS[address] = made
    return _METHODS[address]


def _library() -> ctypes.CDLL | None:
    """The SQLite that `sqlite3` itself works with, if it can be reached."""
    found = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    try:
        found.sqlite3_libversion.restype = c_char_p
        found.sqlite3_vfs_find.restype = POINTER(Vfs)
        same = found.sqlite3_libversion().decode() == sqlite3.sqlite_version
    except AttributeError:
        return None
    return found if same and found.sqlite3_vfs_find(None).contents.version == 3 else None


LIBRARY = _library()
if LIBRARY is not None:
    USUAL: Vfs = LIBRARY.sqlite3_vfs_find(None).contents
    OURS = Vfs.from_buffer_copy(USUAL)
    OURS.name, OURS.open, OURS.delete = b"jiandu-tests", OPEN(_opened), DELETE(_deleted)


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """Everything that SQLite does in a folder, by connections that are opened inside."""
    if LIBRARY is None:
        pytest.skip("the SQLite of this Python cannot be reached")
    made = Disk(folder)
    _AT_WORK.append(made)
    LIBRARY.sqlite3_vfs_register(ctypes.byref(OURS), 1)
    try:
        with patch.object(os, "fsync", partial(_synced_by_us, made, os.fsync)):
            yield made
    finally:
        LIBRARY.sqlite3_vfs_register(ctypes.byref(USUAL), 1)
        LIBRARY.sqlite3_vfs_unregister(ctypes.byref(OURS))
        _AT_WORK.remove(made)


@dataclass
class Content:
    """What is in a file for good, and what was written since and may yet be lost."""

    sure: bytearray
    open: list[tuple[Any, ...]] = field(default_factory=list)

    def settle(self) -> None:
        for done in self.open:
            _apply(self.sure, done)
        self.open.clear()

    def after_power_loss(self, chance: Random | None) -> bytes:
        """What is found later: only what is sure or, with `chance`, some sectors more in no order."""
        found = bytearray(self.sure)
        for done in self.open if chance else ():
            for part in _sectors(done):
                if chance.random() < 0.5:
                    _apply(found, part)
        return bytes(found)


class Durable:
    """What a power loss leaves of the files of a disk. Where `fsync` has failed, what it was about is never kept, for
    the kernel believes it written; a name is in its folder for good when a new file beside it was synced."""

    def __init__(self, folder: Path) -> None:
        self.now = {str(path): Content(bytearray(path.read_bytes())) for path in folder.iterdir()}
        self.sure = dict(self.now)

    def goes_on(self, what: str, path: str, *rest: Any) -> None:
        """One line of the log more; what is not about keeping changes nothing."""
        if what == "made":
            self.now[path] = Content(bytearray())
        elif what in ("write", "truncate"):
            self.now[path].open.append((what, *rest))
        elif what == "sync":
            self.now[path].settle()
            if self.sure.get(path) is not self.now[path]:
                self.sure = dict(self.now)
        elif what == "not synced":
            self.now[path].open.clear()
        elif what == "delete" and self.now.pop(path, None) and rest[0]:
            self.sure.pop(path, None)

    def after_power_loss(self, folder: Path, chance: Random | None = None) -> None:
        """Puts the files into another folder as the next start of the machine finds them."""
        for path, content in self.sure.items():
            if not path.endswith("-shm"):
                (folder / Path(path).name).write_bytes(content.after_power_loss(chance))


def _apply(content: bytearray, done: tuple[Any, ...]) -> None:
    what, at, *rest = done
    if what == "truncate":
        del content[at:]
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(rest[0])] = rest[0]


def _sectors(done: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    what, at, *rest = done
    if what == "truncate":
        yield done
        return
    place = 0
    while place < len(rest[0]):
        end = min(len(rest[0]), place + SECTOR - (at + place) % SECTOR)
        yield what, at + place, rest[0][place:end]
        place = end
