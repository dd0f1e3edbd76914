"""A made-up record of five years: a referral, an assessment, a plan, and what is done every six weeks while it goes on.

Six hundred events are five years of it; sixty are its first months. It ends at a moment that the caller gives, so
that it can be read on the day it is measured. Some of it is known only by its day, some was recorded a day late, and
a note is corrected every half year, as on a real record.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, islice
from types import MappingProxyType
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from cairn.application.actors import Actor
from cairn.core.engine.view import Procedures
from cairn.core.history.case_file import CaseFile, read_case
from cairn.core.history.event import Event

WHOLE, TENTH = 600, 60
WEEKS, DAYS = 6, 42
# Every fourth time the plan is reviewed and changed.
REVIEWED = 4
# Answers that name the last event of a type.
NAMING = frozenset({"corrects", "approves"})

PLAN: Mapping[str, Any] = {
    "kind": "child_in_need",
    "child_words": "I want breakfast before school.",
    "outcomes": [
        {"key": "1", "need": "Food", "outcome": "Breakfast every day", "counted": "Breakfasts", "wanted": 5},
        {"key": "2", "need": "The clinic", "outcome": "Seen by the clinic", "measure": "Three kept"},
    ],
    "actions": [
        {"key": "1", "outcome": "1", "what": "Open the breakfast club", "who": "The school"},
        {"key": "2", "outcome": "2", "what": "Ring the clinic", "who": "A Worker"},
    ],
    "lead_professional": "A Worker",
    "visits_every": "6 weeks",
    "meetings_every": "6 weeks",
    "reviews_every": "6 months",
}


@dataclass(frozen=True)
class Row:
    """One event as it is told: its type, the day it happened (counted from the first), what it says."""

    type: str
    day: float
    data: Mapping[str, Any]
    # The type of the event whose strand it belongs to; of the record where it is ''.
    within: str = ""
    by: str = "social worker"
    # Known by its day alone, and recorded so many days after.
    whole_day: bool = False
    recorded_after: float = 0.01


BEGINS = (
    Row("person.described", 0, {"name": "Robin Made-up", "born": "2016-05-04"}),
    Row("contact.received", 0, {"source": "school"}),
    Row("contact.decided", 0.1, {"outcome": "progress_to_referral"}, "contact.received", "team manager"),
    Row("referral.received", 0.2, {"source": "school", "concern": "Came without a coat."}),
    Row("relationship.recorded", 0.3, {"name": "Ada Made-up", "relation": "parent_mother"}),
    Row("check.requested", 0.3, {"agency": "health_visitor"}, "referral.received"),
    Row("check.answered", 0.6, {"agency": "health_visitor", "answer": "Nothing known."}, "referral.received"),
    Row("referral.acknowledged", 0.7, {}, "referral.received"),
    Row("consent.recorded", 0.8, {"whose": "parent", "decision": "given"}),
    Row(
        "referral.decided",
        0.95,
        {"outcome": ["assessment"], "reason": "Made up.", "leads_to": "child_in_need"},
        "referral.received",
        "team manager",
    ),
    Row("allocation.made", 1.5, {"worker": "A Worker"}, by="team manager"),
    Row("assessment.started", 2, {"kind": "initial"}, "referral.received"),
    Row("child.seen", 4, {"child_said": "I like the club."}),
    Row("visit.made", 4, {"child_seen": True}, "assessment.started"),
    Row("assessment.submitted", 9, {"kind": "initial"}, "assessment.started"),
    Row(
        "assessment.approved",
        10,
        {"kind": "initial", "approves": "assessment.submitted"},
        "assessment.started",
        "team manager",
    ),
    Row("assessment.shared", 12, {"kind": "initial"}, "assessment.started"),
    Row("referral.outcome_told", 13, {}, "referral.received"),
    Row("meeting.held", 15, {"kind": "child_in_need_planning"}, "referral.received"),
    Row("plan.made", 16, PLAN, "referral.received", "team manager"),
)


def _six_weeks(number: int) -> Iterator[Row]:
    """What is done in the six weeks of that number, counted from 0, while the plan goes on."""
    begins, plan = 17 + number * DAYS, "plan.made"
    yield Row("note.added", begins + 1, {"text": f"Rang the school, week {number * WEEKS}."})
    yield Row(
        "letter.sent",
        begins + 3,
        {"letter": "other", "subject": "A visit"},
        plan,
        whole_day=True,
        recorded_after=1,
    )
    yield Row("visit.made", begins + 9, {"child_seen": True, "account": "At home."}, plan, recorded_after=1)
    yield Row("child.seen", begins + 9, {"child_said": "School is good."}, recorded_after=1)
    yield Row("views.recorded", begins + 9, {"whose": "child", "text": "More football."}, recorded_after=1)
    yield Row("note.added", begins + 14, {"text": "Rang the clinic."})
    yield Row("correspondence.received", begins + 16, {"about": "The clinic"}, whole_day=True)
    yield Row("action.progressed", begins + 20, {"action": "1", "state": "going_on"}, plan)
    yield Row("supervision.held", begins + 25, {"discussed": "The plan."}, plan, "team manager")
    yield Row("visit.made", begins + 29, {"child_seen": True, "account": "At school."}, plan)
    yield Row("child.seen", begins + 29, {"child_said": "It is fine."})
    yield from (_reviewed if number % REVIEWED == REVIEWED - 1 else _met)(begins, number)


def _met(begins: int, number: int) -> Iterator[Row]:
    yield Row(
        "meeting.held",
        begins + 35,
        {"kind": "child_in_need_review", "outcome": ["plan_goes_on"]},
        "plan.made",
    )
    yield Row("outcome.judged", begins + 35, {"outcome": "1", "progress": "some", "count": 3}, "plan.made")


def _reviewed(begins: int, number: int) -> Iterator[Row]:
    changed = {**PLAN, "changed": f"Looked at in week {number * WEEKS}."}
    yield Row("review.held", begins + 35, {"kind": "child_in_need"}, "plan.made", "team manager")
    yield Row("plan.revised", begins + 36, changed, "plan.made", "team manager")
    yield Row(
        "event.corrected",
        begins + 38,
        {"corrects": "note.added", "data": {"text": "Rang the club."}, "reason": "Another number."},
    )


def _rows() -> Iterator[Row]:
    yield from BEGINS
    for number in count():
        yield from _six_weeks(number)


def long_record(
    events: int,
    under: Procedures,
    *,
    ends: datetime,
    whose: str = "",
    authors: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Event, ...]:
    """The first so many events, of which the last was recorded at `ends` (UTC, or before it where it is of a day).

    `whose` tells the ids of one record from those of another; `authors` are the ids of the two who recorded it, by
    their roles. What the vocabulary would not take is an error: then the record here is out of date.
    """
    rows = list(islice(_rows(), events))
    first = (ends - timedelta(days=rows[-1].day + 2)).replace(hour=9, minute=0, second=0, microsecond=0)
    told = list(_told(rows, first, whose))
    case = read_case({"child": {"born": "2016-05-04"}, "events": told}, under.vocabulary)
    if not isinstance(case, CaseFile):
        raise TypeError("; ".join(str(fault) for fault in case[:5]))
    return tuple(
        replace(event, author=replace(event.author, id=authors.get(event.author.role, "")))
        for event in case.events
    )


def _told(rows: list[Row], first: datetime, whose: str) -> Iterator[dict[str, Any]]:
    last: dict[str, str] = {}
    for number, row in enumerate(rows):
        identity = str(uuid5(NAMESPACE_URL, f"{whose}/{number}"))
        at = first + timedelta(days=row.day)
        data = dict(row.data)
        for name in NAMING & data.keys():
            data[name] = last[data[name]]
        yield {
            "id": identity,
            "type": row.type,
            "at": at.date().isoformat() if row.whole_day else at.isoformat(),
            "recorded_at": (at + timedelta(days=row.recorded_after)).isoformat(),
            "by": {"name": "A Worker", "role": row.by},
            "data": data,
            **({"for": last[row.within]} if row.within else {}),
        }
        last[row.type] = identity


def in_ledger(events: int, worker: Actor, manager: Actor, whose: str) -> UUID:
    """The same on a record of its own, allocated to the worker and ending now, with all that follows from it."""
    # Django's models load once the database's address is known.
    from django.db import transaction

    from cairn.application import ports, projecting
    from cairn.application.procedures import in_use
    from cairn.records import register

    now = ports.now()
    authors = {"social worker": str(worker.id), "team manager": str(manager.id)}
    told = long_record(events, in_use(), ends=now, whose=whose, authors=authors)
    stream = [_for_somebody(event, worker) if event.type == "allocation.made" else event for event in told]
    with transaction.atomic():
        row = register.open_records([("child", now)])[0]
        _write(row.id, stream)
        projecting.write([projecting.consequences_of(row.id, stream, now, projecting.teams_by_kind())], now)
    return row.id


def _for_somebody(allocation: Event, worker: Actor) -> Event:
    to = {"worker": worker.name, "worker_id": str(worker.id)}
    return replace(allocation, data={**to, "team": worker.team_name, "team_id": str(worker.team)})


def _write(record: UUID, stream: list[Event]) -> None:
    """Into the ledger; the approval is signed between what it approves and itself, as the database wants it."""
    from cairn.application import signing
    from cairn.core.history.shown import digest_of
    from cairn.records import ledger

    place = next(place for place, event in enumerate(stream) if "approves" in event.data)
    shown = next(digest_of(event) for event in stream if event.id == stream[place].data["approves"])
    stream[place] = replace(stream[place], data={**stream[place].data, "shown": shown})
    before, after = stream[:place], stream[place:]
    ledger.append_many([(record, [ledger.NewEvent.of(event) for event in before])])
    signing.sign(after[:1])
    ledger.append_many([(record, [ledger.NewEvent.of(event) for event in after])])
