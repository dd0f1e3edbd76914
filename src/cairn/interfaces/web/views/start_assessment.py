"""Starting an assessment: only of a kind that the procedures have a form for, and a second of one kind says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import ActPage, send_act
from cairn.application.actors import Actor
from cairn.application.assessing import BEGINS, has_form
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.assessing.stage import assessments, stood
from cairn.core.history.history import Strand
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.assessment import already_open
from cairn.interfaces.web.views.own_acts import Own, OwnForms, do

WHY_TWO = "Say why a second assessment of this kind is started while one is open, or go on with that one"
HINT = "These have a form in the procedures. Another kind that was made elsewhere is filed as a document."


@signed_in("GET", "POST")
def start_assessment(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Begin an assessment, and go on to its sections."""
    begun: list[Recorded] = []

    def send(actor: Actor, sent: Request, draft: UUID) -> Recorded | Refused:
        done = send_act(actor, sent, draft)
        if isinstance(done, Recorded) and has_form(str(sent.answers.get("kind"))):
            begun.append(done)
        return done

    shown = do(request, actor, record, OWN, send)
    return redirect("assessment", begun[0].record, begun[0].events[-1]) if begun else shown


def _asked(page: ActPage) -> tuple[Field, ...]:
    return tuple(_kinds(one) if one.name == "kind" else one for one in page.fields)


def _kinds(field: Field) -> Field:
    """The kinds that the procedures have a form for; others stand on a record only where an import brought them."""
    options = tuple(one for one in field.options if has_form(str(one.value)))
    return field.model_copy(update={"options": options, "hint": HINT})


def _check(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    """A second of one kind in the same referral needs its reason (Peterborough 4.5, 4.29)."""
    referral = forms.strand.typed.get("strand") or forms.named_strand
    if not answers.get("reason") and any(_open_of_kind(forms.page, str(answers.get("kind")), referral)):
        forms.answers.refuse("reason", WHY_TWO)


def _open_of_kind(page: ActPage, kind: str, referral: object) -> Iterator[Strand]:
    for one in assessments(page.page.view):
        here = not referral or referral in one.path
        is_open = one.ended is None and stood(page.page.view, one).stage != "approved"
        if here and is_open and one.opener.data.get("kind") == kind:
            yield one


def _beside(page: ActPage) -> Mapping[str, Any]:
    return {"note": already_open(page.page)}


OWN = Own(
    act=BEGINS,
    said="The assessment is started. Write its sections in any order.",
    template="record/start_assessment.html",
    send="Start the assessment",
    ask=_asked,
    check=_check,
    beside=_beside,
)
