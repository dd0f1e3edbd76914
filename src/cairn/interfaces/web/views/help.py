"""Help, accessibility, privacy, reporting a problem, what changed: plain pages that anybody may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cairn.interfaces.web.frame import page
from cairn.interfaces.web.policy import actor_of_request, anybody


def _help(request: HttpRequest, template: str) -> HttpResponse:
    return page(request, actor_of_request(request), template, {})


@anybody("GET")
def index(request: HttpRequest) -> HttpResponse:
    """How Cairn is used, by what one wants to do."""
    return _help(request, "help/index.html")


@anybody("GET")
def problem(request: HttpRequest) -> HttpResponse:
    """Whom to tell that something is wrong."""
    return _help(request, "help/problem.html")


@anybody("GET")
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and whom to tell."""
    return _help(request, "help/accessibility.html")


@anybody("GET")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about the people who use Cairn and those it is about."""
    return _help(request, "help/privacy.html")


@anybody("GET")
def changes(request: HttpRequest) -> HttpResponse:
    """What changed in Cairn."""
    return _help(request, "help/changes.html")
