"""Recording an act on a child's record by its form: the case note, and every act that has no page of its own."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.acting import ActPage, acts_on_record, open_for_act, send_act
from cairn.application.actors import Actor
from cairn.application.deciding import can_be_done
from cairn.application.mending import is_done
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.letters.addresses import holds_an_address
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.act_forms import ActForms, Read, typed_words
from cairn.interfaces.web.views.drafts import Drafted, drafted, typed_in
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import child_address, record_page

NOTE = "add-note"
BIRTH = "record-birth"
TEMPLATES = {BIRTH: "record/birth.html"}


@signed_in("GET")
def acts(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Everything that this role may record on this record now."""
    found = acts_on_record(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    page, may = found
    listed = [(act.verb, act_address(record, act.name)) for act in may if can_be_done(page.view, act)]
    return record_page(request, actor, page, "record/acts.html", {"acts": listed})


@signed_in("GET", "POST")
def act(request: HttpRequest, actor: Actor, record: UUID, act: str) -> HttpResponse:
    """Any act of the vocabulary by its form; where it has a page of its own, that one."""
    own = act_address(record, act)
    if request.method == "GET" and own not in (request.path, child_address(record)):
        return redirect(f"{own}?{request.GET.urlencode()}" if request.GET else own)
    return _do(request, actor, record, act)


@signed_in("GET", "POST")
def note(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Write a case note."""
    return _do(request, actor, record, NOTE)


@signed_in("GET", "POST")
def birth(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Record that an expected baby was born: the record becomes the child's, and goes on."""
    return _do(request, actor, record, BIRTH)


def _do(request: HttpRequest, actor: Actor, record: UUID, name: str) -> HttpResponse:
    found = open_for_act(actor, record, name)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    return redirect("child", record) if was_sent(request, actor) else _of(request, actor, found)


def _of(request: HttpRequest, actor: Actor, found: ActPage) -> HttpResponse:
    """The form of an act on a record that was opened for it: shown, or what was sent with it taken."""
    name, record = found.act.name, found.page.identity.record
    draft = drafted(request, actor, name, record)
    forms = ActForms(found, request, draft.typed)
    forms.named_strand = request.POST.get("strand") or request.GET.get("strand") or None
    if not forms.is_sent or forms.is_asking_for_more:
        return _shown(request, actor, forms, draft)
    read = forms.read()
    if read is None:
        return _shown(request, actor, forms, draft, status=422)
    if _tells_where(found, read) and request.POST.get("address-seen") != "yes":
        return _shown(request, actor, forms, draft, warned=True)
    done = send_act(actor, request_of(request, found, read), draft.id)
    if isinstance(done, Recorded):
        say_next(request, f"Recorded: {in_use().vocabulary.events[found.act.yields[0].event].title}.")
        return redirect("child", done.record)
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    forms.refuse(done)
    return _shown(request, actor, forms, draft, refused=done, status=STATUS[done.code])


def _tells_where(found: ActPage, read: Read) -> bool:
    """Whether an address stands in a text of an act that is about no address: a letter would not go there."""
    events = in_use().vocabulary.events
    about = {
        one.name
        for made in found.act.yields
        for field in events[made.event].fields
        for one in field.classes()
    }
    texts = (text for one in found.fields if one.type == "long_text" for text in [read.answers.get(one.name)])
    return "protected address" not in about and any(holds_an_address(str(one)) for one in texts if one)


def request_of(request: HttpRequest, found: ActPage, read: Read) -> Request:
    """What the form of an act sends to the door."""
    return Request(
        act=found.act.name,
        answers=read.answers,
        record=found.page.identity.record,
        at=read.at,
        strand=read.strand,
        seen=_seen(request),
        departures=read.departures,
        key=key_of(request),
    )


def was_sent(request: HttpRequest, actor: Actor) -> bool:
    """Whether this very form was taken before: sent twice, or again because its answer was lost, it is answered alike.

    Asked before what is on the form is judged again, for on a record that has what it says it may not fit any more.
    """
    return request.method == "POST" and is_done(actor, key_of(request))


def key_of(request: HttpRequest) -> UUID:
    """The key a form was made with: sent twice, it is taken once. One of no form is new."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < len("1000000000") else None


def _shown(
    request: HttpRequest,
    actor: Actor,
    forms: ActForms,
    draft: Drafted,
    *,
    refused: Refused | None = None,
    status: int = 200,
    warned: bool = False,
) -> HttpResponse:
    found = forms.page
    named = forms.named_strand or ""
    context = {
        "act": found.act,
        "forms": forms.rendered(refused),
        "errors": forms.errors(),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "draft": draft,
        "beside": typed_words(found.fields, typed_in(draft.beside.answers)) if draft.beside else None,
        "key": key_of(request),
        "seen": found.page.version,
        "warned": warned,
        "new_address": act_address(found.page.identity.record, "record-address"),
        "named_strand": "" if forms.strand.fields else named,
    }
    template = TEMPLATES.get(found.act.name, "record/act.html")
    return record_page(request, actor, found.page, template, context, status=status)
