"""A child's record: the overview, the timeline, the people and the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, NextAct, PersonLine, open_child
from cairn.application.chronology import OWN, resting_on
from cairn.application.deciding import can_be_done
from cairn.application.doing import may_do
from cairn.application.family_records import siblings_elsewhere
from cairn.application.letter_writing import standard_letters
from cairn.application.particulars import particulars_of
from cairn.application.refused import Refused
from cairn.core.engine.bookings import open_bookings
from cairn.core.engine.duties import DutyView
from cairn.core.engine.instants import State
from cairn.core.engine.lateness import LatenessGone
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.assessment import go_on
from cairn.interfaces.web.views.assessment_copies import assessment_lines
from cairn.interfaces.web.views.bookings import booking_row
from cairn.interfaces.web.views.due import act_address, due_cell, due_date
from cairn.interfaces.web.views.entries import entry_shown, time_entry
from cairn.interfaces.web.views.lateness import how_done
from cairn.interfaces.web.views.record_frame import child_address, record_page
from cairn.interfaces.web.views.sharing import open_rows
from cairn.interfaces.web.views.stands import charts
from cairn.interfaces.web.views.times import ReadAt, read_at

LATEST = 6
A_PAGE = 50


@signed_in("GET")
def child(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """The overview: what is due, where the case stands, what may come next, the family, the latest entries."""
    at = read_at(request)
    if at.on:
        return redirect(child_address(record, at))
    found = open_child(actor, record, page="child")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "due": due_list(found),
        **overdue_count(found),
        "as_at": found.as_at,
        "done": done_rows(found, at),
        "charts": charts(found),
        "booked": [booking_row(found, one, at) for one in open_bookings(found.view)],
        "waiting": list(open_rows(found)),
        "recorded_without": without_rows(found, at),
        "lateness_gone": [gone_words(one) for one in found.lateness_gone],
        "next_acts": [*go_on(found, actor), *(_next(found, act) for act in found.next_acts)],
        "visit": _may_visit(actor, found),
        "family": family_strip(found, siblings_elsewhere(actor, found)),
        "latest": c.Timeline(entries=tuple(time_entry(found, one, at) for one in found.timeline[:LATEST])),
        "entries": len(found.timeline),
    }
    return record_page(request, actor, found, "record/overview.html", context, current="child")


def _may_visit(actor: Actor, found: ChildPage) -> bool:
    """What is done most often is offered first: to whom the role gives it, where there is a process for it."""
    visit = found.view.procedures.vocabulary.acts["record-visit"]
    return may_do(actor, visit.name) and can_be_done(found.view, visit)


def overdue_count(found: ChildPage) -> dict[str, object]:
    """How many duties were overdue, and that in words."""
    number = sum(duty.state == "overdue" for duty in found.open_duties)
    return {"overdue": number, "overdue_words": f"{number} overdue"}


@dataclass(frozen=True)
class DueRow:
    """A duty of a record as a row of a list takes it."""

    record: UUID
    key: str
    title: str
    state: State
    due: datetime | None


def due_list(found: ChildPage, at: ReadAt | None = None) -> c.DueList | None:
    """What is due for this child, soonest first; None where nothing is."""
    rows = tuple(due_row(found, duty, at) for duty in found.open_duties)
    return (
        c.DueList(caption=f"What is due for {found.identity.name}, soonest first", rows=rows)
        if rows
        else None
    )


def due_row(found: ChildPage, duty: DutyView, at: ReadAt | None = None) -> c.WorkRow:
    """One duty as a row: the act, the one fact that decides what to do, the date."""
    record = found.identity.record
    cell = due_cell(DueRow(record, duty.key, duty.title, duty.state, duty.due), found.as_at)
    return c.WorkRow(
        act=duty.title,
        href=act_address(record, duty.rule.act),
        due=replace(cell, also=also(duty), why=cell.why + (at.query if at else "")),
        more=_more(found, duty),
    )


def _more(found: ChildPage, duty: DutyView) -> str:
    """The one fact that decides what to do: what is missing, why it is past, or who has it."""
    if duty.missing:
        return f"Not known: {duty.missing}"
    if duty.departed:
        return f"Departed from by {duty.departed.by}: {duty.departed.reason}"
    who = found.identity.worker
    return f"For {who}" if who and "worker" in duty.rule.who else f"For the {duty.rule.who}"


def also(duty: DutyView) -> str:
    """The other readings of the source with their dates: "or 3 December 2026 on 4.23’s 10 days"."""
    told = [
        f"or {due_date(one.due)} on {one.source.paragraph}’s {one.within}"
        for one in duty.also
        if one.due != duty.due
    ]
    return "; ".join(told)


def done_rows(found: ChildPage, at: ReadAt) -> list[dict[str, object]]:
    """What was due before and is done or over, each with what became of it."""
    return [_done(found, duty, at) for duty in found.duties if not duty.is_open]


def _done(found: ChildPage, duty: DutyView, at: ReadAt) -> dict[str, object]:
    over = duty.met_by or duty.ended_by
    return {
        "title": duty.title,
        "when": words.moment_words(over.happened_at) if over else "",
        "mark": Mark("late" if duty.late else "done" if duty.met_by else "no", how_done(duty).capitalize()),
        "why": reverse("why", args=[found.identity.record, duty.key]) + at.query,
    }


def without_rows(found: ChildPage, at: ReadAt) -> list[dict[str, object]]:
    """What stands although a rule was not kept, each with its entry and its paragraph."""
    events = found.view.procedures.vocabulary.events
    return [
        {
            "what": events[one.event.type].title,
            "when": words.moment_words(one.event.happened_at),
            "missing": one.refusal.missing,
            "title": one.refusal.title,
            "paragraph": one.refusal.source.paragraph if one.refusal.source else "",
            "rule": reverse("provision", args=[one.refusal.provision]) if one.refusal.provision else "",
            "entry": reverse("entry", args=[found.identity.record, one.event.id]) + at.query,
        }
        for one in found.recorded_without
    ]


def gone_words(gone: LatenessGone) -> str:
    """A lateness that is no longer shown, and what took it away."""
    if gone.event is None:
        holidays = words.listed([holiday.title for holiday in gone.holidays]) or "the calendar"
        by = f"the bank holidays changed ({holidays})"
    else:
        said = {"correction": "a correction", "withdrawal": "a withdrawal"}.get(gone.cause, gone.cause)
        by = f"{said} by {gone.event.author.name}, recorded {words.moment_words(gone.event.recorded_at)}"
    return f"**{gone.title}**, due {due_date(gone.was_due)}, was shown as late. It is not now: {by}."


def _next(found: ChildPage, act: NextAct) -> dict[str, object]:
    href = act_address(found.identity.record, act.act)
    return {
        "verb": act.verb,
        "href": f"{href}?strand={act.strand}" if act.strand else href,
        "title": act.title,
        "why": act.why,
        "paragraph": act.paragraph,
        "team": act.team.replace("_", " "),
        "missing": act.missing,
    }


def family_strip(found: ChildPage, elsewhere: tuple[PersonLine, ...] = ()) -> c.FamilyStrip | None:
    """The child, brothers and sisters side by side, then the adults; None where nobody is recorded.

    `elsewhere` are those whom only their own record makes a brother or sister.
    """
    if not found.people and not elsewhere:
        return None
    who = found.identity
    here = c.Member(who.name, who.age or "age not known", here=True)
    siblings = [_member(one) for one in (*found.people, *elsewhere) if one.kind == "sibling"]
    adults = tuple((one.name, f"{one.relation.lower()}.") for one in found.people if one.kind != "sibling")
    return c.FamilyStrip(
        heading="Family",
        members=(here, *siblings),
        adults=adults,
        link=c.Link("The whole family", reverse("family", args=[who.record])),
    )


def _member(one: PersonLine) -> c.Member:
    href = reverse("child", args=[one.record]) if one.record and one.may_open else ""
    small = "" if href else "No record that you may open"
    about = ", ".join(part for part in (one.age, one.relation.lower()) if part)
    return c.Member(one.name, about or "no more may be shown", href=href, small=small)


@signed_in("GET")
def timeline(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Everything that happened, newest first, all of it or one kind."""
    at = read_at(request)
    found = open_child(actor, record, page="timeline", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    kind = request.GET.get("kind", "")
    shown = [one for one in found.timeline if kind in ("", one.type)]
    first = _page_start(request, len(shown))
    may_enter = not at.on and may_do(actor, "enter-chronology")
    picking = may_enter and bool(shown) and "pick" in request.GET
    context = {
        "entries": [entry_shown(found, one, at) for one in shown[first : first + A_PAGE]],
        "kinds": _kinds(found, kind),
        "total": len(shown),
        "chosen": kind,
        "pages": _pages(at, kind, first, len(shown), picking=picking),
        "picking": picking,
        "may_enter": may_enter,
        "in_chronology": resting_on(found),
        "not_entered": OWN,
    }
    return record_page(request, actor, found, "record/timeline.html", context, current="timeline", at=at)


def _kinds(found: ChildPage, chosen: str) -> list[tuple[str, str, int, bool]]:
    titles = {entry.type: entry.title for entry in found.timeline}
    counts = Counter(entry.type for entry in found.timeline)
    return [
        (name, title, counts[name], name == chosen)
        for name, title in sorted(titles.items(), key=lambda one: one[1])
    ]


def _page_start(request: HttpRequest, total: int) -> int:
    asked = request.GET.get("from", "0")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("1000000") else 0
    return start if start < total else 0


def _pages(at: ReadAt, kind: str, first: int, total: int, *, picking: bool = False) -> list[c.Link]:
    def address(start: int) -> str:
        joined = f"{at.query}&" if at.query else "?"
        return f"{joined}kind={kind}&from={start}{'&pick=yes' if picking else ''}"

    links = []
    if first > 0:
        links.append(c.Link("Newer entries", address(max(first - A_PAGE, 0))))
    if first + A_PAGE < total:
        links.append(c.Link("Earlier entries", address(first + A_PAGE)))
    return links


@signed_in("GET")
def people(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Who is around the child, as recorded."""
    at = read_at(request)
    found = open_child(actor, record, page="people", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {"people": list(_people(found)), "who": _who_list(actor, found, at)}
    return record_page(request, actor, found, "record/people.html", context, current="family", at=at)


def _who_list(actor: Actor, found: ChildPage, at: ReadAt) -> c.SummaryList:
    """Who the child is, each line with the way to change it; of an earlier day there is none."""
    record = found.identity.record
    return c.SummaryList(
        rows=tuple(
            c.SummaryRow(
                one.label,
                "" if one.values else "Not recorded",
                c.Link("Add" if one.is_added else "Change", act_address(record, one.act), one.label.lower())
                if not at.on and may_do(actor, one.act)
                else None,
                values=one.values,
            )
            for one in particulars_of(found.view)
        )
    )


def _people(found: ChildPage) -> Iterator[dict[str, object]]:
    for one in found.people:
        yield {
            "name": one.name,
            "relation": one.relation,
            "facts": one.facts,
            "href": reverse("child", args=[one.record]) if one.record and one.may_open else "",
            "entry": reverse("entry", args=[found.identity.record, one.entry]),
        }


@signed_in("GET")
def documents(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Letters, leaflets, post and signed assessments, and the letters that may be written."""
    at = read_at(request)
    found = open_child(actor, record, page="documents", as_at=at.as_at, known_at=at.known_at)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "documents": [entry_shown(found, one, at) for one in found.documents],
        "letters": [] if at.on else _letters(found),
        "assessments": [] if at.on else list(assessment_lines(found)),
        "may_write": not at.on and may_do(actor, "send-letter"),
        "may_choose": not at.on and may_do(actor, "send-standard-letter"),
        "may_file": not at.on and may_do(actor, "record-correspondence"),
    }
    return record_page(request, actor, found, "record/documents.html", context, current="documents", at=at)


def _letters(found: ChildPage) -> list[c.Link]:
    return [
        c.Link(letter.title, reverse("letter", args=[found.identity.record, letter.id]))
        for letter in found.view.procedures.protocol.letters
        if letter not in standard_letters()
    ]
