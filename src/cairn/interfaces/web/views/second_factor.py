"""Passkeys: what a browser has to ask one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from cairn.application.ports import second_factors
from cairn.application.sign_in import is_made_up
from cairn.interfaces.web import sessions
from cairn.interfaces.web.policy import anybody


@anybody("POST")
def passkey(request: HttpRequest) -> HttpResponse:
    """What a passkey of whoever is signed in, or half signed in, is asked; nothing for anybody else."""
    actor = sessions.who(request)
    if actor is None or is_made_up():
        return HttpResponse(status=404)
    return JsonResponse(dict(second_factors().ask_passkey(actor.id)))
