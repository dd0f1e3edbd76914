"""Telling those who guard access, in the transaction of what they are told of. An alert names nobody: it has a number."""

from __future__ import annotations

from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.records import alerts, outbox

ERRAND = "alert"


def raise_alert(
    actor: Actor, kind: str, record: UUID, tie: UUID | None = None, about: UUID | None = None
) -> None:
    """Raise an alert about what this person did or tried, or `about` somebody else; again within a day it is one matter.

    It is in the list of those who guard access at once, and is sent to them by the outbox.
    """
    at = now()
    made = alerts.add(alerts.NewAlert(kind, about or actor.id, record, at, actor.request_id, tie))
    if made is not None:
        outbox.put(outbox.Errand(ERRAND, f"alert-{made.id}", at, payload={"alert": str(made.id)}))
