"""YAML with the place of every value: types, places and plain words."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jiandu.canonical import encode
from jiandu.errors import GuideError, UsageError
from jiandu.findings import Finding
from jiandu.source import Mark, Source, events, read, read_file
from jiandu.source.page import Page


def refused(text: str | bytes) -> tuple[Finding, ...]:
    with pytest.raises(GuideError) as caught:
        read(text, "x.yaml")
    return caught.value.findings


def one(text: str | bytes) -> Finding:
    (finding,) = refused(text)
    return finding


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("false", False), ("null", None), ("", None), ("0", 0), ("-7", -7),
        ("9007199254740991", 2**53 - 1), ("-9007199254740991", -(2**53) + 1),
    ],
)  # fmt: skip
def test_these_plain_scalars_are_values(written: str, value: Any) -> None:
    data = read(f"a: {written}\n", "x.yaml").data["a"]
    assert data == value
    assert type(data) is type(value)


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "off", "y", "True", "TRUE", "Null", "~", "010", "0o7", "0x1f", "12:30", "2026-01-05", "1.5",
     "1e3", ".inf", "+5", "1_000", "-0", "00", "9007199254740992", "-9007199254740992", "=", "9" * 5000],
)  # fmt: skip
def test_all_other_plain_scalars_stay_text(written: str) -> None:
    assert read(f"a: {written}\n", "x.yaml").data == {"a": written}


def test_quoted_scalars_stay_text_whatever_they_say() -> None:
    assert read("a: 'true'\nb: \"1\"\nc: ''\n", "x.yaml").data == {"a": "true", "b": "1", "c": ""}


def test_keys_are_always_text() -> None:
    data = read("1: a\ntrue: b\nnull: c\n2026-01-05: d\non: e\n", "x.yaml").data
    assert list(data) == ["1", "true", "null", "2026-01-05", "on"]


def test_a_text_may_be_no_mapping_at_all() -> None:
    assert read("- 1\n- x\n", "x.yaml").data == [1, "x"]
    assert read("x\n", "x.yaml").data == "x"


def test_columns_count_characters_not_bytes() -> None:
    source = read("a: {题😀: x, b: y}\n", "x.yaml")
    assert str(source.place(("a", "b"))) == "x.yaml:1:12"
    assert source.place(("a", "题😀")).length == 2


def test_a_byte_order_mark_moves_nothing() -> None:
    assert str(read(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x.yaml").value_place(("b",))) == "x.yaml:2:4"


def test_a_place_is_the_key_where_there_is_one_and_else_the_value() -> None:
    source = read("a:\n  - x\n  - b: y\n", "x.yaml")
    assert str(source.place(("a",))) == "x.yaml:1:1"
    assert str(source.value_place(("a",))) == "x.yaml:2:3"
    assert str(source.place(("a", 0))) == "x.yaml:2:5"
    assert source.places[("a", 0)].key is None
    assert isinstance(source.places[("a", 1, "b")], Mark)


def test_what_is_not_there_stands_where_its_parent_does() -> None:
    source = read("a:\n  b: 1\n", "x.yaml")
    assert source.place(("a", "c", "d", 5)) == source.place(("a",))
    assert str(source.value_place(("x", "y"))) == "x.yaml:1:1"


def test_a_text_of_several_lines_stands_where_it_begins() -> None:
    source = read("a: >-  # folded\n  x\n  y\nb: one\n  two\n", "x.yaml")
    assert source.data == {"a": "x y", "b": "one two"}
    assert source.value_place(("a",)).line == 1
    assert source.value_place(("b",)).length == len("one")


def test_a_duplicate_key_is_shown_at_both_places() -> None:
    finding = one("a: 1\nb: 2\n  \na: 3\n")
    assert (finding.rule, finding.place.line) == ("duplicate-key", 4)
    assert [(place.line, caption) for place, caption in finding.also] == [(1, "duplicate-key-first")]


def test_the_name_of_a_foreign_encoding_is_said() -> None:
    assert one("a: 立案监督\n".encode("gbk")).message == "not-utf8-gbk"
    assert one("a: 立案\n".encode("utf-16")).message == "not-utf8-utf16"
    assert one(b"\xff\xff").message == ""


def test_a_place_past_the_text_is_its_end() -> None:
    assert str(Page("x.yaml", "a: 1\nbc").place(7, 3)) == "x.yaml:2:3"


def test_a_look_alike_is_shown_with_what_to_write_instead() -> None:
    finding = one("a: cafe\u0301 x\n")
    assert finding.facts == {"piece": "e\u0301", "instead": "é"}
    assert (finding.place.column, finding.place.length) == (7, 2)


def test_remarks_on_lines_below_a_broken_one_are_not_made() -> None:
    assert [f.rule for f in refused("a: {b: 1, c, d: {unit}号\n")] == ["unquoted"]
    assert [(f.rule, f.place.line) for f in refused("a: [1\nb: {c, d: 1}\nb: 2\n")] == [("syntax", 1)]


def test_an_unclosed_bracket_is_blamed_where_it_opens() -> None:
    finding = one("states:\n  a: {title: x\n  b: {title: y}\n")
    assert (finding.message, str(finding.place)) == ("syntax-unclosed-bracket", "x.yaml:2:6")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n\tb: 1\n", "syntax-tab"),
        ("a: 'x\n", "syntax-unclosed-quote"),
        ("a: 'x' y\n", "syntax-text-after-quote"),
        ('a: "\\q"\n', "syntax-escape"),
        ("a: [x\n", "syntax-unclosed-bracket"),
        ("a: x\n]\n", "syntax-extra-bracket"),
        ("a:1\nb: 2\n", "syntax-tight-colon"),
        ("a: 1\nx\n", "syntax-missing-colon"),
        ("x\na: 1\n", "syntax-missing-colon"),
        ("a: - x\n", "syntax-list-beside-key"),
        ("a:\n  b: 1\n c: 1\n", "syntax-indentation"),
        ("[a]: x\n", "syntax-key-not-text"),
        ("a: [x, , y]\n", ""),
    ],
)
def test_syntax_is_said_in_plain_words(text: str, message: str) -> None:
    finding = one(text)
    assert (finding.rule, finding.message) == ("syntax", message)
    assert "expected" not in finding.what("en")


def test_the_python_parser_gives_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["a: {b: [1, x]}\n", "a：1\nb: 2\n", "a: 'x\nb: 2\n", "a: @x\n", "a: x: y\n", "a: {unit}号\n", "a: *x\n",
             "a: [1\nb: 2\n", "a:\n  b: 1\n c: 2\n", "a:\n\tb: 1\n", "a: >=1\n"]  # fmt: skip
    fast = [outcome(text) for text in texts]
    monkeypatch.setattr(events, "_LOADER", yaml.SafeLoader)
    assert [outcome(text) for text in texts] == fast


def outcome(text: str) -> object:
    try:
        return read(text, "x.yaml").data
    except GuideError as error:
        return [(f.rule, f.message, f.place.line) for f in error.findings]


def test_a_file_is_read_under_the_name_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "guide.yaml"
    file.write_text("a: 1\n", encoding="utf-8")
    assert read_file(file, "guides/guide.yaml").file == "guides/guide.yaml"
    assert read_file(file).file == str(file)


def test_a_file_that_does_not_open_is_a_matter_of_usage(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.yaml", "file-missing"), (tmp_path, "file-unreadable")):
        with pytest.raises(UsageError) as caught:
            read_file(path)
        assert (caught.value.code, caught.value.facts) == (code, {"file": str(path)})
    with pytest.raises(UsageError):
        read_file(Path("x\0y"))


def test_an_endless_file_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(GuideError) as caught:
        read_file(Path("/dev/zero"))
    assert caught.value.findings[0].rule == "too-large"


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)
PLAIN = st.text(alphabet="abcxyz0189é立案监督😀（）〔〕。_./", min_size=1, max_size=12).filter(
    lambda text: unicodedata.is_normalized("NFC", text) and text[0] not in "."
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=12
)


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4), st.booleans())
def test_every_place_points_at_the_very_characters_of_its_text(data: Any, flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=100_000, sort_keys=False)
    source = read(text, "x.yaml")
    lines = text.split("\n")
    for path, mark in source.places.items():
        value = at(source, path)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            place = mark.value
            written = lines[place.line - 1][place.column - 1 :][: place.length]
            assert written.strip("'") == str(value)
        if mark.key:
            written = lines[mark.key.line - 1][mark.key.column - 1 :][: mark.key.length]
            assert written.strip("'") == path[-1]


def at(source: Source, path: tuple[str | int, ...]) -> Any:
    value = source.data
    for step in path:
        value = value[step]
    return value


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4))
def test_whatever_is_read_has_canonical_bytes(data: Any) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, width=100_000)
    assert encode(read(text, "x.yaml").data)
