"""A worker leaves a child: whether there was a joint visit (9.8), and what is left open for whoever comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.left_open import left_open
from cairn.application.transfer_acts import END
from cairn.core.calendar.moment import Moment
from cairn.core.engine.gates import needs_before
from cairn.core.history.event import Author, Event
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.own_acts import Own, do
from cairn.interfaces.web.views.refusals import source_words
from cairn.interfaces.web.views.transfer_words import left_rows

JOINT_VISIT = "record-visit"


def _ask(page: ActPage) -> tuple[Field, ...]:
    """Why, alone: who works with the child is on the record."""
    fields = (field for field in page.fields if field.name == "reason")
    return tuple(field.model_copy(update={"label": "Why does the worker leave?"}) for field in fields)


def _beside(page: ActPage) -> Mapping[str, Any]:
    return {
        "worker": page.page.identity.worker,
        "team": page.page.identity.team,
        "asked": _asked(page),
        "left": left_rows(page.page, left_open(page.page)),
    }


def _asked(page: ActPage) -> c.CheckList | None:
    """What the procedures ask before a worker leaves: met, or recorded without."""
    view, record = page.page.view, page.page.identity.record
    at = view.world.as_at
    leaving = Event("not-yet-recorded", "allocation.ended", Moment.exact(at), at, Author("", ""), {})
    rows = [
        c.CheckRow(Mark("done", "Done"), one.gate.title, f"({source_words(one.gate.source)}).")
        if one.departed or one.answer.truth == "yes"
        else c.CheckRow(
            Mark("gap", "Missing"),
            one.gate.title,
            f"{one.need.missing} ({source_words(one.gate.source)}). The end is recorded, and says so.",
            c.Link("Record the joint visit", f"{act_address(record, JOINT_VISIT)}?handover=yes"),
        )
        for one in needs_before(view.world, leaving)
    ]
    return c.CheckList(rows=tuple(rows)) if rows else None


ENDING = Own(
    act=END,
    template="record/worker_leaves.html",
    said="Recorded. The child waits for another worker of the team.",
    to="child",
    title="A worker leaves",
    send="End the allocation",
    ask=_ask,
    messages={"reason": "Say why the worker leaves"},
    beside=_beside,
)


@signed_in("GET", "POST")
def end_allocation(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """End an allocation without making another yet; what is open is shown before."""
    return do(request, actor, record, ENDING)
