"""Letters of the procedures: filled from the record, printed, and marked as sent. Only to whoever they are meant for.

Nothing about other children or about anybody else goes in by itself: what is filled in is named here, one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application import family_documents
from cairn.application.acting import send_act, strand_in_words
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.door import open_record, refused_by_role
from cairn.application.installation import installation
from cairn.application.letter_values import telephone
from cairn.application.ports import PrintedLetter, now
from cairn.application.printing import Form, Taken, about, taken
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.referrers import is_kept_apart, may_see, open_who
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.core.calendar.london import say_date, say_instant
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.summary import decision_on
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.letters.placeholders import filled, names_in
from cairn.core.protocol.model import Letter

REFERRER = "referrer"
TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Written:
    """What whoever sends a letter adds to it: the next steps, and a paragraph of their own."""

    next_steps: str = ""
    more: str = ""


@dataclass(frozen=True)
class LetterPage:
    """A letter on a record, to be read, added to and sent. `problem` says why it cannot be written, or is empty."""

    page: ChildPage
    letter: Letter
    act: str
    strand: str
    recipient: str
    address: tuple[str, ...]
    values: Mapping[str, str]
    problem: str = ""
    decided: str = ""
    next_steps: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter was sent: `how` is letter, email, portal, or telephone in a complex matter (then `said` is kept)."""

    how: str
    written: Written
    key: UUID
    strand: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class WhichReferral:
    """Several referrals are open: the writer says about which one the letter is. Each with its id and words."""

    page: ChildPage
    letter: Letter
    choices: tuple[tuple[str, str], ...]


def open_letter(
    actor: Actor, record: UUID, name: str, strand: str | None = None
) -> LetterPage | WhichReferral | Refused:
    """Open a record to write one of the procedures' letters about a referral: the one named, or the only open one.

    The view is logged. Where none is open any more it is about the latest.
    """
    letter = next((one for one in in_use().protocol.letters if one.id == name), None)
    if letter is None:
        return Refused("not found", "There is no such letter in the procedures")
    refused = refused_by_role(actor, act_of(name), record)
    if refused is not None:
        return refused
    found = open_child(actor, record, page="letter")
    if isinstance(found, Refused):
        return found
    about = _referrals(found, strand)
    if len(about) > 1:
        return WhichReferral(found, letter, tuple((one.id, strand_in_words(one)) for one in about))
    return _letter(actor, found, letter, about[0] if about else None)


def act_of(letter: str) -> str:
    """The act by which a letter is sent: the one that writes `letter.sent` of that name, else any letter's."""
    for act in in_use().vocabulary.acts.values():
        if any((made.set or {}).get("letter") == letter for made in act.yields):
            return act.name
    return "send-standard-letter"


def letter_of(act: str) -> str:
    """The letter that an act sends, or ''."""
    found = in_use().vocabulary.acts.get(act)
    named = [str((made.set or {}).get("letter", "")) for made in found.yields] if found else []
    return next(filter(None, named), "")


def _letter(actor: Actor, found: ChildPage, letter: Letter, strand: Strand | None) -> LetterPage:
    if strand is None:
        return LetterPage(found, letter, act_of(letter.id), "", "", (), {}, problem=NO_REFERRAL)
    referral = _standing(found, strand)
    decision = decision_on(found.view, strand)
    decided = _outcome(decision)
    return LetterPage(
        page=found,
        letter=letter,
        act=act_of(letter.id),
        strand=strand.id,
        recipient=_recipient(referral),
        address=_address(referral),
        values=_values(actor, found, referral, decision),
        problem=_problem(actor, letter, referral, decided),
        decided=decided,
        next_steps=str(decision.data.get("further_action") or "") if decision else "",
        sent=_sent(found, letter, strand),
    )


NO_REFERRAL = "There is no referral on this record, so there is nobody to write to."
ANONYMOUS = (
    "The referrer did not give a name, so nobody can be written to. The procedures ask for no letter either."
)
NOT_NAMED = (
    "Whoever made the referral does not wish to be named, and only somebody who may see who it was can write to them. "
    "Ask the child’s worker or the manager of the team."
)
APART = "The referrer (identity withheld)"
UNDECIDED = "The referral is not decided yet, so there is no outcome to tell."


def _referrals(found: ChildPage, named: str | None) -> list[Strand]:
    """The referral that was named; else every open one; where none is open, the latest."""
    referrals = [one for one in found.view.standing.strands.values() if one.kind == "referral"]
    chosen = [one for one in referrals if one.id == named] or [one for one in referrals if one.ended is None]
    latest = max(referrals, key=lambda one: one.opener.happened_at.latest, default=None)
    return chosen or ([latest] if latest else [])


def _standing(found: ChildPage, strand: Strand) -> Event:
    return next(event for event in found.view.standing.events if event.id == strand.id)


def _problem(actor: Actor, letter: Letter, referral: Event, decided: str) -> str:
    if letter.to == REFERRER and referral.data.get("source") == "anonymous":
        return ANONYMOUS
    if letter.to == REFERRER and is_kept_apart(referral) and not may_see(actor):
        return NOT_NAMED
    return UNDECIDED if "outcome" in names_in(letter.paragraphs) and not decided else ""


def _recipient(referral: Event) -> str:
    if is_kept_apart(referral):
        return APART
    named = str(referral.data.get("referrer_name") or "").strip()
    return named or ("Colleague" if referral.data.get("referrer_organisation") else "Sir or Madam")


def _address(referral: Event) -> tuple[str, ...]:
    """The referrer's own organisation. Where a child or a family lives is in no letter to a referrer."""
    organisation = str(referral.data.get("referrer_organisation") or "").strip()
    return (organisation,) if organisation else ()


def _values(actor: Actor, found: ChildPage, referral: Event, decision: Event | None) -> dict[str, str]:
    """What the names in braces stand for. A name that is not here stays as it is, and is seen."""
    where = installation()
    return {
        "referrer_name": "Sir or Madam" if is_kept_apart(referral) else _recipient(referral),
        "received_on": say_date(referral.happened_at.day),
        "reference": found.identity.number,
        "decide_by": _due(found, referral, "referral.decided"),
        "outcome_by": _due(found, referral, "referral.outcome_told"),
        "decided_on": say_date(decision.happened_at.day) if decision else "",
        "outcome": _outcome(decision),
        "telephone": telephone(where.phone_lines),
        "signed_by": actor.name,
        "signed_role": actor.role,
        "team": actor.team_name or where.authority,
        "authority": where.authority,
    }


def _due(found: ChildPage, referral: Event, met_by: str) -> str:
    """By when something that this referral started is due: the soonest of its dates; none that has passed."""
    dates = [
        duty.due
        for duty in found.duties
        if duty.started_by.id == referral.id
        and duty.due
        and any(one.event == met_by for one in duty.rule.met_by)
    ]
    soonest = min(dates, default=None)
    return _say(soonest) if soonest and soonest >= now() else "a day we will tell you"


def _say(due: datetime) -> str:
    local = due.astimezone(LONDON)
    whole_day = (local.hour, local.minute) == (23, 59)
    return say_date(local.date()) if whole_day else say_instant(due)


def _outcome(decision: Event | None) -> str:
    field = in_use().vocabulary.events["referral.decided"].field("outcome") if decision else None
    return in_words(field, decision.data.get("outcome") or "") if decision and field else ""


def _sent(found: ChildPage, letter: Letter, strand: Strand) -> str:
    """When this letter about this referral was sent already, in words, or ''."""
    sent = [
        event
        for event in found.view.standing.scope(strand)
        if event.type == "letter.sent" and event.data.get("letter") == letter.id
    ]
    return f"{say_instant(sent[-1].recorded_at)}, by {sent[-1].author.name}" if sent else ""


def paragraphs(page: LetterPage, written: Written) -> tuple[str, ...]:
    """The letter as it reads: filled in, with what was added before its last line."""
    values = {**page.values, "next_steps": written.next_steps.strip() or page.next_steps or "none for you"}
    late = page.letter.once_decided if page.decided else ()
    told = [filled(text, values) for text in late or page.letter.paragraphs]
    return (*told[:-1], *filter(None, [written.more.strip()]), told[-1])


def subject(page: LetterPage) -> str:
    """Its subject, filled in."""
    return filled(page.letter.subject, page.values)


def print_letter(actor: Actor, page: LetterPage, written: Written, form: Form) -> Taken | Refused:
    """The letter as a file, tagged PDF or Word. That it was taken out is in the access log."""
    with transaction.atomic():
        opened = open_record(actor, page.page.identity.record, page="letter", what="export")
        if isinstance(opened, Refused):
            return opened
    stopped = family_documents.refused(actor, page.page.identity.record, paragraphs(page, written))
    if stopped is not None:
        return stopped
    named = _named(actor, page)
    if isinstance(named, Refused):
        return named
    page = named
    told = paragraphs(page, written)
    printed = PrintedLetter(
        authority=installation().authority,
        sender=page.values["team"],
        recipient=page.recipient,
        address=page.address,
        dated=say_date(now().astimezone(LONDON).date()),
        reference=page.values["reference"],
        subject=subject(page),
        paragraphs=told[:-1],
        signed=told[-1],
        foot=_foot(page),
    )
    return taken(printed, form, f"{page.page.identity.number}-{page.letter.id}")


def _named(actor: Actor, page: LetterPage) -> LetterPage | Refused:
    """The letter with the name of somebody who does not wish to be named: on the sheet that goes to them, and nowhere else."""
    if page.recipient != APART:
        return page
    who = open_who(
        actor, page.page.identity.record, page.strand, f"For the letter “{page.letter.title}” to them"
    )
    if isinstance(who, Refused):
        return who
    name, organisation = who.named("referrer_name"), who.named("referrer_organisation")
    return replace(
        page,
        recipient=name or "Sir or Madam",
        address=(organisation,) if organisation else (),
        values={**page.values, "referrer_name": name or "Sir or Madam"},
    )


def _foot(page: LetterPage) -> str:
    """Whom each sheet names: the number alone, where the envelope may be opened by somebody else."""
    who = page.page.identity
    return about(who) if page.letter.names_child else who.number


def mark_as_sent(actor: Actor, page: LetterPage, sending: Sending) -> Recorded | Refused:
    """Record that the letter went, with what it says; or that the referrer was rung in a complex matter (3.24)."""
    record = page.page.identity.record
    act = "give-notice" if sending.how == TELEPHONE else page.act
    answers = _rung(page, sending) if sending.how == TELEPHONE else _posted(page, sending)
    return send_act(
        actor, Request(act, answers, record, strand=page.strand, seen=sending.seen, key=sending.key)
    )


def _posted(page: LetterPage, sending: Sending) -> dict[str, object]:
    return {
        "letter": page.letter.id,
        "to": page.recipient,
        "how": sending.how,
        "subject": subject(page),
        "text": "\n\n".join(paragraphs(page, sending.written)),
        "address": "\n".join(page.address),
        "authority": installation().authority,
        "sender": page.values["team"],
        "foot": _foot(page),
        "decision": page.decided,
        "next_steps": sending.written.next_steps or page.next_steps,
    }


def _rung(page: LetterPage, sending: Sending) -> dict[str, object]:
    return {
        "to": "referrer",
        "about": "receipt",
        "name": page.recipient,
        "how": TELEPHONE,
        "complex": True,
        "said": sending.written.more,
    }


def may_be_rung(page: LetterPage) -> bool:
    """Whether a telephone call may stand for the letter: for the acknowledgement only (3.24)."""
    return _meets(page.letter.meets, "notice.given")


def _meets(duties: Iterable[str], event: str) -> bool:
    rules = [in_use().protocol.duties.get(name, ()) for name in duties]
    return any(
        one.event == event and "receipt" in (one.where or {}).get("about", ())
        for versions in rules
        for rule in versions
        for one in rule.met_by
    )
