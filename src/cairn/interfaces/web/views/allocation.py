"""Allocating a child to a worker, or to another one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.allocating import (
    Allocation,
    AllocationPage,
    WorkerToChoose,
    allocate,
    open_to_allocate,
)
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.drafts import as_number, as_uuid
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.provisions import how_long
from cairn.interfaces.web.views.record import due_list
from cairn.interfaces.web.views.record_frame import record_page

MESSAGES = {"worker": "Choose who is to work with the child"}


@signed_in("GET", "POST")
def allocation(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Choose a worker; what follows from it is said before it is sent."""
    found = open_to_allocate(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = _form(request, found)
    read = form.read() if request.method == "POST" else None
    worker = as_uuid(str(read.get("worker"))) if isinstance(read, dict) else None
    if not isinstance(read, dict) or worker is None:
        return _shown(request, actor, found, form)
    wanted = Allocation(
        worker, str(read.get("reason", "")), key_of(request), as_number(request.POST.get("seen")) or None
    )
    done = allocate(actor, record, wanted)
    if isinstance(done, Refused):
        return _shown(request, actor, found, form, done)
    chosen = found.worker(worker)
    say_next(request, f"Allocated to {chosen.name}." if chosen else "Allocated.")
    return redirect("child", record)


def _form(request: HttpRequest, found: AllocationPage) -> ActForm:
    options = tuple(_option(one, found.current) for one in found.workers)
    again = found.current is not None
    fields = [
        Field(
            name="worker",
            label="Who is to work with the child?",
            type="choice",
            must=True,
            options=options or (Option(value="nobody", label="Nobody of your team holds cases"),),
        ),
        Field(
            name="reason", label="Why this worker?" if not again else "Why another worker?", type="long_text"
        ),
    ]
    posted = request.POST if request.method == "POST" else None
    must = ("worker", "reason") if again else ("worker",)
    return ActForm(fields, posted=posted, must=must, messages=MESSAGES)


def _option(one: WorkerToChoose, current: UUID | None) -> Option:
    now = " Works with this child now." if one.id == current else ""
    return Option(
        value=str(one.id),
        label=one.name,
        hint=f"{one.role.capitalize()}, {one.team_name}. Holds {words.counted(one.children, 'child', 'children')}.{now}",
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: AllocationPage,
    form: ActForm,
    refused: Refused | None = None,
) -> HttpResponse:
    who = found.page.identity
    context = {
        "fields": form.render(),
        "errors": form.error_summary(),
        "gate": gate(refused),
        "key": key_of(request),
        "seen": found.page.version,
        "due": due_list(found.page),
        "current_worker": who.worker,
        "starts": [(rule.title, how_long(rule), rule.source.paragraph) for rule in found.starts],
    }
    status = STATUS[refused.code] if refused else 422 if form.errors else 200
    return record_page(request, actor, found.page, "record/allocate.html", context, status=status)
