"""The tree of RFC 6962 over leaves that are kept elsewhere: roots and proofs with few reads, whatever its size.

Kept are the leaf hashes and, of each whole 256 hashes of a level, their root on the next: as in the tiles of C2SP.
"""

from collections.abc import Callable

from jiandu.trail.standalone import node

HEIGHT = 8
WIDTH = 1 << HEIGHT
EMPTY = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
"""The root of no leaves: SHA-256 of nothing."""

Read = Callable[[int, int, int], list[bytes]]
"""`read(level, start, count)`: kept hashes; level 0 are the leaves, each of level n stands over 256 of level n - 1."""


def span(read: Read, start: int, end: int) -> bytes:
    """The root over the leaves from `start` until before `end`, where a subtree of the log begins at `start`."""
    count = end - start
    if count == 0:
        return EMPTY
    if count & (count - 1) == 0:
        return _whole(read, count.bit_length() - 1, start)
    middle = start + _half(count)
    return node(span(read, start, middle), span(read, middle, end))


def inclusion(read: Read, index: int, size: int) -> tuple[bytes, ...]:
    """The proof that leaf `index` is in the tree of that size."""
    start, end, path = 0, size, list[bytes]()
    while end - start > 1:
        middle = start + _half(end - start)
        if index < middle:
            path.append(span(read, middle, end))
            end = middle
        else:
            path.append(span(read, start, middle))
            start = middle
    return tuple(reversed(path))


def consistency(read: Read, first: int, size: int) -> tuple[bytes, ...]:
    """The proof that the tree of `size` only added to that of `first` leaves, of which there is at least one."""
    start, end, path, known = 0, size, list[bytes](), True
    while first != end:
        middle = start + _half(end - start)
        if first <= middle:
            path.append(span(read, middle, end))
            end = middle
        else:
            path.append(span(read, start, middle))
            start, known = middle, False
    if not known:
        path.append(span(read, start, end))
    return tuple(reversed(path))


def grown(read: Read, before: int, size: int, level: int) -> list[bytes]:
    """The hashes that a level gets where its log grows; `read` knows the level below already."""
    shift = HEIGHT * level
    return [_folded(read(level - 1, at << HEIGHT, WIDTH)) for at in range(before >> shift, size >> shift)]


class Frontier:
    """A tree that leaves are added to one by one: it holds one hash for each of its whole subtrees, no more."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, hash_: bytes) -> None:
        """Adds a leaf by its hash."""
        size = self.size
        while size & 1:
            hash_, size = node(self._peaks.pop(), hash_), size >> 1
        self._peaks.append(hash_)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node(peak, found)
        return found


def _whole(read: Read, height: int, start: int) -> bytes:
    level, within = divmod(height, HEIGHT)
    return _folded(read(level, start >> HEIGHT * level, 1 << within))


def _folded(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def _half(count: int) -> int:
    """The largest power of two below a count of at least two."""
    return 1 << (count - 1).bit_length() - 1
