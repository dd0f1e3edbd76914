"""An assessment that was handed in, read whole or taken away as PDF; and its copy for the family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.assessment_copies import (
    SHARE,
    BeforeItGoes,
    Copy,
    HandedIn,
    before_it_goes,
    copy_shared,
    handed_in_of,
    open_handed_in,
    open_to_share,
    print_copy,
    print_whole,
    share,
    shareable,
    stopped,
)
from cairn.application.child import ChildPage
from cairn.application.doing import may_do
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.assessing.stage import assessments, stood
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.assessment_text import last_words, read
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.not_now import not_now
from cairn.interfaces.web.views.record_frame import record_page

STAGES = {
    "handed in": Mark("now", "Waits for its decision"),
    "returned": Mark("gap", "Returned"),
    "approved": Mark("done", "Approved"),
    "writing": Mark("part", "Being written"),
}
CARE = "Write it so that the family and, one day, the child can read it. Nothing about other people’s private lives."


@signed_in("GET")
def assessment_text(request: HttpRequest, actor: Actor, record: UUID, strand: UUID) -> HttpResponse:
    """The text as it was handed in, with every step on the way."""
    it = open_handed_in(actor, record, str(strand), page="assessment-text")
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    context = {
        "title": it.title,
        "stage": STAGES[it.stood.stage],
        "outcome": it.outcome,
        "reason": str(it.approved.data.get("reason", "")) if it.approved else "",
        "steps": [_step(one) for one in it.steps],
        "summary": str(it.submitted.data.get("summary") or ""),
        "last_words": last_words(it.submitted),
        "whole": read(it.submitted, it.form),
        "pdf": reverse("assessment-pdf", args=[record, strand]),
        "writing": reverse("assessment", args=[record, strand]) if it.stood.may_write else "",
        "share": _share_address(record, strand) if it.approved and may_do(actor, SHARE) else "",
        "shared": [_shared(it, one) for one in it.shared],
    }
    return record_page(request, actor, it.page, "assessment_text.html", context)


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment in the list of documents: its kind, its stage, since when, and where it is read or written."""

    title: str
    stage: Mark
    when: str
    href: str
    pdf: str


def assessment_lines(found: ChildPage) -> Iterator[AssessmentLine]:
    """The assessments of a record, the latest begun first, each with its stage."""
    record = found.identity.record
    for strand in assessments(found.view):
        at = stood(found.view, strand)
        it = handed_in_of(found, strand.id)
        event = at.event or strand.opener
        written = isinstance(it, HandedIn)
        yield AssessmentLine(
            title=it.title if isinstance(it, HandedIn) else _kind(strand.opener),
            stage=STAGES[at.stage],
            when=f"{event.author.name}, {words.moment_words(event.happened_at)}",
            href=reverse("assessment-text" if written else "assessment", args=[record, strand.id]),
            pdf=reverse("assessment-pdf", args=[record, strand.id]) if written else "",
        )


def _kind(opener: Event) -> str:
    field = in_use().vocabulary.events[opener.type].field("kind")
    options = field.options if field else ()
    return next((one.label for one in options if one.value == opener.data.get("kind")), "Assessment")


def _share_address(record: UUID, strand: UUID) -> str:
    return f"{reverse(SHARE, args=[record])}?strand={strand}"


def _step(event: Event) -> tuple[str, str, str]:
    said = str(event.data.get("reason") or event.data.get("response") or "")
    title = in_use().vocabulary.events[event.type].title
    return title, f"{event.author.name}, {event.author.role}, {words.moment_words(event.happened_at)}", said


def _shared(it: HandedIn, event: Event) -> tuple[str, str]:
    address = reverse("assessment-pdf", args=[it.page.identity.record, it.strand.id])
    whom = str(event.data.get("name") or event.data.get("with") or "")
    return (
        f"{whom}, {words.moment_words(event.happened_at)}, by {event.author.name}",
        f"{address}?copy={event.id}",
    )


@signed_in("GET")
def assessment_pdf(request: HttpRequest, actor: Actor, record: UUID, strand: UUID) -> HttpResponse:
    """The assessment as PDF for the record, or a copy as it was given (`?copy=`, the id of its entry)."""
    made = print_whole(actor, record, str(strand))
    if isinstance(made, Refused):
        return refused_page(request, actor, made)
    it, whole = made
    given = request.GET.get("copy")
    copy = copy_shared(it, given) if given else None
    if given and copy is None:
        return refused_page(request, actor, Refused("not found", "There is no such copy of this assessment"))
    return _pdf(it, print_copy(it, copy) if copy else whole, "copy" if copy else "assessment")


def _pdf(it: HandedIn, made: bytes, what: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{it.page.identity.number}-{what}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@signed_in("GET", "POST")
def sharing(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Give the family a copy in plain words; what is held back is named with its reason."""
    strand = request.POST.get("strand") or request.GET.get("strand") or ""
    it = open_to_share(actor, record, strand)
    if isinstance(it, Refused):
        return not_now(request, actor, record, it)
    form = _form(request, it)
    if request.method == "GET":
        return _shown(request, actor, it, form)
    read_ = form.read()
    if not isinstance(read_, dict) or _held_unsaid(it, form, read_):
        return _shown(request, actor, it, form, status=422)
    return _chosen(request, actor, it, form, _copy(read_))


def _chosen(request: HttpRequest, actor: Actor, it: HandedIn, form: ActForm, copy: Copy) -> HttpResponse:
    """A copy as it was chosen for one reader: shown before it goes, taken as PDF, or recorded as given."""
    refused = stopped(actor, it, copy)
    if refused is not None:
        return _shown(request, actor, it, form, status=STATUS[refused.code], refused=refused)
    if "pdf" in request.POST:
        return _pdf(it, print_copy(it, copy), "copy")
    goes = before_it_goes(it, copy)
    if request.POST.get("shown") != goes.mark:
        return _shown(request, actor, it, form, goes=goes)
    done = share(actor, it, copy, key_of(request))
    if isinstance(done, Refused):
        return _shown(request, actor, it, form, status=STATUS[done.code], refused=done)
    say_next(request, "The copy is recorded. Its PDF stands with the assessment.")
    return redirect("assessment-text", it.page.identity.record, it.strand.id)


def _form(request: HttpRequest, it: HandedIn) -> ActForm:
    sections = shareable(it)
    options = tuple(Option(value=one.id, label=one.title, hint=one.held) for one in sections)
    vocabulary = in_use().vocabulary
    fields = {field.name: field for field in vocabulary.fields_of(vocabulary.acts[SHARE])}
    chosen = Field(name="in_copy", label="Which sections are in the copy?", type="choices", options=options)
    asked = [
        fields["plain"].model_copy(update={"label": "What we found and what happens next, in plain words", "hint": CARE}),
        *([chosen] if options else []),
        fields["held_back"].model_copy(update={"hint": "Stands in the copy: do not name what or who it protects."}),
        fields["with"], fields["name"], fields["how"],
    ]  # fmt: skip
    return ActForm(
        asked,
        posted=request.POST if request.method == "POST" else None,
        initial={"with": "family", "in_copy": [one.id for one in sections if not one.held]},
        must=("plain", "with", "name"),
        messages={
            "name": "Enter who gets this copy: each reader gets one of their own",
            "plain": "Say in plain words what was found and what happens next",
        },
        mark_optional=False,
    )


def _held_unsaid(it: HandedIn, form: ActForm, answers: dict[str, object]) -> bool:
    """Something is left out and nobody said why."""
    chosen = answers.get("in_copy") or ()
    left_out = [
        one for one in shareable(it) if one.id not in (chosen if isinstance(chosen, list | tuple) else ())
    ]
    if left_out and not answers.get("held_back"):
        names = words.listed([one.title for one in left_out][:3])
        form.refuse("held_back", f"Say what was held back, and why ({names})")
        return True
    return False


def _copy(answers: dict[str, object]) -> Copy:
    chosen = answers.get("in_copy")
    return Copy(
        plain=str(answers.get("plain", "")),
        sections=tuple(chosen) if isinstance(chosen, list | tuple) else (),
        held_back=str(answers.get("held_back", "")),
        name=str(answers.get("name", "")),
        how=str(answers.get("how", "")),
        to=str(answers.get("with", "family")),
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    it: HandedIn,
    form: ActForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
    goes: BeforeItGoes | None = None,
) -> HttpResponse:
    context = {
        "title": it.title,
        "goes": goes,
        "form": form.render(),
        "errors": form.error_summary(),
        "gate": gate(refused),
        "shared": [_shared(it, one) for one in it.shared],
        "notes": c.Note(lines=tuple(_never())),
        "key": key_of(request),
        "strand": it.strand.id,
        "text": reverse("assessment-text", args=[it.page.identity.record, it.strand.id]),
    }
    return record_page(request, actor, it.page, "share_assessment.html", context, status=status)


def _never() -> Iterator[str]:
    yield "**Never in a copy:** passages taken from other documents, and what waits to be settled."
    yield "**Held back unless you decide otherwise:** what agencies and the police told us, and what was said in confidence."
