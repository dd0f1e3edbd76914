"""Cover for absence in words: for My work, a team's table and the page of covers."""

from __future__ import annotations

from cairn.application.actors import Actor
from cairn.application.covering import CoverLine, State, covers_of
from cairn.core.calendar.london import say_range
from cairn.interfaces.web.marks import Mark

MARKS: dict[State, Mark] = {
    "now": Mark("now", "Now"),
    "to come": Mark("to_come", "To come"),
    "ended": Mark("done", "Ended"),
    "not able": Mark("gap", "Nobody covers"),
}


def cover_notes(actor: Actor) -> list[str]:
    """Who does the reader's work, and whose work the reader does, in sentences."""
    return [_note(one, actor) for one in covers_of(actor)]


def _note(one: CoverLine, actor: Actor) -> str:
    days = say_range(one.from_day, one.until_day)
    if one.state == "not able":
        return f"{one.by_name} was to cover for you, {days}, but is not in the team any more. Nobody covers: choose somebody else."
    if one.worker == actor.id:
        return f"{one.by_name} {'covers' if one.state == 'now' else 'will cover'} for you, {days}."
    return f"You cover for {one.name}, {days}: {one.reason.rstrip('.')}. Their work stands among yours, marked with their name."


def cover_row(one: CoverLine) -> dict[str, object]:
    """One cover for the table of the page."""
    return {
        "id": one.id,
        "who": f"{one.by_name} covers for {one.name}",
        "days": say_range(one.from_day, one.until_day),
        "reason": one.reason,
        "mark": MARKS[one.state],
        "more": _more(one),
        "may_end": one.may_end,
    }


def _more(one: CoverLine) -> str:
    if one.ended_by:
        return f"Set by {one.set_by}. Ended early by {one.ended_by}."
    if one.state == "not able":
        return f"{one.by_name} has left, or is in another team now. Choose somebody else."
    return f"Set by {one.set_by}."
