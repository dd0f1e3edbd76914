"""The weekly allocation meeting: who is to go to which team, what is missing, who came before; several agreed at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.allocation_meeting import (
    FOR_MANAGERS,
    AgreedAtMeeting,
    AllocationMeeting,
    Attendance,
    Meeting,
    MeetingLine,
    agree_several,
    allocation_meeting,
)
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.application.transfer_acts import AGREE
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.drafts import as_number, as_uuid
from cairn.interfaces.web.views.refusals import cited, refuse_fields
from cairn.interfaces.web.views.transfer_words import STAGES, record_address, tier_words

MESSAGES = {"agreed_on": "Enter the day of the meeting", "attended": "Choose who was at the meeting"}
TAKES_TURN = {
    "looked_after": "Last time the disability team came. The team for looked after children comes next (9.4).",
    "disability": "Last time the team for looked after children came. The disability team comes next (9.4).",
    "": "The team for looked after children and the disability team take turns (9.4).",
}
NOBODY = "Tick the children whose transfer was agreed"


@signed_in("GET", "POST")
def meeting(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The open transfers of the manager's teams by meeting, and a form to agree those ticked."""
    found = allocation_meeting(actor)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(request, found)
    if request.method == "GET":
        return _shown(request, actor, found, form)
    chosen, read = _chosen(request, found), form.read()
    if not chosen or not isinstance(read, dict):
        return _shown(request, actor, found, form, ticked=chosen, nobody=not chosen)
    return _agreed(request, actor, form, chosen, agree_several(actor, chosen, read, key_of(request)))


def _agreed(
    request: HttpRequest,
    actor: Actor,
    form: ActForm,
    chosen: Mapping[UUID, int],
    done: AgreedAtMeeting | Refused,
) -> HttpResponse:
    """What came of it: said on the page as it now is; where some were refused, with why and with all that was typed."""
    if isinstance(done, AgreedAtMeeting) and not done.refused:
        say_next(request, f"Agreed for {words.listed(list(done.done))}.")
        return redirect("allocation-meeting")
    again = done if isinstance(done, Refused) else allocation_meeting(actor)
    if isinstance(again, Refused) or isinstance(done, Refused):
        return refused_page(request, actor, again if isinstance(again, Refused) else FOR_MANAGERS)
    for _, one in done.refused:
        refuse_fields(form, one)
    return _shown(request, actor, again, form, ticked=chosen, done=done)


def _form(request: HttpRequest, found: AllocationMeeting) -> ActForm:
    vocabulary = in_use().vocabulary
    fields = {one.name: one for one in vocabulary.fields_of(vocabulary.acts[AGREE])}
    asked: list[Field] = [
        fields["agreed_on"],
        fields["attended"],
        fields["reason"].model_copy(update={"label": "What was said, and why"}),
    ]
    past = [one.day for one in found.meetings if one.day and one.day <= found.today and one.to_agree]
    begun = {"agreed_on": (past[-1] if past else found.today).isoformat()}
    posted = request.POST if request.method == "POST" else None
    return ActForm(asked, posted=posted, initial=begun, must=("agreed_on", "attended"), messages=MESSAGES)


def _chosen(request: HttpRequest, found: AllocationMeeting) -> dict[UUID, int]:
    """The children ticked, each with the last event that was shown; one that is on no list of the reader's is left out."""
    ticked = {as_uuid(one) for one in request.POST.getlist("child")}
    return {
        line.record: as_number(request.POST.get(f"seen-{line.record}")) or 0
        for line in found.lines
        if line.record in ticked
    }


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: AllocationMeeting,
    form: ActForm,
    *,
    ticked: Mapping[UUID, int] | None = None,
    nobody: bool = False,
    done: AgreedAtMeeting | None = None,
) -> HttpResponse:
    to_agree = found.to_agree
    context = {
        "teams": words.listed(list(found.teams)),
        "sentence": _sentence(found),
        "meetings": [_meeting(one, found, set(ticked or {})) for one in found.meetings],
        "any_to_agree": bool(to_agree),
        "fields": form.render(),
        "errors": _errors(form, to_agree, nobody=nobody),
        "nobody": NOBODY if nobody else "",
        "key": key_of(request) if done is None else "",
        "gate": _gate(done),
        "agreed": words.listed(list(done.done)) if done and done.done else "",
        "earlier": [_attendance(one) for one in found.earlier],
        "turn": TAKES_TURN[found.turn],
    }
    status = max((STATUS[one.code] for _, one in done.refused), default=200) if done else 200
    if form.errors or nobody:
        status = 422
    return page(
        request,
        actor,
        "allocation_meeting.html",
        context,
        crumbs=[Crumb("Team work", reverse("team-work"))],
        current="team-work",
        status=status,
    )


def _errors(form: ActForm, to_agree: Iterable[MeetingLine], *, nobody: bool) -> c.ErrorSummary | None:
    found = form.error_summary()
    first = next((f"child-{line.record}" for line in to_agree), "main")
    faults = (*((c.Fault(NOBODY, first),) if nobody else ()), *(found.faults if found else ()))
    return c.ErrorSummary(faults=faults) if faults else None


def _gate(done: AgreedAtMeeting | None) -> c.Gate | None:
    """Who was not agreed, and why."""
    if done is None or not done.refused:
        return None
    told = tuple(c.Missing(f"{name}: {_why(one)}", one.how_to_ask) for name, one in done.refused)
    return c.Gate(title="Not agreed for every child ticked", missing=told, heading_level=2)


def _why(one: Refused) -> str:
    said = [f"{each.missing}{cited(each.source)}" for each in one.refusals] or [one.reason]
    said += [f"{each.title}, {each.by}, {each.when}" for each in one.moved]
    return ". ".join(said)


def _sentence(found: AllocationMeeting) -> str:
    """How many there are and of which, as the lists below have them."""
    if not found.lines:
        return "**No transfer is open** from or to your teams."
    agreed = len(found.lines) - len(found.to_agree)
    every = words.counted(len(found.lines), "child", "children")
    return f"**{every}** with an open transfer: {len(found.to_agree)} to agree, {agreed} agreed and not complete yet."


def _meeting(one: Meeting, found: AllocationMeeting, ticked: set[UUID]) -> dict[str, Any]:
    agreed = len(one.lines) - len(one.to_agree)
    return {
        "id": f"m-{one.day.isoformat()}" if one.day else "m-none",
        "title": _title(one, found),
        "counts": f"{words.counted(len(one.lines), 'child', 'children')}: {len(one.to_agree)} to agree, {agreed} agreed",
        "lines": [_line(line, ticked) for line in one.lines],
    }


def _title(one: Meeting, found: AllocationMeeting) -> str:
    if one.day is None:
        return "For no meeting yet"
    day = words.weekday_words(one.day)
    if one.day < found.today and one.to_agree:
        return f"{day}: past, and not all agreed"
    return f"Today, {day}" if one.day == found.today else day


def _line(line: MeetingLine, ticked: set[UUID]) -> dict[str, Any]:
    one = line.transfer
    return {
        "record": line.record,
        "name": line.name,
        "age": line.age,
        "href": record_address(line.record),
        "from": line.from_name,
        "to": one.to_name,
        "tier": tier_words(str(one.proposed.data.get("tier") or "")) or "Not said",
        "proposed": f"Proposed by {one.proposed.author.name}, {words.day_words(one.proposed.happened_at.day)}",
        "mark": STAGES[one.stage],
        "missing": [f"{step.title} ({step.source.paragraph})" for step in line.missing],
        "may_agree": not line.is_agreed,
        "seen": line.seen,
        "ticked": line.record in ticked,
    }


def _attendance(one: Attendance) -> dict[str, str]:
    field = in_use().vocabulary.events["transfer.agreed"].field("attended")
    order = [option.value for option in field.options] if field else []
    came = [in_words(field, value) for value in order if field and value in one.attended]
    return {"day": words.weekday_words(one.day), "came": words.listed(came) or "Not recorded"}
