"""Word of an alert for those who guard access: its number, its kind and when it was raised. Nothing personal leaves the house."""

from __future__ import annotations

from uuid import UUID

from cairn.application.installation import authority_name
from cairn.application.ports import wired
from cairn.core.calendar.london import say_instant
from cairn.records import alerts, outbox

TEXT = """Alert {number}: {kind}, {when}.

Sign in to Cairn and open Alerts to answer it. Who and which record it is about stands there, and nowhere else.
"""


def send_alert(claimed: outbox.Claimed) -> None:
    """Send word of an alert. With no address named nothing is sent; where it isn't taken, the outbox tries again."""
    post = wired().alerts
    found = alerts.alert(UUID(claimed.errand.payload["alert"]))
    if post is None or found is None:
        return
    said = TEXT.format(number=found.number, kind=found.kind, when=say_instant(found.raised_at))
    post.send(found.number, f"Cairn, {authority_name()}: alert {found.number}", said)
