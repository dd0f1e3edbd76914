"""The page of an act that may be about several children: the shared part once, each child's own part under their name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.doing import may_do
from cairn.application.drafting import Diverged, DraftOpened, open_draft, save_draft
from cairn.application.joint_drafts import CHOSEN, chosen_in
from cairn.application.jointly import JointPage, Signed, draft_to_go_on_with, open_jointly, sign_jointly
from cairn.application.refused import Refused
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.jointly import JointForms, Part
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.begun import Begun, as_number, as_uuid, written
from cairn.interfaces.web.views.drafts import put_apart, typed_in
from cairn.interfaces.web.views.due import act_address
from cairn.interfaces.web.views.joint_page import check_page, edit_page


@signed_in("GET", "POST")
def jointly(request: HttpRequest, actor: Actor, record: UUID, act: str) -> HttpResponse:
    """An act that may be about several children; the table of addresses says which."""
    draft = _draft(request, actor, act, record)
    if isinstance(draft, Refused):
        return refused_page(request, actor, draft)
    found = open_jointly(actor, act, record, _wanted(request, draft), draft.id)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    it = Joint(request, actor, record, draft, JointForms(found, draft.posted, request.GET.dict()))
    if request.method == "GET":
        return _looked_at(it)
    return _sign(it) if request.POST.get("do") == "sign" else _kept(it)


@dataclass(frozen=True)
class Joint:
    """One request for the page: who asks, on which record, with which draft and forms."""

    request: HttpRequest
    actor: Actor
    record: UUID
    draft: Begun
    forms: JointForms

    @property
    def page(self) -> JointPage:
        """The records as they were opened."""
        return self.forms.page

    @property
    def address(self) -> str:
        """Where the page is opened with its draft."""
        return f"{self.request.path}?draft={self.draft.id}"


def _draft(request: HttpRequest, actor: Actor, act: str, record: UUID) -> Begun | Refused:
    """The draft of the request: sent with its form, asked for, gone on with, or a new one."""
    if request.method == "POST" and request.POST.get("do") != "sign":
        id_ = as_uuid(request.POST.get("draft")) or uuid4()
        return Begun(id_, act, record, as_number(request.POST.get("version")) or 0, posted=request.POST)
    asked = as_uuid(request.POST.get("draft") or request.GET.get("draft"))
    if asked is None:
        kept = None if "new" in request.GET else draft_to_go_on_with(actor, act, record)
        return _begun(kept) if kept else Begun(uuid4(), act, record)
    found = open_draft(actor, asked)
    if isinstance(found, Refused) or (found.act, found.record) == (act, record):
        return found if isinstance(found, Refused) else _begun(found)
    return Refused("not found", "There is no such draft", "It may have been sent or thrown away.")


def _begun(found: DraftOpened) -> Begun:
    return Begun(found.id, found.act, found.record, found.version, found.saved_at, typed_in(found.answers))


def _wanted(request: HttpRequest, draft: Begun) -> list[UUID]:
    """The children chosen: on the form, in the draft, or by the address."""
    chosen = draft.posted if draft.posted is not None else request.GET
    return list(chosen_in({CHOSEN: chosen.getlist(CHOSEN)}))


def _looked_at(it: Joint) -> HttpResponse:
    if it.draft.record not in (None, it.record):
        return redirect(f"{act_address(it.draft.record, it.draft.act)}?draft={it.draft.id}")
    if "check" in it.request.GET and it.forms.ready and not it.forms.shared_missing():
        return check_page(it.request, it.actor, it.forms, it.draft)
    return edit_page(it.request, it.actor, it.forms, it.draft)


def _kept(it: Joint) -> HttpResponse:
    """Keep what was typed, then do what the button says. Nothing typed is lost, whatever is missing."""
    draft = it.draft
    kept = save_draft(it.actor, draft.id, draft.act, it.record, _written(it), draft.version)
    if isinstance(kept, Refused):
        return refused_page(it.request, it.actor, kept)
    if isinstance(kept, Diverged):
        return redirect(put_apart(it.actor, kept, draft.act, it.record))
    it = replace(it, draft=replace(draft, version=kept.version, saved_at=kept.at))
    if "save" in it.request.POST:
        say_next(it.request, f"Saved. {it.page.act.title}: go on with it whenever you like.")
        return redirect("child", it.page.children[0].record)
    if any(form.is_asking_for_more for form in it.forms.all_forms):
        return edit_page(it.request, it.actor, it.forms, it.draft)
    return _checked(it) if it.request.POST.get("do") == "check" else redirect(it.address)


def _written(it: Joint) -> dict[str, list[str]]:
    """What was typed, with the child of this page's record always among those it is about."""
    typed = written(it.request.POST)
    chosen = [str(it.record), *typed.get(CHOSEN, [])] if _is_first(it) else typed.get(CHOSEN, [])
    return {**typed, CHOSEN: list(dict.fromkeys(chosen))}


def _is_first(it: Joint) -> bool:
    return any(child.record == it.record for child in it.page.children)


def _checked(it: Joint) -> HttpResponse:
    """Go on to what is to be signed; an act of which nothing is left to be checked is done now, for all its children."""
    ready = bool(it.forms.ready) and not it.forms.shared_missing()
    if ready and not it.forms.kind.at_once:
        return redirect(f"{it.address}&check=yes")
    if ready and it.forms.ready == it.forms.waiting:
        return _done(it, it.forms.ready)
    it.forms.check()
    return edit_page(it.request, it.actor, it.forms, it.draft, faulty=True)


def _sign(it: Joint) -> HttpResponse:
    """Sign for the children ticked. The draft is what is signed, as the page that was checked showed it."""
    posted = it.request.POST
    chosen = {as_uuid(one) for one in posted.getlist("sign")}
    parts = [part for part in it.forms.ready if part.child.record in chosen]
    if not parts and any(part.child.record in chosen for part in it.forms.parts if part.child.signed):
        return redirect("child", it.record)
    if it.draft.version != (as_number(posted.get("version")) or 0):
        say_next(it.request, "This was changed since you checked it, elsewhere. Check it again.")
        return redirect(it.address)
    return _done(it, parts)


def _done(it: Joint, parts: Sequence[Part]) -> HttpResponse:
    wanted = it.forms.request(it.draft.id, parts) if parts else None
    if wanted is None:
        say_next(it.request, "Nothing was signed. Choose for whom you sign, or complete a part first.")
        return redirect(it.address)
    done = sign_jointly(it.actor, wanted)
    if isinstance(done, Refused):
        return refused_page(it.request, it.actor, done)
    return _said(it, done)


def _said(it: Joint, done: Signed) -> HttpResponse:
    """Say for whom it was signed and for whom not, and go to what is left; else to the record."""
    told = list(_told(it, done))
    if not done.done:
        refused = next(iter(done.refused.values()))
        if refused.code in ("not allowed", "not found"):
            return refused_page(it.request, it.actor, refused)
        return check_page(
            it.request, it.actor, it.forms, it.draft, refused=done.refused, status=STATUS[refused.code]
        )
    left = [part for part in it.forms.waiting if part.child.record not in done.done]
    if left:
        names = words.listed([part.child.first_name for part in left])
        told.append(f"What you wrote for {names} stays in the draft.")
    say_next(it.request, " ".join(told))
    if left:
        return redirect(it.address)
    goes_on = next(_goes_on(it, done), None)
    if goes_on is not None:
        return redirect(goes_on)
    return redirect(it.forms.kind.to, it.record if it.record in done.done else next(iter(done.done)))


def _goes_on(it: Joint, done: Signed) -> Iterator[str]:
    """The page of the act that an answer signed for a child leads to at once, as significant harm to saying so."""
    for part in it.forms.parts:
        for (name, answer), acts in it.forms.kind.goes_on.items():
            if part.child.record in done.done and part.form.typed.get(name) == answer:
                yield from (act_address(part.child.record, act) for act in acts if may_do(it.actor, act))


def _told(it: Joint, done: Signed) -> Iterator[str]:
    names = {child.record: child.first_name for child in it.page.children}
    signed = words.listed([names[record] for record in names if record in done.done])
    if signed:
        yield f"{it.forms.kind.done} {signed}. {it.forms.kind.after}".strip()
    for record, refused in done.refused.items():
        yield f"Not {it.forms.kind.done.lower()} {names.get(record, 'another child')}: {refused.reason}."
