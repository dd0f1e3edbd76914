"""The policy line of every view: who may reach it, checked before it runs and listed for the meta-test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Literal, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cairn.application.actors import Actor
from cairn.application.door import one_request
from cairn.interfaces.web import held, sessions
from cairn.interfaces.web.confirming import asked_again
from cairn.interfaces.web.signing_page import sign_in_page

Rest = ParamSpec("Rest")
Method = Literal["GET", "POST"]
SignedInView = Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponseBase]


def signed_in(
    *methods: Method, strong: str = ""
) -> Callable[[SignedInView[Rest]], Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]]:
    """For members of staff who are signed in; the view gets the actor. Nobody else, and no other method.

    What of a record may be seen is decided at the door, by the use case the view calls. A view that fails
    leaves nothing behind: neither what it recorded nor that it was there.

    `strong` is for the gravest acts, and says in a sentence what the act is: whoever did not show within five minutes
    who they are is asked to, first, and goes on with the form as it was sent (`confirming.asked_again`, which a view
    calls by itself where only some of what it does is so grave).
    """

    def decorate(view: SignedInView[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            actor = actor_of_request(request)
            if actor is None:
                return _to_sign_in(request)
            with one_request(actor):
                sessions.keep(request, actor)
                asked = asked_again(request, actor, strong) if strong else None
                answer = asked or view(request, actor, *args, **kwargs)
            # Whatever fails from here on (the session's own row), what was sent is recorded: the error page says so.
            request.kept = True  # type: ignore[attr-defined]  # read by views.errors
            return answer

        marked = _marked(guarded, "signed in", methods)
        marked.strong = strong  # type: ignore[attr-defined]  # read by the attacks
        return marked

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
    return sessions.who(request)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page and back here after. What was typed is carried along, and its draft is kept in any case."""
    whose = sessions.was(request)
    typed = held.hold(request, whose)
    if whose:
        request.session.flush()
    if typed:
        return sign_in_page(request, typed=typed, status=HTTPStatus.UNAUTHORIZED)
    back = request.get_full_path() if request.method == "GET" else reverse("my-work")
    return redirect(f"{reverse('sign-in')}?{urlencode({'next': back})}")
