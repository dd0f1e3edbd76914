"""The weekly list of unusual look-ups: whose week it is, each sign in a sentence, and what was found."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.refused import Refused
from cairn.application.unusual import (
    A_WEEK,
    VERDICTS,
    UnusualLine,
    UnusualPerson,
    answer,
    last_week,
    monday_of,
    unusual_person,
    unusual_week,
)
from cairn.core.calendar.london import say_range
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.looking import relied_words
from cairn.interfaces.web.views.seen_by import day_asked

MESSAGES: Final = {"verdict": "Choose what you found", "words": "Say what you looked at and what you found"}
FIELDS: Final = (
    Field(
        name="verdict",
        label="What did you find?",
        type="choice",
        must=True,
        options=tuple(Option(value=value, label=label) for value, label in VERDICTS.items()),
    ),
    Field(name="words", label="What did you look at, and what did you find?", type="long_text", must=True),
)


@signed_in("GET")
def unusual(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list of a week: of the last whole one where none is asked for."""
    week = _week(request)
    found = unusual_week(actor, week)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "week": _week_words(week),
        "lines": [_line(one, week) for one in found.lines],
        "people": words.counted(found.people, "person", "people"),
        "is_over": found.is_over,
        "earlier": f"?week={week - A_WEEK}",
        "later": f"?week={week + A_WEEK}" if week <= last_week() else "",
    }
    return page(request, actor, "unusual.html", context, current="alerts")


@signed_in("GET", "POST")
def person(request: HttpRequest, actor: Actor, person: UUID) -> HttpResponse:
    """One person's week, and what was found about it."""
    week = _week(request)
    found = unusual_person(actor, week, person)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    posted = request.POST if request.method == "POST" else None
    form = ActForm(FIELDS, posted=posted, must=("verdict", "words"), messages=MESSAGES)
    read = form.read() if posted is not None else None
    if not isinstance(read, dict):
        return _shown(request, actor, found, form)
    done = answer(actor, week, person, str(read["verdict"]), str(read["words"]))
    if isinstance(done, Refused):
        if not done.faults:
            return refused_page(request, actor, done)
        for fault in done.faults:
            form.refuse(fault.place, fault.problem)
        return _shown(request, actor, found, form, STATUS[done.code])
    say_next(request, f"{done.name}’s week: {VERDICTS[str(read['verdict'])].lower()}.")
    return redirect(f"{reverse('unusual')}?week={week}")


def _shown(
    request: HttpRequest, actor: Actor, found: UnusualPerson, form: ActForm, status: int = 0
) -> HttpResponse:
    context = {
        "one": _line(found.line, found.week),
        "week": _week_words(found.week),
        "records": [
            {
                "number": one.number,
                "looks": words.counted(one.looks, "look"),
                "refused": one.refused,
                "same": one.same_surname,
                "because": words.listed([relied_words(each) for each in one.relied_on if relied_words(each)]),
                "when": f"{words.moment_words(one.first)} to {words.moment_words(one.last)}"
                if one.first != one.last
                else words.moment_words(one.first),
            }
            for one in found.records
        ],
        "fields": form.render() if found.may_answer else None,
        "errors": form.error_summary(),
        "back": f"{reverse('unusual')}?week={found.week}",
    }
    crumbs = [Crumb("Unusual look-ups", f"{reverse('unusual')}?week={found.week}")]
    return page(
        request,
        actor,
        "unusual_person.html",
        context,
        crumbs=crumbs,
        current="alerts",
        status=status or (422 if form.errors else 200),
    )


def _week(request: HttpRequest) -> date:
    """The Monday of the week that is asked for; the last whole week where none is, or none that there is."""
    day = day_asked(request.GET.get("week", ""))
    return monday_of(day) if day else last_week()


def _week_words(week: date) -> str:
    return say_range(week, week + A_WEEK - (A_WEEK / 7))


def _line(one: UnusualLine, week: date) -> dict[str, Any]:
    found = one.review
    return {
        "name": one.name,
        "about": ", ".join(filter(None, (one.role, one.team))),
        "href": f"{reverse('unusual-person', args=[one.person])}?week={week}",
        "said": one.said,
        "mark": Mark(
            "done" if found.verdict == "explained" else "part", VERDICTS.get(found.verdict, found.verdict)
        )
        if found
        else Mark("waits", "Nobody has looked yet"),
        "words": found.words if found else "",
        "by": f"{found.by_name}, {words.moment_words(found.at)}" if found else "",
    }
