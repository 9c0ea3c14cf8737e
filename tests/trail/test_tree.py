"""Roots and proofs of a log agree with the definition in RFC 6962, and no other proof is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.trail.standalone import consistent, included, leaf
from jiandu.trail.tree import EMPTY, Frontier, consistency, grown, inclusion, span
from trail import brute

LEAVES = [bytes([n % 256, n // 256]) for n in range(600)]
SIZES = [*range(1, 20), 63, 64, 65, 127, 255, 256, 257, 300, 511, 512, 513, 600]
REFERENCE = [bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
REFERENCE.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))


def reader(leaves):
    """The hashes of a log as they are kept: the leaves, and on each further level a root for each whole 256."""
    levels = [[leaf(one) for one in leaves]]

    def read(level, start, count):
        return levels[level][start : start + count]

    while made := grown(read, 0, len(leaves), len(levels)):
        levels.append(made)
    return read


READ = reader(LEAVES)


def test_the_reference_leaves_of_certificate_transparency_have_their_root():
    root = span(reader(REFERENCE), 0, 8)
    assert root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root == brute.mth(REFERENCE)


@pytest.mark.parametrize("size", SIZES)
def test_a_root_is_that_of_the_definition(size):
    assert span(READ, 0, size) == brute.mth(LEAVES[:size])


def test_the_root_of_no_leaves_is_the_hash_of_nothing():
    assert span(READ, 0, 0) == EMPTY == brute.mth([]) == Frontier().root()


def test_a_tree_grown_leaf_by_leaf_has_the_same_roots():
    tree = Frontier()
    for size, one in enumerate(LEAVES, 1):
        tree.add(leaf(one))
        assert size not in SIZES or tree.root() == brute.mth(LEAVES[:size])


@pytest.mark.parametrize("size", SIZES)
def test_an_inclusion_proof_is_that_of_the_definition_and_proves_its_leaf_alone(size):
    root = brute.mth(LEAVES[:size])
    for place in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
        found = inclusion(READ, place, size)
        assert list(found) == brute.path(place, LEAVES[:size])
        assert included(root, size, place, leaf(LEAVES[place]), found)
        assert not included(root, size, place, leaf(LEAVES[place] + b"x"), found)
        assert not included(root, size, (place + 1) % size, leaf(LEAVES[place]), found) or size == 1
        assert not included(root, size, place, leaf(LEAVES[place]), [*found, root])


@pytest.mark.parametrize("size", SIZES)
def test_a_consistency_proof_is_that_of_the_definition_and_proves_its_sizes_alone(size):
    root = brute.mth(LEAVES[:size])
    for first in {1, 2, size // 2, size - 1, size} & set(range(1, size + 1)):
        found, before = consistency(READ, first, size), brute.mth(LEAVES[:first])
        assert list(found) == brute.proof(first, LEAVES[:size])
        assert consistent(first, before, size, root, found)
        assert not consistent(first, root, size, before, found) or first == size
        assert not consistent(first, before, size, root, [*found, root])
        assert first == 1 or not consistent(first - 1, before, size, root, found)


proofs = st.lists(st.binary(min_size=32, max_size=32), max_size=12)


@given(proofs, st.integers(-2, 40), st.integers(-2, 40), st.integers(0, 2))
def test_no_made_up_proof_is_taken_and_none_raises(proof, one, two, right):
    root = [brute.mth(LEAVES[:9]), EMPTY, LEAVES[0]][right]
    assert not included(root, two, one, leaf(b"other"), proof)
    assert not consistent(one, leaf(b"other"), two, root, proof)


def test_a_proof_over_many_leaves_reads_few_hashes():
    asked = []

    def read(level, start, count):
        asked.append(count)
        return [b"x" * 32] * count

    size = 1_000_003
    assert len(inclusion(read, 123_456, size)) <= 21
    assert len(asked) <= 40
    assert sum(asked) <= 2500
