"""The Merkle tree of RFC 6962 and the words of a leaf."""

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.rules import (
    EMPTY_ROOT,
    MOST_LEAF_BYTES,
    Frontier,
    leaf_hash,
    new_leaf,
    node_hash,
    read_leaf,
    unpack_frontier,
)

# The leaves of the reference implementation (Certificate Transparency) and the roots of the trees of 0 to 8 of them.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
HASHES = st.lists(st.binary(max_size=3).map(leaf_hash), max_size=40)


def by_definition(hashes: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, as a recursion."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << ((len(hashes) - 1).bit_length() - 1)
    return node_hash(by_definition(hashes[:k]), by_definition(hashes[k:]))


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_reference_leaves_have_the_reference_roots(size: int, root: str) -> None:
    hashes = [leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    assert (Frontier().grown(hashes).root.hex(), by_definition(hashes).hex()) == (root, root)


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root == EMPTY_ROOT


@given(HASHES)
def test_a_grown_root_is_the_root_by_definition(hashes: list[bytes]) -> None:
    assert Frontier().grown(hashes).root == by_definition(hashes)


@given(HASHES, HASHES)
def test_growing_in_two_steps_through_storage_is_growing_in_one(some: list[bytes], more: list[bytes]) -> None:
    first = Frontier().grown(some)
    assert unpack_frontier(first.size, first.packed()).grown(more) == Frontier().grown(some + more)


@pytest.mark.parametrize(("size", "packed"), [(0, bytes(32)), (1, b""), (3, bytes(32)), (2, bytes(33)), (1, bytes(31))])
def test_peaks_that_cannot_belong_to_the_size_are_refused(size: int, packed: bytes) -> None:
    with pytest.raises(ValueError, match="peaks"):
        unpack_frontier(size, packed)


FACT = Fact("call.opened", {"call": "PGE-2024"}, date(2024, 3, 1), {"secret": "words"})


def test_a_leaf_is_read_as_it_was_written() -> None:
    leaf = new_leaf(FACT, b"salt")
    assert (read_leaf(leaf.written()), leaf.verb, leaf.codes, leaf.on, leaf.version) == (
        leaf,
        "call.opened",
        {"call": "PGE-2024"},
        "2024-03-01",
        1,
    )


def test_a_leaf_never_holds_the_content() -> None:
    assert b"words" not in new_leaf(FACT, b"salt").written()


@pytest.mark.parametrize(
    "other",
    [
        Fact("call.closed", FACT.codes, FACT.on, FACT.content),
        Fact(FACT.verb, {"call": "PGE-2025"}, FACT.on, FACT.content),
        Fact(FACT.verb, FACT.codes, date(2024, 3, 2), FACT.content),
        Fact(FACT.verb, FACT.codes, FACT.on, {"secret": "other"}),
        Fact(FACT.verb, FACT.codes, FACT.on, FACT.content, version=2),
    ],
)
def test_the_commitment_binds_everything_that_a_leaf_says(other: Fact) -> None:
    assert new_leaf(other, b"salt").content != new_leaf(FACT, b"salt").content


def test_a_leaf_is_under_two_kilobytes() -> None:
    with pytest.raises(ValueError, match=str(MOST_LEAF_BYTES)):
        new_leaf(Fact("x", {"code": "x" * MOST_LEAF_BYTES}, FACT.on, None), b"").written()


GOOD = new_leaf(FACT, b"salt").written()


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\xff",
        b"[]",
        b"7",
        b"{}",
        GOOD[:-1],
        GOOD + b" ",
        b" " + GOOD,
        GOOD.replace(b":1}", b':1,"x":1}'),
        GOOD[5:],
    ],
)
def test_anything_else_is_no_leaf(written: bytes) -> None:
    with pytest.raises(ValueError, match="leaf"):
        read_leaf(written)
