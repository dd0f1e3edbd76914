"""What somebody thinks: the child's, a parent's or a carer's views in their own words, with those given before beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.procedures import in_use
from cairn.application.timeline import in_words
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.own_acts import Own, do
from cairn.interfaces.web.views.sharing import entry_href

LATEST = 8


def _before(page: ActPage) -> Mapping[str, Any]:
    found = page.page
    said = [event for event in reversed(found.view.standing.events) if event.type == "views.recorded"]
    rows = [
        {
            "who": _who(one),
            "when": words.moment_words(one.happened_at),
            "text": " ".join(str(one.data.get("text") or "").split())[:160],
            "href": entry_href(found, one),
        }
        for one in said[:LATEST]
    ]
    return {"before": rows}


def _who(event: Event) -> str:
    field = in_use().vocabulary.events[event.type].field("whose")
    whose = in_words(field, event.data["whose"]) if field and event.data.get("whose") else "Somebody"
    name = str(event.data.get("name") or "")
    return f"{name}, {whose[:1].lower()}{whose[1:]}" if name else whose


VIEWS = Own(
    act="record-views",
    said="Their views are recorded.",
    template="record/record_views.html",
    title="What somebody thinks",
    messages={"whose": "Choose whose views they are", "text": "Enter what they said, in their own words"},
    beside=_before,
    when=Field(
        name="happened",
        label="When did they say it?",
        type="moment",
        hint="Leave it empty if it was just now.",
    ),
)


@signed_in("GET", "POST")
def record_views(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Record somebody's views in their own words."""
    return do(request, actor, record, VIEWS)
