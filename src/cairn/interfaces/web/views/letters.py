"""Letters of the procedures: read and added to on the page, printed or taken away as PDF, and marked as sent."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.letter_writing import standard_letters
from cairn.application.letters import (
    TELEPHONE,
    LetterPage,
    Sending,
    WhichReferral,
    Written,
    letter_of,
    mark_as_sent,
    may_be_rung,
    open_letter,
    paragraphs,
    print_letter,
    subject,
)
from cairn.application.ports import now
from cairn.application.printing import Form
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.files import file_response
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.standard_letters import standard_letter

WAYS = (
    Option(value="letter", label="By post"),
    Option(value="email", label="By secure e-mail"),
    Option(value="portal", label="Through the portal"),
)
RUNG = Option(
    value=TELEPHONE,
    label="By telephone",
    hint="Only in a complex matter. Say above what was said.",
    paragraph="3.24",
)
CARE = "Read it again before it goes: nothing about other children, nor about anybody who told us something."


@signed_in("GET", "POST")
def acknowledge(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Acknowledge the referral to the referrer."""
    return _letter(request, actor, record, letter_of("acknowledge-referral"))


@signed_in("GET", "POST")
def tell_referrer(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Tell the referrer what was decided."""
    return _letter(request, actor, record, letter_of("tell-referrer"))


@signed_in("GET", "POST")
def letter(request: HttpRequest, actor: Actor, record: UUID, letter: str) -> HttpResponse:
    """Any letter of the procedures: one that an act of its own sends on its own page."""
    if any(one.id == letter for one in standard_letters()):
        return standard_letter(request, actor, record, letter)
    return _letter(request, actor, record, letter)


def _letter(request: HttpRequest, actor: Actor, record: UUID, name: str) -> HttpResponse:
    found = open_letter(actor, record, name, request.POST.get("strand") or request.GET.get("strand"))
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    if isinstance(found, WhichReferral):
        return _which(request, actor, found)
    does = request.POST.get("do", "show") if not found.problem else "show"
    form = _form(request, found, must_say_how=does == "sent")
    read = form.read() if request.method == "POST" else {}
    written = _written(found, read) if isinstance(read, dict) else Written()
    if not isinstance(read, dict) or does == "show":
        return _shown(request, actor, found, form, written)
    if does in ("pdf", "word"):
        return _file(request, actor, found, written, "word" if does == "word" else "pdf")
    return _sent(request, actor, found, form, read, written)


def _which(request: HttpRequest, actor: Actor, found: WhichReferral) -> HttpResponse:
    """Several referrals are open: the page that asks which one is meant."""
    choices = [(words_, f"{request.path}?strand={id_}") for id_, words_ in found.choices]
    context = {"title": found.letter.title, "choices": choices}
    return record_page(request, actor, found.page, "which_one.html", context)


def _form(request: HttpRequest, found: LetterPage, *, must_say_how: bool) -> ActForm:
    ways = (*WAYS, RUNG) if may_be_rung(found) else WAYS
    fields = [
        Field(name="next_steps", label="The next steps", type="long_text", hint="Stands in the letter"),
        Field(name="more", label="A paragraph of your own", type="long_text", hint=CARE),
        Field(name="how", label="How is it sent?", type="choice", options=ways),
    ]
    if not any("{next_steps}" in text for text in found.letter.paragraphs):
        fields = fields[1:]
    return ActForm(
        fields,
        posted=request.POST if request.method == "POST" else None,
        initial={"next_steps": found.next_steps},
        must=("how",) if must_say_how else (),
        messages={"how": "Choose how it is sent"},
        mark_optional=False,
    )


def _written(found: LetterPage, read: dict[str, object]) -> Written:
    return Written(str(read.get("next_steps") or ""), str(read.get("more") or ""))


def _file(
    request: HttpRequest, actor: Actor, found: LetterPage, written: Written, form: Form
) -> HttpResponse:
    made = print_letter(actor, found, written, form)
    return refused_page(request, actor, made) if isinstance(made, Refused) else file_response(made)


def _sent(
    request: HttpRequest,
    actor: Actor,
    found: LetterPage,
    form: ActForm,
    read: dict[str, object],
    written: Written,
) -> HttpResponse:
    how = str(read["how"])
    if how == TELEPHONE and not written.more:
        form.refuse("more", "Enter what was said on the telephone")
        return _shown(request, actor, found, form, written)
    done = mark_as_sent(actor, found, Sending(how, written, key_of(request)))
    if isinstance(done, Refused):
        return _shown(request, actor, found, form, written, done)
    said = "The call is recorded" if how == TELEPHONE else f"Marked as sent: {found.letter.title}"
    say_next(request, f"{said}.")
    return redirect("child", done.record)


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: LetterPage,
    form: ActForm,
    written: Written,
    refused: Refused | None = None,
) -> HttpResponse:
    context = {
        "letter": found.letter,
        "problem": c.Gate(title="This letter cannot be written", text=found.problem, heading_level=2)
        if found.problem
        else None,
        "recipient": found.recipient,
        "address": found.address,
        "dated": words.day_words(now()),
        "subject": subject(found) if not found.problem else "",
        "paragraphs": paragraphs(found, written) if not found.problem else (),
        "fields": form.render(),
        "errors": form.error_summary(),
        "gate": gate(refused),
        "sent": found.sent,
        "key": key_of(request),
        "seen": found.page.version,
        "named_strand": found.strand,
        "reference": found.page.identity.number,
        # On paper there is the letter alone, without the child's name or dates.
        "print_head": None,
    }
    status = STATUS[refused.code] if refused else 422 if form.errors else 200
    return record_page(request, actor, found.page, "record/letter.html", context, status=status)
