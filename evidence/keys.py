"""The key that signs checkpoints: settings.EVIDENCE_SIGNING_KEY, a PEM file (PKCS #8, Ed25519), mode 0600.

Whoever holds it and the database can fork the log: a checkpoint that someone else keeps is what they cannot change.
"""

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from evidence.notes import Signer


class KeyMissing(RuntimeError):
    """There is no signing key to read; the message says where it was looked for."""


def signer() -> Signer:
    path = Path(settings.EVIDENCE_SIGNING_KEY)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise KeyMissing(f"The signing key of the log is not at {path}.") from None
    except (OSError, ValueError, TypeError) as problem:
        raise KeyMissing(f"The signing key of the log at {path} cannot be read: {problem}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyMissing(f"The signing key of the log at {path} is not an Ed25519 key.")
    return Signer(settings.EVIDENCE_ORIGIN, key)


def make_key() -> None:
    """Make the signing key, once: whoever comes second finds the first one's, whole."""
    path = Path(settings.EVIDENCE_SIGNING_KEY)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.") as file:  # mode 0600
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return
