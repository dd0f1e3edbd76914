"""Rendering a page in its frame: the same header, navigation and footer on each, and what was just done said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.breaking_glass import open_glass
from cairn.application.doing import may_do
from cairn.application.guarding import guards, waiting
from cairn.application.installation import Installation, installation
from cairn.application.refused import Refused
from cairn.application.work import counts
from cairn.interfaces.web import sessions
from cairn.interfaces.web.chrome import Chrome, Crumb, NavigationItem, Notice

NOTICE = "cairn_notice"
STATUS = {"not allowed": 403, "not found": 404, "not taken": 422, "gates": 422, "moved": 409, "own work": 403}


def page(
    request: HttpRequest,
    actor: Actor | None,
    template: str,
    context: Mapping[str, Any],
    *,
    crumbs: Sequence[Crumb] = (),
    current: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page. `current` names the entry of the navigation it belongs to."""
    framed = chrome(actor, crumbs, current)
    if actor is not None:
        idle, longest = sessions.seconds_left(request)
        framed = replace(framed, session_seconds=idle, longest_seconds=longest)
    whole = {
        **context,
        "chrome": framed,
        "notices": _notices(request),
        # Another draft of the same form (see views/begun.py).
        "other_text": getattr(request, "other_text", None),
        "open_glass": open_glass(actor) if actor else (),
    }
    return render(request, template, whole, status=status)


def chrome(actor: Actor | None, crumbs: Sequence[Crumb] = (), current: str = "") -> Chrome:
    """The frame for whoever is signed in."""
    where = installation()
    if actor is None:
        return _plain(where)
    return Chrome(
        authority=where.authority,
        staff_name=actor.name,
        role=actor.role,
        navigation=_navigation(actor, current),
        breadcrumbs=tuple(crumbs),
        procedures=where.procedures,
        phone_lines=where.phone_lines,
        practice=where.made_up,
        home=reverse("my-work"),
        find=reverse("find") if "looks people up" in actor.rights else "",
        sign_out=reverse("sign-out"),
        stay=reverse("stay"),
        own_looks=reverse("own-looks"),
    )


def _plain(where: Installation) -> Chrome:
    return Chrome(
        authority=where.authority,
        procedures=where.procedures,
        phone_lines=where.phone_lines,
        practice=where.made_up,
        home=reverse("sign-in"),
    )


def _navigation(actor: Actor, current: str) -> tuple[NavigationItem, ...]:
    """What this person's role opens; the rest would only lead to a refusal."""

    def entry(text: str, name: str, count: int | None = None, counted: str = "due now") -> NavigationItem:
        return NavigationItem(text, reverse(name), count, counted, current=current == name)

    offered = [(True, entry("My work", "my-work", counts(actor).mine or None))]
    if guards(actor):
        offered += [
            (True, entry("Alerts", "alerts", waiting(actor) or None, "to answer")),
            (True, entry("Conflicts", "conflicts")),
            (True, entry("Audits", "audits")),
        ]
    offered += [
        ("looks people up" in actor.rights, entry("Find a person", "find")),
        (may_do(actor, "record-contact"), entry("New contact", "new-contact")),
        ("opens records" in actor.rights, entry("Team work", "team-work")),
        (True, entry("Procedures", "procedures")),
    ]
    return tuple(item for is_theirs, item in offered if is_theirs)


def say_next(request: HttpRequest, text: str) -> None:
    """Say on the next page what was just done."""
    request.session[NOTICE] = text


def _notices(request: HttpRequest) -> tuple[Notice, ...]:
    text = request.session.pop(NOTICE, None)
    return (Notice(text),) if text else ()


def refused_page(request: HttpRequest, actor: Actor, refused: Refused) -> HttpResponse:
    """The page for what may not be seen or is not there: why, and how to ask. It shows nothing of the record."""
    title = "You cannot open this" if refused.code == "not allowed" else "We cannot find this"
    return page(
        request,
        actor,
        "refused.html",
        {"title": title, "refused": refused},
        status=STATUS[refused.code],
    )
