"""Work lists: open duties only, the soonest due first, in one query."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import connection
from tests.records.conftest import make_record, make_staff
from tests.records.test_projections import DUTY, NOW, SUMMARY, VISIT

from cairn.records import projections, work_lists


def keys(items):
    return [item.duty.key for item in items]


def test_a_person_sees_their_open_duties_by_due_time(db, django_assert_num_queries):
    me, other, record = make_staff(), make_staff("Other"), make_record()
    mine = replace(DUTY, for_staff_id=me.pk)
    sooner = replace(mine, key="sooner", due_earliest=NOW, due_latest=NOW)
    undated = replace(VISIT, key="undated", for_staff_id=me.pk)
    closed = [
        replace(mine, key="met", met_earliest=NOW, met_at=NOW),
        replace(mine, key="ended", ended_at=NOW),
        replace(mine, key="other", for_staff_id=other.pk),
    ]
    projections.replace(record.id, replace(SUMMARY, worker_id=me.pk), [undated, mine, sooner, *closed])
    with django_assert_num_queries(1):
        items = work_lists.work_of_staff(me.pk)

    assert keys(items) == ["sooner", DUTY.key, "undated"]
    about = items[0].about
    assert (about.record_id, about.number, about.name) == (record.id, record.number, SUMMARY.name)
    assert (about.restricted, about.worker_id, about.worker_name) == (True, me.pk, me.name)
    assert items[1].duty == mine
    assert keys(work_lists.work_of_staff(me.pk, limit=1, offset=1)) == [DUTY.key]


def test_a_duty_departed_from_is_still_to_be_done(db, make_team):
    me, team, record = make_staff(), make_team(), make_record()
    why = {"departed_at": NOW, "departed_why": "The family is abroad."}
    departed = replace(DUTY, for_staff_id=me.pk, for_team_id=team.pk, **why)
    closed = [
        replace(departed, key="done", met_earliest=NOW, met_at=NOW),
        replace(departed, key="over", ended_at=NOW),
    ]
    free = replace(departed, key="free", for_staff_id=None, who="social worker")
    projections.replace(record.id, SUMMARY, [departed, free, *closed])
    assert [item.duty for item in work_lists.work_of_staff(me.pk)] == [departed]
    assert keys(work_lists.work_of_team(team.pk)) == [departed.key, "free"]
    assert keys(work_lists.work_of_roles([team.pk], ["social worker"])) == ["free"]


def test_a_team_sees_its_open_duties(db, make_team):
    team, record = make_team(), make_record()
    own = replace(DUTY, for_team_id=team.pk)
    projections.replace(record.id, SUMMARY, [own, VISIT])
    assert keys(work_lists.work_of_team(team.pk)) == [own.key]


def test_a_role_sees_what_is_nobodys_in_its_teams_however_much_is_others(
    db, make_team, django_assert_num_queries
):
    one, two, elsewhere = make_team(), make_team(), make_team()
    theirs, record = make_staff("Theirs", team=one), make_record()
    workers = replace(DUTY, who="social worker", for_team_id=one.pk)
    others = [replace(workers, key=f"{n}", for_staff_id=theirs.pk) for n in range(5)]
    due = {"due_earliest": NOW + timedelta(days=9), "due_latest": NOW + timedelta(days=9)}
    free = replace(workers, key="free", for_staff_id=None, **due)
    other_role = replace(free, key="other-role", who="independent chair")
    rows = [*others, free, replace(free, key="second", for_team_id=two.pk), other_role]
    projections.replace(record.id, SUMMARY, [*rows, replace(free, key="elsewhere", for_team_id=elsewhere.pk)])
    with django_assert_num_queries(1):
        items = work_lists.work_of_roles([one.pk, two.pk], ["social worker"], limit=3)
    assert sorted(keys(items)) == ["free", "second"]


def test_who_answers_for_a_duty_sees_it_beside_whoever_does_it(db, make_team):
    team = make_team()
    worker, record = make_staff("Worker", team=team), make_record()
    both = replace(DUTY, who="team manager", for_team_id=team.pk, for_staff_id=worker.pk)
    projections.replace(record.id, SUMMARY, [both])
    assert keys(work_lists.work_of_staff(worker.pk)) == [both.key]
    assert keys(work_lists.work_of_roles([team.pk], ["team manager"])) == [both.key]
    assert work_lists.work_of_roles([team.pk], ["social worker"]) == []


def test_cases_are_the_open_ones_by_name(db, make_team):
    team = make_team()
    worker = make_staff(team=team)
    held = replace(SUMMARY, worker_id=worker.pk, team_id=team.pk, stage="to be allocated")
    first, second, closed = make_record(), make_record(), make_record()
    projections.replace(second.id, replace(held, name="Zed Invented"), [])
    projections.replace(first.id, replace(held, name="Ada Invented"), [])
    projections.replace(closed.id, replace(held, episode_closed_at=NOW), [])
    for lines in (
        work_lists.cases_of_staff(worker.pk),
        work_lists.cases_at("to be allocated", [team.pk]),
    ):
        assert [line.record_id for line in lines] == [first.id, second.id]
        assert (lines[0].worker_name, lines[0].team_name) == (worker.name, team.name)
        assert lines[0].summary.name == "Ada Invented"
    projections.replace(second.id, replace(held, stage="assessment"), [])
    assert [line.record_id for line in work_lists.cases_at("to be allocated", [team.pk])] == [first.id]


def test_the_work_list_is_answered_by_its_index(db):
    """Even where most duties of the database are closed or other people's."""
    me = make_staff()
    with connection.cursor() as cursor:
        # What an empty table would rather do says nothing of a full one.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(
            """EXPLAIN SELECT * FROM records_dutyrow WHERE for_staff_id = %s AND met_at IS NULL
               AND ended_at IS NULL ORDER BY due_latest LIMIT 50""",
            [me.pk],
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "duty_work_of_staff" in plan
    assert "Sort" not in plan
