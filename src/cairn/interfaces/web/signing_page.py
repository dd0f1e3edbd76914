"""The page that asks who somebody is, and where it leads: the address they wanted, or what they had typed."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.sign_in import Choice, choices
from cairn.interfaces.web import components as c
from cairn.interfaces.web import held
from cairn.interfaces.web.forms.text_inputs import text_input
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.held import Held


def sign_in_page(
    request: HttpRequest, *, back: str = "", typed: Held | None = None, fault: str = "", status: int = 200
) -> HttpResponse:
    """Name and password; where people are made up, choose who you are.

    It carries along where somebody was going, and what they typed. What was wrong is said of both fields together.
    """
    context = {"next": back, "held": typed}
    people = choices()
    if people is not None:
        return page(request, None, "sign_in.html", {**context, "teams": _by_team(people)}, status=status)
    given = request.POST.get("sign-in-name", "")
    fields = (
        text_input("sign-in-name", "Name to sign in with", value=given, autocomplete="username"),
        text_input("password", "Password", type="password", autocomplete="current-password"),
    )
    errors = c.ErrorSummary(faults=(c.Fault(fault, "sign-in-name"),)) if fault else None
    whole = {**context, "fields": fields, "errors": errors}
    return page(request, None, "sign_in_password.html", whole, status=status)


def gone_on(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Signed in: to where they were going; or what they had typed is offered, to be sent. It is sent by nobody else."""
    typed = held.carried(request)
    if typed is None or not typed.is_for(actor.id):
        return redirect(held.back_to(request))
    return page(request, actor, "signed_in_again.html", {"held": typed})


def _by_team(people: tuple[Choice, ...]) -> list[tuple[str, list[Choice]]]:
    ordered = sorted(people, key=lambda person: (person.team, person.role, person.name))
    return [(team or "No team", list(found)) for team, found in groupby(ordered, key=lambda one: one.team)]
