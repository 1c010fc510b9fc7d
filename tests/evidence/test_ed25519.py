"""The verification of signatures, on vectors that others made of the cases in which implementations differ."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from evidence import ed25519, notes
from evidence.notes import KeyUnreadable, Verifier

CCTV = Path(settings.BASE_DIR).parent / "shared" / "vectors" / "cctv-ed25519" / "ed25519vectors.json"

# What is not refused: a point that is not of low order and has a part that is, in an equation that holds without
# the cofactor. Only the holder of the private key can make it.
ACCEPTED = {"low_order_component_A", "low_order_component_R"}


@pytest.mark.skipif(not CCTV.is_file(), reason=f"the public vectors are not at {CCTV}")
def test_each_flagged_case_is_decided_as_the_policy_says():
    vectors = json.loads(CCTV.read_text())
    assert len(vectors) == 914
    differing = [
        vector
        for vector in vectors
        if ed25519.is_signed(bytes.fromhex(vector["key"]), bytes.fromhex(vector["sig"]), vector["msg"].encode())
        != (set(vector["flags"] or ()) <= ACCEPTED)
    ]
    assert differing == []


@pytest.mark.parametrize("y", [0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 2**255])
def test_a_key_that_signs_everything_is_no_key(y, sign):
    verifier = Verifier("cairn.test/log", (y + sign).to_bytes(32, "little"))
    with pytest.raises(KeyUnreadable):
        notes.read_verifier(str(verifier))


def test_a_signature_of_another_length_or_text_is_none():
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key, signature = private.public_key().public_bytes_raw(), private.sign(b"text")
    assert ed25519.is_signed(key, signature, b"text")
    assert not ed25519.is_signed(key, signature, b"texts")
    assert not ed25519.is_signed(key, signature + b"\0", b"text")
    assert not ed25519.is_signed(key, signature[:-1], b"text")
    assert not ed25519.is_signed(key[:-1], signature, b"text")
