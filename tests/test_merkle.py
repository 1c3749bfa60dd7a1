"""The tree that seals are made of."""

from __future__ import annotations

from hashlib import sha256
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.merkle import Tree, leaf, path_to, root_by, root_of

# The entries and roots by which logs of Certificate Transparency are tested, too.
ENTRIES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes.fromhex("5051525354555657"),
    bytes.fromhex("606162636465666768696a6b6c6d6e6f"),
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

leaves = st.lists(st.binary(max_size=4).map(leaf), min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_that_of_the_standard(size: int):
    """Whoever knows RFC 9162 comes to the same."""
    assert root_of(map(leaf, ENTRIES[:size])).hex() == ROOTS[size - 1]


def test_nothing_has_a_root():
    """That of the standard."""
    assert root_of([]) == sha256().digest()


@given(leaves)
def test_it_has_its_root_at_every_size(hashes: list[bytes]):
    """Growing, it never has to be read again."""
    tree, seen = Tree(), []
    for one in hashes:
        tree.add(one)
        seen.append(tree.root())
    assert seen == [root_of(some) for some in accumulate([one] for one in hashes)]


@given(leaves, st.data())
def test_a_path_leads_from_a_leaf_to_the_root(hashes: list[bytes], data: st.DataObject):
    """From that leaf alone, and no part of the path can be another."""
    place = data.draw(st.integers(0, len(hashes) - 1))
    path = path_to(hashes, place)
    root = root_of(hashes)
    assert root_by(hashes[place], path) == root
    assert len(path) <= (len(hashes) - 1).bit_length()
    assert root_by(leaf(b"another entry"), path) != root
    for at, (is_left, beside) in enumerate(path):
        other = ((is_left, leaf(beside)),)
        assert root_by(hashes[place], (*path[:at], *other, *path[at + 1 :])) != root


@given(leaves, st.data())
def test_no_two_lists_have_a_root(hashes: list[bytes], data: st.DataObject):
    """Whatever is left out, put in, changed, or in another order, the root is another."""
    place = data.draw(st.integers(0, len(hashes) - 1))
    other = data.draw(st.binary(max_size=4).map(leaf))
    lists = [
        [*hashes[:place], *hashes[place + 1 :]],
        [*hashes[:place], other, *hashes[place:]],
        [*hashes[:place], other, *hashes[place + 1 :]],
        [*hashes[place:], *hashes[:place]],
        [*hashes, hashes[-1]],
    ]
    for one in lists:
        assert (root_of(one) == root_of(hashes)) == (one == hashes)


def test_a_leaf_is_no_node():
    """Two hashes that are given as an entry have not the hash of the node over them."""
    left, right = map(leaf, ENTRIES[:2])
    assert leaf(left + right) != root_of([left, right])
