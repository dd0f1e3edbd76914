"""Each event that the vocabulary knows, on one record, every text in it saying what a test wants said.

The vocabulary is data, so it is walked: an event or a field that is added is attacked without a line being added here.
Gates are not asked: what is wanted is that the words stand on the record, whatever had to be done before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from tests.people import Staff

from cairn.application.door import open_record
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import store
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import View, derive
from cairn.core.history.event import Author, Event
from cairn.core.vocabulary.model import EventType, Field
from cairn.records import ledger

WRITTEN = ("text", "long_text", "list")
Said = Callable[[Field], str]
# These say something about another entry, or shape the record itself: each has tests of its own.
ABOUT_ANOTHER = frozenset({"event.corrected", "event.withdrawn", "record.moved", "child.born"})
# What a page fills in and nobody is asked is an id; these are words.
FILLED_IN_WORDS = frozenset({"address", "authority", "sender", "foot", "imported_from", "not_known"})
# Of the rows of documents and of copies: which one it is.
IDS = frozenset({"document", "documents", "record", "event", "sibling", "check", "person"})
DAY, INSTANT = "2026-11-20", "2026-11-20T10:00"


def is_tried(kind: EventType) -> bool:
    """Whether it can stand by itself: what approves is bound, in the database too, to what was shown to somebody else."""
    return kind.name not in ABOUT_ANOTHER and not kind.approves


def is_written(field: Field) -> bool:
    """Whether it is somebody's words: no choice, no number with a form of its own, no id that a page fills in."""
    is_words = field.asked or field.name in FILLED_IN_WORDS
    is_plain = not field.options and field.check is None and not field.name.endswith("_id")
    is_plain = is_plain and field.name not in IDS
    return field.type in WRITTEN and is_words and is_plain


def written_fields(fields: tuple[Field, ...], place: str) -> Iterator[tuple[str, Field]]:
    """Every field in which a person writes, with its place."""
    for field in fields:
        if is_written(field):
            yield f"{place}.{field.name}", field
        if field.name not in IDS:
            yield from written_fields(field.fields, f"{place}.{field.name}")


def answers(fields: tuple[Field, ...], said: Said) -> dict[str, Any]:
    """An answer for each field: a text says what `said` gives for it, a choice is its first option, a list has one row."""
    found = {field.name: _answer(field, said) for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def _answer(field: Field, said: Said) -> Any:
    if field.name in IDS:
        return None
    if field.type == "rows":
        return [answers(field.fields, said)]
    if is_written(field):
        return [said(field)] if field.type == "list" else said(field)
    plain = {"yes_no": True, "date": DAY, "moment": INSTANT, "number": 3}
    if field.type in plain:
        return plain[field.type]
    if field.options:
        first = field.options[0].value
        return [first] if field.type == "choices" else first
    return None


def every_event(people: Staff, child: UUID, said: Said) -> dict[str, str]:
    """Write one of each on the child's record, those that end something last; the id of each by its type."""
    kinds = [one for one in in_use().vocabulary.events.values() if is_tried(one)]
    ordered = sorted(kinds, key=lambda kind: (bool(kind.ends), not kind.opens))
    made: dict[str, Event] = {}
    with transaction.atomic():
        opened = open_record(people.actor("Joanne Whitlock"), child, page="test", what="act", lock=True)
        view = opened.view
        for kind in ordered:
            made[kind.name] = _event(people, kind, said, view)
            view = derive((*view.stream, made[kind.name]), view.procedures, as_at=now())
        store(child, list(made.values()), view)
    return {name: event.id for name, event in made.items()}


def _event(people: Staff, kind: EventType, said: Said, view: View) -> Event:
    actor = people.actor("Priya Shah")
    return Event(
        id=str(ledger.event_id(now())),
        type=kind.name,
        happened_at=Moment.exact(now()),
        recorded_at=now(),
        author=Author(actor.name, actor.role, str(actor.id)),
        data=answers(kind.fields, said),
        number=len(view.stream) + 1,
        strand=_strand(kind, view),
    )


def _strand(kind: EventType, view: View) -> str | None:
    """The newest process that it may belong to."""
    open_ones = [
        one for one in view.standing.strands.values() if one.kind in kind.within and one.ended is None
    ]
    return open_ones[-1].id if open_ones else None
