"""One of the procedures' letters: to whom, what is missing, its text as the writer leaves it, taken away and recorded as sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application import family_documents
from cairn.application.acting import send_act, strand_in_words
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.door import open_record, refused_by_role
from cairn.application.installation import installation
from cairn.application.letter_recipients import Recipient, kept_addresses, recipients
from cairn.application.letter_values import letter_values, on_the_record
from cairn.application.ports import PrintedLetter, now
from cairn.application.printing import Form, Taken, about, taken
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.calendar.london import say_date, say_instant
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.view import View
from cairn.core.history.history import Strand, open_for
from cairn.core.letters.addresses import gives_away
from cairn.core.letters.blocks import paragraphs_of
from cairn.core.letters.placeholders import PLACEHOLDERS, Placeholder, filled, missing
from cairn.core.protocol.model import Letter

SEND: Final = "send-standard-letter"
SENT: Final = "letter.sent"
NO_LETTER = Refused("not found", "There is no such letter in the procedures")
NO_PROCESS = "There is no referral on this record yet, so no letter of the procedures can be written."
GIVEN_AWAY: Final = (
    "The letter gives an address that has to be kept from people. Take it out: say “at your home”, "
    "or leave the place away"
)


@dataclass(frozen=True)
class Sheet:
    """A letter of the procedures on a record, before it is written.

    `whom` are those it is meant for; `problem` says why it cannot be written, or is empty; `sent` when and to whom it
    went before.
    """

    page: ChildPage
    letter: Letter
    strand: str
    strand_words: str
    whom: tuple[Recipient, ...]
    kept: tuple[str, ...]
    problem: str
    sent: tuple[str, ...]

    def recipient(self, key: str) -> Recipient | None:
        """The recipient of that key, or None."""
        return next((one for one in self.whom if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as its writer has it: to whom, and the text that is to go."""

    name: str
    address: tuple[str, ...]
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter went: the way, and how the writer knows that it is safe where another was said not to be."""

    how: str
    safe: str
    key: UUID
    seen: int | None = None


def standard_letters() -> tuple[Letter, ...]:
    """The letters of the procedures that no act of its own sends."""
    own = {
        str((made.set or {}).get("letter"))
        for act in in_use().vocabulary.acts.values()
        for made in act.yields
    }
    return tuple(one for one in in_use().protocol.letters if one.id not in own)


def open_letters(actor: Actor, record: UUID) -> ChildPage | Refused:
    """Open a record to choose a letter. The view is logged."""
    return refused_by_role(actor, SEND, record) or open_child(actor, record, page="letters")


def open_sheet(actor: Actor, record: UUID, name: str) -> Sheet | Refused:
    """Open a record to write one of the procedures' letters. The view is logged; who may not send it is refused."""
    letter = next((one for one in standard_letters() if one.id == name), None)
    if letter is None:
        return NO_LETTER
    found = open_letters(actor, record)
    if isinstance(found, Refused):
        return found
    strand = _strand(found.view)
    return Sheet(
        page=found,
        letter=letter,
        strand=strand.id if strand else "",
        strand_words=strand_in_words(strand) if strand else "",
        whom=recipients(found, letter),
        kept=kept_addresses(found.whole),
        problem="" if strand else NO_PROCESS,
        sent=tuple(_sent_before(found, letter)),
    )


def _strand(view: View) -> Strand | None:
    """The process a letter belongs to: the nearest open one that began last; where none is open, the last of all."""
    kind = view.procedures.vocabulary.events[SENT]
    strands = view.standing.strands
    nearest = open_for(kind, strands, Moment.exact(now())) or [
        one for one in strands.values() if one.kind in kind.within
    ]
    return max(nearest, key=lambda one: one.opener.happened_at.latest, default=None)


def _sent_before(found: ChildPage, letter: Letter) -> Iterable[str]:
    for event in found.view.standing.events:
        if event.type == SENT and event.data.get("letter") == letter.id:
            yield f"{event.data.get('to') or 'Nobody named'}, {say_instant(event.recorded_at)}, by {event.author.name}"


def known_values(actor: Actor, sheet: Sheet, recipient: str = "") -> dict[str, str]:
    """What is known of what the letter asks. What would give away an address that is kept from people is not."""
    values = letter_values(actor, sheet.page, recipient)
    return {name: text for name, text in values.items() if not gives_away(text, sheet.kept)}


def asked(actor: Actor, sheet: Sheet) -> tuple[tuple[Placeholder, str], ...]:
    """What the record does not tell, to be asked of the writer, each with what it says for its own readers, or ''."""
    known = known_values(actor, sheet, "somebody")
    beside = on_the_record(sheet.page)
    return tuple(
        (one, beside.get(one.name, ""))
        for one in missing((sheet.letter.subject, *sheet.letter.paragraphs), known)
    )


def written(actor: Actor, sheet: Sheet, name: str, answers: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text of the letter, filled with what is known and what was answered.

    A name that nobody has answered stands in brackets as its question: it is seen, and no letter goes with it.
    """
    gaps = {one.name: f"[{one.asks}]" for one in PLACEHOLDERS.values()}
    given = {key: text.strip() for key, text in answers.items() if text.strip()}
    values = {**gaps, **known_values(actor, sheet, name), **given}
    return filled(sheet.letter.subject, values), "\n\n".join(
        filled(one, values) for one in sheet.letter.paragraphs
    )


def faults(sheet: Sheet, draft: Draft) -> dict[str, str]:
    """What stands in the way of a text, by the field it stands in."""
    said: dict[str, str] = {}
    gaps = [one.asks for one in PLACEHOLDERS.values()]
    for name, text in (("subject", draft.subject), ("text", draft.text)):
        if gives_away(text, sheet.kept):
            said[name] = GIVEN_AWAY
        elif open_gap := next((one for one in gaps if f"[{one}]" in text), ""):
            said[name] = f"Something is still missing: {open_gap}"
    if gives_away(", ".join((draft.name, *draft.address)), sheet.kept):
        said["to"] = "This address has to be kept from people. Leave it away, and write the envelope by hand"
    return said


def printed(actor: Actor, sheet: Sheet, draft: Draft) -> PrintedLetter:
    """The letter as it is printed today."""
    told = paragraphs_of(draft.text)
    return PrintedLetter(
        authority=installation().authority,
        sender=actor.team_name or "",
        recipient=draft.name,
        address=draft.address,
        dated=say_date(now().astimezone(LONDON).date()),
        reference=sheet.page.identity.number,
        subject=draft.subject,
        paragraphs=told[:-1],
        signed=told[-1] if told else "",
        foot=_foot(sheet),
    )


def _foot(sheet: Sheet) -> str:
    who = sheet.page.identity
    return about(who) if sheet.letter.names_child else who.number


def take(actor: Actor, sheet: Sheet, draft: Draft, form: Form) -> Taken | Refused:
    """The letter as a file, before it is sent. That it was taken out is in the access log."""
    with transaction.atomic():
        opened = open_record(actor, sheet.page.identity.record, page="letter", what="export")
        if isinstance(opened, Refused):
            return opened
    stopped = family_documents.refused(actor, sheet.page.identity.record, (draft.subject, draft.text))
    if stopped is not None:
        return stopped
    return taken(printed(actor, sheet, draft), form, f"{sheet.page.identity.number}-{sheet.letter.id}")


def send(
    actor: Actor, sheet: Sheet, draft: Draft, sending: Sending, written_in: UUID | None = None
) -> Recorded | Refused:
    """Record that the letter went, with all that it holds; `written_in` is the saved draft that ends with it."""
    answers = {
        "letter": sheet.letter.id,
        "to": draft.name,
        "how": sending.how,
        "subject": draft.subject,
        "text": draft.text,
        "address": "\n".join(draft.address),
        "safe": sending.safe,
        "authority": installation().authority,
        "sender": actor.team_name or "",
        "foot": _foot(sheet),
    }
    given = {name: value for name, value in answers.items() if value}
    record = sheet.page.identity.record
    request = Request(SEND, given, record, strand=sheet.strand, seen=sending.seen, key=sending.key)
    return send_act(actor, request, written_in)
