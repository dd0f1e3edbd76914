"""Several lines of a work list at once: seen, looked at again on a day, or given to another worker. Works without script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.chosen_lines import (
    ChosenPage,
    Line,
    Outcome,
    open_lines,
    postpone,
    reassign,
    say_seen,
)
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.drafts import as_uuid

LISTS = ("/work/", "/team/")


@dataclass(frozen=True)
class Way:
    """What can be done with chosen lines: its words, what it asks, and how many were done in a sentence."""

    title: str
    send: str
    note: str
    fields: Callable[[ChosenPage], tuple[Field, ...]]
    done: str
    counts: tuple[str, str] = ("line", "lines")


def _when(_: ChosenPage) -> tuple[Field, ...]:
    return (
        Field(name="review_on", label="On which day do you look at them again?", type="date", must=True),
        Field(name="reason", label="Why only then?", type="long_text", must=True),
    )


def _whom(chosen: ChosenPage) -> tuple[Field, ...]:
    options = tuple(
        Option(
            value=str(one.id),
            label=one.name,
            hint=f"{one.role.capitalize()}, {one.team_name}. Holds {words.counted(one.children, 'child', 'children')}.",
        )
        for one in chosen.workers
    )
    nobody = (Option(value="nobody", label="Nobody of your team holds cases"),)
    return (
        Field(
            name="worker",
            label="Who is to work with the children?",
            type="choice",
            must=True,
            options=options or nobody,
        ),
        Field(name="reason", label="Why another worker?", type="long_text", must=True),
    )


WAYS = {
    "postpone": Way(
        "Look at them again on a day",
        "Look at them again then",
        "The day each is due stays, and so does what is late. The lines stay on the list, marked with the day and your reason.",
        _when,
        "marked with the day",
    ),
    "reassign": Way(
        "Give the children to another worker",
        "Give them to this worker",
        "Each child is given to the worker by an allocation of its own, on the child’s record, with your reason.",
        _whom,
        "given to the worker",
        ("child", "children"),
    ),
}


@signed_in("POST")
def lines(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was chosen on a list, and what is to be done with it."""
    chosen, what = _lines(request.POST.getlist("line")), request.POST.get("do", "")
    if what == "seen":
        return _told(request, actor, say_seen(actor, chosen), "marked as seen by you", ("line", "lines"))
    if what not in WAYS:
        return refused_page(
            request, actor, Refused("not found", "There is nothing of that name to do with lines")
        )
    return _asked(request, actor, chosen, what)


def _asked(request: HttpRequest, actor: Actor, chosen: Sequence[Line], what: str) -> HttpResponse:
    """The page that asks the rest; sent with it, it is done."""
    if what == "reassign":
        # A child is given whole, however many of their lines were chosen.
        chosen = list({one.record: replace(one, key="") for one in chosen}.values())
    way, found = WAYS[what], open_lines(actor, chosen)
    if isinstance(found, Refused):
        return _told(request, actor, found, way.done, way.counts)
    if what == "reassign" and not found.may_reassign:
        return _told(
            request, actor, reassign(actor, chosen, UUID(int=0), "", key_of(request)), way.done, way.counts
        )
    posted = request.POST if "sure" in request.POST else None
    fields = way.fields(found)
    form = ActForm(fields, posted=posted, must=tuple(one.name for one in fields))
    read = form.read() if posted is not None else None
    if isinstance(read, dict):
        done = _do(request, actor, chosen, what, read)
        faults = done.faults if isinstance(done, Refused) else ()
        if not faults:
            return _told(request, actor, done, way.done, way.counts)
        for fault in faults:
            form.refuse(fault.place, fault.problem)
    return _shown(request, actor, found, what, form, chosen if posted is not None else None)


def _do(
    request: HttpRequest, actor: Actor, chosen: Sequence[Line], what: str, read: dict[str, Any]
) -> tuple[Outcome, ...] | Refused:
    reason = str(read["reason"])
    if what == "postpone":
        return postpone(actor, chosen, date.fromisoformat(str(read["review_on"])), reason)
    return reassign(actor, chosen, as_uuid(str(read["worker"])) or UUID(int=0), reason, key_of(request))


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: ChosenPage,
    what: str,
    form: ActForm,
    as_sent: Sequence[Line] | None,
) -> HttpResponse:
    """The lines with the question. What was shown at first is sent again, so that a change since then is noticed."""
    way = WAYS[what]
    going = as_sent if as_sent is not None else [one.line for one in found.lines]
    context = {
        "title": way.title,
        "head": words.counted(len(found.lines), *way.counts),
        "lines": found.lines,
        "going": [f"{one.record}|{one.key}|{one.worker or ''}" for one in going],
        "form": form.render(),
        "errors": form.error_summary(),
        "note": way.note,
        "send": way.send,
        "do": what,
        "back": _back(request),
        "key": key_of(request),
    }
    return page(request, actor, "lines.html", context, current="my-work", status=422 if form.errors else 200)


def _told(
    request: HttpRequest,
    actor: Actor,
    done: tuple[Outcome, ...] | Refused,
    said: str,
    counts: tuple[str, str],
) -> HttpResponse:
    """Back to the list where all was done; else what was done and what was not, line by line."""
    if isinstance(done, Refused):
        context: dict[str, Any] = {
            "title": "Nothing was done",
            "refused": done.reason,
            "back": _back(request),
        }
        return page(request, actor, "lines.html", context, current="my-work", status=STATUS[done.code])
    many = sum(one.done for one in done)
    told = f"{words.counted(many, *counts)} {said}."
    if many == len(done):
        say_next(request, told)
        return redirect(_back(request))
    context = {
        "title": f"{many} of {len(done)} done",
        "refused": "Some could not be done. Nothing of them was changed",
        "head": "Line by line",
        "lines": sorted(done, key=lambda one: one.done),
        "result": True,
        "back": _back(request),
    }
    return page(request, actor, "lines.html", context, current="my-work")


def _lines(values: Sequence[str]) -> list[Line]:
    """The lines that a form names, each once; what names none is left out."""
    found = []
    for value in values:
        record, _, rest = value.partition("|")
        key, parted, worker = rest.partition("|")
        known = as_uuid(record)
        if known is not None:
            found.append(Line(known, key, worker if parted else None))
    return list(dict.fromkeys(found))


def _back(request: HttpRequest) -> str:
    """The list that the lines were chosen on; no other address is led to."""
    back = request.POST.get("back", "")
    return back if back.startswith(LISTS) and "\\" not in back else reverse("my-work")
