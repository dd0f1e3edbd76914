"""Alerts, for those who guard access: the list, each with what was done, and the answer to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.guarding import (
    VERDICTS,
    AlertLine,
    AlertPage,
    Done,
    alert_page,
    alerts_page,
    answer,
)
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.access.decide import CONFLICT, GLASS_BROKEN, RESTRICTED_OPENED, WORKER_BARRED
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in

KINDS: Final = {
    GLASS_BROKEN: "A record was opened in an emergency",
    CONFLICT: "A record was asked for that a conflict of interest bars",
    RESTRICTED_OPENED: "A restricted record was opened out of hours",
    WORKER_BARRED: "A child’s worker has a conflict of interest",
}
DID = {
    "tie given": "Opened it in an emergency",
    "tie ended": "Closed it again",
    "asked": "Was asked for a reason",
}
VERBS = {
    "act": "Recorded",
    "draft": "Wrote",
    "list": "Saw it in",
    "search": "Found it by",
    "export": "Took away",
}
MESSAGES = {"verdict": "Choose what you found", "words": "Say what you looked at and what you found"}
FIELDS = (
    Field(
        name="verdict",
        label="What did you find?",
        type="choice",
        must=True,
        options=tuple(Option(value=value, label=label) for value, label in VERDICTS.items()),
    ),
    Field(
        name="words",
        label="What did you look at, and what follows?",
        type="long_text",
        must=True,
        hint="If it is to be looked into further, say who does. Say nothing about the child",
    ),
)


@signed_in("GET")
def alerts_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every alert that waits for an answer, and those answered."""
    found = alerts_page(actor)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "waiting": _rows(found.waiting),
        "answered": _rows(found.answered),
        "sentence": _sentence(found.waiting),
    }
    return page(request, actor, "alerts.html", context, current="alerts")


@signed_in("GET", "POST")
def one_alert(request: HttpRequest, actor: Actor, alert: UUID) -> HttpResponse:
    """One alert, what was done, and the form to answer it."""
    found = alert_page(actor, alert)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    form = ActForm(
        FIELDS,
        posted=request.POST if request.method == "POST" else None,
        must=("verdict", "words"),
        messages=MESSAGES,
    )
    if request.method != "POST":
        return _shown(request, actor, found, form)
    given = answer(actor, alert, request.POST.get("verdict", ""), request.POST.get("words", ""))
    if not isinstance(given, Refused):
        say_next(request, f"{given.number} is answered: {given.verdict.lower()}.")
        return redirect("alerts")
    if given.code != "not taken":
        return refused_page(request, actor, given)
    if not given.faults:
        say_next(request, f"{given.reason}.")
        return redirect("alert", alert)
    for fault in given.faults:
        form.refuse(fault.place, fault.problem)
    return _shown(request, actor, found, form, STATUS[given.code])


def _shown(
    request: HttpRequest, actor: Actor, found: AlertPage, form: ActForm, status: int = 200
) -> HttpResponse:
    context = {
        "one": _row(found.line),
        "reason": found.reason,
        "words": found.words,
        "until": words.moment_words(found.until) if found.until else "",
        "closed": words.moment_words(found.closed_early) if found.closed_early else "",
        "done": [_done(one) for one in found.done],
        "fields": form.render(),
        "errors": form.error_summary(),
    }
    crumbs = [Crumb("Alerts", reverse("alerts"))]
    return page(request, actor, "alert.html", context, current="alerts", crumbs=crumbs, status=status)


def _sentence(waiting: tuple[AlertLine, ...]) -> str:
    overdue = sum(1 for one in waiting if one.is_overdue)
    if not waiting:
        return "Nothing waits for an answer."
    late = f" {words.counted(overdue, 'is', 'are')} overdue." if overdue else ""
    return f"{words.counted(len(waiting), 'alert waits', 'alerts wait')} for an answer.{late}"


def _rows(lines: Iterable[AlertLine]) -> list[dict[str, Any]]:
    return [_row(one) for one in lines]


def _row(one: AlertLine) -> dict[str, Any]:
    return {
        "href": reverse("alert", args=[one.id]),
        "number": one.number,
        "kind": KINDS.get(one.kind, one.kind),
        "at": words.moment_words(one.raised_at),
        "who": one.name,
        "whose": ", ".join(filter(None, (one.role, one.team))),
        "record": one.record_number,
        "due": words.day_words(one.due),
        "late": Mark("late", "Overdue") if one.is_overdue else None,
        "closed": words.moment_words(one.closed_at) if one.closed_at else "",
        "closed_by": one.closed_by,
        "verdict": one.verdict,
        "words": one.words,
        "why_not": one.why_not,
    }


def _done(one: Done) -> dict[str, str]:
    return {
        "at": words.moment_words(one.at),
        "did": _did(one),
        "relied_on": one.relied_on if one.allowed else one.reason,
    }


def _did(one: Done) -> str:
    """What they did, as in "Read: timeline"; of an act its title."""
    kind, _, name = one.page.partition(":")
    act = in_use().vocabulary.acts.get(name or kind)
    title = act.title if act else kind.replace("-", " ")
    if not one.allowed:
        return f"Was refused: {title}"
    return DID[one.what] if one.what in DID else f"{VERBS.get(one.what, 'Read')}: {title}"
