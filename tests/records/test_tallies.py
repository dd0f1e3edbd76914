"""Tallies: overdue, today and soon counted as a duty's own state has them, whoever holds the child."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from tests.records.conftest import make_record, make_staff
from tests.records.test_projections import DUTY, NOW, SUMMARY

from cairn.core.calendar.moment import LONDON, end_of_london_day
from cairn.core.engine.instants import Instants, state_of
from cairn.records import figures, projections, tallies
from cairn.records.figures import Marks
from cairn.records.tallies import Tally

TODAY_ENDS = end_of_london_day(NOW.astimezone(LONDON).date())
WEEK = timedelta(days=7)
MARKS = Marks(NOW, TODAY_ENDS, NOW + WEEK)
SECOND = timedelta(seconds=1)
EDGES = (NOW - SECOND, NOW, NOW + SECOND, TODAY_ENDS, TODAY_ENDS + SECOND, NOW + WEEK, NOW + WEEK + SECOND)
WHYS = ({}, {"departed_at": NOW, "departed_why": "Abroad."}, {"cannot_tell": "the kind"})
DUES = [(None, None), *((first, last) for first, last in product(EDGES, EDGES) if first <= last)]


def state(duty):
    due = (duty.due_earliest, duty.due_latest) if duty.due_latest else None
    return state_of(Instants(NOW, due, None, duty.departed_at, None, duty.cannot_tell), NOW)[0]


def counted(duties):
    states = [(state(duty), duty.due_latest) for duty in duties]
    soon = [due for one, due in states if one in ("due_today", "upcoming") and due <= NOW + WEEK]
    names = [one for one, _ in states]
    return Tally(names.count("overdue"), names.count("due_today"), len(soon))


@pytest.fixture
def duties():
    """A duty for every order of now, today's end, the week's end and an hour not known, with every reason."""
    return [
        replace(DUTY, key=f"{number}", due_earliest=first, due_latest=last, **why)
        for number, ((first, last), why) in enumerate(product(DUES, WHYS))
    ]


def test_what_the_database_counts_is_what_each_duty_s_state_says(
    db, make_team, duties, django_assert_num_queries
):
    team, one, other = make_team(), make_staff("One"), make_staff("Other")
    for worker, part in ((one.pk, duties[::3]), (other.pk, duties[1::3]), (None, duties[2::3])):
        rows = [replace(duty, for_team_id=team.pk) for duty in part]
        projections.replace(make_record().id, replace(SUMMARY, worker_id=worker), rows)
    with django_assert_num_queries(1):
        found = figures.duties_by_worker(team.pk, MARKS)
    for worker, part in ((one.pk, duties[::3]), (other.pk, duties[1::3]), (None, duties[2::3])):
        assert tally(found[worker]) == counted(part)
    assert counted(duties).overdue
    assert counted(duties).due_soon > counted(duties).due_today > 0


def tally(counts):
    return Tally(counts["overdue"], counts["today"], counts["week"])


def test_a_person_s_tally_is_theirs_and_what_is_nobodys_of_their_role(
    db, make_team, django_assert_num_queries
):
    me, other, team, elsewhere = make_staff(), make_staff("Other"), make_team(), make_team()
    past = {"due_earliest": NOW - SECOND, "due_latest": NOW - SECOND}
    late = replace(DUTY, who="social worker", for_team_id=team.pk, **past)
    rows = [
        replace(late, key="mine", for_staff_id=me.pk),
        replace(late, key="theirs", for_staff_id=other.pk),
        replace(late, key="nobodys"),
        replace(late, key="other-role", who="independent chair"),
        replace(late, key="elsewhere", for_team_id=elsewhere.pk),
        replace(late, key="done", for_staff_id=me.pk, met_earliest=NOW, met_at=NOW),
        replace(late, key="over", for_staff_id=me.pk, ended_at=NOW),
    ]
    projections.replace(make_record().id, SUMMARY, rows)
    with django_assert_num_queries(1):
        assert tallies.tally_of_person(me.pk, [team.pk], ["social worker"], MARKS) == Tally(overdue=2)
    assert tallies.tally_of_person(me.pk, [], [], MARKS) == Tally(overdue=1)


def test_children_are_counted_by_who_holds_them_in_one_query_for_all_teams(
    db, make_team, django_assert_num_queries
):
    one, two, elsewhere, worker = make_team(), make_team(), make_team(), make_staff()
    held = replace(SUMMARY, worker_id=worker.pk)
    closed = {"episode_closed_at": NOW}
    for line in (
        replace(held, team_id=one.pk),
        replace(held, team_id=two.pk),
        replace(held, team_id=elsewhere.pk),
        replace(held, team_id=one.pk, **closed),
        replace(held, team_id=one.pk, worker_id=None),
    ):
        projections.replace(make_record().id, line, [])
    with django_assert_num_queries(1):
        assert tallies.children_by_worker([one.pk, two.pk]) == {worker.pk: 2, None: 1}
