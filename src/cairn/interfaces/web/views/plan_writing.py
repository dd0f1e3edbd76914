"""Making a plan and changing it: its parts with what is missing in each, one part at a time, and signing the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.assessing import Beside, who_else
from cairn.application.plan_writing import (
    MAKE,
    NO_PART,
    REVISE,
    PartWritten,
    PlanWriting,
    WhichPlan,
    keep_beside,
    open_writing,
    save_part,
    sign,
)
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.application.section_writing import SectionDiverged, SectionSaved
from cairn.application.timeline import in_words
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.act_forms import WHEN, departure_name, departures_of
from cairn.interfaces.web.views.acts import key_of, was_sent
from cairn.interfaces.web.views.begun import as_number, as_uuid
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.not_now import not_now
from cairn.interfaces.web.views.plan_form import PlanForm
from cairn.interfaces.web.views.plan_versions import said
from cairn.interfaces.web.views.record_frame import record_page

TITLES = {MAKE: "Make the plan", REVISE: "Change the plan"}
MADE_WHEN = WHEN.model_copy(
    update={
        "label": "When was it agreed?",
        "hint": "The day and time of the meeting. Leave it empty if it is now.",
    }
)


@signed_in("GET", "POST")
def make_plan(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The plan that is being made: its parts, what is missing, and signing it."""
    return _whole(request, actor, record, MAKE)


@signed_in("GET", "POST")
def revise_plan(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The plan that is being changed: its parts, what differs from the version that stands, and signing it."""
    return _whole(request, actor, record, REVISE)


def _whole(request: HttpRequest, actor: Actor, record: UUID, act: str) -> HttpResponse:
    if was_sent(request, actor):
        return redirect("plan", record)
    it = open_writing(actor, record, act, _strand(request))
    if isinstance(it, Refused):
        return not_now(request, actor, record, it)
    if isinstance(it, WhichPlan):
        return _which(request, actor, it, act)
    posted = request.POST if request.method == "POST" else None
    forms = SignForms(
        ActForm([MADE_WHEN], posted=posted, prefix="when"),
        ActForm(departures_of(it.found), posted=posted, prefix="depart"),
    )
    if request.method == "GET":
        return _shown(request, actor, it, forms)
    return _signed(request, actor, it, forms)


@dataclass(frozen=True)
class SignForms:
    """What is asked where a plan is signed: when it was agreed, and the reasons for going past what may be passed."""

    when: ActForm
    departures: ActForm

    def reasons(self, it: PlanWriting) -> dict[str, str]:
        """The reasons given, by the gate."""
        typed = self.departures.typed
        return {one.id: str(typed[departure_name(one.id)]) for one in it.found.gates}

    def asked(self, it: PlanWriting) -> str:
        """The boxes for the reasons, of the gates that stand against it and may be passed."""
        against = {one.provision for one in it.refused.refusals} if it.refused else set()
        names = [departure_name(one.id) for one in it.found.gates if one.id in against]
        return self.departures.render(*names) if names else ""


def _signed(request: HttpRequest, actor: Actor, it: PlanWriting, forms: SignForms) -> HttpResponse:
    given = forms.when.read()
    if isinstance(given, tuple):
        return _shown(request, actor, it, forms, status=422)
    seen, at = as_number(request.POST.get("seen")), str(given.get("happened", ""))
    done = sign(actor, it, at=at, seen=seen, departures=forms.reasons(it), key=key_of(request))
    if isinstance(done, Recorded):
        made = "The plan is made." if it.act == MAKE else "The plan is changed."
        say_next(request, f"{made} Give it to everybody who takes part.")
        return redirect("plan", done.record)
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    return _shown(request, actor, it, forms, refused=done, status=STATUS[done.code])


def _strand(request: HttpRequest) -> str | None:
    named = as_uuid(request.POST.get("strand") or request.GET.get("strand"))
    return str(named) if named else None


def _which(request: HttpRequest, actor: Actor, it: WhichPlan, act: str) -> HttpResponse:
    choices = [(name, f"{request.path}?strand={id_}") for id_, name in it.choices]
    return record_page(request, actor, it.page, "which_one.html", {"title": TITLES[act], "choices": choices})


def _shown(
    request: HttpRequest,
    actor: Actor,
    it: PlanWriting,
    forms: SignForms,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "title": TITLES[it.act],
        "rows": [_row(it, one) for one in it.parts],
        "elsewhere": gate(replace(it.refused, refusals=it.elsewhere))
        if it.refused and it.elsewhere
        else None,
        "lacking": sum(len(one.lacks) for one in it.parts),
        "can_sign": it.refused is None and not it.stopped_by,
        "gate": gate(refused) if refused else None,
        "errors": summary_of(forms.when),
        "when": forms.when.render(),
        "departures": forms.asked(it),
        "changing": it.plan is not None,
        "changes": [said(one) for one in it.changes],
        "strand": it.strand.id,
        "seen": it.page.version,
        "key": key_of(request),
        "back": reverse("plan", args=[it.page.identity.record]),
    }
    return record_page(
        request, actor, it.page, "record/plan_writing.html", context, current="plan", status=status
    )


def part_address(it: PlanWriting, part_id: str) -> str:
    """Where a part is written."""
    return reverse("plan-part", args=[it.page.identity.record, it.act, it.strand.id, part_id])


def _row(it: PlanWriting, one: PartWritten) -> dict[str, Any]:
    """A part in the list: how far it is, and what is missing in it by which paragraph."""
    return {
        "title": one.part.title,
        "href": part_address(it, one.part.id),
        "mark": _mark(one),
        "lacks": [(lack.missing, lack.source.paragraph if lack.source else "") for lack in one.lacks],
    }


def _mark(one: PartWritten) -> Mark:
    if one.beside:
        return Mark("gap", "Two texts to put together")
    if one.faults:
        return Mark("gap", f"{words.counted(one.faults, 'answer')} cannot be read")
    if one.lacks:
        return Mark("part", "Not complete") if one.is_written else Mark("to_come", "Not yet written")
    return Mark("done", "Written") if one.is_written else Mark("to_come", "Nothing written")


@signed_in("GET", "POST")
def plan_part(
    request: HttpRequest, actor: Actor, record: UUID, act: str, strand: UUID, part: str
) -> HttpResponse:
    """Write in one part. A script posts to the same address as one types, and is answered in JSON."""
    if act not in TITLES:
        return refused_page(request, actor, NO_PART)
    it = open_writing(actor, record, act, str(strand))
    if isinstance(it, Refused) and act == MAKE and request.method == "POST":
        return _plan_was_made(request, actor, record, part, it)
    if isinstance(it, Refused):
        return not_now(request, actor, record, it)
    found = it.part(part) if isinstance(it, PlanWriting) else None
    if isinstance(it, WhichPlan) or found is None:
        return refused_page(request, actor, NO_PART)
    if request.method == "POST":
        return _posted(request, actor, it, found)
    return _part_shown(request, actor, it, found, PlanForm(it, found))


def _posted(request: HttpRequest, actor: Actor, it: PlanWriting, part: PartWritten) -> HttpResponse:
    form = PlanForm(it, part, request.POST)
    take = as_uuid(request.POST.get("take"))
    theirs = next((one for one in part.beside if one.id == take), None)
    if theirs is not None:
        form.put_below(theirs.data)
    settles = request.POST.getlist("settles") if request.POST.get("do") == "settle" else []
    done = save_part(
        actor,
        it,
        part.part.id,
        form.taken(),
        as_number(request.POST.get("version")) or 0,
        own=as_uuid(request.POST.get("apart")),
        settles=tuple(found for one in settles if (found := as_uuid(one))),
    )
    here = part_address(it, part.part.id)
    if request.headers.get("Accept") == "application/json":
        return _told(done, here)
    if isinstance(done, SectionDiverged):
        say_next(
            request,
            f"{done.theirs_by} saved this part while you were writing. Both texts are kept: put them together below.",
        )
        return redirect(here)
    return _kept(request, actor, it, part, form, done)


def _kept(
    request: HttpRequest, actor: Actor, it: PlanWriting, part: PartWritten, form: PlanForm, done: SectionSaved
) -> HttpResponse:
    """Where the button leads: to the next part, back to the list, or here again with what was added or is wrong."""
    if form.errors and not form.is_asking_for_more:
        again = open_writing(actor, it.page.identity.record, it.act, it.strand.id)
        found = again.part(part.part.id) if isinstance(again, PlanWriting) else None
        if isinstance(again, PlanWriting) and found is not None:
            return _part_shown(request, actor, again, found, form, status=422)
    do, here = request.POST.get("do", ""), part_address(it, part.part.id)
    if form.is_asking_for_more or do not in ("next", "list"):
        return redirect(f"{here}{form.new_row}")
    say_next(request, f"{part.part.title}: saved at {words.time_words(done.at)}.")
    following = _next(it, part)
    return redirect(part_address(it, following) if do == "next" and following else _list(it))


def _list(it: PlanWriting) -> str:
    return f"{reverse(it.act, args=[it.page.identity.record])}?strand={it.strand.id}"


def _next(it: PlanWriting, part: PartWritten) -> str:
    every = [one.part.id for one in it.parts]
    after = every[every.index(part.part.id) + 1 :]
    return after[0] if after else ""


def _told(done: SectionSaved | SectionDiverged, here: str) -> JsonResponse:
    """The answer to the script: the version to go on from, or where both texts stand."""
    if isinstance(done, SectionDiverged):
        text = f"Saved at {words.time_words(done.at)}, beside what {done.theirs_by} wrote"
        return JsonResponse({"merge": here, "apart": str(done.apart), "text": text}, status=409)
    return JsonResponse(
        {"version": done.version, "saved_at": words.time_words(done.at), "more": _who_else(done.others)}
    )


def _who_else(others: tuple[str, ...]) -> str:
    if not others:
        return "On Cairn’s server. Nobody else has this part open."
    return f"On Cairn’s server. {words.listed(others)} {'has' if len(others) == 1 else 'have'} this part open too."


def _plan_was_made(
    request: HttpRequest, actor: Actor, record: UUID, part: str, refused: Refused
) -> HttpResponse:
    """Somebody signed the plan while this was written: the text is kept beside the same part of its next change."""
    it = open_writing(actor, record, REVISE, None)
    found = it.part(part) if isinstance(it, PlanWriting) else None
    if not isinstance(it, PlanWriting) or found is None:
        return not_now(request, actor, record, refused)
    keep_beside(actor, it, part, PlanForm(it, found, request.POST).taken())
    here = part_address(it, part)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"text": f"{refused.reason}. Your text is kept", "merge": here}, status=409)
    say_next(request, f"{refused.reason}. Your text is kept beside it: put them together below.")
    return redirect(here)


def _part_shown(
    request: HttpRequest,
    actor: Actor,
    it: PlanWriting,
    part: PartWritten,
    form: PlanForm,
    *,
    status: int = 200,
) -> HttpResponse:
    others = who_else(actor, it.place(part.part.id))
    following = _next(it, part)
    titles = {one.part.id: one.part.title for one in it.parts}
    context = {
        "title": part.part.title,
        "whole": TITLES[it.act],
        "form": form.render(),
        "errors": summary_of(form),
        "here": part_address(it, part.part.id),
        "back": _list(it),
        "next": titles.get(following, ""),
        "version": part.version,
        "lacks": [(one.missing, one.source.paragraph if one.source else "") for one in part.lacks],
        "beside": [_side(part, one) for one in part.beside],
        "saved_by": part.saved_by,
        "saved": _saved(part, others),
        "of": [one.part.title for one in it.parts].index(part.part.title) + 1,
        "parts": len(it.parts),
    }
    return record_page(
        request, actor, it.page, "record/plan_part.html", context, current="plan", status=status
    )


def _saved(part: PartWritten, others: tuple[str, ...]) -> c.Saved:
    if part.saved_at is None:
        return c.Saved(more=_who_else(others) if others else "What you write is saved as you type.")
    return c.Saved(text=f"Saved {words.moment_words(part.saved_at)}", more=_who_else(others), saved=True)


def _side(part: PartWritten, one: Beside) -> dict[str, Any]:
    """A text that waits beside the part: field by field what it says and what is saved, where they differ."""
    answers = one.data.get("answers") or {}
    rows = []
    for field in part.fields:
        mine, theirs = part.answers.get(field.name), answers.get(field.name)
        if mine != theirs and theirs not in (None, "", []):
            saved = in_words(field, mine) if mine not in (None, "", []) else ""
            rows.append({"label": field.label, "saved": saved, "text": in_words(field, theirs)})
    who = "You" if one.mine else one.by
    return {
        "id": one.id,
        "title": f"{who} wrote at the same time, {words.moment_words(one.saved_at)}",
        "rows": rows,
    }
