"""A record's entries as people read them: newest first, corrected and withdrawn ones with what stood before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cairn.application.document_lines import DocumentLine, lines
from cairn.application.procedures import in_use
from cairn.core.access.fields import withheld
from cairn.core.calendar.london import parse_moment, say_moment
from cairn.core.calendar.moment import Moment
from cairn.core.engine.bookings import which_meeting
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import CORRECTED, WITHDRAWN
from cairn.core.people.around import person_of
from cairn.core.planning.plans import in_its_words
from cairn.core.vocabulary.model import EventType, Field

# Ids, which say nothing to a reader.
TECHNICAL = frozenset(
    {
        "worker_id",
        "team_id",
        "to_team_id",
        "not_known",
        "sibling",
        "record",
        "from_contact",
        "supersedes",
        "copied_from",
    }
    | {"check", "event", "entry", "document", "documents", "booking", "person", "risk_id", "involvement_id"}
    | {"approves", "shown", "writer_ids", "copy_of", "in_copy", "identity_of", "police_entry"}
)


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One answer of an entry, in words."""

    label: str
    value: str
    long: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """Who corrected or withdrew an entry, when, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the timeline shows it.

    `was` and `was_happened` hold what the last correction replaced; a withdrawn entry counts no more,
    and `withdrawal` says why.
    """

    id: str
    type: str
    title: str
    happened: Moment
    recorded_at: datetime
    by: str
    role: str
    answers: tuple[FieldShown, ...]
    correction: Mended | None = None
    was: tuple[FieldShown, ...] = ()
    was_happened: Moment | None = None
    withdrawal: Mended | None = None
    documents: tuple[DocumentLine, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it still counts."""
        return self.withdrawal is None


def timeline(view: View) -> Iterator[Entry]:
    """Every entry known that had happened, the newest first; the withdrawn ones stay among them."""
    mending = _mending(view)
    standing = {event.id: event for event in view.standing.events}
    known = [event for event in view.stream if event.recorded_at <= view.world.known_at]
    for event in sorted(known, key=lambda one: (one.happened_at.latest, one.number), reverse=True):
        stands = standing.get(event.id)
        withdrawn = mending[WITHDRAWN].get(event.id) if stands is None else None
        if event.type not in mending and (stands is not None or withdrawn is not None):
            yield _entry(view, event, stands, mending[CORRECTED].get(event.id), withdrawn)


ADDRESS = "address.recorded"
WHERE_THEY_LIVE = frozenset({"address", "postcode", "lives_with", "authority", "restricted_reason"})
KEPT_BACK = withheld("protected address")
# Where somebody around the child lives.
OF_ADULTS = frozenset({"relationship.recorded", "household.recorded"})


def kept_back(view: View, event: Event) -> frozenset[str]:
    """The answers of an entry that no page shows: where somebody lives, once any address of theirs is restricted."""
    if event.type in OF_ADULTS:
        return frozenset({"address"}) if _is_kept_for(view, event) else frozenset()
    if event.type != ADDRESS:
        return frozenset()
    addresses = [one.data for one in view.stream if one.type == ADDRESS]
    corrected = [one.data.get("data") or {} for one in view.stream if one.type == CORRECTED]
    restricted = any(one.get("restricted") is True for one in (*addresses, *corrected))
    return WHERE_THEY_LIVE if restricted else frozenset()


def _is_kept_for(view: View, event: Event) -> bool:
    """Whether any entry or correction says that the address of this person has to be kept from people."""
    same = [one for one in view.stream if one.type in OF_ADULTS and person_of(one) == person_of(event)]
    ids = {one.id for one in same}
    corrected = [
        one.data.get("data") or {}
        for one in view.stream
        if one.type == CORRECTED and one.data.get("corrects") in ids
    ]
    return any(said.get("address_restricted") is True for said in (*(one.data for one in same), *corrected))


def _mending(view: View) -> dict[str, dict[str, Event]]:
    """The latest correction and withdrawal of each entry, as far as known."""
    found: dict[str, dict[str, Event]] = {CORRECTED: {}, WITHDRAWN: {}}
    targets = {CORRECTED: "corrects", WITHDRAWN: "withdraws"}
    for event in view.stream:
        if event.type in found and event.recorded_at <= view.world.known_at:
            found[event.type][str(event.data.get(targets[event.type]))] = event
    return found


def _entry(
    view: View, event: Event, stands: Event | None, correction: Event | None, withdrawal: Event | None
) -> Entry:
    kind = view.procedures.vocabulary.events[event.type]
    shown = stands or event
    hidden = kept_back(view, event)
    # A correction that was itself withdrawn has changed nothing.
    changed = stands is not None and (stands.data, stands.happened_at) != (event.data, event.happened_at)
    return Entry(
        id=event.id,
        type=event.type,
        title=kind.title,
        happened=shown.happened_at,
        recorded_at=event.recorded_at,
        by=event.author.name,
        role=event.author.role,
        answers=answers_in_words(kind, without(shown.data, hidden) | in_its_words(view.standing, event)),
        correction=_mended(correction) if changed else None,
        was=_replaced(kind, event, shown, hidden) if changed else (),
        was_happened=event.happened_at if shown.happened_at != event.happened_at else None,
        withdrawal=_mended(withdrawal),
        documents=lines(event.data),
    )


def _mended(event: Event | None) -> Mended | None:
    if event is None:
        return None
    return Mended(event.author.name, event.recorded_at, str(event.data.get("reason") or ""))


def without(data: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """The answers with those kept back said to be so."""
    return {name: KEPT_BACK if name in hidden else value for name, value in data.items()}


def _replaced(kind: EventType, event: Event, shown: Event, hidden: frozenset[str]) -> tuple[FieldShown, ...]:
    """The answers that no longer read as they did."""
    before = {name: value for name, value in event.data.items() if shown.data.get(name) != value}
    return answers_in_words(kind, without(before, hidden))


def answers_in_words(kind: EventType, data: Mapping[str, Any]) -> tuple[FieldShown, ...]:
    """An event's answers as a person reads them: labels for codes, Yes and No, days and times in words."""
    return tuple(
        FieldShown(field.label, in_words(field, data[field.name]), field.type == "long_text")
        for field in kind.fields
        if data.get(field.name) is not None and field.name not in TECHNICAL
    )


def in_words(field: Field, value: Any) -> str:
    """One answer in words."""
    if isinstance(value, bool) and not field.options:
        return "Yes" if value else "No"
    if field.type == "rows":
        return "\n".join(_row_in_words(field, row) for row in value)
    if isinstance(value, list | tuple):
        return ", ".join(_label(field, one) for one in value)
    if field.type in ("date", "moment") and isinstance(value, str):
        return _time_in_words(value)
    return _label(field, value)


def _row_in_words(field: Field, row: Mapping[str, Any]) -> str:
    told = (in_words(part, row[part.name]) for part in field.fields if row.get(part.name) not in (None, ""))
    return ". ".join(one.rstrip(". ") for one in told)


def _time_in_words(value: str) -> str:
    at = parse_moment(value)
    return say_moment(at) if isinstance(at, Moment) else value


def _label(field: Field, value: Any) -> str:
    found = next((option.label for option in field.options if option.value == value), None)
    return found or _title(field.name, str(value)) or str(value)


def _title(name: str, value: str) -> str:
    """The title of a letter or a rule that an entry names by its id, or ''."""
    protocol = in_use().protocol
    if name == "letter":
        return next((letter.title for letter in protocol.letters if letter.id == value), "")
    if name == "kind":
        return which_meeting(in_use().vocabulary, value)
    rule = protocol.rule(value) if name == "provision" else None
    return rule.title if rule else ""
