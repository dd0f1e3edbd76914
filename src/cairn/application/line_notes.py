"""What was said of lines of a work list, in words: who has seen each, and when it is looked at again and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON
from cairn.records import notes


def notes_on(lines: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], tuple[str, ...]]:
    """What was said of lines, in words: who has seen each, and when it is looked at again and why."""
    wanted = list(lines)
    found = notes.of_records({record for record, _ in wanted}) if wanted else {}
    return {line: tuple(_words(found[line])) for line in wanted if line in found}


def _words(said: Mapping[notes.Sort, notes.NoteRow]) -> Iterator[str]:
    seen, later = said.get("seen"), said.get("postponed")
    if seen:
        yield f"Seen by {seen.by}, {say_date(seen.at.astimezone(LONDON).date())}"
    if later and later.review_on:
        reason = later.reason.rstrip(".")
        yield f"Looked at again on {say_date(later.review_on)}: {reason} ({later.by}). The date it is due stays"
