"""Copies of plans, minutes and records: to whom they went and to whom not yet, and the page on which that is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.child import ChildPage
from cairn.application.doing import may_do
from cairn.application.timeline import in_words
from cairn.core.engine.duties import DutyView
from cairn.core.engine.met import HANDED_OUT, Met, met
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.joint_kinds import when
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.own_acts import Named, Own, do
from cairn.interfaces.web.views.sharing import entry_href
from cairn.interfaces.web.views.times import ReadAt

HAND_OUT = "hand-out"
MINUTES: Final = frozenset({"minutes", "review_record"})


def title_of(found: ChildPage, event: Event) -> str:
    """What an entry is in words: its kind where it has one ("Child in need planning meeting"), else its name."""
    return said_in(found, event, "kind") or found.view.procedures.vocabulary.events[event.type].title


def said_in(found: ChildPage, event: Event, name: str) -> str:
    """One answer of an entry in words; '' where it was not given."""
    field = found.view.procedures.vocabulary.events[event.type].field(name)
    value = event.data.get(name)
    return in_words(field, value) if field and value not in (None, "", [], ()) else ""


def copies_of(actor: Actor, found: ChildPage, event: Event | None, at: ReadAt) -> dict[str, Any] | None:
    """What the page of a meeting or review says of its minutes: given to whom, to be given to whom; else None."""
    if event is None or HANDED_OUT.get(event.type) not in MINUTES:
        return None
    its = met(found.view, event)
    return {
        "given": [*(_given(found, one, at) for one in its.copies), *_told(found, its, at)],
        "waits": [_waits(found, event, one) for one in its.waits],
        "hand_out": _hand_out(found, event) if not at.on and may_do(actor, HAND_OUT) else "",
        "dissents": [_said(one, found, at) for one in its.dissents],
    }


def _said(one: Event, found: ChildPage, at: ReadAt) -> dict[str, str]:
    parts = (one.data.get("whose"), one.data.get("about"))
    return {
        "who": ", ".join(str(part) for part in parts if part),
        "text": str(one.data.get("text") or ""),
        "href": entry_href(found, one, at),
    }


def _given(found: ChildPage, one: Event, at: ReadAt) -> dict[str, str]:
    to = ", ".join(filter(None, (said_in(found, one, "to"), said_in(found, one, "names"))))
    signed = "asked to sign it" if one.data.get("asked_to_sign") is True else ""
    return {
        "to": to or "Somebody",
        "more": ", ".join(
            filter(None, (words.moment_words(one.happened_at), said_in(found, one, "how"), signed))
        ),
        "href": entry_href(found, one, at),
    }


def _told(found: ChildPage, its: Met, at: ReadAt) -> Iterator[dict[str, str]]:
    """What met a duty of the entry without naming it: a notice, or a copy that says of no entry what it is of."""
    named = {one.id for one in its.copies}
    for duty in its.told:
        by = duty.met_by
        if by is not None and by.id not in named:
            how = said_in(found, by, "how")
            yield {
                "to": duty.rule.title,
                "more": ", ".join(filter(None, (words.moment_words(by.happened_at), how))),
                "href": entry_href(found, by, at),
            }


def _waits(found: ChildPage, event: Event, duty: DutyView) -> dict[str, str]:
    """Somebody who has not got it yet, by the duty that says so, and where it is done."""
    record = found.identity.record
    done_at = _hand_out(found, event) if duty.rule.act == HAND_OUT else act_address(record, duty.rule.act)
    return {
        "title": duty.rule.title,
        "to": duty.rule.to,
        "due": f"by {due_date(duty.due)}" if duty.due else "as soon as possible",
        "why": reverse("why", args=[record, duty.key]),
        "href": done_at,
    }


def _hand_out(found: ChildPage, event: Event) -> str:
    strand = _strand_of(found, event)
    query = f"?copy_of={event.id}" + (f"&strand={strand}" if strand else "")
    return f"{reverse(HAND_OUT, args=[found.identity.record])}{query}"


def _strand_of(found: ChildPage, event: Event) -> str:
    strand = found.view.standing.strand_of(event)
    return strand.id if strand else ""


def _named(page: ActPage, given: str) -> Named | None:
    """The entry of which a copy goes out, and what of it that is."""
    event = next((one for one in page.page.view.standing.events if one.id == given), None)
    if event is None or event.type not in HANDED_OUT:
        return None
    said = f"{title_of(page.page, event)}, {words.moment_words(event.happened_at)}"
    return Named("copy_of", event.id, said, answers={"what": HANDED_OUT[event.type]})


def _people(page: ActPage, named: Named | None) -> Mapping[str, tuple[Option, ...]]:
    """Whoever took part, and whoever was not there, to be ticked."""
    event = next((one for one in page.page.view.standing.events if named and one.id == named.id), None)
    names = list(dict.fromkeys(_who(event))) if event else []
    return {"names": tuple(Option(value=name, label=name) for name in names)}


def _who(event: Event) -> Iterator[str]:
    yield from (str(name) for name in event.data.get("took_part") or ())
    yield from (str(row["name"]) for row in event.data.get("not_there") or () if row.get("name"))


HAND = Own(
    act=HAND_OUT,
    said="Recorded: who has got a copy stands beside the entry.",
    to="meetings",
    title="Hand out a copy",
    named=_named,
    named_by="copy_of",
    ticks=_people,
    messages={"what": "Choose what was handed out", "to": "Tick who has got it"},
    when=when("When was it given?", "Leave it empty if it was given just now."),
)


@signed_in("GET", "POST")
def hand_out(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Record to whom a copy of a plan, of minutes or of a record was given."""
    return do(request, actor, record, HAND)
