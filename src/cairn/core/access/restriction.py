"""Whether a record is restricted, told from what was recorded on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cairn.core.history.event import Event

RESTRICTED, REVIEWED, LIFTED = "record.restricted", "restriction.reviewed", "restriction.lifted"


@dataclass(frozen=True, slots=True)
class Restricted:
    """For which kind of reason a record is restricted, since when, and by when it is to be looked at again (UTC).

    `words` are what those who may open it have to know; `by` is who restricted it.
    """

    reason: str
    since: datetime
    review_by: datetime
    words: str = ""
    by: str = ""


def restriction(events: Iterable[Event], reviewed_every: timedelta) -> Restricted | None:
    """The restriction that stands after these events, or None.

    Each of them takes effect as it is recorded: nothing recorded later for an earlier day undoes it. Each look at it
    begins the time to the next, on the day of the look; restricted again, the later reason and words stand.
    """
    found: Restricted | None = None
    for event in sorted(events, key=lambda one: (one.recorded_at, one.number)):
        review_by = event.happened_at.earliest + reviewed_every
        if event.type == RESTRICTED:
            found = _restricted(event, found, review_by)
        elif event.type == REVIEWED and found is not None:
            found = replace(found, review_by=review_by)
        elif event.type == LIFTED:
            found = None
    return found


def _restricted(event: Event, before: Restricted | None, review_by: datetime) -> Restricted:
    return Restricted(
        reason=str(event.data.get("reason", "")),
        since=before.since if before else event.happened_at.earliest,
        review_by=review_by,
        words=str(event.data.get("words") or ""),
        by=event.author.name,
    )
