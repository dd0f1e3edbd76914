"""The chronology: read, filtered by theme, taken away; entered from entries of the timeline, and what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.chronology import (
    ENTERED,
    OWN,
    Analysis,
    Line,
    analyses,
    came_from,
    lines,
    mended_words,
    take_chronology,
    themes,
)
from cairn.application.doing import may_do
from cairn.application.printing import MEDIA
from cairn.application.refused import Refused
from cairn.application.timeline import Entry
from cairn.core.calendar.london import parse_roughly, text_of
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.entries import entry_address
from cairn.interfaces.web.views.event_documents import NO_FORM
from cairn.interfaces.web.views.files import file_response
from cairn.interfaces.web.views.own_acts import Named, Own, OwnForms, do
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.sharing import entry_href
from cairn.interfaces.web.views.times import ReadAt, read_at

__all__ = ["ENTERED", "WHEN", "analyse", "chronology", "enter", "take"]

LONGEST = 400
SHOWN_BESIDE = 6
TOGETHER = "enter-chronology-together"
WHEN = Field(
    name="happened",
    label="When did it happen?",
    type="moment",
    must=True,
    check="roughly",
    hint="The day it happened, not the day of writing. Leave out the day, or the day and the month, where they are not known; leave out the time where it does not matter.",
)


@signed_in("GET")
def chronology(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The chronology, oldest first: when, what, why it matters, who said it, what it rests on; and what it adds up to."""
    at = read_at(request)
    found = open_child(actor, record, page="chronology", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    theme = _theme(request)
    may_mend = not at.on and may_do(actor, "correct-entry")
    shown = lines(found, theme)
    context = {
        "rows": [_row(found, one, at, may_mend=may_mend) for one in shown],
        "analyses": [_analysis(found, one, at) for one in analyses(found, theme)],
        "themes": themes(),
        "theme": theme,
        "theme_said": dict(themes()).get(theme, ""),
        "total": len(shown) if not theme else len(lines(found)),
        "may_enter": not at.on and may_do(actor, ENTER.act),
        "may_enter_together": not at.on and may_do(actor, TOGETHER),
        "may_analyse": not at.on and may_do(actor, ANALYSE.act),
        "query": f"?{urlencode({'theme': theme})}" if theme else "",
    }
    return record_page(request, actor, found, "record/chronology.html", context, current="chronology", at=at)


def _theme(request: HttpRequest) -> str:
    """The theme asked for; all of them where there is no such theme."""
    asked = request.GET.get("theme", "")
    return asked if asked in dict(themes()) else ""


def _row(found: ChildPage, line: Line, at: ReadAt, *, may_mend: bool = False) -> dict[str, object]:
    record, source = found.identity.record, line.source
    return {
        "when": words.moment_words(line.happened),
        "what": line.what,
        "significance": line.significance,
        "origin": line.origin,
        "themes": ", ".join(line.themes),
        "by": line.by,
        "href": entry_href(found, line.event, at),
        "source": entry_address(found, source, at) if source else "",
        "source_title": f"{source.title}, {words.moment_words(source.happened)}" if source else "",
        "mended": mended_words(line),
        "mend": reverse("correct", args=[record, line.event.id]) if line.mended and may_mend else "",
        "withdraw": reverse("withdraw", args=[record, line.event.id]) if line.mended and may_mend else "",
    }


def _analysis(found: ChildPage, one: Analysis, at: ReadAt) -> dict[str, str]:
    return {
        "span": one.span,
        "text": one.text,
        "themes": ", ".join(one.themes),
        "by": one.by,
        "href": entry_href(found, one.event, at),
    }


@signed_in("GET")
def take(request: HttpRequest, actor: Actor, record: UUID, form: str) -> HttpResponse:
    """The chronology as a document, `form` pdf or word; with a theme, that alone."""
    if form not in MEDIA:
        return refused_page(request, actor, NO_FORM)
    made = take_chronology(actor, record, "word" if form == "word" else "pdf", _theme(request))
    return refused_page(request, actor, made) if isinstance(made, Refused) else file_response(made)


def _named(page: ActPage, given: str) -> Named | None:
    """The entry of the timeline that it rests on, with its own time."""
    entry = page.page.entry(given)
    if entry is None or not entry.stands or entry.type in OWN:
        return None
    said = f"{entry.title}, {words.moment_words(entry.happened)}, {entry.by}"
    initial = {
        "what": _told(entry),
        "origin": f"{entry.by}, {entry.role}",
        "came_from": came_from(page.page, entry.id),
    }
    return Named("event", entry.id, said, initial=initial, at=_typed(entry.happened))


def _told(entry: Entry) -> str:
    """What the entry tells at the most length, to be shortened by whoever enters it."""
    told = max(entry.answers, key=lambda one: (one.long, len(one.value)), default=None)
    text = " ".join(told.value.split()) if told else ""
    return (
        f"{entry.title}. {text}"
        if len(text) <= LONGEST
        else f"{entry.title}. {text[:LONGEST].rsplit(' ', 1)[0]} …"
    )


def _typed(moment: Moment) -> str:
    """A moment as a form takes it."""
    if moment.is_day:
        return text_of(moment)
    return moment.latest.astimezone(LONDON).isoformat(timespec="minutes")


def _beside(page: ActPage, *, chosen: str = "", waiting: Sequence[str] = ()) -> Mapping[str, Any]:
    """What stands in the chronology, the latest entered first, what rests on this entry, and what else was ticked."""
    found = page.page
    shown = lines(found)
    last = sorted(shown, key=lambda one: one.event.recorded_at, reverse=True)[:SHOWN_BESIDE]
    resting = [one for one in shown if chosen and one.event.data.get("event") == chosen]
    return {
        "rows": [_row(found, one, ReadAt()) for one in last],
        "resting": [_row(found, one, ReadAt()) for one in resting],
        "waiting": len(waiting),
        "pass_over": _next(found.identity.record, waiting) if waiting else "",
    }


def _once(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    """The same words of the same time stand once: what was picked twice is told, and nothing is lost."""
    said, when = " ".join(str(answers.get("what")).split()), forms.when.read()
    at = str(when.get("happened") or "") if isinstance(when, dict) else ""
    for one in lines(forms.page.page):
        if " ".join(one.what.split()) == said and at and parse_roughly(at) == one.happened:
            told = f"This stands in the chronology already, entered by {one.by}. Change the words, or leave it out"
            forms.answers.refuse("what", told)
            return


ENTER = Own(
    act="enter-chronology",
    said="Entered in the chronology.",
    to="chronology",
    template="record/enter_chronology.html",
    send="Enter it",
    named=_named,
    named_by="event",
    messages={
        "happened": "Enter when it happened: the year, if no more is known",
        "what": "Enter what happened",
        "significance": "Enter why it matters for the child",
    },
    must=("significance",),
    beside=_beside,
    check=_once,
    when=WHEN,
    when_first=True,
)


@signed_in("GET", "POST")
def enter(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Enter something in the chronology: an entry of the timeline, or what stands in none.

    Several entries ticked are entered one after the other, the last of the address first.
    """
    *waiting, chosen = request.GET.getlist("event") or [""]
    waiting = list(dict.fromkeys(one for one in waiting if one != chosen))
    own = replace(ENTER, beside=partial(_beside, chosen=chosen, waiting=waiting))
    done = do(request, actor, record, own)
    recorded = request.method == "POST" and getattr(done, "url", "") == reverse("chronology", args=[record])
    return redirect(_next(record, waiting)) if recorded and waiting else done


def _next(record: UUID, waiting: Sequence[str]) -> str:
    """Where the next of the entries ticked is entered."""
    return f"{reverse('enter-chronology', args=[record])}?{urlencode({'event': waiting}, doseq=True)}"


def _in_order(forms: OwnForms, answers: Mapping[str, Any]) -> None:
    """A part of the chronology ends no earlier than it begins."""
    if str(answers.get("to_day")) < str(answers.get("from_day")):
        forms.answers.refuse("to_day", "Enter a last day that is not before the first")


def _span(page: ActPage) -> Mapping[str, str]:
    """The whole of the chronology, to begin with."""
    shown = lines(page.page)
    if not shown:
        return {}
    last = max(one.happened.latest for one in shown)
    return {
        "from_day": shown[0].happened.earliest.astimezone(LONDON).date().isoformat(),
        "to_day": min(last, page.page.as_at).astimezone(LONDON).date().isoformat(),
    }


ANALYSE = Own(
    act="analyse-chronology",
    said="Written beside the chronology.",
    to="chronology",
    template="record/analyse_chronology.html",
    title="What the chronology adds up to",
    send="Write it beside the chronology",
    messages={
        "text": "Enter what it adds up to for the child",
        "from_day": "Enter the first day it is about",
        "to_day": "Enter the last day it is about",
    },
    initial=_span,
    beside=_beside,
    check=_in_order,
    when=Field(
        name="happened",
        label="When was this thought through?",
        type="moment",
        hint="Leave it empty if you think it through now.",
    ),
)


@signed_in("GET", "POST")
def analyse(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Say what a part of the chronology adds up to."""
    return do(request, actor, record, ANALYSE)
