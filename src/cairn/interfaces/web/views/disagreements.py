"""Disagreements: who disagrees with what in their own words, and the answers they had; one in writing is owed (10.7, 10.8)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.child import open_child
from cairn.application.doing import may_do
from cairn.application.refused import Refused
from cairn.core.closing.stage import dissents
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.closing_checks import dissent_row
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.own_acts import Named, Own, do
from cairn.interfaces.web.views.record_frame import record_page

ANSWER, RECORD, MEET = "answer-dissent", "record-dissent", "book-meeting"


@signed_in("GET")
def disagreements(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Every disagreement on the record, those without a written answer first."""
    found = open_child(actor, record, page="disagreements")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    rows = [dissent_row(one) for one in sorted(dissents(found.view), key=lambda one: one.is_answered)]
    context = {
        "dissents": rows,
        "answer": act_address(record, ANSWER) if may_do(actor, ANSWER) else "",
        "add": f"{act_address(record, RECORD)}?about=Closing" if may_do(actor, RECORD) else "",
        "meet": act_address(record, MEET) if may_do(actor, MEET) else "",
    }
    return record_page(request, actor, found, "record/disagreements.html", context, current="closing")


def _named(page: ActPage, given: str) -> Named | None:
    """The disagreement that is answered."""
    found = next((one for one in dissents(page.page.view) if one.event.id == given), None)
    if found is None:
        return None
    who, when = found.event.data.get("whose") or "Somebody", words.moment_words(found.event.happened_at)
    return Named("dissent", given, f"{who}, {when}: {found.event.data.get('text') or ''}")


ANSWERING = Own(
    act=ANSWER,
    said="The answer is recorded.",
    to="disagreements",
    title="Answer a disagreement",
    named=_named,
    named_by="dissent",
    messages={
        "dissent": "Choose which disagreement you answer",
        "how": "Choose how they were answered",
        "text": "Enter the answer",
    },
    when=Field(
        name="happened",
        label="When were they answered?",
        type="moment",
        hint="Leave it empty if it was just now.",
    ),
)


@signed_in("GET", "POST")
def answer_dissent(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Answer somebody who disagrees. Only an answer in writing opens the way to closing."""
    return do(request, actor, record, ANSWERING)
