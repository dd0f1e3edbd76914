"""The policy line of every view: who may reach it, checked before it runs and listed for the meta-test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Literal, ParamSpec
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cairn.application.actors import Actor
from cairn.application.door import one_request
from cairn.application.ports import now
from cairn.application.sign_in import actor as actor_of

SIGNED_IN = "cairn_staff"
KEPT = "cairn_kept"
KEPT_FOR = 60
Rest = ParamSpec("Rest")
Method = Literal["GET", "POST"]
SignedInView = Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponseBase]


def signed_in(
    *methods: Method,
) -> Callable[[SignedInView[Rest]], Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]]:
    """For members of staff who are signed in; the view gets the actor. Nobody else, and no other method.

    What of a record may be seen is decided at the door, by the use case the view calls. A view that fails
    leaves nothing behind: neither what it recorded nor that it was there.
    """

    def decorate(view: SignedInView[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            actor = actor_of_request(request)
            if actor is None:
                return _to_sign_in(request)
            _keep(request)
            with one_request(actor):
                answer = view(request, actor, *args, **kwargs)
            # Whatever fails from here on (the session's own row), what was sent is recorded: the error page says so.
            request.kept = True  # type: ignore[attr-defined]  # read by views.errors
            return answer

        return _marked(guarded, "signed in", methods)

    return decorate


def anybody(
    *methods: Method,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, Rest], HttpResponseBase],
]:
    """For anybody: pages that show nothing of any case, such as signing in."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Rest], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
        return _marked(view, "anybody", methods)

    return decorate


def _marked(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponseBase], policy: str, methods: tuple[Method, ...]
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    guarded = never_cache(require_http_methods(list(methods))(view))
    guarded.policy = policy  # type: ignore[attr-defined]  # read by the meta-test
    return guarded


def actor_of_request(request: HttpRequest) -> Actor | None:
    """Whoever is signed in, or None: for pages that anybody may read."""
    chosen = request.session.get(SIGNED_IN)
    return actor_of(UUID(chosen)) if chosen else None


def _keep(request: HttpRequest) -> None:
    """A session in use lasts on: it is saved anew, but not with every request."""
    at = int(now().timestamp())
    if abs(at - request.session.get(KEPT, 0)) >= KEPT_FOR:
        request.session[KEPT] = at


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page and back here after; what was typed stays in its draft."""
    back = request.get_full_path() if request.method == "GET" else reverse("my-work")
    return redirect(f"{reverse('sign-in')}?{urlencode({'next': back})}")
