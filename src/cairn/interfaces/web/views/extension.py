"""An assessment that goes on past its limit: the manager says why and signs; the date stays, and so does the lateness (4.22)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import ActPage, open_for_act, send_act, strand_in_words
from cairn.application.actors import Actor
from cairn.application.approving import EXTEND, clocks_of
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.assessing.stage import ASSESSMENT
from cairn.core.engine.duties import DutyView
from cairn.core.history.history import Strand
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, as_number, begun, saved_for_later
from cairn.interfaces.web.views.decision_frame import signature, strand_named
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.not_now import not_now
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.refusals import refuse_fields, source_words


@signed_in("GET", "POST")
def extension(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Agree that an assessment goes on past its limit, with the reason."""
    draft = begun(request, actor, EXTEND, record)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    found = open_for_act(actor, record, EXTEND)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    its = _assessment(found, strand_named(request, draft))
    if isinstance(its, Refused):
        return not_now(request, actor, record, its)
    if not isinstance(its, Strand):
        choices = [(strand_in_words(one), f"{request.path}?strand={one.id}") for one in its]
        context = {"title": "Extend the assessment", "choices": choices}
        return record_page(request, actor, found.page, "which_one.html", context)
    return _extend(request, actor, found, its, draft)


def _extend(request: HttpRequest, actor: Actor, found: ActPage, its: Strand, draft: Begun) -> HttpResponse:
    form = _form(draft)
    if request.method == "GET":
        return _shown(request, actor, found, its, draft, form)
    if "save" in request.POST:
        return _saved(request, actor, found, its, draft, form)
    return _sent(request, actor, found, its, draft, form)


def _assessment(found: ActPage, named: str | None) -> Strand | list[Strand] | Refused:
    strands = found.page.view.standing.strands
    running = [one for one in strands.values() if one.kind == ASSESSMENT and one.ended is None]
    chosen = [one for one in running if one.id == named] if named else running
    if not chosen:
        return Refused("not found", "No assessment is running on this record", "It may be approved already.")
    return chosen[0] if len(chosen) == 1 else chosen


def _form(draft: Begun) -> ActForm:
    act = in_use().vocabulary.acts[EXTEND]
    fields = {field.name: field for field in in_use().vocabulary.fields_of(act)}
    until = fields["new_date"].model_copy(update={"label": "By when will it be finished?"})
    return ActForm(
        [fields["reason"].model_copy(update={"label": "Why does it need longer?"}), until],
        posted=draft.posted,
        must=("reason", "new_date"),
        messages={"reason": "Say why it needs longer", "new_date": "Enter the day by which it will be finished"},
        mark_optional=False,
    )  # fmt: skip


def _sent(
    request: HttpRequest, actor: Actor, found: ActPage, its: Strand, draft: Begun, form: ActForm
) -> HttpResponse:
    answers = form.read()
    if not isinstance(answers, dict):
        return _shown(request, actor, found, its, draft, form, status=422)
    standing = {event.id: event for event in found.page.view.standing.events}
    kind = standing.get(its.id, its.opener).data.get("kind")
    sent = Request(
        act=EXTEND,
        answers={"kind": kind, **answers},
        record=found.page.identity.record,
        strand=its.id,
        seen=as_number(request.POST.get("seen")),
        key=draft.id,
    )
    done = send_act(actor, sent, draft.id)
    if isinstance(done, Recorded):
        say_next(request, "The extension is recorded, with your reason. The date stays.")
        return redirect(child_address(done.record))
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    refuse_fields(form, done)
    return _shown(request, actor, found, its, draft, form, status=STATUS[done.code], refused=done)


def _saved(
    request: HttpRequest, actor: Actor, found: ActPage, its: Strand, draft: Begun, form: ActForm
) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        draft,
        "Your draft is saved. Nothing is signed yet.",
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: ActPage,
    its: Strand,
    draft: Begun,
    form: ActForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    clocks = clocks_of(found.page.view, its)
    context = {
        "form": form.render(),
        "errors": form.error_summary(),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "told": [line for duty in clocks for line in _told(duty)],
        "signature": signature(actor),
        "draft": draft,
        "act": EXTEND,
        "strand": its.id,
        "seen": found.page.version,
    }
    return record_page(request, actor, found.page, "extend_assessment.html", context, status=status)


def _told(duty: DutyView) -> Iterator[str]:
    """What an extension does to a date, as the procedures say."""
    if duty.due is None:
        return
    departure = duty.rule.departure
    yield f"**{duty.rule.title}** is due by {due_date(duty.due)} ({source_words(duty.rule.source)})."
    if departure is None:
        yield "The procedures allow no extension of it. The reason is kept, and it is shown as late all the same."
    elif departure.moves_date:
        yield f"Your new date takes its place ({source_words(departure.source)})."
    else:
        yield f"The date stays, and so does the lateness. Your reason stands beside it ({source_words(departure.source)})."
