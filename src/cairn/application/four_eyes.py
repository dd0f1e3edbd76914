"""Four eyes: what the database is told, when it is prepared, of the events that somebody else has to sign."""

from __future__ import annotations

from collections.abc import Iterator

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


def differences() -> Iterator[str]:
    """Where the database guards something else than the vocabulary in use says; nothing where they agree.

    The vocabulary is read when the application starts, the database is told when it is prepared: after a change of
    `approves` the one knows what the other does not.
    """
    wanted, guarded = frozenset(rules()), authorisations.rules_in_force()
    for rule in sorted(wanted - guarded, key=str):
        yield f"the database does not know yet that {rule.event_type} approves {rule.approves}, by somebody else"
    for rule in sorted(guarded - wanted, key=str):
        yield f"the database still asks somebody else for {rule.event_type} of {rule.approves}"
