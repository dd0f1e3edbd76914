"""The list behind a number of a team's work: as long as the number says, a hundred lines at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.doing import may_do
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.team_work import NO_LIST, ListWanted, TeamList, WaitLine, team_list
from cairn.application.work import CaseRow, WorkRow
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.frame import page, refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_number, as_uuid
from cairn.interfaces.web.views.figures import counted_as
from cairn.interfaces.web.views.team import list_address, team_address, wait_address
from cairn.interfaces.web.views.working import work_row

OPEN_WORK = {
    "child_protection_plan": "Child protection plan",
    "child_in_need_plan": "Child in need plan",
    "enquiry": "Section 47 enquiry",
    "assessment": "Being assessed",
    "referral": "Referral",
    "contact": "Contact",
}


@signed_in("GET")
def team_lines(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list of one figure: of a team, of whose part, of which kind, from which page on."""
    asked = request.GET
    team = as_uuid(asked.get("team", ""))
    if asked.get("team") and team is None:
        return refused_page(request, actor, NO_LIST)
    number = as_number(asked.get("page", "1"))
    wanted = ListWanted(
        asked.get("what", "due"),
        team,
        asked.get("who", ""),
        asked.get("kind", ""),
        1 if number is None else number,
    )
    found = team_list(actor, wanted)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    crumbs = (Crumb(f"Team: {found.team.name}", team_address(found.team.id, wanted.who)),)
    return page(request, actor, "team_list.html", _context(found, actor), current="team-work", crumbs=crumbs)


def _context(found: TeamList, actor: Actor) -> dict[str, Any]:
    return {
        "list": found,
        "title": f"{found.total} {counted_as(found.wanted.figure, found.total)}",
        "about": ". ".join(_about(found)),
        "drift": found.drift,
        "group": _group(found, actor),
        "children": [_child(one) for one in found.children],
        "waits": [_wait(one) for one in found.waits],
        "earlier": _page_link(found, found.wanted.page - 1, "Previous page"),
        "back": list_address(
            found.team.id, found.wanted.figure, found.wanted.who, found.wanted.kind, found.wanted.page
        ),
        "may_reassign": may_do(actor, "allocate"),
        "can_choose": any(row.closed is None for row in found.duties),
        "later": _page_link(found, found.wanted.page + 1, "Next page"),
        "last": found.first + found.shown - 1,
    }


def _about(found: TeamList) -> Iterator[str]:
    """Of whose work this is the list."""
    if found.wanted.kind:
        rule = in_use().protocol.rule(found.wanted.kind)
        yield rule.title if rule else "Another rule"
    yield f"{found.team.name}{f', {found.whose}' if found.whose else ''}"


def _page_link(found: TeamList, number: int, text: str) -> c.Link | None:
    if not 1 <= number <= found.pages:
        return None
    wanted = found.wanted
    return c.Link(text, list_address(found.team.id, wanted.figure, wanted.who, wanted.kind, number))


def _group(found: TeamList, actor: Actor) -> c.WorkGroup | None:
    if not found.duties:
        return None
    rows = tuple(_duty(row, found, actor) for row in found.duties)
    return c.WorkGroup(heading="What to do", count="", rows=rows, id="lines", show_head=True)


def _duty(row: WorkRow, found: TeamList, actor: Actor) -> c.WorkRow:
    """As on every work list; of a visit that is past it says when it was made, or that it was not."""
    shown = work_row(row, found.at, actor)
    if row.closed is None or row.due is None:
        return shown
    late = (row.closed.astimezone(LONDON).date() - row.due.astimezone(LONDON).date()).days
    word = (
        f"Made {words.counted(late, 'day')} late" if row.state == "met_late" else "Not made while it was due"
    )
    return replace(
        shown, href=reverse("why", args=[row.record, row.key]), due=replace(shown.due, word=word, tone="late")
    )


def _child(one: CaseRow) -> dict[str, str]:
    """One child: what is open and since when, and who works with them."""
    dates = (
        ("Case open since", one.since),
        ("Plan since", one.plan_made),
        ("With this worker since", one.allocated if one.worker else None),
    )
    return {
        "name": one.name,
        "href": reverse("child", args=[one.record]),
        "age": one.age,
        "number": one.number,
        "choose": f"{one.record}|",
        "work": OPEN_WORK.get(one.open_work, "Nothing is open"),
        "dates": ". ".join(f"{what} {words.day_words(at)}" for what, at in dates if at),
        "worker": one.worker or "No worker yet",
        "allocate": reverse("allocate", args=[one.record]) if not one.worker else "",
    }


def _wait(one: WaitLine) -> dict[str, str]:
    """One booking, or one thing to sign."""
    approval = one.sort == "approval"
    return {
        "what": one.what,
        "href": wait_address(one),
        "name": one.name,
        "child": reverse("child", args=[one.record]),
        "number": one.number,
        "when": words.moment_words(one.when),
        "more": f"{'From' if approval else 'Booked by'} {one.by}{f'. {one.place}' if one.place else ''}",
        "worker": one.worker or "No worker yet",
    }
