"""Pages for what went wrong: in the house's own layout, with what one can do, and nothing of the inside.

Those for faults of ours ask neither the database nor the session, for these may be what failed.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cairn.application.door import NotLogged, OutcomeUnknown
from cairn.application.installation import authority_name, phone_lines
from cairn.interfaces.web.chrome import Chrome
from cairn.interfaces.web.held import fields_of

log = logging.getLogger(__name__)
RETRY_AFTER = "60"
CANNOT_BE_REACHED = (OperationalError, InterfaceError, NotLogged, OutcomeUnknown)
NOTHING = "Nothing was recorded by what you just sent. What was saved as a draft is safe."
RECORDED = "What you just sent was recorded, though this page could not be shown. You need not send it again."
NOT_KNOWN = (
    "It is not known whether what you just sent was recorded. Go back and send the same page again: "
    "whatever was recorded already is not recorded twice."
)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what this person may not do."""
    return _page(request, "errors/403.html", 403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without its key, because a session ended or another page sent it.

    What was written into a page of ours is shown, to be copied; what another site sent is not.
    """
    typed = [value for _, value in fields_of(request.POST) if " " in value] if _is_from_here(request) else []
    return _page(request, "errors/form.html", 403, {"typed": typed})


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very host sent it."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(said).netloc == request.get_host()


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(request, "errors/404.html", 404)


def wrong_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what came cannot be read.

    Django says so too where a session could not be saved after its page was made: because it was ended meanwhile, or
    because the database went away. What was sent was then recorded before.
    """
    if not isinstance(exception, SessionInterrupted):
        return _page(request, "errors/400.html", 400)
    if any(isinstance(one, CANNOT_BE_REACHED) for one in _with_causes(exception)):
        return _away(request, _reference(), exception)
    return _page(request, "errors/session.html", 403, {"outcome": _outcome(request, exception)})


def failed(request: HttpRequest) -> HttpResponse:
    """500, with a reference that stands in the log too; 503 where the database cannot be reached or not be written.

    It says what became of what was sent: recorded, not recorded, or not known, where the database went away at the
    very end.
    """
    reference, fault = _reference(), sys.exc_info()[1]
    if isinstance(fault, CANNOT_BE_REACHED):
        return _away(request, reference, fault)
    told = {"reference": reference, "outcome": _outcome(request, fault)}
    return _page(request, "errors/500.html", 500, told)


def _reference() -> str:
    """By which the help desk finds the failure in the log."""
    reference = uuid4().hex[:8]
    log.error("the page with reference %s failed", reference)
    return reference


def _with_causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _away(request: HttpRequest, reference: str, fault: BaseException) -> HttpResponse:
    told = {"reference": reference, "outcome": _outcome(request, fault)}
    response = _page(request, "errors/503.html", 503, told)
    response["Retry-After"] = RETRY_AFTER
    return response


def _outcome(request: HttpRequest, fault: BaseException | None) -> str:
    """What became of what was sent, as a sentence; of a page that was only asked for there is nothing to say."""
    if request.method != "POST":
        return ""
    if isinstance(fault, OutcomeUnknown):
        return NOT_KNOWN
    return RECORDED if getattr(request, "kept", False) else NOTHING


def _page(
    request: HttpRequest, template: str, status: int, told: Mapping[str, object] | None = None
) -> HttpResponse:
    chrome = Chrome(authority=authority_name(), phone_lines=phone_lines())
    response = render(request, template, {"chrome": chrome, **(told or {})}, status=status)
    add_never_cache_headers(response)
    return response
