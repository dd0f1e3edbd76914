"""Every figure of a team's work and the list behind it: one definition, so the list is as long as the number says."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.records.conftest import make_record, make_staff
from tests.records.test_projections import DUTY, NOW, SUMMARY

from cairn.core.calendar.moment import LONDON, end_of_london_day
from cairn.records import figures, projections
from cairn.records.figures import Band, Marks, Part

DAY = timedelta(days=1)
MARKS = Marks(NOW, end_of_london_day(NOW.astimezone(LONDON).date()), NOW + 7 * DAY)
BANDS = (
    Band("episode-over-6-months", "episode", NOW - 182 * DAY, NOW - 365 * DAY),
    Band("episode-over-12-months", "episode", NOW - 365 * DAY, None),
    Band("plan-over-6-months", "plan", NOW - 182 * DAY, None),
)
STAGES = ("contact", "referral", "to be allocated", "allocated", "closed")
WORK = ("child_protection_plan", "child_in_need_plan", "enquiry", "assessment", "referral", "contact", "")


def some_time(chance, around=20, never=0.2):
    """An instant some days from now, on either side; None in some cases."""
    if chance.random() < never:
        return None
    return NOW + timedelta(days=chance.randint(-around, around), seconds=chance.choice((-1, 0, 1)))


def some_duty(chance, team, key):
    first = some_time(chance)
    last = first + chance.choice((0, 0, 1)) * DAY if first else None
    done = some_time(chance, never=0.6)
    return replace(
        DUTY,
        key=key,
        provision=chance.choice(("visit", "assessment-complete", "review")),
        act=chance.choice(("record-visit", "approve-assessment")),
        for_team_id=team,
        due_earliest=first,
        due_latest=last,
        met_earliest=done,
        met_at=done,
        ended_at=some_time(chance, never=0.7),
        departed_at=some_time(chance, never=0.8),
        cannot_tell=chance.choice(("", "", "", "the hour")),
    )


def some_wait(chance, key):
    at = some_time(chance, never=0).isoformat()
    sort = chance.choice(("visit", "meeting", "approval"))
    return {
        "id": key,
        "sort": sort,
        "what": "Visit",
        "act": "x",
        "earliest": at,
        "latest": at,
        "by": "A",
        "place": "",
    }


def some_line(chance, team, workers):
    closed = chance.random() < 0.1
    stage = "closed" if closed else chance.choice(STAGES)
    opened = NOW - timedelta(days=chance.choice((10, 200, 400, 900)))
    return replace(
        SUMMARY,
        worker_id=chance.choice(workers),
        team_id=team,
        stage=stage,
        open_work=chance.choice(WORK),
        episode_opened_at=opened,
        episode_closed_at=NOW if closed else None,
        plan_made_at=some_time(chance, around=400),
        allocated_at=some_time(chance),
        waits=tuple(some_wait(chance, str(number)) for number in range(chance.randint(0, 3))),
    )


@pytest.fixture(params=range(6))
def team(request, db, make_team):
    """A team with made-up work of every sort, another team with the same, and somebody who has left."""
    chance, one, other = random.Random(request.param), make_team(), make_team()
    left = make_staff("Left", team=one)
    left.is_active = False
    left.save()
    workers = [
        None,
        left.pk,
        *(make_staff(f"Worker {n}", team=where).pk for n, where in enumerate((one, one, other, None))),
    ]
    for number in range(24):
        own = one if number % 4 else other
        rows = [
            some_duty(chance, chance.choice((own.pk, own.pk, other.pk)), f"{number}-{n}") for n in range(6)
        ]
        projections.replace(make_record().id, some_line(chance, own.pk, workers), rows)
    return one, workers


def numbers(team):
    """Every number by the part it is of: each worker's, nobody's, other people's, and of all."""
    found = {}
    members = set(team.members.filter(is_active=True).values_list("pk", flat=True))
    for by_worker in (
        figures.duties_by_worker(team.pk, MARKS),
        figures.children_by_worker(team.pk, MARKS, BANDS),
        figures.waits_by_worker(team.pk, MARKS),
    ):
        for worker, counts in by_worker.items():
            for name, number in counts.items():
                parts = [Part(team.pk), Part(team.pk, "one", worker) if worker else Part(team.pk, "nobody")]
                parts += [Part(team.pk, "elsewhere")] if worker and worker not in members else []
                for part in parts:
                    found[name, part] = found.get((name, part), 0) + number
    return found


def listed(name, part, limit=1000, offset=0):
    """The list of a figure: how long it says it is, and its rows."""
    total = figures.number_of(name, part, MARKS, BANDS)
    if figures.is_duties(name):
        return total, figures.duties(name, part, MARKS, "", limit, offset)
    if figures.is_waits(name):
        return total, figures.waits(name, part, MARKS, limit, offset)
    return total, figures.children(name, part, MARKS, BANDS, limit, offset)


def test_every_list_is_as_long_as_its_number_says(team):
    where, workers = team
    counted = numbers(where)
    parts = [Part(where.pk), Part(where.pk, "nobody"), Part(where.pk, "elsewhere")]
    parts += [Part(where.pk, "one", worker) for worker in workers if worker]
    for name in figures.names(BANDS):
        for part in parts:
            total, rows = listed(name, part)
            assert total == len(rows) == counted.get((name, part), 0), (name, part)
    assert all(
        any(number for (one, _), number in counted.items() if one == name)
        for name in ("overdue", "approvals")
    )


def test_the_parts_of_a_figure_are_all_of_it_and_so_are_its_kinds(team):
    where, _ = team
    counted = numbers(where)
    whole = {name: counted.get((name, Part(where.pk)), 0) for name in figures.names(BANDS)}
    assert sum(whole[name] for name in figures.WORK) == whole["children"]
    kinds = figures.overdue_by_kind(where.pk, MARKS)
    assert sum(one.number for one in kinds) == whole["overdue"]
    for kind in {one.provision for one in kinds}:
        total = figures.number_of("overdue", Part(where.pk), MARKS, BANDS, kind)
        rows = figures.duties("overdue", Part(where.pk), MARKS, kind, 1000)
        assert total == len(rows) == sum(one.number for one in kinds if one.provision == kind)


def test_its_pages_are_the_whole_list_each_line_once(team):
    where, _ = team
    for name in ("due", "children", "approvals"):
        total, whole = listed(name, Part(where.pk))
        pages = [row for offset in range(0, total, 3) for row in listed(name, Part(where.pk), 3, offset)[1]]
        assert pages == whole, name


def test_a_visit_is_missed_where_it_was_made_late_or_not_while_it_was_due(db, make_team):
    team, record = make_team(), make_record()
    due = NOW - 5 * DAY
    visit = replace(DUTY, act="record-visit", for_team_id=team.pk, due_earliest=due, due_latest=due)
    done = {"late": due + DAY, "in-time": due - DAY}
    rows = [replace(visit, key=key, met_earliest=at, met_at=at) for key, at in done.items()]
    rows += [
        replace(visit, key="not-made", ended_at=due + DAY),
        replace(visit, key="no-longer", ended_at=due - DAY),
    ]
    rows += [replace(visit, key="still-due"), replace(rows[0], key="no-visit", act="hold-strategy")]
    long_ago = {"due_earliest": NOW - 40 * DAY, "due_latest": NOW - 40 * DAY}
    rows += [replace(rows[0], key="long-ago", **long_ago)]
    projections.replace(record.id, SUMMARY, rows)
    found = figures.duties("visits-missed", Part(team.pk), MARKS)
    assert {one.duty.key for one in found} == {"late", "not-made"}
    assert [one.duty.key for one in figures.duties("visits-overdue", Part(team.pk), MARKS)] == ["still-due"]


def test_a_booking_past_its_time_asks_and_one_to_come_is_booked(db, make_team):
    team, record = make_team(), make_record()
    wait = {"sort": "visit", "what": "Visit", "act": "x", "by": "A", "place": ""}
    times = {
        "past": NOW - DAY,
        "now": NOW,
        "soon": NOW + 14 * DAY,
        "later": NOW + 14 * DAY + timedelta(seconds=1),
    }
    waits = tuple(
        {**wait, "id": key, "earliest": at.isoformat(), "latest": at.isoformat()} for key, at in times.items()
    )
    projections.replace(record.id, replace(SUMMARY, team_id=team.pk, waits=waits), [])
    found = {
        name: [one.wait["id"] for one in listed(name, Part(team.pk))[1]]
        for name in ("asking", "booked", "approvals")
    }
    assert found == {"asking": ["past"], "booked": ["now", "soon"], "approvals": []}


def test_a_booking_of_a_closed_case_asks_nobody_any_more(db, make_team):
    team, record = make_team(), make_record()
    wait = {"id": "w", "sort": "visit", "what": "Visit", "act": "x", "by": "A", "place": ""}
    past = (NOW - DAY).isoformat()
    line = replace(SUMMARY, team_id=team.pk, waits=({**wait, "earliest": past, "latest": past},))
    projections.replace(record.id, replace(line, stage="closed", episode_closed_at=NOW), [])
    assert listed("asking", Part(team.pk)) == (0, [])
    assert figures.waits_by_worker(team.pk, MARKS) == {}
