"""Ed25519 (RFC 8032), stricter than the library: one policy for the cases on which implementations differ.

The library compares the encoded R, without a cofactor, and refuses S that is not below the group's order. Beyond that,
a key or an R of low order is refused, for such a key signs every message, and a key that is not in the canonical form.
docs/decisions/0003 says why.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

P = 2**255 - 19
_ORDER_8 = int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little")
# The y of the eight points whose order divides 8: of order 4, 1, 2, 8 and 8; two points have each y, or one.
LOW_ORDER = frozenset({0, 1, P - 1, _ORDER_8, P - _ORDER_8})


def is_good_key(key: bytes) -> bool:
    return len(key) == 32 and _y(key) < P and not _has_low_order(key)


def is_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    if not is_good_key(key) or len(signature) != 64 or _has_low_order(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _y(point: bytes) -> int:
    """Its highest bit is not y's, but the sign of x."""
    return int.from_bytes(point, "little") & (2**255 - 1)


def _has_low_order(point: bytes) -> bool:
    return _y(point) % P in LOW_ORDER
