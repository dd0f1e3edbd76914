"""Setting up an account with the code that an administrator handed over: a password, a second factor, recovery codes.

The code is used up by the last step. Until then it can be begun again with it, and nothing of a case is in reach.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from cairn.application.accounts import code_given, is_set_up, sign_in_name_of
from cairn.application.guesses import Throttled, take
from cairn.application.passwords import password_faults, set_password
from cairn.application.ports import second_factors
from cairn.application.sign_in import Account, account
from cairn.interfaces.web import components as c
from cairn.interfaces.web import halfway, known_browsers, sessions
from cairn.interfaces.web.addresses import address_of
from cairn.interfaces.web.confirming import TOO_OFTEN
from cairn.interfaces.web.forms.text_inputs import text_input
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.policy import anybody

NOT_A_CODE = "This code cannot be used. Check it, or ask your administrator for a new one"
NOT_THE_SAME = "Type the same password twice"
NOT_SHOWN = "This is not the code the app shows. Enter the newest one"
NO_PASSKEY = "The passkey could not be used. Try again, or use an authenticator app"
SECRET = "cairn_new_app"  # noqa: S105 - the name under which a session keeps it


@anybody("GET", "POST")
def set_up(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    if request.method != "POST":
        return _ask_code(request)
    address = address_of(request)
    taken = take(f"code to set up from {address}", address)
    if isinstance(taken, Throttled):
        return _ask_code(request, TOO_OFTEN)
    whose = code_given(request.POST.get("code", ""))
    if whose is None:
        return _ask_code(request, NOT_A_CODE)
    taken.was_right()
    halfway.begin(request, whose, "code")
    return redirect("set-up-password")


def _ask_code(request: HttpRequest, fault: str = "") -> HttpResponse:
    field = text_input(
        "code",
        "Code to set up your account",
        hint="Your administrator gave it to you: four groups of five letters and digits.",
        fault=fault,
        autocomplete="off",
    )
    return page(request, None, "set_up.html", {"field": field, "errors": _summary(fault, "code")})


@anybody("GET", "POST")
def set_up_password(request: HttpRequest) -> HttpResponse:
    """Choose a password."""
    found = halfway.who(request, "code")
    if found is None:
        return redirect("set-up")
    if request.method != "POST":
        return _ask_password(request, found)
    first, second = request.POST.get("password", ""), request.POST.get("again", "")
    faults = password_faults(found.actor.id, first) or (() if first == second else (NOT_THE_SAME,))
    if faults:
        return _ask_password(request, found, faults[0])
    set_password(found.actor.id, first)
    halfway.go_on(request, found.actor.id, "code")
    return redirect("set-up-factor")


def _ask_password(request: HttpRequest, found: Account, fault: str = "") -> HttpResponse:
    again = fault if fault == NOT_THE_SAME else ""
    fields = (
        text_input(
            "password",
            "Password",
            hint="Twelve characters or more. Three words that do not belong together are a good one.",
            fault="" if again else fault,
            type="password",
            autocomplete="new-password",
        ),
        text_input("again", "The same again", fault=again, type="password", autocomplete="new-password"),
    )
    context = {
        "fields": fields,
        "name": found.actor.name,
        "sign_in_name": sign_in_name_of(found.actor.id),
        "errors": _summary(fault, "again" if again else "password"),
    }
    return page(request, None, "set_up_password.html", context)


@anybody("GET", "POST")
def set_up_factor(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app or a passkey; with it the account is set up, and its person signed in."""
    found = halfway.who(request, "code")
    if found is None:
        return redirect("set-up")
    if request.method != "POST":
        return _ask_factor(request, found)
    code, passkey = request.POST.get("code", ""), request.POST.get("passkey", "")
    keeper, whose = second_factors(), found.actor.id
    if passkey:
        kept = keeper.keep_passkey(whose, "Passkey", passkey)
    else:
        kept = bool(code) and keeper.keep_app(whose, str(request.session.get(SECRET, "")), code)
    if not kept:
        return _ask_factor(request, found, NO_PASSKEY if passkey else NOT_SHOWN)
    return _finish(request, found)


def _ask_factor(request: HttpRequest, found: Account, fault: str = "") -> HttpResponse:
    app = second_factors().new_app(found.actor.id, str(request.session.get(SECRET, "")))
    request.session[SECRET] = app.secret
    halfway.go_on(request, found.actor.id, "code")
    field = text_input(
        "code",
        "Code that the app shows now",
        fault=fault,
        inputmode="numeric",
        autocomplete="one-time-code",
        classes="govuk-input--width-10",
    )
    context = {
        # Drawn by our own library out of letters and digits alone.
        "drawing": SafeString(app.drawing[app.drawing.index("<svg") :]),
        "secret": " ".join(app.secret[at : at + 4] for at in range(0, len(app.secret), 4)),
        "address": app.address,
        "field": field,
        "errors": _summary(fault, "code"),
    }
    return page(request, None, "set_up_factor.html", context)


def _finish(request: HttpRequest, found: Account) -> HttpResponse:
    """The recovery codes are shown once, on the page that says that it is done."""
    whose = found.actor.id
    fresh = account(whose) if is_set_up(whose) else None
    if fresh is None:
        return redirect("set-up")
    codes = second_factors().recovery_codes(whose)
    sessions.sign_in(request, fresh, "two factors")
    response = page(request, fresh.actor, "set_up_done.html", {"codes": codes})
    known_browsers.remember(response, sign_in_name_of(whose))
    return response


def _summary(fault: str, anchor: str) -> c.ErrorSummary | None:
    return c.ErrorSummary(faults=(c.Fault(fault, anchor),)) if fault else None
