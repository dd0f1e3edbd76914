"""Signing in and out. On a made-up authority's database one chooses a made-up person."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cairn.application.actors import Actor
from cairn.application.sign_in import Choice, choices
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.policy import SIGNED_IN, anybody, signed_in


@anybody("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose who you are. Only people of this made-up authority can be chosen; elsewhere nobody can."""
    people = choices()
    if people is None:
        return page(request, None, "sign_in_closed.html", {}, status=403)
    if request.method == "POST":
        return _chosen(request, people)
    return page(
        request, None, "sign_in.html", {"teams": _by_team(people), "next": request.GET.get("next", "")}
    )


def _by_team(people: tuple[Choice, ...]) -> list[tuple[str, list[Choice]]]:
    ordered = sorted(people, key=lambda person: (person.team, person.role, person.name))
    return [(team or "No team", list(found)) for team, found in groupby(ordered, key=lambda one: one.team)]


def _chosen(request: HttpRequest, people: tuple[Choice, ...]) -> HttpResponse:
    chosen = request.POST.get("person", "")
    if chosen not in {str(person.id) for person in people}:
        return redirect("sign-in")
    request.session.flush()
    request.session.cycle_key()
    request.session[SIGNED_IN] = str(UUID(chosen))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe and back else reverse("my-work"))


@anybody("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; what was being written stays in its drafts."""
    request.session.flush()
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
