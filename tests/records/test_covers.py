"""Covers: on their days only, by somebody who is still there; added and ended, and never changed."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from django.db import IntegrityError, transaction
from tests.records.conftest import RECORDED, make_staff

from cairn.records import covers, staff

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.fixture
def people(db, make_team):
    """Two of one team: who is away, and who covers."""
    team = make_team()
    return team, make_staff("Away", team=team), make_staff("Here", team=team)


def put(people, first=MONDAY, last=MONDAY + 4 * DAY, **more):
    team, away, here = people
    said = {"worker": away.pk, "by": here.pk, "team": team.pk, "reason": "Leave.", "set_by": here.pk}
    return covers.add(
        covers.NewCover(**{**said, "from_day": first, "until_day": last, "set_at": RECORDED, **more})
    )


@pytest.mark.parametrize(("day", "holds"), [(-1, False), (0, True), (4, True), (5, False)])
def test_it_holds_on_its_days_and_ends_by_itself(people, day, holds):
    _, _, here = people
    found = covers.cover(put(people))
    assert found.is_in_force(MONDAY + day * DAY) is holds
    assert [one.worker_name for one in covers.covered_by(here.pk, MONDAY + day * DAY)] == ["Away"] * holds


def test_ended_it_holds_no_more_and_is_ended_once(people):
    _, away, here = people
    cover = put(people)
    assert covers.end(cover, away.pk, RECORDED)
    assert not covers.end(cover, here.pk, RECORDED)
    found = covers.cover(cover)
    assert (found.ended_at, found.ended_by) == (RECORDED, "Away")
    assert covers.covered_by(here.pk, MONDAY) == []
    assert covers.overlapping([away.pk], MONDAY, MONDAY) == []
    assert covers.of_people([away.pk], MONDAY) == [found]


def test_it_holds_no_more_once_whoever_covers_has_left_or_is_in_another_team(people, make_team):
    _, _, here = people
    cover = put(people)
    staff.move(here.pk, make_team().pk)
    assert covers.covered_by(here.pk, MONDAY) == []
    assert not covers.cover(cover).is_able
    staff.move(here.pk, people[0].pk)
    staff.switch(here.pk, active=False)
    assert covers.covered_by(here.pk, MONDAY) == []
    assert not covers.cover(cover).is_in_force(MONDAY)


@pytest.mark.parametrize(
    ("first", "last", "found"), [(-3, -1, 0), (-3, 0, 1), (4, 9, 1), (1, 2, 1), (5, 9, 0)]
)
def test_those_that_have_a_day_in_common_are_found_of_either(people, first, last, found):
    put(people)
    for person in people[1:]:
        assert len(covers.overlapping([person.pk], MONDAY + first * DAY, MONDAY + last * DAY)) == found


@pytest.mark.parametrize("wrong", [{"until_day": MONDAY - DAY}, {"reason": ""}, {"by": "away"}])
def test_the_database_takes_none_that_cannot_be(people, wrong):
    wrong = {"by": people[1].pk} if "by" in wrong else wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        put(people, **wrong)


@pytest.mark.parametrize("change", ["until_day = '2027-01-01'", "worker_id = covered_by_id", "reason = 'x'"])
def test_the_application_can_change_nothing_of_it_but_its_end(as_role, change):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("cairn_app").execute(f"UPDATE records_cover SET {change}")  # noqa: S608 - written above
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("cairn_app").execute("DELETE FROM records_cover")
