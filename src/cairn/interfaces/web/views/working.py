"""My work, and the lines of every work list."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application import work
from cairn.application.actors import Actor
from cairn.application.conflicts import children_without_worker
from cairn.application.doing import may_do
from cairn.application.procedures import in_use
from cairn.application.restricting import reviews_due
from cairn.application.shared_documents import SharedLine
from cairn.application.ties import open_to
from cairn.core.roles import WORKERS
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.cover_words import cover_notes
from cairn.interfaces.web.views.due import act_address, due_cell
from cairn.interfaces.web.views.restricted_rows import review_row

GROUPED = "cairn_grouped"
TONES = {"late": "late", "soon": "today", "plain": ""}


@signed_in("GET")
def my_work(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is due for whoever is signed in."""
    found = work.my_work(actor, grouping_of(request))
    context = {
        **lists_of(found, actor),
        "work": found,
        "covers": cover_notes(actor),
        "without_worker": children_without_worker(actor),
        "open_to": open_to(actor),
        "reviews": [review_row(one) for one in reviews_due(actor)],
    }
    return page(request, actor, "my_work.html", context, current="my-work")


def grouping_of(request: HttpRequest) -> work.GroupBy:
    """The grouping asked for, remembered for the session."""
    asked = request.GET.get("group", request.session.get(GROUPED, "date"))
    for grouping in work.GROUPINGS:
        if asked == grouping:
            if request.session.get(GROUPED, "date") != grouping:
                request.session[GROUPED] = grouping
            return grouping
    return "date"


def lists_of(found: work.WorkPage, actor: Actor) -> dict[str, object]:
    """What the templates of a work list need."""
    groups = [_group(group, number, found, actor) for number, group in enumerate(found.groups)]
    return {
        "groups": groups,
        "back": reverse("my-work"),
        "may_reassign": may_do(actor, "allocate"),
        "sentence": sentence_of(found),
        "now": f"{words.weekday_words(found.at)}, {words.time_words(found.at)}",
        "groupings": [(name, GROUP_WORDS[name], name == found.grouped_by) for name in work.GROUPINGS],
        "drafts": [*(_shared(one) for one in found.shared), *(_draft(draft) for draft in found.drafts)],
    }


GROUP_WORDS = {"date": "when it is due", "child": "child", "family": "family", "kind": "kind of work"}


def _group(group: work.WorkGroup, number: int, found: work.WorkPage, actor: Actor) -> c.WorkGroup:
    return c.WorkGroup(
        heading=group.heading,
        count=words.counted(len(group.rows), "thing"),
        rows=tuple(work_row(row, found.at, actor) for row in group.rows),
        id=f"group-{number}",
        tone=TONES[group.tone],  # type: ignore[arg-type]  # the two sets of words are closed
        show_head=number == 0,
    )


def work_row(row: work.WorkRow, at: datetime, actor: Actor) -> c.WorkRow:
    """One line of a work list at a time (UTC)."""
    return c.WorkRow(
        act=row.title,
        href=act_address(row.record, row.act),
        due=due_cell(row, at),
        more=_more(row, actor),
        whom=row.name,
        whom_href=reverse("child", args=[row.record]),
        whom_age=row.age,
        whom_more=row.number,
        choose=f"{row.record}|{row.key}" if row.closed is None else "",
    )


def _more(row: work.WorkRow, actor: Actor) -> str:
    """The one fact that decides what to do, and what the same letter counts for."""
    counts = (f"The letter counts for this too: {one}" for one in row.letter_does)
    covering = f"Covering for {row.covering}" if row.covering else ""
    return ". ".join(filter(None, (covering, _fact(row, actor), *counts, *row.notes)))


def _fact(row: work.WorkRow, actor: Actor) -> str:
    """What is missing, why it was departed from, or who has it."""
    if row.state == "cannot_tell":
        return f"Not known: {row.missing}"
    if row.departed_why:
        return f"Departed from: {row.departed_why}"
    if row.worker_id == actor.id or row.covering:
        return ""
    return f"For {row.worker}" if row.worker and row.who in WORKERS else f"For the {row.who}"


def sentence_of(found: work.WorkPage) -> str:
    """How much is overdue and due today, in a sentence."""
    if not found.overdue and not found.due_today:
        return "Nothing is overdue or due today."
    parts = []
    if found.overdue:
        parts.append(f"{words.counted(found.overdue, 'thing is', 'things are')} overdue")
    if found.due_today:
        parts.append(
            f"{found.due_today} due today"
            if parts
            else f"{words.counted(found.due_today, 'thing is', 'things are')} due today"
        )
    return f"{' and '.join(parts)}."


def _shared(one: SharedLine) -> dict[str, str]:
    return {
        "title": f"Assessment of {one.name or work.UNNAMED}",
        "href": reverse("assessment", args=[one.record, one.strand]),
        "saved": f"{words.moment_words(one.saved_at)}, by {one.saved_by}",
    }


def _draft(draft: work.DraftLine) -> dict[str, str]:
    act = in_use().vocabulary.acts.get(draft.act)
    return {
        "title": act.title if act else draft.act,
        "href": reverse("draft", args=[draft.id]),
        "saved": words.moment_words(draft.saved_at),
    }
