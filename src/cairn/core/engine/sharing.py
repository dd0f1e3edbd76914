"""What a record says now about sharing what is known of a family: consent for each purpose, and leaflets given."""

from __future__ import annotations

from cairn.core.engine.consents import CONSENT, Consent, consent_for, consents_seen
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

LEAFLET = "leaflet.given"


def consents(view: View) -> tuple[Consent, ...]:
    """How consent stands for each purpose of the vocabulary, in the episode (or contact) that is open or was last."""
    events = consents_seen(view.standing, current(view))
    field = view.procedures.vocabulary.events[CONSENT].field("for")
    return tuple(consent_for(events, str(one.value), one.label) for one in (field.options if field else ()))


def current(view: View) -> Strand | None:
    """The outermost process that is open, the latest one; where none is open, the last; None where there was none."""
    outermost = [one for one in view.standing.strands.values() if len(one.path) == 1]
    is_open = [one for one in outermost if one.ended is None]
    return max(is_open or outermost, key=lambda one: one.opener.happened_at.latest, default=None)


def leaflets(view: View) -> tuple[Event, ...]:
    """The leaflets that were given, the latest first."""
    return tuple(event for event in reversed(view.standing.events) if event.type == LEAFLET)
