"""Entries of a record on the page: in the short timeline, in full, and each with what stood before it was mended."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from cairn.application.child import ChildPage
from cairn.application.timeline import Entry, FieldShown, Mended
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.times import ReadAt

SHORT = 160


def time_entry(found: ChildPage, entry: Entry, at: ReadAt) -> c.TimeEntry:
    """An entry in the short timeline: what, its first telling answer, when and by whom."""
    return c.TimeEntry(
        what=entry.title,
        when=when(entry),
        more=_first_words(entry),
        link=c.Link(entry.title, entry_address(found, entry, at)),
        tag=c.Tag("New", "soon") if not at.on and _same_day(entry.recorded_at, found.as_at) else None,
        marks=tuple(_marks(entry)),
    )


def entry_address(found: ChildPage, entry: Entry, at: ReadAt | None = None) -> str:
    """Where an entry is read in full."""
    return reverse("entry", args=[found.identity.record, entry.id]) + (at.query if at else "")


def when(entry: Entry) -> str:
    """Day, author, and when it was recorded where that was on a later day."""
    said = f"{words.moment_words(entry.happened)}, {entry.by}, {entry.role}"
    if _day(entry.recorded_at) == str(entry.happened.day):
        return said
    return f"{said}, recorded {words.day_words(entry.recorded_at)}"


def _day(instant: datetime) -> str:
    return str(instant.astimezone(LONDON).date())


def _same_day(one: datetime, other: datetime) -> bool:
    return _day(one) == _day(other)


def _first_words(entry: Entry) -> str:
    told = [answer for answer in entry.answers if answer.value.strip()]
    told.sort(key=lambda answer: not answer.long)
    if not told or not entry.stands:
        return ""
    text = " ".join(told[0].value.split())
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def _marks(entry: Entry) -> list[Mark]:
    marks = []
    if entry.correction:
        marks.append(Mark("part", f"Corrected by {entry.correction.by}"))
    if entry.withdrawal:
        marks.append(Mark("no", f"Withdrawn by {entry.withdrawal.by}: counts no more"))
    return marks


def entry_shown(found: ChildPage, entry: Entry, at: ReadAt) -> dict[str, object]:
    """An entry in full, for the timeline and for its own page."""
    return {
        "entry": entry,
        "href": entry_address(found, entry, at),
        "when": when(entry),
        "marks": _marks(entry),
        "answers": summary(entry.answers),
        "files": [
            {
                "name": one.name,
                "more": ", ".join(part for part in (one.kind, one.size) if part),
                "href": reverse("document", args=[found.identity.record, one.id]),
            }
            for one in entry.documents
        ],
        "was": was(entry),
        "corrected": mended_words("Corrected", entry.correction),
        "withdrawn": mended_words("Withdrawn", entry.withdrawal),
    }


def summary(answers: tuple[FieldShown, ...]) -> c.SummaryList | None:
    """Answers as a summary list; None where there are none."""
    rows = tuple(c.SummaryRow(answer.label, answer.value) for answer in answers if answer.value.strip())
    return c.SummaryList(rows=rows) if rows else None


def was(entry: Entry) -> c.SummaryList | None:
    """What a correction replaced, the time among it."""
    replaced = entry.was
    if entry.was_happened is not None:
        replaced = (FieldShown("When it happened", words.moment_words(entry.was_happened)), *replaced)
    return summary(replaced)


def mended_words(verb: str, mended: Mended | None) -> str:
    """Who corrected or withdrew it, when and why, in a sentence."""
    if mended is None:
        return ""
    why = f": {mended.reason.rstrip('.')}" if mended.reason.strip() else ""
    return f"{verb} by {mended.by}, {words.moment_words(mended.at)}{why}."
