"""What cannot be done on a record at present: looking for it leads back to the record, which says why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.mending import is_done
from cairn.application.refused import Refused
from cairn.interfaces.web.frame import refused_page, say_next
from cairn.interfaces.web.views.begun import Begun, keep


def not_now(request: HttpRequest, actor: Actor, record: UUID, refused: Refused) -> HttpResponse:
    """For a link that was followed, the record with the reason; for a form that was sent, the refusal itself."""
    if request.method != "GET" or refused.code != "not found":
        return refused_page(request, actor, refused)
    say_next(request, f"{refused.reason}. {refused.how_to_ask}".strip())
    return redirect("child", record)


def waits_no_more(
    request: HttpRequest, actor: Actor, draft: Begun, record: UUID, refused: Refused, led_to: str = "child"
) -> HttpResponse:
    """What was to be decided is decided: by whom and when, and what was typed is kept all the same.

    Where this very form did it (sent twice, or its answer was lost), it leads where it led.
    """
    if request.method == "POST" and is_done(actor, draft.id):
        return redirect(led_to, record)
    if request.method == "POST" and refused.code != "not allowed" and isinstance(keep(actor, draft), Begun):
        kept = "What you wrote is kept as a draft under My work."
        refused = Refused(refused.code, refused.reason, f"{refused.how_to_ask} {kept}".strip())
    return not_now(request, actor, record, refused)
