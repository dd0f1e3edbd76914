"""What consent stands now, for what, and on whose word: Peterborough 1.1 to 1.3 and 9.3, derived, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cairn.core.history.event import Event
from cairn.core.history.history import Standing, Strand

CONSENT = "consent.recorded"
AGENCY_CHECKS, SHARING, EARLY_HELP = "agency_checks", "sharing_assessment", "early_help"
WITHOUT = frozenset({"safeguarding", "court_order"})

State = Literal["given", "without", "withdrawn", "refused", "not_sought", "unclear", "not_asked"]


@dataclass(frozen=True, slots=True)
class Consent:
    """How consent for one purpose stands.

    `said` is the latest word of each person, in the order it was said; `ground` the latest entry that shares
    without consent; `before` what was said and is overtaken by a later word of the same person.
    """

    purpose: str
    label: str
    said: tuple[Event, ...]
    ground: Event | None = None
    before: tuple[Event, ...] = ()

    @property
    def given(self) -> tuple[Event, ...]:
        """The words on which it stands: any one parent alone is enough (1.3), whatever others say."""
        return tuple(
            one for one in self.said if _decision(one) == "given" and one.data.get("by_parent") != "other"
        )

    @property
    def state(self) -> State:
        """One word for how it stands. A ground without consent counts beside any word (1.1)."""
        if any(one.data.get("by_parent") for one in self.given):
            return "given"
        if self.ground is not None:
            return "without"
        if self.given:
            return "unclear"
        said = [_decision(one) for one in self.said]
        found: tuple[State, ...] = ("withdrawn", "refused", "not_sought")
        return next((one for one in found if one in said), "unclear" if said else "not_asked")

    @property
    def decisive(self) -> Event | None:
        """The entry that the state rests on: the latest of its kind."""
        if self.state == "without":
            return self.ground
        if self.state in ("given", "unclear"):
            return (self.given or self.said)[-1]
        return next((one for one in reversed(self.said) if _decision(one) == self.state), None)


def consents_seen(standing: Standing, strand: Strand | None) -> tuple[Event, ...]:
    """What was said about consent in an episode, and in the contact that it came from, in the order it was said."""
    if strand is None:
        return _of_consent(standing.scope(None))
    strands = standing.strands
    outermost = strands.get(strand.path[0], strand)
    contact = strands.get(str(outermost.opener.data.get("from_contact")))
    before = _of_consent(standing.scope(contact)) if contact else ()
    seen = {event.id for event in before}
    return (*before, *(event for event in _of_consent(standing.scope(outermost)) if event.id not in seen))


def _of_consent(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(event for event in events if event.type == CONSENT)


def about(events: Iterable[Event], purpose: str) -> tuple[Event, ...]:
    """Those that speak of a purpose; one that names none may speak of each."""
    return tuple(event for event in events if not purposes(event) or purpose in purposes(event))


def purposes(event: Event) -> tuple[str, ...]:
    """For what consent was asked."""
    named = event.data.get("for") or ()
    return tuple(named) if isinstance(named, list | tuple) else (str(named),)


def latest_words(events: Iterable[Event]) -> tuple[Event, ...]:
    """The latest word of each person, a name written alike but for blanks and capitals being one person's."""
    latest: dict[str, Event] = {}
    for event in events:
        who = " ".join(str(event.data.get("whose") or "").split()).casefold()
        latest.pop(who, None)
        latest[who] = event
    return tuple(latest.values())


def consent_for(events: Iterable[Event], purpose: str, label: str = "") -> Consent:
    """How consent for one purpose stands, from what was said in order."""
    told = about(events, purpose)
    latest = latest_words(told)
    grounds = [one for one in latest if one.data.get("lawful_reason") in WITHOUT]
    kept = {one.id for one in latest}
    before = tuple(one for one in told if one.id not in kept)
    return Consent(purpose, label or purpose, latest, grounds[-1] if grounds else None, before)


def _decision(event: Event) -> str:
    return str(event.data.get("decision") or "")
