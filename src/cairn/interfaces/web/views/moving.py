"""An entry that went on the wrong child: find the right one by a posted search, and move the entry there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.mending import EntryPage, is_done, move, open_to_mend
from cairn.application.people import Found, PersonFound
from cairn.application.refused import Refused
from cairn.interfaces.web import components as c
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.forms.looking import Typed, looked_for
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.drafts import as_uuid
from cairn.interfaces.web.views.finding import search
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.matches import how_many, match_card
from cairn.interfaces.web.views.mending import about, dates_in_words, why_form
from cairn.interfaces.web.views.mending_together import titles
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.times import today


@signed_in("GET", "POST")
def move_it(request: HttpRequest, actor: Actor, record: UUID, entry: str) -> HttpResponse:
    """Look for the right child, then move the entry: withdrawn here with the reason, written there as it was."""
    if request.method == "POST" and is_done(actor, key_of(request)):
        return redirect("entry", record, entry)
    found = open_to_mend(actor, record, entry, "move-entry")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    to = as_uuid(request.POST.get("to"))
    why = why_form(request, "How did it come to be on this record?")
    if request.method == "GET" or to is None:
        return _shown(request, actor, found, why)
    read = why.read()
    if not isinstance(read, dict):
        return _shown(request, actor, found, why)
    others = bool(request.POST.get("others"))
    done = move(actor, record, entry, to, str(read["reason"]), key_of(request), others=others)
    if isinstance(done, Refused):
        return _shown(request, actor, found, why, done)
    with_it = (
        f" Moved with it: {titles(found, found.together.others)}." if others and found.together.others else ""
    )
    say_next(request, f"Moved to the right child: {found.kind.title}.{with_it} {dates_in_words(done)}")
    return redirect("entry", record, entry)


def _shown(
    request: HttpRequest, actor: Actor, found: EntryPage, why: ActForm, refused: Refused | None = None
) -> HttpResponse:
    typed = Typed.of(request.POST)
    people = _search(actor, typed) if request.method == "POST" else None
    if isinstance(people, Refused):
        return refused_page(request, actor, people)
    context = {
        **about(found),
        **_matches(people, found, typed),
        "why": why.render(),
        "tick": request.method == "GET" or bool(request.POST.get("others")),
        "errors": why.error_summary(),
        "gate": gate(refused),
        "key": key_of(request),
    }
    status = STATUS[refused.code] if refused else 422 if why.errors else 200
    return record_page(request, actor, found.page, "record/move.html", context, status=status)


def _search(actor: Actor, typed: Typed) -> Found | Refused | None:
    asked = looked_for(typed, today())
    return None if typed.is_empty or asked.born_problem else search(actor, asked, page="move-entry")


def _matches(people: Found | None, found: EntryPage, typed: Typed) -> dict[str, Any]:
    """Those who may be meant, without the child of this record; only whom one may open can be chosen."""
    problem = looked_for(typed, today()).born_problem
    shown = [one for one in people.people if one.record != found.page.identity.record] if people else []
    cards = [match_card(one, number, today(), _buttons) for number, one in enumerate(shown, start=1)]
    return {
        "typed": typed,
        "searched": people is not None,
        "matches": cards,
        "heading": how_many(len(cards)),
        "born_error": f"Date of birth {problem}" if problem else "",
    }


def _buttons(person: PersonFound, number: int) -> tuple[c.Post | None, c.Post | None]:
    if not person.may_open:
        return None, None
    move_there = c.Post(
        "Move it to this record",
        name="to",
        value=str(person.record),
        hidden=f": {person.name}",
        secondary=number > 1,
    )
    return move_there, None
