"""A correction of what several children share, offered to the others: each is ticked or left as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.joint_corrections import Offer, OtherEntry, correct_others, offer_of
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.shown import answers_shown
from cairn.interfaces.web.frame import refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import as_uuid
from cairn.interfaces.web.views.record_frame import record_page


@signed_in("GET", "POST")
def correct_for_others(request: HttpRequest, actor: Actor, record: UUID, entry: str) -> HttpResponse:
    """Offer a correction to the entries of the same act on other children's records; never forced on them."""
    offer = offer_of(actor, record, entry)
    if isinstance(offer, Refused):
        return (
            redirect("entry", record, entry)
            if offer.code == "not found"
            else refused_page(request, actor, offer)
        )
    if request.method == "GET":
        context = {
            "offer": c.SummaryList(rows=tuple(_rows(offer))),
            "others": list(map(_other, offer.others)),
            "entry": entry,
        }
        return record_page(request, actor, offer.page, "record/correct_others.html", context)
    chosen = [one for one in map(as_uuid, request.POST.getlist("record")) if one is not None]
    done = correct_others(actor, record, entry, chosen)
    if isinstance(done, Refused):
        return refused_page(request, actor, done)
    names = {one.record: one.page.identity.name for one in offer.others}
    taken = [names[one] for one, result in done.items() if isinstance(result, Recorded)]
    not_taken = [names[one] for one, result in done.items() if isinstance(result, Refused)]
    say_next(request, _said(taken, not_taken))
    return redirect("entry", record, entry)


def _said(taken: list[str], not_taken: list[str]) -> str:
    said = f"Corrected for {words.listed(taken)} too." if taken else "The other records stay as they are."
    return f"{said} Not for {words.listed(not_taken)}." if not_taken else said


def _rows(offer: Offer) -> Iterator[c.SummaryRow]:
    """What would be taken over."""
    yield from answers_shown(_form(offer, offer.event.data)).rows
    if offer.at:
        yield c.SummaryRow("When it happened", words.moment_words(offer.event.happened_at))


def _other(one: OtherEntry) -> dict[str, Any]:
    return {
        "record": one.record,
        "name": one.page.identity.name,
        "when": words.moment_words(one.event.happened_at),
        "stands": answers_shown(ActForm(_shared_fields(one), initial=one.event.data)),
    }


def _shared_fields(one: OtherEntry) -> list[Any]:
    return [field for field in in_use().vocabulary.events[one.event.type].fields if not field.own]


def _form(offer: Offer, data: Any) -> ActForm:
    kind = in_use().vocabulary.events[offer.event.type]
    return ActForm([field for field in kind.fields if field.name in offer.shared], initial=data)
