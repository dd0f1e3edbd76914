"""The identities of those who do not wish to be named: added to and never changed, and sealed by their own key."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from cairn.records.models import ReferrerIdentity


class NoKey(Exception):
    """An identity was sealed by a key that this installation was not given."""


def add(event_id: UUID, identity: Mapping[str, str], by: UUID, at: datetime) -> None:
    """Keep who somebody is, for the event that they belong to. A later one takes the place of an earlier one."""
    ReferrerIdentity.objects.create(event_id=event_id, sealed=seal(identity), by_id=by, at=at)


def of_event(event_id: UUID) -> dict[str, str]:
    """Who it was, as written last; empty where nothing is kept. Raises NoKey.

    Whether the reader may see it is decided by whoever asks.
    """
    row = ReferrerIdentity.objects.filter(event_id=event_id).order_by("-pk").first()
    return opened(bytes(row.sealed)) if row else {}


def seal_again(at: datetime) -> int:
    """Seal each identity by the first key, where it is under another: rows are added, under the name of whoever wrote the
    last. Gives their number. Raises NoKey.
    """
    latest = {row.event_id: row for row in ReferrerIdentity.objects.order_by("pk")}
    old = [row for row in latest.values() if not _is_under(bytes(row.sealed), settings.REFERRER_KEYS[0])]
    for row in old:
        add(row.event_id, opened(bytes(row.sealed)), row.by_id, at)
    return len(old)


def seal(said: Mapping[str, object]) -> bytes:
    """What can be read again only with the key."""
    return _box(settings.REFERRER_KEYS).encrypt(json.dumps(dict(said), ensure_ascii=False).encode())


def opened(sealed: bytes) -> dict[str, str]:
    """What was sealed. Raises NoKey."""
    try:
        found: dict[str, str] = json.loads(_box(settings.REFERRER_KEYS).decrypt(sealed))
    except InvalidToken as fault:
        raise NoKey("CAIRN_REFERRER_KEY lacks the key by which an identity was sealed") from fault
    return found


def _box(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _is_under(sealed: bytes, key: str) -> bool:
    try:
        Fernet(key).decrypt(sealed)
    except InvalidToken:
        return False
    return True
