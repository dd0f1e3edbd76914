"""Whether a record is restricted, told from what was recorded on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cairn.core.history.event import Event

RESTRICTED, REVIEWED, LIFTED = "record.restricted", "restriction.reviewed", "restriction.lifted"


@dataclass(frozen=True, slots=True)
class Restricted:
    """For which kind of reason a record is restricted, since when, and by when it is to be looked at again (UTC)."""

    reason: str
    since: datetime
    review_by: datetime


def restriction(events: Iterable[Event], reviewed_every: timedelta) -> Restricted | None:
    """The restriction that stands after these events, or None.

    Each look at it begins the time to the next; restricted again for another reason, the later reason stands.
    """
    found: Restricted | None = None
    for event in events:
        at = event.happened_at.earliest
        if event.type == RESTRICTED:
            found = Restricted(
                str(event.data.get("reason", "")), found.since if found else at, at + reviewed_every
            )
        elif event.type == REVIEWED and found is not None:
            found = Restricted(found.reason, found.since, at + reviewed_every)
        elif event.type == LIFTED:
            found = None
    return found
