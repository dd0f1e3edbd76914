"""Corrections and withdrawals: nothing is changed, and what was mended reads as it should have been written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from cairn.core.calendar.london import TimeFault, parse_roughly
from cairn.core.history.event import Event

CORRECTED = "event.corrected"
WITHDRAWN = "event.withdrawn"


def mended(known: Iterable[Event]) -> list[Event]:
    """The events with corrections put in and withdrawn ones left out.

    A correction or withdrawal may itself be withdrawn; then what it did is undone. A correction of a
    correction says anew what the event itself should be. The latest recorded is put in last.
    """
    events = list(known)
    mending = sorted((event for event in events if event.type in (CORRECTED, WITHDRAWN)), key=_recorded)
    if not mending:
        return events
    gone = _gone(mending)
    corrections = _by_target(mending, gone)
    return [
        _corrected(event, corrections.get(event.id, ()))
        for event in events
        if event.id not in gone and event.type not in (CORRECTED, WITHDRAWN)
    ]


def _recorded(event: Event) -> tuple[datetime, int, str]:
    return (event.recorded_at, event.number, event.id)


def _gone(mending: list[Event]) -> set[str]:
    gone: set[str] = set()
    # The last word first: a withdrawal that was itself withdrawn takes nothing away.
    for event in reversed(mending):
        if event.type == WITHDRAWN and event.id not in gone:
            gone.add(str(event.data.get("withdraws")))
    return gone


def _by_target(mending: list[Event], gone: set[str]) -> dict[str, list[Event]]:
    corrects = {event.id: corrected_by(event) for event in mending if event.type == CORRECTED}
    by_target: dict[str, list[Event]] = {}
    for event in mending:
        if event.id in corrects and event.id not in gone:
            by_target.setdefault(root_of(event.id, corrects), []).append(event)
    return by_target


def corrected_by(event: Event) -> str:
    """The id of the event that a correction names."""
    return str(event.data.get("corrects"))


def root_of(identity: str, corrects: Mapping[str, str]) -> str:
    """The event that a chain of corrections is about; a chain that comes back to itself is about its start."""
    seen = {identity}
    while identity in corrects and corrects[identity] not in seen:
        identity = corrects[identity]
        seen.add(identity)
    return identity


def _corrected(event: Event, corrections: Iterable[Event]) -> Event:
    for correction in corrections:
        data = {**event.data, **(correction.data.get("data") or {})}
        at = correction.data.get("at")
        moment = parse_roughly(at) if isinstance(at, str) and at else event.happened_at
        if isinstance(moment, TimeFault):
            raise ValueError(f"correction {correction.id} holds an impossible time: {moment.reason}")
        event = replace(event, data=data, happened_at=moment)
    return event
