"""Signing in and out: a password and a second factor; on a made-up authority's database, choosing a made-up person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.guesses import Throttled
from cairn.application.passwords import password_given
from cairn.application.ports import second_factors
from cairn.application.sign_in import Choice, account, choices
from cairn.interfaces.web import halfway, held, known_browsers, sessions
from cairn.interfaces.web.addresses import address_of
from cairn.interfaces.web.confirming import TOO_OFTEN
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.policy import anybody, signed_in
from cairn.interfaces.web.signing_page import gone_on, sign_in_page
from cairn.interfaces.web.views.second_factor import ask_second_factor

NOT_RIGHT = "Check the name and the password. One of them is not right"


@anybody("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose who you are, of the people of a made-up authority; elsewhere the password, and then the second factor."""
    people = choices()
    if request.method != "POST":
        return sign_in_page(request, back=request.GET.get("next", ""))
    return _by_password(request) if people is None else _chosen(request, people)


def _by_password(request: HttpRequest) -> HttpResponse:
    """A password alone signs nobody in, and what is wrong is not said: the name, the password, or the account."""
    name, typed = request.POST.get("sign-in-name", ""), held.carried(request)
    back, browser = request.POST.get("next", ""), known_browsers.browser_of(request, name)
    whose = password_given(name, request.POST.get("password", ""), address_of(request), browser)
    if isinstance(whose, Throttled):
        return sign_in_page(request, back=back, typed=typed, fault=TOO_OFTEN, status=429)
    if whose is None:
        return sign_in_page(request, back=back, typed=typed, fault=NOT_RIGHT)
    halfway.begin(request, whose, "password")
    found = halfway.who(request, "password")
    if found is None or not second_factors().kinds(whose):
        return page(request, None, "not_set_up.html", {}, status=403)
    return ask_second_factor(request, found)


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
