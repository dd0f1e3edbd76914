"""A new contact, written while somebody is on the telephone: one page, every button a submit, nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from cairn.application import people
from cairn.application.actors import Actor
from cairn.application.contact import ContactToSend, send_contact
from cairn.application.doing import may_do
from cairn.application.drafting import Diverged
from cairn.application.people import Found
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import contact as parts
from cairn.interfaces.web.forms.looking import Typed, looked_for
from cairn.interfaces.web.frame import page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, begun, keep
from cairn.interfaces.web.views.contact_page import context_of
from cairn.interfaces.web.views.contact_writing import Writing
from cairn.interfaces.web.views.finding import search, today_in_london
from cairn.interfaces.web.views.refusals import besides, refuse_fields

ACT = "record-contact"
NOBODY_YET, NEW = "unknown", "new"
CHANGES = ("do", "use", "not", "new", "unknown", "change")


@signed_in("GET", "POST")
def new_contact(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write a contact, look the child up, send it for decision; or save it and come back later."""
    if not may_do(actor, ACT):
        return refused_page(request, actor, _not_theirs(actor))
    draft = begun(request, actor, ACT)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    writing = _read(_after_button(draft), actor)
    if "send" in request.POST:
        return _send(request, actor, writing)
    if request.method == "POST":
        return _kept(request, actor, writing)
    return _shown(request, actor, writing)


def _not_theirs(actor: Actor) -> Refused:
    may = in_use().vocabulary.acts[ACT].roles
    return Refused(
        "not allowed", f"Your role, {actor.role}, takes no contacts", f"Those who do: {words.listed(may)}."
    )


def _after_button(draft: Begun) -> Begun:
    """The form as it stands after the button that was pressed, so that a draft opens again just so."""
    if draft.posted is None or not any(name in draft.posted for name in CHANGES):
        return draft
    posted = draft.posted.copy()
    match next(name for name in CHANGES if name in posted):
        case "use":
            posted["who"] = str(posted["use"])
        case "not":
            posted.appendlist("rejected", str(posted["not"]))
        case "new":
            posted["who"] = NEW
            posted = parts.taken_over(posted, looked_for(Typed.of(posted), today_in_london()))
        case "unknown":
            posted["who"] = NOBODY_YET
        case "change":
            posted["who"] = ""
        case _:
            posted["looked"] = "yes" if posted["do"] == "look" else posted.get("looked", "")
    return replace(draft, posted=posted)


def _read(draft: Begun, actor: Actor) -> Writing:
    posted = draft.posted if draft.posted is not None else QueryDict()
    typed = Typed.of(posted)
    writing = Writing(
        draft=draft,
        typed=typed,
        asked=looked_for(typed, today_in_london()),
        form=parts.contact_form(
            in_use().vocabulary,
            _form_data(draft.posted),
            {"received": _this_minute()},
            is_worry=posted.get("contact_type") == parts.WORRY,
        ),
        who=posted.get("who", ""),
        looked=posted.get("looked") == "yes",
        rejected=tuple(posted.getlist("rejected")),
    )
    return _with_people(writing, actor)


def _form_data(posted: QueryDict | None) -> QueryDict | None:
    """What the form reads; somebody who comes from a search has typed nothing of it yet."""
    return posted if posted is not None and "received-day" in posted else None


def _this_minute() -> str:
    return now().astimezone(LONDON).isoformat(timespec="minutes")


def _with_people(writing: Writing, actor: Actor) -> Writing:
    """Whoever was chosen, or those who may be meant; everybody shown is in the access log."""
    if writing.record:
        chosen = people.find_again(actor, writing.record, page="new-contact")
        return replace(writing, chosen=chosen, who=writing.who if chosen else "")
    if writing.who or not writing.looked or writing.typed.is_empty:
        return writing
    found = search(actor, writing.asked, page="new-contact")
    if isinstance(found, Refused):
        return writing
    kept = tuple(person for person in found.people if str(person.record) not in writing.rejected)
    return replace(writing, found=Found(kept))


def _kept(request: HttpRequest, actor: Actor, writing: Writing) -> HttpResponse:
    """Any button but the last: what was typed is kept as a draft, and the page goes on where it was."""
    if _form_data(writing.draft.posted) is None:
        return _shown(request, actor, writing)
    kept = keep(actor, writing.draft)
    if isinstance(kept, Refused):
        return refused_page(request, actor, kept)
    if isinstance(kept, Diverged):
        return _shown(request, actor, writing, status=409, diverged=kept)
    if "save" in request.POST:
        say_next(
            request, "The contact is saved as a draft. It is not sent: it stands under “Begun and not sent”."
        )
        return redirect("my-work")
    return _shown(request, actor, replace(writing, draft=kept))


def _send(request: HttpRequest, actor: Actor, writing: Writing) -> HttpResponse:
    answers = writing.form.read()
    problem = _who_is_missing(writing)
    if problem or not isinstance(answers, dict):
        return _refused(request, actor, writing, problem)
    at = str(answers.pop("received"))
    if writing.who == NEW:
        answers |= parts.of_somebody_new(writing.typed, writing.asked)
    done = send_contact(
        actor,
        ContactToSend(answers, writing.record, at, writing.draft.id, writing.draft.id),
    )
    if isinstance(done, Recorded):
        say_next(request, "The contact is sent for decision.")
        return redirect("child", record=done.record)
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    refuse_fields(writing.form, done, at="received")
    return _refused(request, actor, writing, besides(writing.form, done), done)


def _who_is_missing(writing: Writing) -> str:
    if not writing.who:
        return "Say who it is about: look for them, and choose or add somebody"
    if writing.who == NEW and not writing.looked:
        return "Look for them first: somebody is added only after a search"
    if writing.who == NEW and not writing.typed.name:
        return "Enter the name of the new person, or go on without a name"
    if writing.asked.born_problem:
        return f"Date of birth {writing.asked.born_problem}"
    return ""


def _refused(
    request: HttpRequest, actor: Actor, writing: Writing, problem: str, refused: Refused | None = None
) -> HttpResponse:
    kept = keep(actor, writing.draft)
    writing = replace(writing, draft=kept) if isinstance(kept, Begun) else writing
    return _shown(request, actor, writing, status=422, problem=problem, refused=refused)


def _shown(
    request: HttpRequest, actor: Actor, writing: Writing, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = context_of(actor, writing, pressed=frozenset(request.POST), **more)
    return page(request, actor, "new_contact.html", context, current="new-contact", status=status)
