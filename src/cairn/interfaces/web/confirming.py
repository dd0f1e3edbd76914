"""Asking again, before one of the gravest acts, that somebody shows who they are (OWASP ASVS 5.0, 7.5.3).

The page asks at the address of the act itself and carries along what was typed, so that nothing is lost and nothing
is kept anywhere in between.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.guesses import Throttled
from cairn.application.showing import show_again
from cairn.application.sign_in import is_made_up
from cairn.interfaces.web import components as c
from cairn.interfaces.web import held, sessions
from cairn.interfaces.web.addresses import address_of
from cairn.interfaces.web.frame import page

# The fields of the page that asks; what it carries along has other names.
CHOSEN, CODE, PASSKEY, WANTED = "confirm-person", "confirm-code", "confirm-passkey", "confirm-wanted"
OWN = frozenset({CHOSEN, CODE, PASSKEY, WANTED, *held.NOT_TYPED})
WRONG = "This is not right. Enter the newest code of your app, or a recovery code you have not used"
TOO_OFTEN = "There were too many wrong answers. Wait five minutes, then try again"


def asked_again(request: HttpRequest, actor: Actor, why: str = "") -> HttpResponse | None:
    """None where whoever is signed in showed who they are within five minutes; else the page that asks for it.

    `why` is the sentence that says what it is needed for. Answered rightly, the view goes on with the form as it was
    first sent, or, where the page was only asked for, the browser asks for it again.
    """
    if request.method == "POST" and OWN & (set(request.POST) - held.NOT_TYPED):
        return _answered(request, actor, why)
    return None if sessions.is_strong(request) else _ask(request, actor, why)


def _answered(request: HttpRequest, actor: Actor, why: str) -> HttpResponse | None:
    wanted, given = request.POST.get(WANTED), request.POST
    if not sessions.is_strong(request):
        shown = show_again(
            actor,
            chosen=given.get(CHOSEN, ""),
            code=given.get(CODE, ""),
            passkey=given.get(PASSKEY, ""),
            address=address_of(request),
        )
        if shown is not True:
            return _ask(request, actor, why, TOO_OFTEN if isinstance(shown, Throttled) else WRONG)
        sessions.shown_again(request)
    if wanted == "GET":
        return redirect(request.get_full_path())
    _give_back(request)
    return None


def _give_back(request: HttpRequest) -> None:
    """The form as it was first sent: without what the page in between had of its own."""
    first = request.POST.copy()
    for name in OWN - held.NOT_TYPED:
        first.pop(name, None)
    request.POST = first  # type: ignore[assignment]  # it can be set, though it is not written so


def _ask(request: HttpRequest, actor: Actor, why: str, fault: str = "") -> HttpResponse:
    wanted = request.POST.get(WANTED) or request.method
    context = {
        "why": why,
        "person": actor.id,
        "name": actor.name,
        "made_up": is_made_up(),
        "fields": held.fields_of(request.POST, OWN),
        "wanted": wanted,
        "to": request.get_full_path(),
        "files": bool(request.FILES),
        "errors": c.ErrorSummary(faults=(c.Fault(fault, CODE),)) if fault else None,
        "fault": fault,
    }
    return page(request, actor, "confirm.html", context, status=403)
