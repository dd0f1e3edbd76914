"""The look-ups of a week, counted in the database for each person; and what was found about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from cairn.core.calendar.moment import Moment
from cairn.records.models import LookReview

# So long before, the hours that somebody works are learnt: those in which they looked on two days or more.
LEARNT: Final = timedelta(weeks=8)
COUNTED: Final = """
WITH week AS (
    SELECT id, at, actor_id, what, page, relied_on, allowed, records,
        extract(isodow FROM at AT TIME ZONE 'Europe/London') > 5 AS weekend,
        extract(hour FROM at AT TIME ZONE 'Europe/London')::int AS hour
    FROM records_accessentry
    WHERE at >= %(since)s AND at < %(until)s AND what <> 'list' AND page <> 'tie:conflict'
), usual AS (
    SELECT actor_id, extract(isodow FROM at AT TIME ZONE 'Europe/London') > 5 AS weekend,
        extract(hour FROM at AT TIME ZONE 'Europe/London')::int AS hour
    FROM records_accessentry
    WHERE at >= %(learnt)s AND at < %(since)s AND actor_id IN (SELECT actor_id FROM week)
    GROUP BY 1, 2, 3 HAVING count(DISTINCT (at AT TIME ZONE 'Europe/London')::date) >= 2
), looks AS (
    SELECT week.id, week.actor_id, week.what, week.page, week.allowed, one.record,
        week.relied_on = 'allocated worker' OR week.relied_on LIKE 'covering for%%' OR week.relied_on LIKE 'chair of%%'
            OR week.relied_on LIKE 'named on%%' OR week.relied_on LIKE 'auditor of%%' AS theirs,
        week.what NOT IN ('search', 'refused', 'tie given', 'tie ended', 'audit sample', 'asked') AND week.allowed AS opened,
        lower(substring(summary.name FROM '[^ ]+$')) = lower(substring(staff.name FROM '[^ ]+$')) AS named_alike,
        summary.stage IN ('', 'closed') AS nothing_open
    FROM week CROSS JOIN LATERAL unnest(week.records) AS one (record)
    JOIN records_staff staff ON staff.id = week.actor_id
    LEFT JOIN records_recordsummary summary ON summary.record_id = one.record
), again AS (
    SELECT actor_id, max(number) AS number FROM (
        SELECT actor_id, record, count(DISTINCT id) AS number FROM looks WHERE opened AND NOT theirs GROUP BY 1, 2
    ) each_record GROUP BY 1
), of_records AS (
    SELECT actor_id,
        count(DISTINCT record) FILTER (WHERE opened AND NOT theirs) AS not_allocated,
        count(DISTINCT record) FILTER (WHERE named_alike AND NOT theirs AND (opened OR NOT allowed)) AS same_surname,
        count(DISTINCT record) FILTER (WHERE opened AND NOT theirs AND nothing_open) AS no_open_case,
        count(DISTINCT id) FILTER (WHERE what = 'export' AND NOT theirs) AS took_away
    FROM looks GROUP BY 1
), of_looks AS (
    SELECT week.actor_id,
        count(*) FILTER (WHERE page = 'tie:break-glass' AND what = 'tie given') AS broken_glass,
        count(*) FILTER (WHERE NOT allowed) AS refused,
        count(*) FILTER (WHERE what = 'search') AS searched,
        count(*) FILTER (
            WHERE usual.actor_id IS NULL AND (week.weekend OR week.hour NOT BETWEEN 7 AND 19)
        ) AS odd_hours
    FROM week LEFT JOIN usual
        ON usual.actor_id = week.actor_id AND usual.weekend = week.weekend AND usual.hour = week.hour
    GROUP BY 1
)
SELECT staff.id, staff.name, staff.role, coalesce(team.name, ''), of_looks.broken_glass, coalesce(same_surname, 0),
    of_looks.refused, coalesce(not_allocated, 0), of_looks.odd_hours, coalesce(again.number, 0),
    coalesce(no_open_case, 0), of_looks.searched, coalesce(took_away, 0)
FROM of_looks JOIN records_staff staff ON staff.id = of_looks.actor_id
LEFT JOIN records_team team ON team.id = staff.team_id
LEFT JOIN of_records ON of_records.actor_id = of_looks.actor_id
LEFT JOIN again ON again.actor_id = of_looks.actor_id
"""
NUMBERS: Final = (
    "broken_glass", "same_surname", "refused", "not_allocated", "odd_hours", "again", "no_open_case", "searched", "took_away",
)  # fmt: skip
RECORDS: Final = """
SELECT one.record, record.number, count(*), count(*) FILTER (WHERE NOT entry.allowed), min(entry.at), max(entry.at),
    array_agg(DISTINCT entry.relied_on) FILTER (WHERE entry.relied_on <> ''),
    bool_or(lower(substring(summary.name FROM '[^ ]+$')) = lower(substring(staff.name FROM '[^ ]+$')))
FROM records_accessentry entry CROSS JOIN LATERAL unnest(entry.records) AS one (record)
JOIN records_record record ON record.id = one.record
JOIN records_staff staff ON staff.id = entry.actor_id
LEFT JOIN records_recordsummary summary ON summary.record_id = one.record
WHERE entry.actor_id = %(actor)s AND entry.at >= %(since)s AND entry.at < %(until)s
    AND entry.what NOT IN ('list', 'search', 'audit sample') AND entry.relied_on <> 'allocated worker' AND entry.page <> 'tie:conflict'
    AND NOT one.record = ANY (%(without)s)
GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one person looked up in a week, counted by the name of each sign."""

    person: UUID
    name: str
    role: str
    team: str
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One record that a person, not its worker, opened or tried to open in a week: how often, when (UTC), relying on what."""

    record: UUID
    number: str
    looks: int
    refused: int
    first: datetime
    last: datetime
    relied_on: tuple[str, ...]
    same_surname: bool


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What was found about a person's week, by whom and when (UTC)."""

    about: UUID
    week: date
    verdict: str
    words: str
    by_name: str
    at: datetime


def counted(week: date) -> list[Counted]:
    """Everybody who looked anything up in the week that begins on this Monday, with each number; lists are no look-ups."""
    since, until = _instants(week)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"since": since, "until": until, "learnt": since - LEARNT})
        rows = cursor.fetchall()
    return [
        Counted(person, name, role, team, dict(zip(NUMBERS, numbers, strict=True)))
        for person, name, role, team, *numbers in rows
    ]


def records_of(person: UUID, week: date, without: Iterable[UUID] = (), limit: int = 100) -> list[LookedAt]:
    """The records that a person opened or tried to open in a week, not as their worker; the one looked at most first."""
    since, until = _instants(week)
    asked: dict[str, Any] = {
        "actor": person,
        "since": since,
        "until": until,
        "without": list(without),
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(RECORDS, asked)
        return [_looked_at(values) for values in cursor.fetchall()]


def _looked_at(values: tuple[Any, ...]) -> LookedAt:
    record, number, looks, refused, first, last, relied_on, same = values
    return LookedAt(record, number, looks, refused, first, last, tuple(relied_on or ()), bool(same))


def reviews(week: date) -> dict[UUID, ReviewRow]:
    """What was found about a week, by person: the last answer on each."""
    rows = LookReview.objects.filter(week=week).order_by("at")
    found = rows.values_list("about_id", "week", "verdict", "words", "by__name", "at")
    return {values[0]: ReviewRow(*values) for values in found}


def add_review(about: UUID, week: date, verdict: str, words: str, by: UUID, at: datetime) -> None:
    """Keep what somebody found about another person's week."""
    LookReview.objects.create(
        id=uuid4(), about_id=about, week=week, verdict=verdict, words=words, by_id=by, at=at
    )


def _instants(week: date) -> tuple[datetime, datetime]:
    """When a week begins and ends, London time."""
    return Moment.on_day(week).earliest, Moment.on_day(week + timedelta(days=7)).earliest
