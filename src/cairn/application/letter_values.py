"""What stands in the braces of a letter, from one record: each name is filled in here, one by one, or asked of the writer.

Only the episode that is open, or was open last, is looked at: nothing of years ago gets into a letter of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cairn.application.actors import Actor
from cairn.application.child import ChildPage
from cairn.application.installation import installation
from cairn.application.letter_recipients import first_name
from cairn.application.ports import now
from cairn.application.referrers import is_kept_apart
from cairn.application.timeline import in_words
from cairn.core.calendar.london import say_date, say_moment
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.bookings import all_bookings
from cairn.core.engine.summary import decision_on, summarise
from cairn.core.history.event import Event
from cairn.core.people.called import described

NUMBER = re.compile(r"0\d[\d ]{7,}\d", re.ASCII)
RING = "the number on our website"
# Meetings that the family is part of. What was said at any other is in no letter by itself, nor that there is one.
WITH_THE_FAMILY = frozenset(
    {"child_in_need_planning", "child_in_need_review", "family", "team_around_the_child"}
)
REVIEWS = frozenset({"review.held", "core_group.met"})


def telephone(lines: Iterable[str]) -> str:
    """The first number among the telephone lines, without its words."""
    return next((found[0] for line in lines if (found := NUMBER.search(line))), RING)


def letter_values(actor: Actor, found: ChildPage, recipient: str) -> dict[str, str]:
    """What the names in braces stand for on this record; a name that is not known is left out."""
    told = _Told(found)
    sources = (
        _house(actor, found),
        _child(found),
        _referral(found, told),
        _meeting(found, told),
        _plan(told),
        _ended(told),
    )
    values = {
        name: text.strip() for source in sources for name, text in source.items() if text and text.strip()
    }
    return {**values, "recipient": recipient} if recipient else values


def on_the_record(found: ChildPage) -> dict[str, str]:
    """What the record says for its own readers about some names: for the writer to put in words for the reader."""
    told = _Told(found)
    moved = told.last("transfer.completed", "transfer.agreed", "transfer.proposed")
    down, closed = told.last("early_help.stepped_down"), told.last("case.closed")
    said = {
        "transfer_reason": told.said(moved, "reason", "summary"),
        "step_down_reason": told.said(down, "reason"),
        "closing_reason": told.said(closed, "explanation", "reason"),
        "closing_outcome": told.said(closed, "summary"),
    }
    return {name: text for name, text in said.items() if text}


class _Told:
    """What the episode says: the latest event of each type in it."""

    def __init__(self, found: ChildPage) -> None:
        begun = summarise(found.view).episode_opened
        self.types = found.view.procedures.vocabulary.events
        self.events = [
            one for one in found.view.standing.events if begun is None or one.happened_at.latest >= begun
        ]

    def last(self, *types: str) -> Event | None:
        """The latest of these types, or None."""
        return next((one for one in reversed(self.events) if one.type in types), None)

    def met(self) -> Event | None:
        """The latest meeting or review that the family is part of, or None."""
        return next(
            (
                one
                for one in reversed(self.events)
                if one.type in REVIEWS
                or (one.type == "meeting.held" and one.data.get("kind") in WITH_THE_FAMILY)
            ),
            None,
        )

    def said(self, event: Event | None, *names: str) -> str:
        """The first of these answers that was given, in words; '' where none was."""
        return next(filter(None, (self._words(event, name) for name in names)), "") if event else ""

    def _words(self, event: Event, name: str) -> str:
        value = event.data.get(name)
        if value in (None, "", [], ()):
            return ""
        field = self.types[event.type].field(name)
        return in_words(field, value) if field else str(value)

    def on(self, event: Event | None) -> str:
        """The day it happened, or ''."""
        return say_date(event.happened_at.day) if event else ""


def _house(actor: Actor, found: ChildPage) -> dict[str, str]:
    where = installation()
    return {
        "authority": where.authority,
        "team": actor.team_name or where.authority,
        "telephone": telephone(where.phone_lines),
        "signed_by": actor.name,
        "signed_role": actor.role.capitalize(),
        "today": say_date(now().astimezone(LONDON).date()),
        "reference": found.identity.number,
        "worker": found.identity.worker,
    }


def _child(found: ChildPage) -> dict[str, str]:
    who = found.identity
    known = described(found.view.standing.events)
    named = who.name if known.get("name") else ""
    return {
        "child_name": named,
        "child_first_name": first_name(found),
        "child_born": say_date(who.born) if who.born else "",
    }


def _referral(found: ChildPage, told: _Told) -> dict[str, str]:
    received = told.last("referral.received")
    if received is None:
        return {}
    strand = found.view.standing.strands.get(received.id)
    decision = decision_on(found.view, strand) if strand else None
    return {
        "referrer_name": "Sir or Madam"
        if is_kept_apart(received)
        else str(received.data.get("referrer_name") or ""),
        "received_on": told.on(received),
        "decided_on": told.on(decision),
        "outcome": told.said(decision, "outcome"),
        "next_steps": told.said(decision, "further_action"),
    }


def _meeting(found: ChildPage, told: _Told) -> dict[str, str]:
    coming = [
        one
        for one in all_bookings(found.view)
        if one.event.data.get("kind") in WITH_THE_FAMILY and one.state(now()) in ("to come", "today")
    ]
    booked, held = (coming[0] if coming else None), told.met()
    return {
        "meeting": booked.what if booked else "",
        "meeting_on": say_moment(booked.when) if booked else "",
        "meeting_place": booked.place if booked else "",
        "invited": told.said(booked.event, "invited") if booked else "",
        "next_meeting": (say_moment(booked.when) if booked else "") or told.said(held, "next_date"),
        "held_on": told.on(held),
        "took_part": told.said(held, "took_part"),
        "agreed": told.said(held, "account", "reason"),
        "review_outcome": told.said(told.last("review.held"), "outcome"),
    }


def _plan(told: _Told) -> dict[str, str]:
    made = told.last("plan.made")
    changed = told.last("plan.revised") or made
    approved = told.last("assessment.approved")
    return {
        "plan": told.said(made, "kind").lower(),
        "plan_from": told.on(changed) if made else "",
        "lead_professional": told.said(told.last("early_help.stepped_down") or made, "lead_professional"),
        "assessment": told.said(approved, "kind"),
        "approved_on": told.on(approved),
        "assessment_outcome": told.said(approved, "outcome"),
    }


def _ended(told: _Told) -> dict[str, str]:
    """What ends or goes over; its reasons are put in words for the reader by whoever writes."""
    moved = told.last("transfer.completed", "transfer.agreed", "transfer.proposed")
    down, closed = told.last("early_help.stepped_down"), told.last("case.closed")
    return {
        "transfer_on": told.on(told.last("transfer.completed")),
        "new_team": told.said(moved, "to_team"),
        "stepped_down_on": told.on(down),
        "new_service": told.said(down, "to_service"),
        "closed_on": told.on(closed),
    }
