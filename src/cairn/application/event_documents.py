"""The document of an entry: a letter as it was sent, a plan, minutes, a closing summary. One way for all of them.

It says what the entry holds and nothing else, so that it reads the same in ten years: a letter is never filled again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import open_record
from cairn.application.installation import installation
from cairn.application.ports import PrintedDocument, PrintedLetter, PrintedPart
from cairn.application.printing import Form, Taken, document, lines_of, taken
from cairn.application.refused import Refused
from cairn.application.timeline import Entry, FieldShown, in_words
from cairn.core.calendar.london import say_date, say_instant, say_moment
from cairn.core.engine.met import HELD, met
from cairn.core.history.event import Event
from cairn.core.letters.blocks import paragraphs_of

LETTER: Final = "letter.sent"
NO_DOCUMENT = Refused(
    "not found",
    "There is no document of this entry",
    "It may have been withdrawn, or belong to a later day than the one you read.",
)


def document_of(found: ChildPage, entry: str) -> PrintedLetter | PrintedDocument | None:
    """The document of one entry of a record that was opened; None where no such entry stands.

    A letter comes out as it went. Any other entry comes out as a document: what it is, when and by whom; its short
    answers as facts, and each long one as a part under its own heading.
    """
    one, event = found.entry(entry), _event(found, entry)
    if one is None or event is None:
        return None
    if event.type == LETTER and event.data.get("text"):
        return _letter(found, event)
    return document(
        found.identity,
        _title(found, event),
        tuple(_facts(found, one)),
        (*(_part(answer) for answer in one.answers if _is_long(answer)), *_dissents(found, event)),
    )


def take_document(actor: Actor, record: UUID, entry: str, form: Form) -> Taken | Refused:
    """The document of one entry as a file. That it was taken out is in the access log."""
    with transaction.atomic():
        opened = open_record(actor, record, page="document", what="export")
        if isinstance(opened, Refused):
            return opened
        found = page_of(actor, opened, opened.view)
    made = document_of(found, entry)
    if made is None:
        return NO_DOCUMENT
    what = _event(found, entry)
    name = f"{found.identity.number}-{what.type.partition('.')[0] if what else 'document'}"
    return taken(made, form, name)


def _event(found: ChildPage, entry: str) -> Event | None:
    return next((one for one in found.view.standing.events if one.id == entry), None)


def _letter(found: ChildPage, event: Event) -> PrintedLetter:
    """From what was kept when it was sent. Letters of before held less: their subject stands in their text."""
    data = event.data
    told = paragraphs_of(str(data["text"]))
    subject = str(data.get("subject") or "") or told[0]
    told = told if data.get("subject") else told[1:]
    return PrintedLetter(
        authority=_kept(data, "authority") or installation().authority,
        sender=_kept(data, "sender"),
        recipient=_kept(data, "to"),
        address=lines_of(_kept(data, "address")),
        dated=say_date(event.happened_at.day),
        reference=found.identity.number,
        subject=subject,
        paragraphs=told[:-1] if len(told) > 1 else told,
        signed=told[-1] if len(told) > 1 else "",
        foot=_kept(data, "foot"),
    )


def _kept(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "")


def _title(found: ChildPage, event: Event) -> str:
    """What it is in words: its kind where it has one ("Child in need plan"), else the name of the entry."""
    kind = found.view.procedures.vocabulary.events[event.type]
    field, said = kind.field("kind"), event.data.get("kind")
    return in_words(field, said) if field and field.options and said else kind.title


def _facts(found: ChildPage, one: Entry) -> Iterator[str]:
    who = found.identity
    yield f"{who.name}. {f'Born {say_date(who.born)}' if who.born else who.age}. Cairn number {who.number}."
    yield f"{one.title}, {say_moment(one.happened)}. Recorded by {one.by}, {one.role}, {say_instant(one.recorded_at)}."
    if one.correction:
        yield f"Corrected by {one.correction.by}, {say_instant(one.correction.at)}."
    for answer in one.answers:
        if answer.value.strip() and not _is_long(answer):
            yield f"{answer.label}: {answer.value}"


def _dissents(found: ChildPage, event: Event) -> Iterator[PrintedPart]:
    """Who disagreed, as it was signed with the minutes: they go out with it, not without."""
    said = [
        ". ".join(
            str(one.data[name]).rstrip(".") for name in ("whose", "about", "text") if one.data.get(name)
        )
        for one in (met(found.view, event).dissents if event.type in HELD else ())
    ]
    if said:
        yield PrintedPart("Who disagrees", tuple(said))


def _is_long(answer: FieldShown) -> bool:
    return answer.long or "\n" in answer.value


def _part(answer: FieldShown) -> PrintedPart:
    told = paragraphs_of(answer.value) if answer.long else lines_of(answer.value)
    return PrintedPart(answer.label, told or ("Nothing was written here.",))
