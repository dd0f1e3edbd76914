"""The chronology: the entries that matter, chosen by a person, in the order they happened; and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import open_record
from cairn.application.ports import PrintedDocument, PrintedPart
from cairn.application.printing import Form, Taken, document, lines_of, taken
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.timeline import Entry, Mended
from cairn.core.access.fields import texts_of_class
from cairn.core.calendar.london import say_date, say_instant, say_moment, say_range
from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import TextClass

ENTERED = "chronology.entered"
ANALYSED = "chronology.analysed"
OWN = frozenset({ENTERED, ANALYSED})
ORIGINS: Final[tuple[tuple[str, TextClass], ...]] = (
    ("police", "police text"),
    ("confidence", "third party text"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chronology.

    `source` is the entry it rests on, where it is one of the record; `mended` says who corrected or withdrew that
    entry after the line was last written, so that the line may no longer be true.
    """

    event: Event
    what: str
    significance: str
    origin: str
    themes: tuple[str, ...]
    source: Entry | None = None
    mended: Mended | None = None

    @property
    def happened(self) -> Moment:
        """When it happened, as exactly as it is known."""
        return self.event.happened_at

    @property
    def by(self) -> str:
        """Who entered it, and when."""
        return _by(self.event)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a part of the chronology adds up to, in the words of whoever wrote it."""

    event: Event
    text: str
    first: date | None
    last: date | None
    themes: tuple[str, ...]

    @property
    def span(self) -> str:
        """The days it is about, in words."""
        if self.first and self.last:
            return say_range(self.first, self.last)
        return ""

    @property
    def by(self) -> str:
        """Who wrote it, and when."""
        return _by(self.event)


def lines(found: ChildPage, theme: str = "") -> tuple[Line, ...]:
    """The lines in the order they happened, all or those of one theme; what is known to the year stands before its days."""
    entries = {entry.id: entry for entry in found.timeline}
    made = (_line(event, entries) for event in found.view.standing.events if event.type == ENTERED)
    return tuple(sorted((one for one in made if theme in ("", *_themes(one.event))), key=_order))


def analyses(found: ChildPage, theme: str = "") -> tuple[Analysis, ...]:
    """What was written about parts of the chronology, the earliest part first."""
    made = [_analysis(event) for event in found.view.standing.events if event.type == ANALYSED]
    kept = [one for one in made if theme in ("", *_themes(one.event)) or not one.themes]
    return tuple(sorted(kept, key=lambda one: (one.first or date.min, one.event.recorded_at)))


def themes() -> tuple[tuple[str, str], ...]:
    """What a line may be about: the values and their labels."""
    field = in_use().vocabulary.events[ENTERED].field("themes")
    return tuple((str(option.value), option.label) for option in (field.options if field else ()))


def came_from(found: ChildPage, entry: str) -> str:
    """Where the words of an entry come from, as a line that rests on it says it: police, confidence, or ''."""
    vocabulary = found.view.procedures.vocabulary
    for origin, name in ORIGINS:
        if any(told.id == entry for told, _, _ in texts_of_class(found.whole.stream, vocabulary, name)):
            return origin
    return ""


def resting_on(found: ChildPage) -> frozenset[str]:
    """The ids of the entries that stand in the chronology."""
    return frozenset(str(one.event.data.get("event")) for one in lines(found) if one.event.data.get("event"))


def take_chronology(actor: Actor, record: UUID, form: Form, theme: str = "") -> Taken | Refused:
    """The chronology as a file, all of it or one theme. That it was taken out is in the access log."""
    with transaction.atomic():
        opened = open_record(actor, record, page="chronology", what="export")
        if isinstance(opened, Refused):
            return opened
        found = page_of(actor, opened, opened.view)
    return taken(chronology_document(found, theme), form, f"{found.identity.number}-chronology")


def chronology_document(found: ChildPage, theme: str = "") -> PrintedDocument:
    """The chronology as it is printed: each line under its day, then what it adds up to."""
    who, shown = found.identity, lines(found, theme)
    born = f"Born {say_date(who.born)}" if who.born else who.age
    said = dict(themes()).get(theme, "")
    facts = [
        f"{who.name}. {born}. Cairn number {who.number}.",
        f"{len(shown)} {'entry' if len(shown) == 1 else 'entries'}, oldest first{f', about: {said}' if said else ''}.",
    ]
    parts = [*(_part(one) for one in shown), *(_analysis_part(one) for one in analyses(found, theme))]
    return document(who, "Chronology", tuple(facts), tuple(parts))


def _line(event: Event, entries: dict[str, Entry]) -> Line:
    data, source = event.data, entries.get(str(event.data.get("event") or ""))
    return Line(
        event,
        what=str(data.get("what") or ""),
        significance=str(data.get("significance") or ""),
        origin=str(data.get("origin") or ""),
        themes=_labels(event),
        source=source,
        mended=_mended_since(source, entries[event.id]) if source and event.id in entries else None,
    )


def _mended_since(source: Entry, line: Entry) -> Mended | None:
    """Who withdrew or corrected the entry after the line was written, or last put right."""
    written: datetime = line.correction.at if line.correction else line.recorded_at
    mended = source.withdrawal or source.correction
    return mended if mended and mended.at > written else None


def _analysis(event: Event) -> Analysis:
    data = event.data
    return Analysis(
        event,
        str(data.get("text") or ""),
        _day(data.get("from_day")),
        _day(data.get("to_day")),
        _labels(event),
    )


def _day(said: object) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) and said else None


def _themes(event: Event) -> Iterable[str]:
    return tuple(event.data.get("themes") or ())


def _labels(event: Event) -> tuple[str, ...]:
    known = dict(themes())
    return tuple(known.get(one, one) for one in _themes(event))


def _order(line: Line) -> tuple[datetime, datetime, datetime]:
    return line.happened.earliest, line.happened.latest, line.event.recorded_at


def _by(event: Event) -> str:
    return f"{event.author.name}, {event.author.role}, {say_instant(event.recorded_at).partition(',')[0]}"


def _part(line: Line) -> PrintedPart:
    return PrintedPart(say_moment(line.happened), tuple(_told(line)))


def _told(line: Line) -> Iterator[str]:
    yield from lines_of(line.what)
    if line.significance:
        yield f"Why it matters for the child: {line.significance}"
    if line.origin:
        yield f"From: {line.origin}"
    if line.source:
        yield f"Rests on: {line.source.title}, {say_moment(line.source.happened)}"
    if line.mended:
        yield mended_words(line)
    yield f"Entered by {line.by}."


def mended_words(line: Line) -> str:
    """That the entry a line rests on was corrected or withdrawn after it was written, by whom and why."""
    if line.mended is None or line.source is None:
        return ""
    done = "withdrawn" if line.source.withdrawal else "corrected"
    why = f": {line.mended.reason.rstrip('.')}" if line.mended.reason.strip() else ""
    return f"The entry it rests on was {done} by {line.mended.by}, {say_instant(line.mended.at)}{why}."


def _analysis_part(one: Analysis) -> PrintedPart:
    heading = f"What it adds up to, {one.span}" if one.span else "What it adds up to"
    return PrintedPart(heading, (*lines_of(one.text), f"Written by {one.by}."))
