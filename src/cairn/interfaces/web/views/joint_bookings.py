"""A booking moved or ended for every child it was made for: the others are offered, ticked, on the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor
from cairn.application.joint_bookings import ForOthers, OtherBooking, booked_with, send_for_all
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import say_next
from cairn.interfaces.web.views.begun import as_uuid
from cairn.interfaces.web.views.own_acts import Own, OwnForms, do

# What the form carries: that others were offered, and which of them are ticked.
OFFERED, TICKED = "offered", "other"


def do_for_all(request: HttpRequest, actor: Actor, record: UUID, own: Own) -> HttpResponse:
    """Show the page of such an act, or take what was sent for the record and for the others ticked."""
    asked = _Asked(request, actor, own)
    here = replace(own, check=asked.check, of_form=asked.offer)
    response = do(request, actor, record, here, asked.send)
    said = _said(asked.came)
    if said:
        say_next(request, f"{own.said} {said}")
    return response


class _Asked:
    """One request: what it offers, and what came of it on the other records."""

    def __init__(self, request: HttpRequest, actor: Actor, own: Own) -> None:
        self.request, self.actor, self.own = request, actor, own
        self.came = ForOthers()
        self._others: tuple[OtherBooking, ...] | None = None

    def check(self, forms: OwnForms, answers: Mapping[str, Any]) -> None:
        """Besides what the act itself checks: keep whom it was booked for too, to send it for them."""
        self._of(forms)
        self.own.check(forms, answers)

    def offer(self, forms: OwnForms) -> dict[str, Any]:
        """The other children with their tick: all are ticked until somebody unticks one."""
        typed = self.request.POST if forms.is_sent else forms.typed
        kept = set(typed.getlist(TICKED)) if typed and OFFERED in typed else None
        return {
            "together": [
                {
                    "record": one.record,
                    "name": one.page.identity.name,
                    "ticked": kept is None or str(one.record) in kept,
                }
                for one in self._of(forms)
            ]
        }

    def send(self, actor: Actor, wanted: Request, draft: UUID) -> Recorded | Refused:
        """Record it here and for the others ticked."""
        ticked = {as_uuid(one) for one in self.request.POST.getlist(TICKED)}
        chosen = [one for one in self._others or () if one.record in ticked]
        done, self.came = send_for_all(actor, wanted, draft, chosen)
        return done

    def _of(self, forms: OwnForms) -> tuple[OtherBooking, ...]:
        if self._others is None:
            named = forms.named
            self._others = booked_with(self.actor, forms.page, named.id) if named else ()
        return self._others


def _said(came: ForOthers) -> str:
    done = f"For {words.listed(list(came.done))} too." if came.done else ""
    not_done = f"Not for {words.listed(list(came.refused))}." if came.refused else ""
    return f"{done} {not_done}".strip()
