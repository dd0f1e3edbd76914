"""How the secrets of second factors lie in the database: encrypted under a key made from the installation's own."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"cairn second factors"


class SecretsKept(DefaultMFAAdapter):  # type: ignore[misc]  # it has no types
    """A copy of the database alone is not enough to answer for anybody.

    Where the installation's key is changed, second factors have to be set up anew.
    """

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used. Raises InvalidToken where the installation's key is another."""
        return _box().decrypt(encrypted_text.encode("ascii")).decode()

    def _get_site_name(self) -> str:
        return "Cairn"


def _box() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
