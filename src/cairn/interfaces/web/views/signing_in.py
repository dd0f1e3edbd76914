"""Signing in and out. On a made-up authority's database one chooses a made-up person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.sign_in import Choice, account, choices
from cairn.interfaces.web import held, sessions
from cairn.interfaces.web.policy import anybody, signed_in
from cairn.interfaces.web.signing_page import gone_on, sign_in_page


@anybody("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose who you are. Only people of this made-up authority can be chosen; elsewhere nobody can."""
    people = choices()
    if request.method == "POST" and people is not None:
        return _chosen(request, people)
    return sign_in_page(request, back=request.GET.get("next", ""))


def _chosen(request: HttpRequest, people: tuple[Choice, ...]) -> HttpResponse:
    chosen = request.POST.get("person", "")
    found = account(UUID(chosen)) if chosen in {str(person.id) for person in people} else None
    if found is None:
        typed = held.carried(request)
        return sign_in_page(request, typed=typed) if typed else redirect("sign-in")
    sessions.sign_in(request, found, "chosen")
    return gone_on(request, found.actor)


@anybody("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; what was being written stays in its drafts."""
    request.session.flush()
    rotate_token(request)
    response = redirect("sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@signed_in("POST")
def stay(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Stay signed in: any request does it, and this one does nothing else."""
    return HttpResponse(status=204)


@anybody("GET")
def home(request: HttpRequest) -> HttpResponse:
    """The front page is My work."""
    return redirect("my-work")
