"""Who has seen a child, by person and day, each single look, and as a file; and a person's own look-ups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.looked import (
    KINDS_OF_LOOKS,
    Asked,
    EachLook,
    Glass,
    Look,
    Seen,
    SeenBy,
    each_look,
    take_log,
    who_has_seen,
)
from cairn.application.own_looks import OwnLook, own_looks
from cairn.application.refused import Refused
from cairn.interfaces.web import words
from cairn.interfaces.web.csv_file import csv_response
from cairn.interfaces.web.frame import page, refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_uuid
from cairn.interfaces.web.views.looking import (
    because,
    did_once,
    is_refused,
    sentence,
    when,
    why_refused,
)
from cairn.interfaces.web.views.record_frame import record_page

KINDS = {
    "opened": "Opened it",
    "wrote": "Wrote in it",
    "searched": "Found the name by a search",
    "listed": "Saw the name in a list",
    "took away": "Took something away",
    "refused": "Was refused",
    "broken glass": "Opened it in an emergency",
}
# What could be worked out with no day beyond what there is.
YEARS = range(1990, 2200)
HEAD = ("When", "Who", "Role", "What", "Because", "For what", "Refused because")


@signed_in("GET")
def looked(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Who has seen this child: a sentence for each person and day; this look is among them."""
    asked = _asked(request)
    found = who_has_seen(actor, record, asked)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "days": _days(found),
        "glass": [_glass(one) for one in found.glass],
        "filter": _filter(found),
        "earlier": _query(replace(asked, before_day=found.earlier)) if found.earlier else "",
        "query": _query(replace(asked, before_day=None)),
    }
    return record_page(request, actor, found.page, "record/looked.html", context, current="looked")


@signed_in("GET")
def looked_each(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Every single look, newest first."""
    asked = _asked(request)
    found = each_look(actor, record, asked)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "lines": [_line(one) for one in found.looks],
        "about": _about(found),
        "earlier": _query(replace(asked, before=found.earlier)) if found.earlier else "",
    }
    return record_page(request, actor, found.page, "record/looked_each.html", context, current="looked")


@signed_in("GET")
def take_looked(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The log of this record as a file: what was chosen on the page, each look a line."""
    found = take_log(actor, record, _asked(request))
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    rows = [_cells(one) for one in found.looks]
    if not found.is_whole:
        rows.append(["", "", "", "There are more. Choose days to take the rest.", "", "", ""])
    return csv_response(f"who-has-seen-{found.number.lower()}.csv", HEAD, rows)


@signed_in("GET")
def own(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What whoever is signed in looked up, by day."""
    found = own_looks(actor, day_asked(request.GET.get("before_day", "")))
    days = [
        (words.weekday_words(day), [_own_line(one) for one in looks])
        for day, looks in groupby(found.looks, key=lambda one: one.seen.day)
    ]
    context = {"days": days, "earlier": f"?before_day={found.earlier}" if found.earlier else ""}
    return page(request, actor, "own_looks.html", context)


def _asked(request: HttpRequest) -> Asked:
    """What the page asks for; what cannot be read asks for nothing."""
    told = request.GET.get
    kind, before = told("kind", ""), told("before", "")
    return Asked(
        person=as_uuid(told("person", "")),
        kind=kind if kind in KINDS_OF_LOOKS else "",
        since=day_asked(told("since", "")) or _typed_day(request, "since"),
        until=day_asked(told("until", "")) or _typed_day(request, "until"),
        before_day=day_asked(told("before_day", "")),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < len("1" * 18) else None,
    )


def day_asked(text: str) -> date | None:
    """A day of an address; None for what is no day, or none of any log."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _typed_day(request: HttpRequest, name: str) -> date | None:
    parts = [request.GET.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    return day_asked("-".join(part.zfill(2) for part in parts))


def _query(asked: Asked) -> str:
    told = {
        "person": asked.person,
        "kind": asked.kind,
        "since": asked.since,
        "until": asked.until,
        "before_day": asked.before_day,
        "before": asked.before,
    }
    chosen = {name: str(value) for name, value in told.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""


def _days(found: Seen) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (words.weekday_words(day), [_person(found, one) for one in those])
        for day, those in groupby(found.days, key=lambda one: one.day)
    ]


def _person(found: Seen, one: SeenBy) -> dict[str, Any]:
    day = Asked(person=one.person, kind=found.asked.kind, since=one.day, until=one.day)
    return {
        "name": one.name,
        "capacity": one.capacity,
        "did": sentence(one),
        "when": when(one),
        "refused": is_refused(one),
        "why": why_refused(one),
        "each": reverse("looked-each", args=[found.page.identity.record]) + _query(day),
        "of_day": words.day_words(one.day),
    }


def _glass(one: Glass) -> dict[str, str]:
    until = f" until {words.moment_words(one.until)}" if one.until else ""
    return {
        "who": f"{one.name}, from {words.moment_words(one.since)}{until}",
        "why": one.reason,
        "words": one.words,
    }


def _filter(found: Seen) -> dict[str, Any]:
    asked = found.asked
    return {
        "people": [(str(who), name, who == asked.person) for who, name in found.people],
        "kinds": [(kind, KINDS[kind], kind == asked.kind) for kind in KINDS_OF_LOOKS],
        "dates": [("since", "From", asked.since), ("until", "To", asked.until)],
        "is_set": bool(_query(replace(asked, before_day=None))),
    }


def _about(found: EachLook) -> str:
    asked = found.asked
    parts = []
    if asked.person and found.looks:
        parts.append(f"by {found.looks[0].name}")
    if asked.kind:
        parts.append(KINDS[asked.kind].lower())
    if asked.since and asked.since == asked.until:
        parts.append(f"on {words.day_words(asked.since)}")
    else:
        parts += [f"from {words.day_words(asked.since)}"] if asked.since else []
        parts += [f"to {words.day_words(asked.until)}"] if asked.until else []
    return ", ".join(parts)


def _line(one: Look) -> dict[str, str]:
    return {
        "who": one.name,
        "capacity": one.capacity,
        "at": words.moment_words(one.at),
        "did": did_once(one),
        "because": because(one),
        "purpose": one.purpose,
        "refused": "" if one.allowed else one.reason or "Refused",
    }


def _cells(one: Look) -> list[str]:
    line = _line(one)
    return [
        line["at"],
        line["who"],
        line["capacity"],
        line["did"],
        line["because"],
        line["purpose"],
        line["refused"],
    ]


def _own_line(one: OwnLook) -> dict[str, Any]:
    return {
        "did": sentence(one.seen, own=True),
        "when": when(one.seen),
        "why": why_refused(one.seen),
        "about": [
            (about.name, about.number, reverse("child", args=[about.record]) if about.name else "")
            for about in one.about
        ],
    }
