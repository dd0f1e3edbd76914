"""Find a person: posted, so that nothing personal stands in an address; everybody shown is in the access log."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application import people
from cairn.application.actors import Actor
from cairn.application.doing import may_do
from cairn.application.people import Found, PersonFound
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web import components as c
from cairn.interfaces.web.forms.looking import MOST_CHARACTERS, LookedFor, Typed, from_box, looked_for
from cairn.interfaces.web.frame import page, refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.matches import how_many, match_card

BOXES = {
    "first_name": "First name",
    "surname": "Surname",
    "born": "Date of birth or age",
    "other": "Anything else",
}


@signed_in("GET", "POST")
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Search by one box or by four. A person is added only after a search, and after its matches."""
    if request.method == "GET":
        return _shown(request, actor, Typed(), {})
    typed = from_box(request.POST["find"]) if "find" in request.POST else Typed.of(request.POST)
    today = today_in_london()
    asked = looked_for(typed, today)
    faults = _faults(typed, asked)
    if faults:
        return _shown(request, actor, typed, {"errors": c.ErrorSummary(faults=faults)}, status=422)
    found = search(actor, asked, page="find")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    return _shown(request, actor, typed, _matches(actor, found, asked, today))


def search(actor: Actor, asked: LookedFor, *, page: str) -> Found | Refused:
    """By our own number where one was given, else by the description."""
    if asked.number:
        return people.find_number(actor, asked.number, page=page)
    return people.find_person(actor, asked.asked, page=page)


def today_in_london() -> date:
    """The London day by the clock in use."""
    return now().astimezone(LONDON).date()


def _shown(
    request: HttpRequest, actor: Actor, typed: Typed, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"typed": typed, "may_add": may_do(actor, "record-contact"), **more}
    return page(request, actor, "find.html", context, current="find", status=status)


def _faults(typed: Typed, asked: LookedFor) -> tuple[c.Fault, ...]:
    if typed.is_empty:
        return (c.Fault("Enter a name, a date of birth or a number", "first_name"),)
    if typed.too_long:
        said = f"needs to be {MOST_CHARACTERS} characters or fewer"
        return tuple(c.Fault(f"{BOXES[name]} {said}", name) for name in typed.too_long)
    if asked.born_problem:
        return (c.Fault(f"Date of birth {asked.born_problem}", "born"),)
    return ()


def _matches(actor: Actor, found: Found, asked: LookedFor, today: date) -> dict[str, Any]:
    adds = may_do(actor, "record-contact")

    def buttons(person: PersonFound, number: int) -> tuple[c.Post | None, c.Post | None]:
        if not adds:
            return None, None
        use = c.Post(
            "New contact",
            reverse("new-contact"),
            "use",
            str(person.record),
            f"about {person.name}",
            secondary=number > 1,
        )
        return use, None

    return {
        "searched": True,
        "heading": how_many(len(found.people)),
        "matches": [
            match_card(person, number, today, buttons) for number, person in enumerate(found.people, 1)
        ],
        "unused": asked.unused,
    }
