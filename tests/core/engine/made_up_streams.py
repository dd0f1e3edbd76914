"""Streams of made-up events as hypothesis makes them: typed in late, of unknown hour, corrected and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from cairn.core.calendar.holidays import Holiday
from cairn.core.calendar.moment import LONDON, Moment, start_of_london_day
from cairn.core.calendar.statute import SATURDAY, statutory_holidays
from cairn.core.history.event import Author, Event

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
LAST = FIRST + timedelta(days=150)
SOURCE = 'source: {document: book, paragraph: "1.1"}'

RULES = f"""
- id: decide
  kind: duty
  title: Decide
  text: Decide.
  {SOURCE}
  starts: referral.received
  within: 1 working day
  met_by: referral.decided
  who: team manager
- id: acknowledge
  kind: notice
  title: Acknowledge
  text: Acknowledge.
  {SOURCE}
  starts: referral.received
  within: 24 hours
  met_by: referral.acknowledged
  who: social worker
- id: assess
  kind: duty
  title: Assess
  text: Assess.
  {SOURCE}
  starts: referral.received
  when: [{{event: {{event: referral.decided, where: {{outcome: [assessment]}}, latest: true}}}}]
  within: 10 working days
  met_by: assessment.approved
  who: social worker
  departure: {{by: [team manager], source: {{document: book, paragraph: "1.2"}}, moves_date: true}}
- id: see
  kind: duty
  title: See
  text: See the child.
  {SOURCE}
  starts: referral.received
  when:
    - {{event: plan.made, is_not: true}}
    - {{start: {{urgent: [true]}}}}
  within: 2 working days
  met_by: {{event: child.seen, where: {{alone: [true]}}, anywhere_in: episode}}
  ends: [case.closed, {{event: referral.decided, where: {{outcome: [advice]}}}}]
  who: social worker
- id: share
  kind: duty
  title: Share
  text: Share.
  {SOURCE}
  starts: {{event: referral.decided, where: {{outcome: [assessment]}}}}
  within: 5 days
  met_by: assessment.shared
  who: social worker
  departure: {{by: [team manager], source: {{document: book, paragraph: "1.2"}}}}
- id: visit
  kind: duty
  title: Visit
  text: Visit.
  {SOURCE}
  during: plan
  within: 5 working days
  every: 3 weeks
  met_by: {{event: visit.made, where: {{child_seen: [true]}}}}
  who: social worker
  departure: {{by: [team manager], source: {{document: book, paragraph: "1.2"}}, moves_date: true}}
- id: visit
  kind: duty
  title: Visit
  text: Visit more often.
  {SOURCE}
  during: plan
  within: 5 working days
  every: 2 weeks
  in_force_from: 2026-05-01
  governs: every open clock
  met_by: {{event: visit.made, where: {{child_seen: [true]}}}}
  who: social worker
- id: review
  kind: duty
  title: Review
  text: Review.
  {SOURCE}
  during: plan
  every: 1 month
  when: [{{function: aged_16_or_17}}]
  met_by: strategy.held
  who: social worker
- id: seen-first
  kind: gate
  title: Seen first
  text: See the child before the assessment is approved.
  {SOURCE}
  before: assessment.approved
  needs: [{{event: child.seen, missing: The child has not been seen}}]
- id: told
  kind: next step
  title: Tell the child
  text: Tell the child.
  {SOURCE}
  after: assessment.approved
  until: assessment.shared
flow_charts:
- id: way
  title: The way
  source: {{document: book, paragraph: "9"}}
  nodes:
    - {{id: referral, title: Referral, column: 1, reached_by: referral.received, left_by: referral.decided}}
    - {{id: plan, title: Plan, column: 2, reached_by: plan.made, left_by: plan.ended, not_taken_by: case.closed}}
  edges: [{{from_node: referral, to_node: plan}}]
"""

KINDS = {
    "referral.received": (),
    "referral.decided": ("referral",),
    "referral.acknowledged": ("referral",),
    "assessment.started": ("referral",),
    "assessment.approved": ("assessment",),
    "assessment.shared": ("assessment",),
    "plan.made": ("referral",),
    "plan.ended": ("plan",),
    "visit.made": ("plan",),
    "child.seen": (),
    "strategy.held": ("referral",),
    "case.closed": ("referral",),
    "departure.recorded": ("plan", "assessment", "referral"),
    "person.described": (),
    "note.added": (),
}
SELDOM = ("referral.received", "plan.ended", "case.closed", "person.described")
OFTEN = [
    *sorted(KINDS),
    *sorted(KINDS.keys() - set(SELDOM)),
    "visit.made",
    "visit.made",
    "departure.recorded",
]
OPENS = {"referral.received": "referral", "assessment.started": "assessment", "plan.made": "plan"}
BEGINNINGS = [
    (),
    ("referral.decided", "assessment.started"),
    ("plan.made",),
    ("person.described", "plan.made"),
]
ROLES = st.sampled_from(["social worker", "team manager"])
ANSWER = st.sampled_from([None, True, False])


def _moments(days: int = 70) -> st.SearchStrategy[Moment]:
    """Times in the first days, more of them early, some on the hour and some of which only the day is known."""
    minutes = st.one_of(
        st.integers(0, 60 * 24 * days),
        st.integers(0, 60 * 24 * 12),
        st.builds(lambda day, hour: 60 * (24 * day + hour), st.integers(0, 25), st.integers(0, 12)),
    )
    exact = minutes.map(lambda m: Moment.exact(FIRST + timedelta(minutes=m)))
    day = minutes.map(lambda m: Moment.on_day((FIRST + timedelta(minutes=m)).astimezone(LONDON).date()))
    return st.one_of(exact, exact, exact, day)


@st.composite
def _data(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if kind == "referral.received":
        data["urgent"] = draw(ANSWER)
    elif kind == "referral.decided":
        data["outcome"] = draw(st.sampled_from([None, ["assessment"], ["assessment"], ["advice"]]))
    elif kind == "assessment.shared":
        data["with"] = "child"
    elif kind == "visit.made":
        data["child_seen"] = draw(st.sampled_from([None, True, True, False]))
    elif kind == "child.seen":
        data["alone"] = draw(ANSWER)
    elif kind == "departure.recorded":
        data["provision"] = draw(st.sampled_from(["assess", "share", "visit"]))
        data["reason"] = "Made up."
        day = FIRST.date() + timedelta(days=draw(st.integers(0, 50)))
        data["new_date"] = draw(st.sampled_from([None, day.isoformat()]))
    elif kind == "person.described":
        data["born"] = draw(st.sampled_from(["2009-06-01", "2016-06-01"]))
    return {name: value for name, value in data.items() if value is not None}


@st.composite
def _fact(draw: st.DrawFn, number: int, openers: dict[str, list[str]], kind: str) -> Event:
    kind = kind or draw(st.sampled_from(OFTEN))
    happened = draw(_moments())
    delay = draw(st.sampled_from([0, 0, 1, 60, 60 * 24, 60 * 24 * 9, 60 * 24 * 30]))
    named = [one for strand in KINDS[kind] for one in openers.get(strand, [])]
    return Event(
        id=f"e{number:02}",
        type=kind,
        happened_at=happened,
        recorded_at=happened.latest + timedelta(minutes=delay),
        author=Author("A Worker", draw(ROLES)),
        data=draw(_data(kind)),
        strand=draw(st.sampled_from([None, *named])) if named else None,
        number=number,
    )


@st.composite
def _mending(draw: st.DrawFn, number: int, before: list[Event]) -> Event:
    target = draw(st.sampled_from(before))
    recorded = target.recorded_at + timedelta(minutes=draw(st.integers(0, 60 * 24 * 40)))
    data: dict[str, Any] = {"withdraws": target.id, "reason": "Made up."}
    if target.type not in ("event.corrected", "event.withdrawn") and draw(st.integers(0, 2)):
        data = {"corrects": target.id, "data": draw(_data(target.type))}
        if draw(st.booleans()):
            at = draw(_moments())
            data["at"] = at.day.isoformat() if at.is_day else at.latest.isoformat()
    return Event(
        id=f"e{number:02}",
        type="event.corrected" if "corrects" in data else "event.withdrawn",
        happened_at=Moment.exact(recorded),
        recorded_at=recorded,
        author=Author("A Worker", "social worker"),
        data=data,
        number=number,
    )


@st.composite
def streams(draw: st.DrawFn, *, mended: bool = True, size: int = 14) -> list[Event]:
    """A stream of facts, some of them typed late, and corrections and withdrawals of any of them."""
    first = Event(
        "e00", "referral.received", Moment.exact(FIRST), FIRST, Author("A Worker", "contact centre")
    )
    events = [replace(first, data=draw(_data("referral.received")))]
    openers = {"referral": ["e00"]}
    begun = draw(st.sampled_from(BEGINNINGS))
    for number in range(1, draw(st.integers(3, size)) + 1):
        kind = begun[number - 1] if number <= len(begun) else ""
        if not kind and mended and draw(st.integers(0, 2)) == 0:
            events.append(draw(_mending(number, events)))
            continue
        event = draw(_fact(number, openers, kind))
        events.append(event)
        if event.type in OPENS:
            openers.setdefault(OPENS[event.type], []).append(event.id)
    return events


@st.composite
def promptly(draw: st.DrawFn) -> list[Event]:
    """A stream typed in as things happened, or soon after, as most are; with a few corrections at the end.

    Of some only the day is known.
    """
    events: list[Event] = []
    at = FIRST
    for event in draw(streams(mended=False)):
        day = draw(st.sampled_from([False, False, False, True]))
        moment = Moment.on_day(at.astimezone(LONDON).date()) if day else Moment.exact(at)
        delay = draw(st.sampled_from([0, 0, 20, 300, 60 * 24, 60 * 24 * 3]))
        recorded = at + timedelta(minutes=delay)
        events.append(replace(event, happened_at=moment, recorded_at=recorded, number=len(events)))
        at += timedelta(minutes=draw(st.sampled_from([0, 30, 600, 60 * 24, 60 * 24 * 4, 60 * 24 * 9])))
    for _ in range(draw(st.integers(0, 2))):
        events.append(draw(_mending(len(events), events)))
    return events


@st.composite
def holidays(draw: st.DrawFn) -> list[Holiday]:
    """Weekdays that are made holidays, announced before or after, a few of them taken back."""
    found: dict[date, Holiday] = {}
    for _ in range(draw(st.integers(0, 4))):
        day = FIRST.date() + timedelta(days=draw(st.integers(0, 30)))
        announced = day + timedelta(days=draw(st.integers(-15, 40)))
        withdrawn = draw(st.sampled_from([None, None, announced + timedelta(days=9)]))
        if day.weekday() < SATURDAY and day not in dict(statutory_holidays(day.year)):
            found[day] = Holiday(day, "A made-up holiday", announced, withdrawn)
    return list(found.values())


def instants() -> st.SearchStrategy[datetime]:
    """Times at which a record is looked at."""
    days = (LAST - FIRST).days
    exact = st.integers(0, 60 * 24 * days).map(lambda m: FIRST + timedelta(minutes=m))
    early = st.integers(0, 60 * 24 * 40).map(lambda m: FIRST + timedelta(minutes=m))
    midnights = st.integers(0, days).map(lambda d: start_of_london_day(FIRST.date() + timedelta(days=d)))
    return st.one_of(exact, early, midnights)
