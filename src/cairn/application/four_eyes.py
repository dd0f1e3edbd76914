"""Four eyes: what the database is told, when it is prepared, of the events that somebody else has to sign."""

from __future__ import annotations

from cairn.application.census_import import ACCOUNT
from cairn.application.procedures import in_use
from cairn.records import authorisations


def rules() -> tuple[authorisations.Rule, ...]:
    """Each event type of the vocabulary in use that approves another. Approvals given elsewhere come in with a census."""
    return tuple(
        authorisations.Rule(event.name, event.approves, ACCOUNT)
        for event in in_use().vocabulary.events.values()
        if event.approves
    )
