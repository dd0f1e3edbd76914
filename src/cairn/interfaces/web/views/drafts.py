"""Drafts as they are typed: kept on the server whole, gone on with later, and put beside another that was saved since.

A form keeps its draft by `data-draft`, with hidden fields `draft`, `version`, `draft-act` and, on a
record, `draft-record`. What was typed is stored as it was submitted, so that any form shows it again as it stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.drafting import (
    Diverged,
    DraftOpened,
    discard_draft,
    open_draft,
    own_draft,
    save_draft,
)
from cairn.application.joint_drafts import is_joint
from cairn.application.refused import Refused
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import act_address

NOT_KEPT = frozenset(
    {"csrfmiddlewaretoken", "version", "draft", "key", "seen", "draft-act", "draft-record", "arrived-whole"}
)


@dataclass(frozen=True)
class Drafted:
    """The draft a form is written in: its id and version, and what was typed, if anything was kept."""

    id: UUID
    version: int
    typed: QueryDict | None
    saved: c.Saved
    beside: DraftOpened | None = None


def drafted(request: HttpRequest, actor: Actor, act: str, record: UUID | None) -> Drafted:
    """The draft of a form: as submitted with it, the one asked for, or the newest one begun and not sent."""
    if request.method == "POST":
        sent = as_uuid(request.POST.get("draft")) or uuid4()
        return Drafted(sent, as_number(request.POST.get("version")), None, c.Saved())
    asked = as_uuid(request.GET.get("draft"))
    found = open_draft(actor, asked) if asked else own_draft(actor, act, record)
    if found is None or isinstance(found, Refused) or (found.act, found.record) != (act, record):
        return Drafted(uuid4(), 0, None, c.Saved())
    return Drafted(found.id, found.version, typed_in(found.answers), _saved(found), _beside(request, actor))


def typed_in(answers: Mapping[str, Any]) -> QueryDict:
    """What was typed, as a form takes it."""
    typed = QueryDict(mutable=True)
    for name, values in answers.items():
        typed.setlist(name, [str(value) for value in _listed(values)])
    return typed


def _listed(values: Any) -> Sequence[Any]:
    return values if isinstance(values, list | tuple) else [values]


def _saved(found: DraftOpened) -> c.Saved:
    return c.Saved(
        text=f"Your draft of {words.moment_words(found.saved_at)}",
        more="Go on with it, or clear it and begin again.",
        saved=True,
    )


def _beside(request: HttpRequest, actor: Actor) -> DraftOpened | None:
    asked = as_uuid(request.GET.get("beside"))
    found = open_draft(actor, asked) if asked else None
    return None if isinstance(found, Refused) else found


def as_uuid(text: str | None) -> UUID | None:
    """The id a form or an address gives, or None."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def as_number(text: str | None) -> int:
    """The number a form gives; 0 where it gives none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < len("1000000") else 0


def typed(posted: QueryDict) -> dict[str, list[str]]:
    """What was typed, without what the form carries for itself."""
    return {name: [str(one) for one in values] for name, values in posted.lists() if name not in NOT_KEPT}


@signed_in("GET", "POST")
def draft(request: HttpRequest, actor: Actor, draft: UUID) -> HttpResponse:
    """Go on with a draft, or keep what was typed in it so far (asked by the script as one writes)."""
    if request.method == "POST":
        return _keep(request, actor, draft)
    found = open_draft(actor, draft)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    return redirect(f"{_address(found.act, found.record)}?draft={draft}")


def _address(act: str, record: UUID | None) -> str:
    return act_address(record, act) if record else reverse("new-contact")


def _keep(request: HttpRequest, actor: Actor, draft_id: UUID) -> JsonResponse:
    act, record = request.POST.get("draft-act", ""), as_uuid(request.POST.get("draft-record"))
    version = as_number(request.POST.get("version"))
    kept = save_draft(actor, draft_id, act, record, typed(request.POST), version)
    if isinstance(kept, Refused):
        return JsonResponse({"refused": kept.reason}, status=STATUS[kept.code])
    if isinstance(kept, Diverged):
        return _apart(actor, kept, act, record)
    return JsonResponse({"version": kept.version, "saved_at": words.time_words(kept.at)})


def _apart(actor: Actor, kept: Diverged, act: str, record: UUID | None) -> JsonResponse:
    return JsonResponse({"merge": put_apart(actor, kept, act, record)}, status=409)


def put_apart(actor: Actor, kept: Diverged, act: str, record: UUID | None) -> str:
    """Both texts stay: this one as a draft of its own, and the page at this address shows the two side by side.

    Of an act for several children the writer goes on with the draft that was there: what was signed from it
    belongs to it.
    """
    mine = uuid4()
    save_draft(actor, mine, act, record, kept.mine, 0)
    first, second = (kept.theirs.id, mine) if is_joint(act) else (mine, kept.theirs.id)
    return f"{_address(act, record)}?draft={first}&beside={second}"


@signed_in("POST")
def discard(request: HttpRequest, actor: Actor, draft: UUID) -> HttpResponse:
    """Throw one's own draft away, and begin the act again."""
    found = open_draft(actor, draft)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    discard_draft(actor, draft)
    say_next(request, "Draft thrown away.")
    return redirect(_address(found.act, found.record))
