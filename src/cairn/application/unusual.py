"""The weekly list of unusual look-ups, for those who guard access: each sign in a sentence, and what they found."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import write_access
from cairn.application.ports import now
from cairn.application.procedures import FOLDER
from cairn.application.refused import Refused
from cairn.application.rights import access_file, role_book
from cairn.core.access.decide import decide_right
from cairn.core.access.facts import Decision
from cairn.core.access.unusual import Signs, Week, read_signs, unusual
from cairn.core.calendar.moment import LONDON
from cairn.core.vocabulary.check import DataFault
from cairn.records import look_ups
from cairn.records.look_ups import Counted, LookedAt, ReviewRow
from cairn.records.sight import barred

PAGE: Final = "unusual"
FILE: Final = "unusual.yaml"
VERDICTS: Final = {"explained": "Explained", "look_into": "To be looked into"}
A_WEEK = timedelta(days=7)
NOT_THERE = Refused("not found", "There is no such person in the list of that week")


@dataclass(frozen=True, slots=True)
class UnusualLine:
    """Somebody whose look-ups of a week should be looked at: each sign in a sentence, and what was found, if anything."""

    person: UUID
    name: str
    role: str
    team: str
    said: tuple[str, ...]
    review: ReviewRow | None


@dataclass(frozen=True)
class UnusualWeek:
    """The list of a week, the weightiest first. `is_over` says that the whole week lies behind."""

    week: date
    lines: tuple[UnusualLine, ...]
    people: int
    is_over: bool


@dataclass(frozen=True)
class UnusualPerson:
    """One of them, with the records that were looked at by number; `may_answer` is not for oneself."""

    week: date
    line: UnusualLine
    records: tuple[LookedAt, ...]
    may_answer: bool


def signs() -> Signs:
    """The signs in use: an authority's own, or as shipped."""
    return _signs(os.environ.get(FOLDER, ""))


@cache
def _signs(folder: str) -> Signs:
    return read_signs(FILE, access_file(folder, FILE).read_text("utf-8"))


def monday_of(day: date) -> date:
    """The Monday on which the week of a day begins."""
    return day - timedelta(days=day.weekday())


def last_week() -> date:
    """The Monday of the week before this one, London time."""
    return monday_of(now().astimezone(LONDON).date()) - A_WEEK


def unusual_week(actor: Actor, week: date) -> UnusualWeek | Refused:
    """The list of the week that begins on this Monday. Refused without the right; no record is shown."""
    refused = _refused(actor)
    if refused is not None:
        return refused
    found = look_ups.counted(week)
    return UnusualWeek(
        week,
        tuple(_lines(found, week)),
        len(found),
        is_over=now().astimezone(LONDON).date() >= week + A_WEEK,
    )


def unusual_person(actor: Actor, week: date, person: UUID) -> UnusualPerson | Refused:
    """One person's week, whether it is in the list or not, with the records by number. Logged as a list of them; those out of sight are not in it."""
    refused = _refused(actor)
    if refused is not None:
        return refused
    line = _line_of(week, person)
    if line is None:
        return NOT_THERE
    with transaction.atomic():
        records = look_ups.records_of(person, week, barred())
        if records:
            decision = Decision(allowed=True, relied_on="guards access")
            write_access(actor, sorted(one.record for one in records), decision, page=PAGE, what="list")
    return UnusualPerson(week, line, tuple(records), may_answer=person != actor.id)


def answer(actor: Actor, week: date, person: UUID, verdict: str, words: str) -> UnusualLine | Refused:
    """Keep what was found about somebody's week: explained, or to be looked into, in words. Never about oneself."""
    refused = _refused(actor)
    if refused is not None:
        return refused
    line = _line_of(week, person)
    if line is None:
        return NOT_THERE
    if person == actor.id:
        return Refused(
            "not allowed", "Nobody answers for their own look-ups", "Ask somebody else who guards access."
        )
    faults = [
        *([] if verdict in VERDICTS else [DataFault("verdict", "Choose what you found", "")]),
        *([] if words.strip() else [DataFault("words", "Say what you looked at and what you found", "")]),
    ]
    if faults:
        return Refused("not taken", "Something is missing", faults=tuple(faults))
    with transaction.atomic():
        look_ups.add_review(person, week, verdict, words.strip(), actor.id, now())
    return line


def _refused(actor: Actor) -> Refused | None:
    may = decide_right(actor.facts, "guards access", tuple(role_book().with_right("guards access")))
    return None if may.allowed else Refused("not allowed", may.reason, may.how_to_ask)


def _line_of(week: date, person: UUID) -> UnusualLine | None:
    """The line of one person who looked anything up in that week; without a sign where nothing was unusual."""
    found = look_ups.counted(week)
    who = next((one for one in found if one.person == person), None)
    if who is None:
        return None
    listed = next((one for one in _lines(found, week) if one.person == person), None)
    return listed or _of(who, (), week)


def _lines(found: list[Counted], week: date) -> list[UnusualLine]:
    by_id = {str(one.person): one for one in found}
    return [_of(by_id[one.person], one.said, week) for one in unusual(signs(), map(_week, found))]


def _of(who: Counted, said: tuple[str, ...], week: date) -> UnusualLine:
    return UnusualLine(who.person, who.name, who.role, who.team, said, look_ups.reviews(week).get(who.person))


def _week(one: Counted) -> Week:
    """Whoever covers while the office is closed has no odd hours; whoever takes calls searches all day."""
    rights = role_book().rights_of(one.role)
    numbers = dict(one.numbers)
    if "covers out of hours" in rights:
        numbers["odd_hours"] = 0
    if "takes calls" in rights:
        numbers["searched"] = 0
    return Week(str(one.person), one.role, numbers)
