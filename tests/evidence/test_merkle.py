"""The tree against vectors that were not written here."""

import base64
import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from evidence import merkle
from evidence.merkle import ProofInvalid

VECTORS = Path(settings.BASE_DIR).parent / "shared" / "vectors" / "transparency-dev-merkle"
needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason=f"the public vectors are not at {VECTORS}")


def vectors(kind):
    return sorted((VECTORS / "testdata" / kind).rglob("*.json"))


def name_of(path):
    return str(path.relative_to(VECTORS / "testdata")) if isinstance(path, Path) else None


def decoded(text):
    return base64.b64decode(text or "")


def holds(check, *arguments):
    try:
        check(*arguments)
    except ProofInvalid:
        return False
    return True


@needs_vectors
@pytest.mark.parametrize("path", vectors("inclusion"), ids=name_of)
def test_inclusion_agrees_with_the_public_vectors(path):
    case = json.loads(path.read_text())
    held = holds(
        merkle.verify_inclusion,
        decoded(case["leafHash"]),
        case["leafIdx"],
        case["treeSize"],
        [decoded(each) for each in case["proof"] or []],
        decoded(case["root"]),
    )
    assert held is not case["wantErr"], case["desc"]


@needs_vectors
@pytest.mark.parametrize("path", vectors("consistency"), ids=name_of)
def test_consistency_agrees_with_the_public_vectors(path):
    case = json.loads(path.read_text())
    held = holds(
        merkle.verify_consistency,
        case["size1"],
        case["size2"],
        [decoded(each) for each in case["proof"] or []],
        decoded(case["root1"]),
        decoded(case["root2"]),
    )
    assert held is not case["wantErr"], case["desc"]


@needs_vectors
def test_all_the_public_vectors_are_read():
    assert (len(vectors("inclusion")), len(vectors("consistency"))) == (98, 98)


@needs_vectors
def test_roots_agree_with_the_reference_tree():
    reference = json.loads((VECTORS / "roots.json").read_text())
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in reference["leaf_inputs_hex"]]
    roots = [merkle.root_of(leaves[:size]).hex() for size in range(len(leaves) + 1)]
    assert roots == reference["root_hashes_hex_by_tree_size"]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert merkle.CompactRange().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def leaves_of(size):
    return [merkle.leaf_hash(str(number).encode()) for number in range(size)]


@given(st.data(), st.integers(1, 300))
def test_every_position_can_be_proved(data, size):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, merkle.ranges_of(leaves))
    root = merkle.root_of(leaves)
    merkle.verify_inclusion(leaves[index], index, size, proof, root)
    assert not holds(merkle.verify_inclusion, merkle.leaf_hash(b"another"), index, size, proof, root)
    if size > 1:
        assert not holds(merkle.verify_inclusion, leaves[index], (index + 1) % size, size, proof, root)


@given(st.data(), st.integers(1, 300))
def test_every_beginning_can_be_proved(data, size):
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size))
    proof = merkle.consistency_proof(old, size, merkle.ranges_of(leaves))
    old_root, root = merkle.root_of(leaves[:old]), merkle.root_of(leaves)
    merkle.verify_consistency(old, size, proof, old_root, root)
    rewritten = merkle.root_of([merkle.leaf_hash(b"another"), *leaves[1:old]])
    assert not holds(merkle.verify_consistency, old, size, proof, rewritten, root)
    assert not holds(merkle.verify_consistency, old, size, [*proof, root], old_root, root)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_position_outside_the_log_has_no_proof(index, size):
    with pytest.raises(ValueError, match="no position"):
        merkle.inclusion_proof(index, size, merkle.ranges_of(leaves_of(size)))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (0, 0)])
def test_nothing_begins_a_log_with_proof(old, new):
    with pytest.raises(ValueError, match="no consistency proof"):
        merkle.consistency_proof(old, new, merkle.ranges_of(leaves_of(new)))
