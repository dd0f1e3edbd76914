"""The page that asks who somebody is, and where it leads: the address they wanted, or what they had typed."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.sign_in import Choice, choices
from cairn.interfaces.web import held
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.held import Held


def sign_in_page(
    request: HttpRequest, *, back: str = "", typed: Held | None = None, status: int = 200
) -> HttpResponse:
    """Choose who you are, where people are made up; it carries along where somebody was going, and what they typed."""
    context = {"next": back, "held": typed}
    people = choices()
    if people is None:
        return page(request, None, "sign_in_closed.html", context, status=403)
    return page(request, None, "sign_in.html", {**context, "teams": _by_team(people)}, status=status)


def gone_on(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Signed in: to where they were going; or what they had typed is offered, to be sent. It is sent by nobody else."""
    typed = held.carried(request)
    if typed is None or not typed.is_for(actor.id):
        return redirect(held.back_to(request))
    return page(request, actor, "signed_in_again.html", {"held": typed})


def _by_team(people: tuple[Choice, ...]) -> list[tuple[str, list[Choice]]]:
    ordered = sorted(people, key=lambda person: (person.team, person.role, person.name))
    return [(team or "No team", list(found)) for team, found in groupby(ordered, key=lambda one: one.team)]
