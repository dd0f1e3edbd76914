"""A child's history at a glance: contacts, notices, moves, referrals and plans on one line, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.drawing.history_strip import HistoryEntry, Kind, history_strip
from cairn.interfaces.web.views.finding import today_in_london

DAYS_IN_MONTH = 30.44
KINDS: dict[str, tuple[Kind, str]] = {
    "contact.received": ("contact", "Contact"),
    "referral.received": ("referral", "Referral"),
    "address.recorded": ("move", "Address"),
    "plan.made": ("plan", "Plan"),
    "assessment.approved": ("other", "Assessment"),
    "enquiry.started": ("other", "Enquiry"),
    "case.closed": ("other", "Closed"),
}


def history_at_a_glance(view: View, here: Event, link: c.Link | None = None) -> c.Drawing | None:
    """The picture with its list and its sentence; None where nothing came before what is looked at here."""
    entries = [_entry(event, view, here) for event in view.standing.events if event.type in KINDS]
    if len(entries) < 2:  # noqa: PLR2004 (what is looked at, alone, is no history)
        return None
    first, today = min(entry.on for entry in entries), today_in_london()
    title = f"{words.counted(len(entries), 'entry', 'entries')} from {words.day_words(first)} to today"
    return history_strip(
        entries, first=first, last=max(today, first), title=title, sentence=_sentence(view, here), link=link
    )


def _entry(event: Event, view: View, here: Event) -> HistoryEntry:
    kind, title = KINDS[event.type]
    if event.data.get("source") == "police" and event.data.get("route") == "notification":
        kind, title = "police notice", "Police notice"
    ended = _how_it_ended(event, view)
    day = event.happened_at.day
    today = day == today_in_london()
    return HistoryEntry(
        on=day,
        kind=kind,
        title=f"{title}{ended}",
        short="today" if today else words.short_day_words(day),
        told="Today, " + words.day_words(day) if today else words.day_words(day),
        now=event.id == here.id,
    )


def _how_it_ended(event: Event, view: View) -> str:
    """A contact that was closed alone says so."""
    if event.type != "contact.received":
        return ""
    decided = [one for one in view.standing.events if one.type == "contact.decided"]
    mine = [one for one in decided if view.standing.path_of[one.id][:1] == (event.id,)]
    return ": closed" if mine and mine[-1].data.get("outcome") == "no_further_action" else ""


def _sentence(view: View, here: Event) -> str:
    """What it adds up to, in numbers that can be checked against the list."""
    worries = [one for one in view.standing.events if one.type in ("contact.received", "referral.received")]
    from_contacts = {one.data.get("from_contact") for one in worries}
    referred = {one.act for one in worries if one.type == "referral.received"}
    copied = {one.id for one in worries if one.data.get("copied_from") and one.act in referred}
    counted = [one for one in worries if one.id not in from_contacts | copied]
    assessed = _count(view, "assessment.approved")
    span = _span(counted)
    said = f"**{words.counted(len(counted), 'contact or referral', 'contacts and referrals')}{span}, and {assessed}.**"
    return " ".join([said, *_closed_alone(view), f"{_planned(view)}."])


def _span(events: Iterable[Event]) -> str:
    days = sorted(event.happened_at.day for event in events)
    months = round((days[-1] - days[0]).days / DAYS_IN_MONTH) if len(days) > 1 else 0
    return f" in {words.counted(months, 'month')}" if months else ""


def _count(view: View, kind: str) -> str:
    number = sum(event.type == kind for event in view.standing.events)
    return words.counted(number, "assessment") if number else "no assessment"


def _closed_alone(view: View) -> Iterator[str]:
    closed = [
        one
        for one in view.standing.events
        if one.type == "contact.decided" and one.data.get("outcome") == "no_further_action"
    ]
    if len(closed) > 1:
        yield f"{len(closed)} contacts were each closed on their own."


def _planned(view: View) -> str:
    plans = sum(event.type == "plan.made" for event in view.standing.events)
    return words.counted(plans, "plan") if plans else "No plan"
