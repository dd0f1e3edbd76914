"""One's own account: a new password, and new recovery codes. Both end every other session of the account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cairn.application.accounts import new_recovery_codes, sign_in_name_of
from cairn.application.actors import Actor
from cairn.application.guesses import Throttled
from cairn.application.passwords import password_faults, password_given, set_password
from cairn.application.sign_in import account
from cairn.interfaces.web import components as c
from cairn.interfaces.web import sessions
from cairn.interfaces.web.addresses import address_of
from cairn.interfaces.web.confirming import TOO_OFTEN
from cairn.interfaces.web.forms.text_inputs import text_input
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.policy import signed_in

NOT_YOURS = "This is not your password"
NOT_THE_SAME = "Type the same password twice"
WHY = "You are about to change how you sign in."


@signed_in("GET")
def own_account(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who one is here, and what can be changed."""
    return _page(request, actor)


@signed_in("POST", strong=WHY)
def change_password(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new password, by whoever knows the old one."""
    name, given = sign_in_name_of(actor.id), request.POST.get("password", "")
    old = password_given(name, given, address_of(request), str(actor.id)) if name else None
    if isinstance(old, Throttled):
        return _page(request, actor, {"password": TOO_OFTEN})
    if old != actor.id:
        return _page(request, actor, {"password": NOT_YOURS})
    new = request.POST.get("new", "")
    faults = password_faults(actor.id, new)
    if faults:
        return _page(request, actor, {"new": faults[0]})
    if new != request.POST.get("again", ""):
        return _page(request, actor, {"again": NOT_THE_SAME})
    set_password(actor.id, new)
    _go_on(request, actor)
    return _page(request, actor, done="Your password is changed. You are signed out everywhere else.")


@signed_in("POST", strong=WHY)
def change_recovery_codes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """New recovery codes in place of all old ones; they are shown once."""
    if not sign_in_name_of(actor.id):
        return _page(request, actor)
    codes = new_recovery_codes(actor.id)
    _go_on(request, actor)
    return page(request, actor, "recovery_codes.html", {"codes": codes})


def _go_on(request: HttpRequest, actor: Actor) -> None:
    """Let this session go on, under a new id; every other one of the account is over."""
    found = account(actor.id)
    if found is not None:
        sessions.sign_in(request, found, "two factors")


def _page(
    request: HttpRequest, actor: Actor, faults: dict[str, str] | None = None, done: str = ""
) -> HttpResponse:
    wrong = faults or {}
    asked = (
        ("password", "Your password now", "current-password"),
        ("new", "New password", "new-password"),
        ("again", "The new password again", "new-password"),
    )
    fields = [
        text_input(name, label, type="password", autocomplete=means, fault=wrong.get(name, ""))
        for name, label, means in asked
    ]
    summary = c.ErrorSummary(faults=tuple(c.Fault(text, name) for name, text in wrong.items()))
    context = {
        "sign_in_name": sign_in_name_of(actor.id),
        "name": actor.name,
        "role": actor.role,
        "team": actor.team_name,
        "fields": fields,
        "done": done,
        "errors": summary if wrong else None,
    }
    return page(request, actor, "own_account.html", context, status=422 if wrong else 200)
