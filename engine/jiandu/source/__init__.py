"""YAML with the place of every value: the one door through which a text comes in.

Guides, lexicons, stories, calendars and people files are written in a subset of YAML 1.2 without anchors, aliases,
tags, merge keys and duplicate keys. Plain scalars become `true`, `false`, `null` or decimal integers; all else is text.

    >>> source = read("title: 立案监督\\njiandu: 1\\n", "guide.yaml")
    >>> source.data
    {'title': '立案监督', 'jiandu': 1}
    >>> str(source.value_place(("jiandu",)))
    'guide.yaml:2:9'
"""

from jiandu.source.reading import Source, read, read_file
from jiandu.source.tree import Mark, Path

__all__ = ["Mark", "Path", "Source", "read", "read_file"]
