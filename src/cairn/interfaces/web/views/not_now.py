"""What cannot be done on a record at present: looking for it leads back to the record, which says why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.refused import Refused
from cairn.interfaces.web.frame import refused_page, say_next


def not_now(request: HttpRequest, actor: Actor, record: UUID, refused: Refused) -> HttpResponse:
    """For a link that was followed, the record with the reason; for a form that was sent, the refusal itself."""
    if request.method != "GET" or refused.code != "not found":
        return refused_page(request, actor, refused)
    say_next(request, f"{refused.reason}. {refused.how_to_ask}".strip())
    return redirect("child", record)
