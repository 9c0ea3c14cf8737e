"""WRITE ME"""

from jiandu.catalogue import Words

WORDS: dict[str, Words] = {}
