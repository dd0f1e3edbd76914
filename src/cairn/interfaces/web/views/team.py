"""Team work: who has what, what is late by kind, what waits and what comes. Every number leads to its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from cairn.application.actors import Actor
from cairn.application.covering import covers_in
from cairn.application.doing import may_do
from cairn.application.holders import DriftLine, Load, WorkerLine
from cairn.application.refused import Refused
from cairn.application.restricting import reviews_due
from cairn.application.team_work import ELSEWHERE, NOBODY, NOT_YOURS, TeamPage, WaitLine, team_work
from cairn.application.transfer_acts import AGREE
from cairn.application.work import ALLOCATES, WorkRow
from cairn.core.calendar.moment import LONDON
from cairn.core.roles import WORKERS
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import page, refused_page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.drafts import as_uuid
from cairn.interfaces.web.views.due import act_address, due_cell
from cairn.interfaces.web.views.figures import counted_as, drift_words
from cairn.interfaces.web.views.restricted_rows import review_row
from cairn.interfaces.web.views.working import grouping_of, lists_of

FULL, FULL_KIND = 20, 5
# The columns of numbers: which figure, and its head. The first has the bar.
COLUMNS = (
    ("children", "Children"),
    ("child-protection-plan", "Protection plan"),
    ("child-in-need-plan", "In need plan"),
    ("enquiry", "Section 47"),
    ("assessment", "Being assessed"),
    ("other", "Other"),
    ("new", "New in 7 days"),
    ("overdue", "Overdue"),
    ("week", "Due in 7 days"),
)
NOTE = (
    "Counts children, not families. Each child counts under the first of these that runs: a child with a plan who is being "
    "assessed again counts under the plan. Each ruled step of a bar is 2 children. A number does not show how hard the "
    "work is: talk about it in supervision."
)


@signed_in("GET")
def team(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A team's work, or one worker's part of it."""
    asked = request.GET.get("team", "")
    wanted = as_uuid(asked)
    if asked and wanted is None:
        return refused_page(request, actor, NOT_YOURS)
    found = team_work(actor, grouping_of(request), wanted, request.GET.get("who", ""))
    if found is None:
        return page(request, actor, "no_team.html", {}, current="team-work")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    return page(request, actor, "team_work.html", _context(found, actor), current="team-work")


def list_address(team: UUID, figure: str, who: str = "", kind: str = "", number: int = 1) -> str:
    """Where the list of a number is: of a team, of whose part, of which kind, from which page on."""
    asked = {
        "what": figure,
        "team": str(team),
        "who": who,
        "kind": kind,
        "page": number if number > 1 else "",
    }
    return f"{reverse('team-list')}?{urlencode({name: value for name, value in asked.items() if value})}"


def team_address(team: UUID, who: str = "") -> str:
    """Where a team's work is, or one worker's part of it."""
    asked = {"team": str(team), "who": who}
    return f"{reverse('team-work')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _context(found: TeamPage, actor: Actor) -> dict[str, Any]:
    keep = {"team": str(found.id), "who": found.chosen} if found.chosen or len(found.teams) > 1 else {}
    return {
        **lists_of(found.page, actor),
        "reviews": [review_row(one) for one in reviews_due(actor)],
        "work": found.page,
        "back": team_address(found.id, found.chosen),
        "agrees_transfers": may_do(actor, AGREE),
        "team": found,
        "sentence": _sentence(found),
        "keep": f"&{urlencode(keep)}" if keep else "",
        "whose": _whose_choices(found),
        "whose_now": _whose_now(found),
        "everybody": team_address(found.id),
        "tiles": _tiles(found),
        "table": _table(found, actor),
        "late_kinds": _late_kinds(found),
        "overdue": found.load["overdue"],
        "overdue_href": list_address(found.id, "overdue", found.chosen),
        "visits": _kinds(found, ("visits-overdue", "visits-missed", "asking"), late=2),
        "drift": _drift(found),
        "approvals": [approval_row(one) for one in found.approvals],
        "approvals_all": _all(found, "approvals", len(found.approvals)),
        "days": list(_days(found)),
        "coming": [
            (_number(found, found.load, name), counted_as(name, found.load[name]))
            for name in ("coming", "booked")
        ],
    }


def _sentence(found: TeamPage) -> str:
    """The problem before any number: what is overdue, with whom most of it is, and who waits for a worker."""
    late, waiting = found.load["overdue"], found.load["to-allocate"]
    said = [
        f"**{words.counted(late, 'thing is', 'things are')} overdue{_mostly(found)}.**"
        if late
        else "**Nothing is overdue.**"
    ]
    if waiting:
        said.append(f"{words.counted(waiting, 'child waits', 'children wait')} for a worker.")
    return " ".join(said)


def _mostly(found: TeamPage) -> str:
    """With whom more of it is than with anybody else; nothing where one worker's part is shown, or two have as many."""
    most = sorted(found.holders.workers, key=lambda one: -one.load["overdue"])[:2]
    if found.chosen or not most or not most[0].load["overdue"]:
        return ""
    if len(most) > 1 and most[1].load["overdue"] == most[0].load["overdue"]:
        return ""
    first = most[0]
    children = words.counted(first.load["children"], "child", "children")
    return f", {first.load['overdue']} of them with {first.name}, who has {children}"


def _whose_choices(found: TeamPage) -> list[tuple[str, str, bool]]:
    """Whose part may be shown: everybody's, each member's, nobody's."""
    choices = [
        ("", "Everybody"),
        *((str(one.id), one.name) for one in found.holders.workers),
        (NOBODY, "Nobody yet"),
    ]
    if not found.holders.elsewhere.is_empty:
        choices.append((ELSEWHERE, "Workers who are not of this team"))
    return [(value, text, value == found.chosen) for value, text in choices]


def _whose_now(found: TeamPage) -> str:
    return next((text for value, text, now in _whose_choices(found) if now and value), "")


def _number(
    found: TeamPage, load: Load, figure: str, who: str | None = None, name: str = "", **more: bool
) -> c.Number:
    """A number with the list it leads to; whose it is is read out after it."""
    whose = found.chosen if who is None else who
    counts = f"{counted_as(figure, load[figure])}{f', {name}' if name else ''}"
    return c.Number(load[figure], counts, list_address(found.id, figure, whose), **more)


def _tiles(found: TeamPage) -> c.Tiles:
    load, missed = found.load, found.load["visits-overdue"]
    told: tuple[tuple[str, str, str, c.TileTone], ...] = (
        (
            "overdue",
            "Overdue",
            f"{words.counted(missed, 'is a visit', 'are visits')}." if missed else "",
            "late",
        ),
        ("today", "Due today", "", "today"),
        ("approvals", "Waiting for approval", _oldest(found.approvals), ""),
        ("to-allocate", "To be allocated", "", ""),
    )
    return c.Tiles(
        tiles=tuple(
            c.Tile(
                load[figure],
                counted_as(figure, load[figure]),
                list_address(found.id, figure, found.chosen),
                word,
                small,
                tone if load[figure] else "",
            )
            for figure, word, small, tone in told
        )
    )


def _oldest(waiting: Iterable[WaitLine]) -> str:
    first = next(iter(waiting), None)
    return f"Longest: since {words.day_words(first.when.day)}." if first else ""


def _table(found: TeamPage, actor: Actor) -> c.TeamTable:
    """Who has what. Numbers only: no ranking, and no red for a full caseload."""
    held = found.holders
    covered = covers_in(worker.id for worker in held.workers)
    rows = [
        _worker_row(found, worker, covered.get(worker.id, ""))
        for worker in held.workers
        if worker.role in WORKERS or not worker.load.is_empty
    ]
    if not held.elsewhere.is_empty:
        rows.append(_row(found, "Workers who are not of this team", held.elsewhere, ELSEWHERE))
    nobody = _row(found, "Nobody yet", held.nobody, NOBODY)
    allocates = actor.role in ALLOCATES and held.nobody["to-allocate"]
    rows.append(
        replace(
            nobody,
            mark=Mark("gap" if held.nobody["children"] else "to_come", "No worker yet"),
            link=c.Link("Give them a worker", list_address(found.id, "to-allocate")) if allocates else None,
        )
    )
    return c.TeamTable(
        caption="Children, what is open for them, and overdue and due work for each worker",
        columns=("Worker", *(head for _, head in COLUMNS)),
        numbers_only=True,
        rows=tuple(rows),
        total=_row(found, found.team, held.whole, ""),
        full=max([worker.load["children"] for worker in held.workers] + [FULL]),
        note=NOTE,
    )


def _worker_row(found: TeamPage, worker: WorkerLine, covered: str) -> c.TeamRow:
    row = _row(found, worker.name, worker.load, str(worker.id))
    return replace(
        row,
        more=". ".join(filter(None, (worker.role.capitalize(), covered))),
        href=team_address(found.id, str(worker.id)),
    )


def _row(found: TeamPage, name: str, load: Load, who: str) -> c.TeamRow:
    return c.TeamRow(
        name=name,
        numbers=tuple(
            _number(found, load, figure, who, name, late=figure == "overdue" and bool(load[figure]))
            for figure, _ in COLUMNS
        ),
    )


def _late_kinds(found: TeamPage) -> c.Kinds | None:
    """What is overdue by kind of duty, the most first, with whose it is."""
    named = {one.id: one.name for one in found.holders.workers}
    lines = [one for one in found.holders.kinds if _is_of_part(found, one.worker, named)]
    kinds = []
    for provision, some in groupby(lines, key=lambda one: one.provision):
        same = list(some)
        number = c.Number(
            sum(one.number for one in same),
            f"overdue: {same[0].title}",
            list_address(found.id, "overdue", found.chosen, provision),
            late=True,
        )
        kinds.append(
            c.Kind(
                same[0].title,
                number,
                "" if found.chosen else _with_whom([(one.worker, one.number) for one in same], named),
            )
        )
    kinds.sort(key=lambda one: (-one.number.value, one.name))
    return (
        c.Kinds(kinds=tuple(kinds), full=max([one.number.value for one in kinds] + [FULL_KIND]))
        if kinds
        else None
    )


def _with_whom(lines: Iterable[tuple[UUID | None, int]], named: dict[UUID, str]) -> str:
    """With whom how many are: Ewan Marsh 4, Priya Shah 1."""
    found: Counter[str] = Counter()
    for worker, number in lines:
        found[named.get(worker, "Others") if worker else "Nobody yet"] += number
    return f"{', '.join(f'{who} {number}' for who, number in found.most_common())}."


def _is_of_part(found: TeamPage, worker: UUID | None, named: dict[UUID, str]) -> bool:
    if found.chosen == NOBODY:
        return worker is None
    if found.chosen == ELSEWHERE:
        return worker is not None and worker not in named
    return not found.chosen or str(worker) == found.chosen


def _kinds(found: TeamPage, names: tuple[str, ...], late: int = 0) -> c.Kinds:
    """Figures as lines with bars; the first few of them are of what is late."""
    kinds = tuple(
        c.Kind(
            counted_as(name).capitalize(),
            _number(found, found.load, name, late=place < late),
        )
        for place, name in enumerate(names)
    )
    return c.Kinds(kinds=kinds, full=max([one.number.value for one in kinds] + [FULL_KIND]))


def _drift(found: TeamPage) -> c.Kinds | None:
    """Episodes and plans by how long they have run, with what the procedures say of that time."""
    kinds = tuple(_drift_line(found, line) for line in found.drift)
    return c.Kinds(kinds=kinds, full=max([one.number.value for one in kinds] + [FULL])) if kinds else None


def _drift_line(found: TeamPage, line: DriftLine) -> c.Kind:
    head = drift_words(line)
    number = c.Number(found.load[line.name], head.lower(), list_address(found.id, line.name, found.chosen))
    return c.Kind(head, number, f"{line.rule.text} ({line.rule.source.paragraph})")


def approval_row(one: WaitLine) -> dict[str, str]:
    """One thing that waits for a signature: what, where it is decided, who sent it and when."""
    return {
        "what": f"{one.what}: {one.name}",
        "href": wait_address(one),
        "child": reverse("child", args=[one.record]),
        "number": one.number,
        "by": one.by,
        "since": words.moment_words(one.when),
        "worker": one.worker,
    }


def wait_address(one: WaitLine) -> str:
    """Where it is decided; a booking stands among the bookings."""
    if one.sort != "approval":
        return reverse("bookings", args=[one.record])
    return f"{act_address(one.record, one.act)}?{urlencode({'strand': one.id})}"


def _all(found: TeamPage, figure: str, shown: int) -> c.Link | None:
    """The link to all of a list, where the page shows not all of it."""
    total = found.load[figure]
    if total <= shown:
        return None
    return c.Link(f"All {total}", list_address(found.id, figure, found.chosen), counted_as(figure))


def _days(found: TeamPage) -> Iterator[dict[str, Any]]:
    """The coming days with what is booked and what is due on each, in order."""
    dated = [(one.when.latest, _booked_line(one)) for one in found.booked]
    dated += [(row.due, _due_line(row, found.at)) for row in found.due if row.due]
    dated.sort(key=lambda one: one[0])
    for day, some in groupby(dated, key=lambda one: one[0].astimezone(LONDON).date()):
        yield {"day": _day_words(day, found.at), "lines": [line for _, line in some]}


def _day_words(day: date, at: datetime) -> str:
    if day == at.astimezone(LONDON).date():
        return "Today"
    return f"{day:%a} {day.day} {day:%b}"


def _booked_line(one: WaitLine) -> dict[str, str]:
    hour = "" if one.when.is_day else f", {words.time_words(one.when.latest)}"
    return {
        "text": f"{one.what}: {one.name}",
        "href": wait_address(one),
        "more": f"{one.worker or 'No worker yet'}{hour}{f', {one.place}' if one.place else ''}",
    }


def _due_line(row: WorkRow, at: datetime) -> dict[str, str]:
    return {
        "text": f"Last day: {row.title}, {row.name}",
        "href": reverse("why", args=[row.record, row.key]),
        "more": f"{row.worker or 'No worker yet'}. {due_cell(row, at).word}",
    }
