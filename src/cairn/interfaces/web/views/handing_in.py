"""Handing an assessment in: what is missing first, each with its place; then it goes, whole, to whoever signs it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.assessing import named
from cairn.application.doing import may_do
from cairn.application.handing_in import (
    ACT,
    HandIn,
    ToHandIn,
    WhichAssessment,
    hand_in,
    to_hand_in,
    why_not,
)
from cairn.application.mending import is_done
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.application.without_form import NoForm
from cairn.core.assessing.sections import Lack, is_written
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.assessment_without_form import hand_in_document
from cairn.interfaces.web.views.begun import Begun, begun, saved_for_later
from cairn.interfaces.web.views.decision_frame import strand_named
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.not_now import not_now
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.refusals import refuse_fields, source_words

START_SERVICE = "start-service"
SHORT_HINT = "Only where it is cut short, say because a fuller assessment or section 47 is indicated. The manager reads it first."


@signed_in("GET", "POST")
def handing_in(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Hand an assessment in. An empty one is refused, and nothing typed here is lost."""
    draft = begun(request, actor, ACT, record)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    it = to_hand_in(actor, record, strand_named(request, draft))
    if isinstance(it, Refused):
        return _without_sections(request, actor, record, draft, it)
    if isinstance(it, WhichAssessment):
        choices = [(name, f"{request.path}?strand={id_}") for id_, name in it.choices]
        context = {"title": "Hand in the assessment", "choices": choices}
        return record_page(request, actor, it.page, "which_one.html", context)
    form = _form(it, draft)
    if request.method == "GET":
        return _shown(request, actor, it, draft, form)
    if "save" in request.POST:
        return _saved(request, actor, it, draft, form)
    return _sent(request, actor, it, draft, form)


def _without_sections(
    request: HttpRequest, actor: Actor, record: UUID, draft: Begun, it: Refused
) -> HttpResponse:
    """One that was written as a document is handed in with a summary; else why there is nothing to hand in.

    What this very form handed in before is answered as it was.
    """
    if request.method == "POST" and is_done(actor, draft.id):
        return redirect(child_address(record))
    if isinstance(it, NoForm):
        return hand_in_document(request, actor, record, it)
    return not_now(request, actor, record, it)


def _form(it: ToHandIn, draft: Begun) -> ActForm:
    vocabulary = in_use().vocabulary
    fields = {field.name: field for field in vocabulary.fields_of(vocabulary.acts[ACT])}
    synopsis = fields["synopsis"].model_copy(
        update={"label": "Why is a short assessment enough? (4.7)", "hint": SHORT_HINT}
    )
    asked = [*([fields["response"]] if it.returned else []), *([synopsis] if it.assessment.blocking else [])]
    return ActForm([*asked, fields["summary"]], posted=draft.posted, mark_optional=False)


def _sent(request: HttpRequest, actor: Actor, it: ToHandIn, draft: Begun, form: ActForm) -> HttpResponse:
    answers = form.read()
    if not isinstance(answers, dict):
        return _shown(request, actor, it, draft, form, status=422)
    sent = HandIn(**{name: str(answers.get(name, "")) for name in ("synopsis", "response", "summary")})
    done = hand_in(
        actor, it.assessment.page.identity.record, it.assessment.strand.id, sent, draft.id, draft.id
    )
    if isinstance(done, Recorded):
        say_next(
            request, "The assessment is handed in. A manager finds it under their work; you find it here."
        )
        return redirect(child_address(done.record))
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    refuse_fields(form, done)
    return _shown(request, actor, it, draft, form, status=STATUS[done.code], refused=done)


def _saved(request: HttpRequest, actor: Actor, it: ToHandIn, draft: Begun, form: ActForm) -> HttpResponse:
    return saved_for_later(
        request,
        actor,
        draft,
        "What you wrote here is saved. Nothing is handed in yet.",
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    it: ToHandIn,
    draft: Begun,
    form: ActForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
) -> HttpResponse:
    checks = _checks(it)
    stopped = refused or why_not(it, HandIn(synopsis="to be said"))
    context = {
        "title": it.assessment.kind_title,
        "checks": checks,
        "tag": _tag(it),
        "form": form.render(),
        "gate": gate(stopped) if stopped else None,
        "may_send": stopped is None or stopped is refused,
        "asked": it.returned.data.get("reason", "") if it.returned else "",
        "asked_by": f"{it.returned.author.name}, {words.moment_words(it.returned.happened_at)}"
        if it.returned
        else "",
        "due": [due_date(one.due) for one in it.assessment.clocks if one.due],
        "again": len(it.handed_in),
        "back": _address(it),
        "reading": reverse(
            "assessment-reading", args=[it.assessment.page.identity.record, it.assessment.strand.id]
        ),
        "service": _service(actor, it),
        "errors": form.error_summary(),
        "draft": draft,
        "act": ACT,
        "strand": it.assessment.strand.id,
        "seen": it.seen,
    }
    return record_page(request, actor, it.assessment.page, "hand_in.html", context, status=status)


def _service(actor: Actor, it: ToHandIn) -> str:
    """Where a service that has started is recorded: the family need not wait for the assessment to end."""
    if not may_do(actor, START_SERVICE):
        return ""
    return (
        f"{act_address(it.assessment.page.identity.record, START_SERVICE)}?strand={it.assessment.strand.id}"
    )


def _address(it: ToHandIn, section: str = "") -> str:
    record, strand = it.assessment.page.identity.record, it.assessment.strand.id
    if section:
        return reverse("assessment-section", args=[record, strand, section])
    return reverse("assessment", args=[record, strand])


def _checks(it: ToHandIn) -> c.CheckList:
    """What is missing, each with its place, those not begun in one line; what can follow; what is met."""
    blocking = [one for one in it.assessment.lacks if one.blocks and not _not_begun(it, one)]
    follows = [one for one in it.assessment.lacks if not one.blocks]
    return c.CheckList(
        rows=(
            *(_lack(it, one, "Missing") for one in blocking),
            *_begin_with(it),
            *_needs(it, met=False),
            *(_lack(it, one, "Can follow") for one in follows),
            *_needs(it, met=True),
        )
    )


def _not_begun(it: ToHandIn, lack: Lack) -> bool:
    state = it.assessment.section(lack.section)
    return state is not None and (state.text is None or not is_written(state.section, state.text.data))


def _begin_with(it: ToHandIn) -> Iterator[c.CheckRow]:
    """The sections in which nothing is written: named together, with the first of them to go to."""
    found = [one for one in it.assessment.lacks if one.blocks and _not_begun(it, one)]
    if found:
        title = words.counted(len(found), "section is not begun", "sections are not begun")
        link = c.Link("Open the first of them", _address(it, found[0].section))
        yield c.CheckRow(
            Mark("gap", "Missing"), title, f"{words.listed([_title(it, one) for one in found])}.", link
        )


def _title(it: ToHandIn, lack: Lack) -> str:
    state = it.assessment.section(lack.section)
    return named(state.section.title if state else lack.what, it.assessment.page.identity.name)


def _lack(it: ToHandIn, lack: Lack, word: str) -> c.CheckRow:
    link = c.Link("Open the section", _address(it, lack.section), lack.what) if lack.section else None
    mark = Mark("gap", word) if word == "Missing" else Mark("waits", word)
    what = named(lack.what, it.assessment.page.identity.name)
    return c.CheckRow(mark, what, f"Paragraph {lack.paragraph}.", link)


def _needs(it: ToHandIn, *, met: bool) -> Iterator[c.CheckRow]:
    """The gates: met where all they ask for is there; else what each still asks."""
    without = {one.gate.id for one in it.assessment.needs if not (one.departed or one.answer.truth == "yes")}
    for one in it.assessment.needs:
        text = f"{one.gate.text} ({source_words(one.gate.source)})"
        if met and one.gate.id not in without:
            yield c.CheckRow(Mark("done", "Met"), one.gate.title, text)
        elif not met and not one.departed and one.answer.truth != "yes":
            yield c.CheckRow(Mark("gap", "Missing"), one.need.missing, text)


def _tag(it: ToHandIn) -> Mark:
    number = len(it.assessment.blocking)
    if number:
        return Mark("gap", f"{number} missing")
    return Mark("done", "Nothing that stops it")
