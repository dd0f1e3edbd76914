"""Look back at a day: the record as it stood and as it was known, on one page; nothing can be recorded from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.looking_back import PAGE, LookBack, NotThen, Then, look_back
from cairn.application.refused import Refused
from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import Moment
from cairn.core.engine.look_back import How, Learned, LearnedEntry, MovedDate
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.entries import time_entry
from cairn.interfaces.web.views.record import (
    done_rows,
    due_row,
    family_strip,
    gone_words,
    overdue_count,
    without_rows,
)
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.stands import charts
from cairn.interfaces.web.views.times import ReadAt, today

ENTRIES = 50
TIMES = (
    Field(
        name="on",
        label="Which day do you want to look back at?",
        type="moment",
        hint="For example, 27 3 2026. Without a time it is the end of that day.",
    ),
    Field(
        name="known",
        label="As it was known on",
        type="moment",
        hint="Leave it empty for what was known at that time. Give a later day to see what was learned by then.",
    ),
)
MUST = ("on",)
MESSAGES = {"on": "Enter the day that you want to look back at"}
HOW: Final[dict[How, str]] = {
    "recorded later": "Recorded later",
    "corrected": "Corrected",
    "withdrawn": "Withdrawn",
    "moved to that time": "Its time was put right",
    "moved from that time": "Its time was put right, to after this",
}


@signed_in("GET")
def look_back_at(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The form that asks for a day; with a day, the record as it stood; where that cannot be, the form with why."""
    if "show" in request.GET:
        return _asked(request, actor, record)
    if not request.GET.get("on"):
        return _form(request, actor, record, ActForm(TIMES, must=MUST))
    texts = {name: request.GET.get(name, "") for name in ("on", "known")}
    readable = {name: text for name, text in texts.items() if isinstance(parse_moment(text), Moment)}
    form = ActForm(TIMES, initial=readable, must=MUST)
    then = _then(form, texts)
    return _form(request, actor, record, form) if then is None else _shown(request, actor, record, then, form)


def _asked(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """What the form sent, as an address of its own that can be kept."""
    form = ActForm(TIMES, posted=request.GET, must=MUST, messages=MESSAGES)
    read = form.read()
    if not isinstance(read, dict):
        return _form(request, actor, record, form)
    told = {name: moment for name, text in read.items() if isinstance(moment := parse_moment(text), Moment)}
    at = ReadAt(told.get("on"), told.get("known"))
    return redirect(reverse("look-back", args=[record]) + at.query)


def _then(form: ActForm, texts: Mapping[str, str]) -> Then | None:
    """The times of an address; None, with why at its field, where one is no time or not one alone."""
    found: dict[str, Moment] = {}
    for name, text in texts.items():
        moment = parse_moment(text) if text else None
        if isinstance(moment, TimeFault):
            form.refuse(name, f"{moment.reason}. Enter {moment.expected}")
        elif moment is not None:
            found[name] = moment
    return None if form.errors else Then(found["on"], found.get("known"))


def _form(
    request: HttpRequest, actor: Actor, record: UUID, form: ActForm, page: ChildPage | None = None
) -> HttpResponse:
    found = page or open_child(actor, record, page=PAGE)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {"fields": form.render(), "errors": form.error_summary()}
    status = 422 if form.errors else 200
    return record_page(request, actor, found, "record/look_back_form.html", context, status=status)


def _shown(request: HttpRequest, actor: Actor, record: UUID, then: Then, form: ActForm) -> HttpResponse:
    found = look_back(actor, record, then)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    if isinstance(found, NotThen):
        form.refuse(found.field, found.message)
        return _form(request, actor, record, form, found.page)
    at = ReadAt(then.on, then.known)
    context = {**_stood(found, at), **_learned(found, at), **_since(found, at)}
    return record_page(request, actor, found.page, "record/look_back.html", context, current="child", at=at)


def _stood(found: LookBack, at: ReadAt) -> dict[str, Any]:
    """What the record said then."""
    page = found.page
    rows = [due_row(page, duty, at) for duty in page.open_duties]
    return {
        "open": found.open,
        "due": rows,
        **overdue_count(page),
        "done": done_rows(page, at),
        "recorded_without": without_rows(page, at),
        "charts": charts(page),
        "family": family_strip(page),
        "timeline": c.Timeline(entries=tuple(time_entry(page, one, at) for one in page.timeline[:ENTRIES])),
        "entries": len(page.timeline),
        "more": len(page.timeline) > ENTRIES,
    }


def _learned(found: LookBack, at: ReadAt) -> dict[str, Any]:
    """What was learned of that time by the day it is known on."""
    return {
        "learned": [_line(found.page, one, at) for one in found.learned.entries],
        "moved": [_moved(one) for one in found.learned.dates],
        "holidays": words.listed(
            [f"{one.title}, {words.day_words(one.date)}" for one in found.learned.holidays]
        ),
        "gone": [gone_words(one) for one in found.page.lateness_gone],
    }


def _line(page: ChildPage, one: LearnedEntry, at: ReadAt) -> dict[str, str]:
    title = page.view.procedures.vocabulary.events[one.event.type].title
    shown = page.entry(one.event.id)
    return {
        "how": HOW[one.how],
        "what": f"{title}, {words.moment_words(one.event.happened_at)}",
        "by": f"{one.by.author.name}, {one.by.author.role}, {words.moment_words(one.by.recorded_at)}",
        "why": str(one.by.data.get("reason") or "") if one.by is not one.event else "",
        "href": reverse("entry", args=[page.identity.record, one.event.id]) + at.query if shown else "",
    }


def _moved(one: MovedDate) -> str:
    def said(due: Any) -> str:
        return due_date(due) if due else "without a date"

    return f"**{one.title}**: {said(one.now)}. It had been {said(one.was)}."


def _since(found: LookBack, at: ReadAt) -> dict[str, Any]:
    """What has been learned of that time since then, until now: a number, and the lateness that is gone."""
    number = len(found.since.entries)
    address = reverse("look-back", args=[found.page.identity.record])
    by_now = ReadAt(at.on, Moment.on_day(today()))
    return {
        "since": " ".join(_since_words(found.since)),
        "since_number": number,
        "since_href": address + by_now.query if found.since else "",
        "since_gone": [gone_words(one) for one in found.since.lateness_gone],
    }


def _since_words(since: Learned) -> Iterator[str]:
    number = len(since.entries)
    if number:
        have = "has" if number == 1 else "have"
        yield (
            f"**{words.counted(number, 'entry', 'entries')} about that time {have} been recorded, corrected or "
            "withdrawn since.**"
        )
    else:
        yield "Nothing about that time has been recorded, corrected or withdrawn since."
    if since.dates:
        yield f"{words.counted(len(since.dates), 'date')} would read otherwise now."
