"""Where somebody lives whose address is protected: on no page by itself, opened by right with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import OpenRecord, open_record, write_access
from cairn.application.refused import Refused
from cairn.application.rights import role_book
from cairn.application.timeline import ADDRESS, OF_ADULTS, in_words, kept_back
from cairn.core.access.decide import decide_right
from cairn.core.access.facts import Decision
from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON
from cairn.core.people.around import around, person_of

PAGE: Final = "protected-address"
SEES: Final = "sees protected addresses"
NONE: Final = Refused("not found", "No address on this record is protected")


@dataclass(frozen=True, slots=True)
class Lives:
    """Where the child or somebody around them lives or lived: whose, and the address with its days."""

    whose: str
    address: str


def may_see_address(actor: Actor) -> bool:
    """Whether this person's role may see a protected address, on a record that they may open."""
    return SEES in actor.rights


def ask_where(actor: Actor, record: UUID) -> OpenRecord | Refused:
    """Whether this person may see the addresses, before a reason is given. The view is logged."""
    opened = open_record(actor, record, page=PAGE)
    if isinstance(opened, Refused):
        return opened
    decision = decide_right(actor.facts, SEES, tuple(role_book().with_right(SEES)))
    if not decision.allowed:
        return Refused("not allowed", decision.reason, decision.how_to_ask)
    return opened if any(_kept(opened)) else NONE


def open_where(actor: Actor, record: UUID, reason: str) -> tuple[Lives, ...] | Refused:
    """The addresses that are protected, as they stand; in the access log with the reason."""
    with transaction.atomic():
        opened = ask_where(actor, record)
        if isinstance(opened, Refused):
            return opened
        allowed = Decision(allowed=True, relied_on=opened.relied_on)
        write_access(actor, [record], allowed, page=PAGE, what="address", purpose=reason)
        return tuple(_kept(opened))


def _kept(opened: OpenRecord) -> Iterator[Lives]:
    view = opened.view
    there = around(view.standing.events, view.world.as_at.astimezone(LONDON).date())
    names = {one.key: one.text("name") for one in there.people}
    for event in view.standing.events:
        if not kept_back(view, event) or not event.data.get("address"):
            continue
        where = ", ".join(str(event.data[name]) for name in ("address", "postcode") if event.data.get(name))
        since = event.data.get("from_day")
        field = view.procedures.vocabulary.events[ADDRESS].field("kind")
        kind = in_words(field, event.data["kind"]) if field and event.data.get("kind") else "The child"
        whose = names.get(person_of(event), "Somebody") if event.type in OF_ADULTS else kind
        days = f", recorded {say_date(event.happened_at.day)}"
        yield Lives(whose, f"{where}{f', from {since}' if since else ''}{days}")
