"""The mark below a line stands under the right characters, however wide they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.check.report.excerpt import WIDEST, excerpt, shown, width
from jiandu.findings import Place
from jiandu.source.page import Page


def drawn(line: str, column: int, length: int) -> str:
    found = excerpt(Page("x", line), Place("x", 1, column, length))
    return f"{found.line}\n{' ' * found.before}{'^' * found.marked}"


@pytest.mark.parametrize(
    ("line", "column", "length", "picture"),
    [
        ("title: abc", 8, 3, "title: abc\n       ^^^"),
        ("title: 立案监督", 8, 4, "title: 立案监督\n       ^^^^^^^^"),
        ("立案: x", 5, 1, "立案: x\n      ^"),
        ("x：1", 2, 1, "x：1\n ^^"),
        ("a\tb", 3, 1, "a b\n  ^"),
        ("a\u202eb", 3, 1, "a·b\n  ^"),
        ("e\u0301x", 3, 1, "e·x\n  ^"),
        ("short", 6, 1, "short\n     ^"),
        ("short", 90, 9, "short\n     ^"),
        ("", 1, 1, "\n^"),
    ],
)
def test_the_mark_stands_under_what_is_meant(line: str, column: int, length: int, picture: str) -> None:
    assert drawn(line, column, length) == picture


def test_a_place_behind_the_last_line_is_the_last_line() -> None:
    assert excerpt(Page("x", "a\nb"), Place("x", 9, 1)).line == "b"


@given(st.text(max_size=400), st.integers(1, 500), st.integers(1, 300))
def test_an_excerpt_fits_the_screen_and_steers_nothing(line: str, column: int, length: int) -> None:
    page = Page("x", line)
    found = excerpt(page, Place("x", 1, column, length))
    assert found.before + found.marked <= WIDEST + 1
    assert width(found.line) <= WIDEST + 1
    assert found.line.isprintable()
    assert shown(found.line) == found.line
