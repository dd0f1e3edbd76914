"""Second factors as django-allauth keeps and judges them: apps with codes, passkeys, recovery codes.

What it can do is loaded when it is first used: this module is wired before Django's models can be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from cairn.application.ports import FactorKind, NewApp

LONGEST_ANSWER = 20_000
LONGEST_NAME = 60


class AllauthFactors:
    """Everything of a person's second factors stands in one table, `mfa_authenticator`."""

    def kinds(self, staff_id: UUID) -> frozenset[FactorKind]:
        """What this person can answer with."""
        return frozenset(_kind(one.type) for one in _kept(staff_id))

    def answered(self, staff_id: UUID, code: str) -> FactorKind | None:
        """What a code was made with, where it is right and was not used before."""
        for one in _kept(staff_id):
            kind = _kind(one.type)
            if kind != "passkey" and one.wrap().validate_code(code):
                # A recovery code's row has been read anew and changed meanwhile: only the time is written.
                type(one).objects.get(pk=one.pk).record_usage()
                return kind
        return None

    def new_app(self, staff_id: UUID, secret: str) -> NewApp:
        """A new secret, or the one given, as an app takes it."""
        from allauth.mfa.adapter import get_adapter  # noqa: PLC0415 - it needs Django's models
        from allauth.mfa.totp.internal.auth import generate_totp_secret  # noqa: PLC0415 - as above

        known = secret or generate_totp_secret()
        address = get_adapter().build_totp_url(_person(staff_id), known)
        return NewApp(known, address, get_adapter().build_totp_svg(address))

    def keep_app(self, staff_id: UUID, secret: str, code: str) -> bool:
        """Keep the app, where the code shows that it works; the code is used up by this."""
        from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code  # noqa: PLC0415 - as above

        if not validate_totp_code(secret, code):
            return False
        for one in _kept(staff_id, "totp"):
            one.delete()
        return bool(TOTP.activate(_person(staff_id), secret).validate_code(code))

    def ask_passkey(self, staff_id: UUID) -> Mapping[str, Any]:
        """The options of `navigator.credentials.get`."""
        from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 - as above

        return dict(auth.begin_authentication(_person(staff_id)))

    def passkey_answered(self, staff_id: UUID, credential: str) -> bool:
        """Whether it is the answer of a passkey of this person's to what was asked last."""
        from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 - as above

        try:
            answer = _read(credential)
            auth.parse_authentication_response(answer)
            auth.complete_authentication(_person(staff_id), answer).record_usage()
        except (ValidationError, ValueError, KeyError, TypeError):
            return False
        return True

    def ask_new_passkey(self, staff_id: UUID) -> Mapping[str, Any]:
        """The options of `navigator.credentials.create`."""
        from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 - as above

        return dict(auth.begin_registration(_person(staff_id), passwordless=False))

    def keep_passkey(self, staff_id: UUID, name: str, credential: str) -> bool:
        """Keep it, where it answers what was asked last."""
        from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 - as above

        try:
            answer = _read(credential)
            auth.parse_registration_response(answer)
            auth.complete_registration(answer)
        except (ValidationError, ValueError, KeyError, TypeError):
            return False
        auth.WebAuthn.add(_person(staff_id), name[:LONGEST_NAME] or "Passkey", answer)
        return True

    def recovery_codes(self, staff_id: UUID) -> tuple[str, ...]:
        """Those not used yet."""
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415 - as above

        return tuple(RecoveryCodes.activate(_person(staff_id)).get_unused_codes())

    def new_recovery_codes(self, staff_id: UUID) -> tuple[str, ...]:
        """New ones in place of all there are."""
        for one in _kept(staff_id, "recovery_codes"):
            one.delete()
        return self.recovery_codes(staff_id)

    def remove_all(self, staff_id: UUID) -> None:
        """Take away everything."""
        for one in _kept(staff_id):
            one.delete()


def _kind(named: str) -> FactorKind:
    kinds: Mapping[str, FactorKind] = {
        "totp": "app",
        "webauthn": "passkey",
        "recovery_codes": "recovery code",
    }
    return kinds[named]


def _kept(staff_id: UUID, *types: str) -> list[Any]:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - it needs Django's models

    found = Authenticator.objects.filter(user_id=staff_id).order_by("-type", "pk")
    return list(found.filter(type__in=types) if types else found)


def _person(staff_id: UUID) -> Any:
    """The account as Django's authentication knows it."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - as above

    return get_user_model().objects.get(pk=staff_id)


def _read(credential: str) -> Any:
    if len(credential) > LONGEST_ANSWER:
        raise ValueError("no passkey answers at such length")
    answer = json.loads(credential)
    if not isinstance(answer, dict):
        raise ValueError("a passkey's answer is an object")
    return answer
