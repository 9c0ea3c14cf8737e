"""From bytes to characters: the size, the encoding, and characters that nobody can see."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from jiandu.errors import GuideError
from jiandu.findings import Finding, Place
from jiandu.source.page import Page

LARGEST = 1 << 20
"""A file has at most so many bytes."""
MOST = 100
"""So many remarks of one kind are enough to see what happened to a file."""
_MARK = "\ufeff"

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]+"
)
"""Controls, strange line ends and blanks, signs that turn the direction of a text, halves of characters."""


def text_of(content: bytes | str, file: str) -> str:
    """The characters of a file without its byte-order mark. Raises GuideError when it is too large or not UTF-8."""
    size = len(content.encode("utf-8", "surrogatepass")) if isinstance(content, str) else len(content)
    if size > LARGEST:
        raise GuideError((Finding("too-large", Place(file, 1, 1), {"limit": "1 MiB"}, "too-large-file"),))
    text = content if isinstance(content, str) else _decoded(content, file)
    return text.removeprefix(_MARK)


def neutral(text: str) -> str:
    """The text with a stand-in for every invisible character, so that the rest can be read all the same."""
    return INVISIBLE.sub(lambda found: "".join(map(_stand_in, found.group())), text)


def remarks(page: Page) -> list[Finding]:
    """What is wrong with single characters of the text."""
    found = islice(INVISIBLE.finditer(page.text), MOST)
    seen = [invisible(run.group(), page.at(run.start(), len(run.group()))) for run in found]
    if not unicodedata.is_normalized("NFC", page.text):
        seen += islice(_not_normal(page), MOST)
    return seen


def invisible(run: str, place: Place) -> Finding:
    """The remark on a run of characters that nobody can see."""
    code = f"U+{ord(run[0]):04X}"
    return Finding("invisible-character", place, {"code": code}, f"invisible-character-{_sort(run[0])}")


def written(value: str, place: Place) -> Finding | None:
    """The remark on a value whose escapes make characters that may not be written as themselves."""
    if run := INVISIBLE.search(value):
        return invisible(run.group(), place)
    if not unicodedata.is_normalized("NFC", value):
        return _decomposed(value, unicodedata.normalize("NFC", value), place)
    return None


def _stand_in(character: str) -> str:
    return " " if _sort(character) in ("blank", "line-end") else "_"


def _sort(character: str) -> str:
    if character in "\x85\u2028\u2029":
        return "line-end"
    if character in "\u061c\u200e\u200f" or "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return "direction"
    return "blank" if unicodedata.category(character) == "Zs" else "control"


def _not_normal(page: Page) -> Iterator[Finding]:
    for number, line in enumerate(page.lines):
        if not unicodedata.is_normalized("NFC", line):
            start, piece = _odd_piece(line)
            yield _decomposed(piece, unicodedata.normalize("NFC", piece), page.place(number, start, len(piece)))


def _odd_piece(line: str) -> tuple[int, str]:
    """The first letter of the line that has another normal form, with the marks that belong to it."""
    for letter in re.finditer(r"[\s\S][\u0300-\u036f\u3099\u309a\u1160-\u11ff]*", line):
        if not unicodedata.is_normalized("NFC", letter.group()):
            return letter.start(), letter.group()
    return 0, line


def _decomposed(piece: str, instead: str, place: Place) -> Finding:
    facts = {"piece": piece[:20], "instead": instead[:20]}
    return Finding("invisible-character", place, facts, "invisible-character-look-alike")


def _decoded(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GuideError((_not_utf8(content, error.start, file),)) from None
    if "\0" in text[:2]:  # UTF-16 without its mark: every other byte of Latin letters is zero
        raise GuideError((_not_utf8(content, 0, file),))
    return text


def _not_utf8(content: bytes, offset: int, file: str) -> Finding:
    before = Page(file, content[:offset].decode("utf-8").removeprefix(_MARK))
    message = f"not-utf8-{encoding}" if (encoding := _encoding(content)) else ""
    return Finding("not-utf8", before.at(len(before.text)), {}, message)


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or 0 in content[:2]:
        return "utf16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "gbk"
