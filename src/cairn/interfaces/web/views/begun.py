"""The draft behind a page whose every button keeps what was typed: without the script nothing is lost either."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.drafting import Diverged, DraftOpened, Saved, open_draft, own_draft, save_draft
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page, say_next
from cairn.interfaces.web.views.act_forms import typed_words
from cairn.interfaces.web.views.drafts import NOT_KEPT, put_apart, typed_in

BUTTONS = frozenset(
    {
        "do",
        "use",
        "not",
        "new",
        "unknown",
        "change",
        "send",
        "save",
        "sign",
        "return",
        "add-another",
        "remove",
    }
)
LONGEST_NUMBER = 9
# Ids and digests that a form carries; nobody typed them.
OPAQUE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}")


@dataclass(frozen=True)
class Begun:
    """The draft that a page's form belongs to: its id and version, and what was typed, if anything was.

    Its id is the key of the sending too: sent twice, it is taken once.
    """

    id: UUID
    act: str
    record: UUID | None = None
    version: int = 0
    saved_at: datetime | None = None
    posted: QueryDict | None = None

    @property
    def status(self) -> c.Saved:
        """What stands in the rail."""
        if self.saved_at is None:
            return c.Saved()
        return c.Saved(text=f"Draft saved at {words.time_words(self.saved_at)}", saved=True)


def begun(
    request: HttpRequest, actor: Actor, act: str, record: UUID | None = None, *, go_on: bool = False
) -> Begun | Refused:
    """The draft of this request's form: the one it was sent with, the one asked for by `?draft=`, or a new one.

    With `go_on` a page that asks for none goes on with what this person began of the act on the record, for the
    same strand where the address names one.
    """
    if request.method == "POST":
        id_ = as_uuid(request.POST.get("draft")) or uuid4()
        return Begun(id_, act, record, as_number(request.POST.get("version")) or 0, posted=request.POST)
    _put_beside(request, actor, act)
    asked = as_uuid(request.GET.get("draft"))
    if asked is None:
        kept = own_draft(actor, act, record) if go_on else None
        return _opened(kept) if kept and _is_of(kept, request) else Begun(uuid4(), act, record)
    found = open_draft(actor, asked)
    if isinstance(found, Refused):
        return found
    if (found.act, found.record) != (act, record):
        return Refused("not found", "There is no such draft", "It may have been sent or thrown away.")
    return _opened(found)


def _put_beside(request: HttpRequest, actor: Actor, act: str) -> None:
    """What the same person wrote at the same time elsewhere is shown on the page, above its form (see web/frame.py)."""
    asked = as_uuid(request.GET.get("beside"))
    found = open_draft(actor, asked) if asked else None
    if found is None or isinstance(found, Refused) or found.act != act:
        return
    vocabulary = in_use().vocabulary
    told = {
        name: values
        for name, values in typed_in(found.answers).lists()
        if not any(OPAQUE.fullmatch(value) for value in values)
    }
    words_of_it = typed_words(vocabulary.fields_of(vocabulary.acts[act]), typed_in(told))
    request.other_text = words_of_it  # type: ignore[attr-defined]  # read by web/frame.py


def _opened(found: DraftOpened) -> Begun:
    typed = typed_in(found.answers)
    return Begun(found.id, found.act, found.record, found.version, found.saved_at, typed)


def _is_of(found: DraftOpened, request: HttpRequest) -> bool:
    """Whether a draft is about the strand that the address names; where it names none, any is."""
    wanted = request.GET.get("strand")
    return not wanted or typed_in(found.answers).get("strand") == wanted


def keep(actor: Actor, draft: Begun) -> Begun | Diverged | Refused:
    """Keep what was typed on the page, with the version it began from."""
    if draft.posted is None:
        return draft
    kept = save_draft(actor, draft.id, draft.act, draft.record, written(draft.posted), draft.version)
    if isinstance(kept, Saved):
        return Begun(draft.id, draft.act, draft.record, kept.version, kept.at, draft.posted)
    return kept


def kept_though_refused(actor: Actor, draft: Begun) -> Begun:
    """What is refused is kept too: its remedy is often on another page, from which one comes back. As it was if it cannot be."""
    kept = keep(actor, draft)
    return kept if isinstance(kept, Begun) else draft


def saved_for_later(request: HttpRequest, actor: Actor, draft: Begun, said: str) -> HttpResponse:
    """The button that keeps a draft and leaves: to My work, where `said` says so.

    Where it was saved elsewhere since, both texts are kept, and the page shows them side by side.
    """
    kept = keep(actor, draft)
    if isinstance(kept, Refused):
        return refused_page(request, actor, kept)
    if isinstance(kept, Diverged):
        say_next(request, "You saved this elsewhere while you were writing. Both texts are kept.")
        return redirect(put_apart(actor, kept, draft.act, draft.record))
    say_next(request, said)
    return redirect("my-work")


def written(posted: QueryDict) -> dict[str, list[str]]:
    """What somebody wrote, as plain data: every field with its values, but for buttons and tokens."""
    return {
        name: [str(value) for value in values]
        for name, values in posted.lists()
        if name not in NOT_KEPT | BUTTONS
    }


def as_uuid(text: str | None) -> UUID | None:
    """The id that a form gives; None where it is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def as_number(text: str | None) -> int | None:
    """The number that a form gives; None where it is none."""
    readable = (
        bool(text) and text is not None and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    )
    return int(text) if readable and text else None
