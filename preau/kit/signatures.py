"""
What the school signs, so that nobody who holds the database alone can write it anew.

    signature = signing_key(PURPOSE).sign(digest)
    is_signed_by_one_of(known_keys(PURPOSE), digest, signature, public_key)

Keys are made of the secret key of the house, one for each purpose. What was signed before the secret key was
replaced is still known by the former one, where that is kept (PREAU_FORMER_SECRET_KEYS).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SigningKey:
    """A key with which the school signs, made of a secret for one purpose."""

    def __init__(self, secret: str, purpose: bytes) -> None:
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(secret.encode())
        self._private = Ed25519PrivateKey.from_private_bytes(derived)
        self.public = self._private.public_key().public_bytes_raw().hex()

    def sign(self, digest: str) -> str:
        """Sign a hash, in hexadecimal."""
        return self._private.sign(bytes.fromhex(digest)).hex()


def signing_key(purpose: bytes) -> SigningKey:
    """Return the key with which the school signs today."""
    return _key(settings.SECRET_KEY, purpose)


def known_keys(purpose: bytes) -> tuple[str, ...]:
    """Return the public keys by which the school's signatures are known: today's, then former ones."""
    return tuple(_key(secret, purpose).public for secret in (settings.SECRET_KEY, *_former()))


def is_signed(digest: str, signature: str, public_key: str) -> bool:
    """Say whether a hash was signed by the holder of a key. What is no key or no signature says no."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), bytes.fromhex(digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by_one_of(keys: Collection[str], digest: str, signature: str, public_key: str) -> bool:
    """Say whether a hash was signed with the key it names, and whether that is one of those known."""
    return public_key in keys and is_signed(digest, signature, public_key)


def _former() -> tuple[str, ...]:
    return tuple(settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=32)
def _key(secret: str, purpose: bytes) -> SigningKey:
    return SigningKey(secret, purpose)
