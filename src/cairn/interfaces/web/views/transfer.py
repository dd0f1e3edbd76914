"""The transfer of a child to another team: how it stands and what is missing, and its acts, each on its own page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.acting import ActPage
from cairn.application.actors import Actor
from cairn.application.child import ChildPage
from cairn.application.door import decisions_on
from cairn.application.left_open import not_up_to_date, unsent
from cairn.application.refused import Refused
from cairn.application.transfer_acts import AGREE, COMPLETE, DECLINE, PROPOSE
from cairn.application.transferring import GoingToo, TransferPage, open_transfer_page
from cairn.core.engine.bookings import open_bookings
from cairn.core.transfer.steps import steps
from cairn.core.transfer.transfers import Transfer, open_transfer
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page, say_next
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.own_acts import Own, do
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.views.transfer_words import (
    STAGES,
    draft_rows,
    left_rows,
    plain_step_rows,
    record_address,
    stage_line,
    step_rows,
    tier_words,
)

# What tells most about a child, for who writes a summary: of each the last entry, opened by a link and copied by nobody.
TELLS_MOST = (
    "assessment.approved", "plan.made", "plan.revised", "conference.held", "meeting.held", "review.held", "visit.made",
    "supervision.held", "decision.recorded",
)  # fmt: skip
DATES_AHEAD = 8
BUTTONS = {PROPOSE: "Propose a transfer", AGREE: "Agree it", COMPLETE: "Complete the transfer"}
# Filled in from the record by the door.
KNOWN = frozenset({"to_team", "from_worker", "end_reason"})


@signed_in("GET")
def transfer(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """How far a child's transfer has come, what is still missing with its paragraph, and what is left open."""
    found = open_transfer_page(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    one, page = found.transfer, found.page
    context = {
        "stage": stage_line(one) if one else "",
        "mark": STAGES[one.stage] if one else None,
        "is_open": bool(one and one.is_open),
        "tier": tier_words(str(one.proposed.data.get("tier") or "")) if one else "",
        "reason": str(one.proposed.data.get("reason") or "") if one else "",
        "team": page.identity.team,
        "steps": step_rows(actor, page, found.steps) if one else None,
        "missing": len(found.missing),
        "action": _action(found),
        "declines": act_address(record, DECLINE) if DECLINE in found.may else "",
        "left": left_rows(page, found.left),
        "family": [_going(one) for one in found.family],
        "earlier": [stage_line(one) for one in found.earlier],
    }
    return record_page(request, actor, page, "record/transfer.html", context, current="transfer")


def _action(found: TransferPage) -> c.Link | None:
    """The one act that comes next, where the reader may do it."""
    for act, text in BUTTONS.items():
        if act in found.may:
            return c.Link(text, act_address(found.page.identity.record, act))
    return None


def _going(one: GoingToo) -> dict[str, Any]:
    return {
        "name": one.name,
        "line": f"{STAGES[one.stage].word}: to {one.to_name}.",
        "href": record_address(one.record),
    }


def _ask(page: ActPage, **more: Mapping[str, Any]) -> tuple[Field, ...]:
    """The questions of the act without what the record tells, in words of this page."""
    asked = [field for field in page.fields if field.name not in KNOWN]
    asked.sort(key=lambda field: field.name != "to_worker")
    return tuple(field.model_copy(update=more.get(field.name, {})) for field in asked)


def _ask_to_agree(page: ActPage) -> tuple[Field, ...]:
    day = "They are every week (9.4). The day it was agreed on, also where that lies back."
    return _ask(page, agreed_on={"hint": day}, reason={"label": "What was said, and why it is agreed"})


def _meeting_of(page: ActPage) -> Mapping[str, Any]:
    """The meeting it was proposed for, once that day has come."""
    one = open_transfer(page.page.view)
    day = one.meeting if one else None
    return {"agreed_on": day.isoformat()} if day and day <= page.page.as_at.date() else {}


def _ask_to_complete(page: ActPage) -> tuple[Field, ...]:
    going = open_transfer(page.page.view)
    team = going.to_name if going else "the other team"
    return _ask(
        page,
        to_worker={"label": f"Who takes over, in {team}?"},
        both_at_meeting={
            "hint": "The first planning meeting, review or core group after the assessment (9.5, 9.7)."
        },
        summary={
            "hint": "What the next worker has to know. Nothing is filled in for you: what the record says stands beside."
        },
        dates={"hint": "Hearings, reviews, appointments, birthdays that matter (9.9)."},
    )


def _beside_complete(page: ActPage) -> Mapping[str, Any]:
    """What is still missing, drafts that would stay behind, and what on the record tells most."""
    found = page.page
    one = open_transfer(found.view)
    every = steps(found.view, one) if one else ()
    missing = [step for step in every if step.is_missing and step.act not in (AGREE, COMPLETE)]
    drafts = tuple(one for one in unsent(found) if one.act != COMPLETE)
    return {
        **_team(one),
        "is_agreed": bool(one and one.agreed),
        "missing": plain_step_rows(missing) if missing else None,
        "left_behind": c.CheckList(rows=tuple(draft_rows(drafts))) if drafts else None,
        "tells": list(_tells(found)),
        "ahead": list(_ahead(found))[:DATES_AHEAD],
    }


def _team(one: Transfer | None) -> dict[str, Any]:
    return {"to_name": one.to_name if one else "the other team", "stage": stage_line(one) if one else ""}


def _tells(found: ChildPage) -> Iterator[dict[str, str]]:
    shown = {}
    for entry in found.timeline:
        if entry.stands and entry.type in TELLS_MOST and entry.type not in shown:
            shown[entry.type] = entry
    for entry in shown.values():
        href = reverse("entry", args=[found.identity.record, entry.id])
        yield {"title": entry.title, "when": words.moment_words(entry.happened), "href": href}


def _ahead(found: ChildPage) -> Iterator[dict[str, str]]:
    """Dates that stand on the record: what is booked, then what is due."""
    for one in open_bookings(found.view):
        yield {"what": one.what, "when": words.moment_words(one.when)}
    for duty in found.open_duties:
        if duty.due and duty.due >= found.as_at:
            yield {"what": duty.title, "when": due_date(duty.due)}


def _beside_verify(page: ActPage) -> Mapping[str, Any]:
    """What is not up to date, each with the way to it."""
    return {"checks": c.CheckList(rows=tuple(_up_to_date(page.page)))}


def _up_to_date(found: ChildPage) -> Iterator[c.CheckRow]:
    it, record = not_up_to_date(found), found.identity.record
    yield _chronology(record, it.last, it.since)
    labels = [one.label for one in it.particulars]
    family = c.Link("Family and particulars", reverse("family", args=[record]))
    if labels:
        yield c.CheckRow(
            Mark("gap", "Missing"), "Particulars", f"Not recorded: {words.listed(labels)}.", family
        )
    else:
        yield c.CheckRow(Mark("done", "There"), "Particulars", "Each is recorded.", family)
    for duty in it.overdue:
        when = f"Since {due_date(duty.due)}." if duty.due else ""
        link = c.Link("Do it", act_address(record, duty.rule.act), f": {duty.title}")
        yield c.CheckRow(Mark("late", "Overdue"), duty.title, when, link)
    for one in it.asking:
        link = c.Link("Say what became of it", reverse("bookings", args=[record]), f": {one.what}")
        yield c.CheckRow(
            Mark("not_known", "Did it happen?"), one.what, f"{words.moment_words(one.when)}.", link
        )
    yield from draft_rows(it.drafts)


def _chronology(record: UUID, last: Any, since: int) -> c.CheckRow:
    link = c.Link("Read the chronology", reverse("chronology", args=[record]))
    if last is None:
        return c.CheckRow(Mark("gap", "Empty"), "Chronology", "Nothing stands in it yet.", link)
    day = words.day_words(last.happened_at.day)
    after = (
        f"{words.counted(since, 'entry', 'entries')} on the timeline since." if since else "Nothing since."
    )
    mark = Mark("not_known", "To be judged") if since else Mark("done", "Up to date")
    return c.CheckRow(mark, "Chronology", f"Its last entry is of {day}. {after}", link)


AGREEING = Own(
    act=AGREE,
    template="record/transfer_agree.html",
    said="Agreed. The joint visit, the verified record and the summary come next.",
    to="transfer",
    title="Agree the transfer",
    send="Sign: it is agreed",
    ask=_ask_to_agree,
    initial=_meeting_of,
    messages={"agreed_on": "Enter the day of the allocation meeting"},
    beside=lambda page: _team(open_transfer(page.page.view)),
)
DECLINING = Own(
    act=DECLINE,
    template="record/transfer_agree.html",
    said="Recorded. The child stays with their team.",
    to="child",
    title="The transfer is not agreed",
    send="Record that it is not agreed",
    ask=lambda page: _ask(page, reason={"label": "Why not, and what happens instead?"}),
    messages={"reason": "Say why it is not agreed"},
    beside=lambda page: _team(open_transfer(page.page.view)),
)
COMPLETING = Own(
    act=COMPLETE,
    template="record/transfer_complete.html",
    said="The transfer is complete.",
    to="transfer",
    title="Complete the transfer",
    send="Hand over now",
    ask=_ask_to_complete,
    messages={"to_worker": "Choose who takes over", "summary": "Write the transfer summary (9.9)"},
    beside=_beside_complete,
)
VERIFYING = Own(
    act="verify-record",
    template="record/verify.html",
    said="Recorded under your name.",
    to="transfer",
    title="Verify the record",
    send="Sign what I found",
    ask=lambda page: _ask(page, reason={"label": "What did you check, and what is still to be done?"}),
    messages={
        "chronology": "Say whether the chronology is up to date",
        "record": "Say whether the rest is up to date",
    },
    beside=_beside_verify,
)


@signed_in("GET", "POST")
def agree(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Agree a transfer, as it was agreed at the allocation meeting (9.4)."""
    return do(request, actor, record, AGREEING)


@signed_in("GET", "POST")
def decline(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Record that a transfer was not agreed, and why."""
    return do(request, actor, record, DECLINING)


@signed_in("GET", "POST")
def complete(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Hand a child over: the summary (9.9), and in one act the end of one allocation and the beginning of the other."""
    done = do(request, actor, record, COMPLETING)
    if not isinstance(done, HttpResponseRedirect) or decisions_on(actor, [record])[record].allowed:
        return done
    say_next(
        request,
        "The transfer is complete. The child is the other team’s now, and their record is closed to you. "
        "What you wrote stays on it under your name.",
    )
    return redirect("my-work")


@signed_in("GET", "POST")
def verify(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Say whether the record is up to date, with what is not beside the question (9.9)."""
    return do(request, actor, record, VERIFYING)
