"""A contact, from the call to its decision: its clock before it is sent, sending it, and reading it to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cairn.application.acting import send_act
from cairn.application.actors import FRONT_DOOR_TEAM, Actor
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.access.fields import unmarked
from cairn.core.calendar.moment import Moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.view import View, derive
from cairn.core.history.event import Author, Event
from cairn.records import register, staff

# What describes somebody who is new to us; on a record that was found it is known already.
OF_A_NEW_PERSON = frozenset(
    {
        "name", "forename", "surname", "known_as", "also_known_as", "sex", "born", "expected", "ethnicity", "language",
        "school", "gp", "upn", "nhs_number", "address", "postcode", "lives_with", "restricted",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactToSend:
    """What somebody at the front door has written. `record` None opens a new record.

    `at` is when it came in (text as in a case file), `key` makes a repeated sending one contact,
    `draft` is what it was written in.
    """

    answers: Mapping[str, Any]
    record: UUID | None
    at: str
    key: UUID
    draft: UUID | None = None


def send_contact(actor: Actor, contact: ContactToSend) -> Recorded | Refused:
    """Record a contact for decision: on the record of whom it is about, or on a new one, in one act."""
    answers = {
        name: value
        for name, value in contact.answers.items()
        if contact.record is None or name not in OF_A_NEW_PERSON
    }
    request = Request(
        act="record-contact",
        answers=answers,
        record=contact.record,
        new_kind=kind_of(answers),
        at=contact.at,
        key=contact.key,
    )
    return send_act(actor, request, contact.draft)


def kind_of(answers: Mapping[str, Any]) -> register.Kind:
    """What kind of record a contact opens: of an unborn child, of a child, or of nobody known yet."""
    if answers.get("expected") and not answers.get("born"):
        return "unborn"
    return "child" if answers.get("name") else "contact"


def clock_of(received: Moment, answers: Mapping[str, Any]) -> DutyView | None:
    """The clock that a contact will start, before it is sent; None where the procedures set none."""
    event = Event(
        id="not-yet-sent",
        type="contact.received",
        happened_at=received,
        recorded_at=max(now(), received.earliest),
        author=Author("", "contact centre"),
        data=answers,
    )
    return met_by("contact.decided", derive((event,), in_use(), as_at=max(now(), received.earliest)))


def met_by(kind: str, view: View) -> DutyView | None:
    """The duty that an event of this kind meets: of several the soonest due, open ones before closed ones."""
    found = [duty for duty in view.duties if any(one.event == kind for one in duty.rule.met_by)]
    return min(found, key=lambda duty: not duty.is_open, default=None)


def who_decides() -> str:
    """Whom a new contact goes to: the manager of the front door's team, or the team's name."""
    for team in staff.teams():
        if team.kind == FRONT_DOOR_TEAM:
            return team.manager_name or team.name
    return "A manager"


def decide_contact(
    actor: Actor, request: Request, contact: Event, draft: UUID | None = None
) -> Recorded | Refused:
    """Decide a contact. Where it becomes a referral, what was said of it goes with it: nothing is typed twice."""
    answers = {**carried_over(contact), "recommended_by": actor.name, **request.answers}
    return send_act(actor, replace(request, answers=answers), draft)


def carried_over(contact: Event) -> dict[str, Any]:
    """What a referral takes from the contact it came from."""
    said = unmarked(contact.data)
    taken = {
        "referral_source": said.get("source"),
        "referrer_name": said.get("caller_name"),
        "referrer_role": said.get("caller_role"),
        "referrer_organisation": said.get("caller_organisation"),
        "referrer_contact": said.get("call_back"),
        "concern": said.get("concern") or worries(said),
        **{
            name: said.get(name)
            for name in ("route", "concern_kind", "affects_other_children", "parent_knows")
        },
        "from_contact": contact.id,
        "may_name_referrer": said.get("may_name_caller"),
        "identity_of": said.get("identity_of"),
    }
    return {name: value for name, value in taken.items() if value not in (None, "", [], ())}


def worries(said: Mapping[str, Any]) -> str:
    """Without a sentence of its own the worry is what was seen or heard, line by line."""
    return "\n".join(str(row["text"]) for row in said.get("facts") or ())
