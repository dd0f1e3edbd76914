"""The second half of signing in: a code of an app, a recovery code, or a passkey."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from cairn.application.accounts import sign_in_name_of
from cairn.application.guesses import Throttled
from cairn.application.ports import second_factors
from cairn.application.showing import factor_given
from cairn.application.sign_in import Account, is_made_up
from cairn.interfaces.web import components as c
from cairn.interfaces.web import halfway, held, known_browsers, sessions
from cairn.interfaces.web.addresses import address_of
from cairn.interfaces.web.confirming import TOO_OFTEN, WRONG
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.policy import anybody
from cairn.interfaces.web.signing_page import gone_on

CODE, PASSKEY = "code", "passkey"


@anybody("GET", "POST")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for it; whoever gave their password and gives it too is signed in."""
    found = halfway.who(request, "password")
    if found is None:
        return redirect("sign-in")
    if request.method != "POST":
        return _ask(request, found)
    name = sign_in_name_of(found.actor.id)
    given = factor_given(
        found.actor.id,
        code=request.POST.get(CODE, ""),
        passkey=request.POST.get(PASSKEY, ""),
        address=address_of(request),
        known_browser=bool(known_browsers.browser_of(request, name)),
    )
    if given is not True:
        return _ask(request, found, TOO_OFTEN if isinstance(given, Throttled) else WRONG)
    return signed_in_now(request, found)


def signed_in_now(request: HttpRequest, found: Account) -> HttpResponse:
    """Both halves are done: signed in, and on to where they were going."""
    sessions.sign_in(request, found, "two factors")
    response = gone_on(request, found.actor)
    known_browsers.remember(response, sign_in_name_of(found.actor.id))
    return response


def ask_second_factor(request: HttpRequest, found: Account) -> HttpResponse:
    """The page after the password; it carries along where somebody was going, and what they typed."""
    return _ask(request, found)


def _ask(request: HttpRequest, found: Account, fault: str = "") -> HttpResponse:
    context = {
        "next": request.POST.get("next", ""),
        "held": held.carried(request),
        "has_passkey": "passkey" in second_factors().kinds(found.actor.id),
        "errors": c.ErrorSummary(faults=(c.Fault(fault, CODE),)) if fault else None,
        "fault": fault,
    }
    return page(request, None, "second_factor.html", context)


@anybody("POST")
def passkey(request: HttpRequest) -> HttpResponse:
    """What a passkey of whoever is signed in, or gave their password, is asked; nothing for anybody else."""
    asked = None if is_made_up() else _whose(request)
    if asked is None:
        return HttpResponse(status=404)
    return JsonResponse(dict(second_factors().ask_passkey(asked)))


@anybody("POST")
def new_passkey(request: HttpRequest) -> HttpResponse:
    """What a browser is asked to make a passkey, for whoever sets up their account; nothing for anybody else."""
    found = halfway.who(request, "code")
    if found is None:
        return HttpResponse(status=404)
    return JsonResponse(dict(second_factors().ask_new_passkey(found.actor.id)))


def _whose(request: HttpRequest) -> UUID | None:
    actor = sessions.who(request)
    if actor is not None:
        return actor.id
    found = halfway.who(request, "password")
    return found.actor.id if found else None
