"""Pages for what went wrong: in the house's own layout, with what one can do, and nothing of the inside.

Those for faults of ours ask neither the database nor the session, for these may be what failed.
"""

from __future__ import annotations

import logging
import sys
from uuid import uuid4

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from cairn.application.installation import authority_name, phone_lines
from cairn.interfaces.web.chrome import Chrome

log = logging.getLogger(__name__)
RETRY_AFTER = "60"


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what this person may not do."""
    return _page(request, "errors/403.html", 403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without its key, because a session ended or another page sent it."""
    return _page(request, "errors/form.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(request, "errors/404.html", 404)


def wrong_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what came cannot be read."""
    return _page(request, "errors/400.html", 400)


def failed(request: HttpRequest) -> HttpResponse:
    """500, with a reference that stands in the log too; 503 where the database cannot be reached."""
    reference = uuid4().hex[:8]
    log.error("the page with reference %s failed", reference)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _page(request, "errors/503.html", 503, reference)
        response["Retry-After"] = RETRY_AFTER
        return response
    return _page(request, "errors/500.html", 500, reference)


def _page(request: HttpRequest, template: str, status: int, reference: str = "") -> HttpResponse:
    chrome = Chrome(authority=authority_name(), phone_lines=phone_lines())
    response = render(request, template, {"chrome": chrome, "reference": reference}, status=status)
    add_never_cache_headers(response)
    return response
