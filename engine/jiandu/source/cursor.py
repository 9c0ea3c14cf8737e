"""A place in a read text: the value there, what stands around it, and where to point when it is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jiandu.findings import Place
from jiandu.source.reading import Source


@dataclass(frozen=True, slots=True)
class Cursor:
    """The value at `path` of `source`; a missing value is None and still has a place: that of what should hold it."""

    source: Source
    path: tuple[str | int, ...] = ()

    @property
    def data(self) -> Any:
        """The plain value."""
        value = self.source.data
        for step in self.path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step]
            else:
                return None
        return value

    @property
    def place(self) -> Place:
        """Where it is named: its key, or the value itself in a list."""
        return self.source.place(self.path)

    @property
    def value_place(self) -> Place:
        """Where the value itself stands."""
        return self.source.value_place(self.path)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.data, dict) and key in self.data

    def at(self, *keys: str | int) -> "Cursor":
        """What stands below."""
        return Cursor(self.source, (*self.path, *keys))

    def entries(self) -> Iterator[tuple[str, "Cursor"]]:
        """Keys and what stands below them; nothing when there is no mapping."""
        data = self.data
        for key in data if isinstance(data, dict) else ():
            yield key, self.at(key)

    def each(self) -> Iterator["Cursor"]:
        """The entries of a list; a single value counts as a list of one, a missing one as none."""
        data = self.data
        if isinstance(data, list):
            for index in range(len(data)):
                yield self.at(index)
        elif data is not None:
            yield self

    @property
    def names(self) -> tuple[str, ...]:
        """The texts of a list, or of a single value."""
        return tuple(str(entry.data) for entry in self.each())
