"""Canonical bytes are those of RFC 8785, and whatever cannot be one is refused with the way to it."""

import json
import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from jiandu.canonical import LARGEST, NotCanonicalError, digest, encode

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
leaves = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    max_leaves=30,
)


@given(values)
def test_canonical_bytes_are_those_of_rfc_8785(value):
    assert encode(value) == rfc8785.dumps(value)


@given(values)
def test_canonical_bytes_read_back_as_the_same_value(value):
    assert json.loads(encode(value)) == value


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (1.0, ()),
        ({"a": [0, LARGEST + 1]}, ("a", 1)),
        ({"a": -LARGEST - 1}, ("a",)),
        ({"a": "e\u0301"}, ("a",)),
        ({"a": "\ud800"}, ("a",)),
        ({"名": 1}, ()),
        ({1: 1}, ()),
        ({"a": b"x"}, ("a",)),
        ({"a": {1, 2}}, ("a",)),
    ],
)
def test_a_value_outside_the_profile_is_refused_with_the_way_to_it(value, path):
    with pytest.raises(NotCanonicalError) as refused:
        encode(value)
    assert refused.value.path == path


def test_a_digest_is_sha_256_in_small_hexadecimal_digits():
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
