"""Projections: derived rows replaced in few statements, unchanged ones left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.records.conftest import make_record, make_staff

from cairn.records import projections
from cairn.records.models import DutyRow
from cairn.records.projections import Derived, DutyRowData, SummaryRow

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
SUMMARY = SummaryRow(
    name="Robin Made-Up",
    known_as="Rob",
    born=date(2016, 5, 4),
    address="1 Invented Row",
    restricted=True,
    episode_opened_at=NOW - timedelta(days=30),
    stage="assessment",
    next_change_at=NOW + timedelta(days=1),
    derived_at=NOW,
    last_number=4,
    procedures_hash="abc",
)
DUTY = DutyRowData(
    key="assessment-complete:1",
    provision="assessment-complete",
    title="Complete the assessment",
    who="team manager",
    started_at=NOW,
    act="assessment.approved",
    due_earliest=NOW + timedelta(days=10),
    due_latest=NOW + timedelta(days=10),
    also=({"within": "7 days", "paragraph": "4.23"},),
)
VISIT = DutyRowData(
    key="visit:1:1", provision="visit", title="Visit", who="social worker", started_at=NOW, waiting=True
)


def written_at(record_id):
    """Where each row stands on disk: a row written again moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, ctid::text FROM records_dutyrow WHERE record_id = %s", [record_id])
        return dict(cursor.fetchall())


def test_what_was_derived_comes_back(db):
    record, worker = make_record(), make_staff()
    summary = replace(SUMMARY, worker_id=worker.pk)
    duty = replace(DUTY, for_staff_id=worker.pk, met_earliest=NOW, met_at=NOW + timedelta(hours=1))
    projections.replace(record.id, summary, [VISIT, duty])
    assert projections.summary(record.id) == summary
    assert projections.duties_of(record.id) == [duty, VISIT]
    assert projections.summary(make_record().id) is None


def test_deriving_again_changes_only_what_changed(db):
    record = make_record()
    gone = replace(VISIT, key="visit:1:2")
    projections.replace(record.id, SUMMARY, [DUTY, VISIT, gone])
    before = written_at(record.id)

    changed = replace(VISIT, met_earliest=NOW, met_at=NOW)
    new = replace(VISIT, key="visit:1:3")
    projections.replace(record.id, replace(SUMMARY, last_number=5, stage="plan"), [DUTY, changed, new])

    after = written_at(record.id)
    assert after.keys() == {DUTY.key, changed.key, new.key}
    assert after[DUTY.key] == before[DUTY.key]
    assert after[changed.key] != before[changed.key]
    assert projections.summary(record.id).stage == "plan"
    assert changed in projections.duties_of(record.id)


def test_replacing_costs_at_most_four_statements(db, django_assert_max_num_queries):
    record = make_record()
    projections.replace(record.id, SUMMARY, [DUTY, VISIT])
    with django_assert_max_num_queries(4):
        projections.replace(record.id, SUMMARY, [replace(DUTY, title="Other"), replace(VISIT, key="new")])
    with django_assert_max_num_queries(2):
        projections.replace(record.id, SUMMARY, [replace(DUTY, title="Other"), replace(VISIT, key="new")])


def test_many_at_once_leave_the_rows_that_single_calls_leave(db, django_assert_max_num_queries):
    alone, together = [make_record() for _ in range(3)], [make_record() for _ in range(3)]
    for record in alone:
        projections.replace(record.id, SUMMARY, [DUTY, VISIT])
    with django_assert_max_num_queries(4):
        projections.replace_many([Derived(record.id, SUMMARY, (DUTY, VISIT)) for record in together])
    assert [projections.duties_of(record.id) for record in alone] == [
        projections.duties_of(record.id) for record in together
    ]
    assert set(projections.summaries(record.id for record in together).values()) == {SUMMARY}


def test_records_whose_time_has_come(db):
    late, later, future, never = (make_record() for _ in range(4))
    changes = {late: -2, later: -1, future: 1}
    for record, hours in changes.items():
        at = NOW + timedelta(hours=hours)
        projections.replace(record.id, replace(SUMMARY, next_change_at=at), [])
    projections.replace(never.id, replace(SUMMARY, next_change_at=None), [])
    assert projections.due_for_change(NOW) == [late.id, later.id]
    assert projections.due_for_change(NOW, limit=1) == [late.id]


def test_records_derived_under_other_procedures(db):
    old, new = make_record(), make_record()
    projections.replace(old.id, replace(SUMMARY, procedures_hash="old"), [])
    projections.replace(new.id, replace(SUMMARY, procedures_hash="new"), [])
    assert projections.derived_under_others("new") == [old.id]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"due_earliest": NOW, "due_latest": NOW - timedelta(days=1)}, "duty_due_in_order"),
        ({"due_earliest": None, "due_latest": NOW}, "duty_due_in_order"),
        ({"due_earliest": NOW, "due_latest": None}, "duty_due_in_order"),
        ({"met_earliest": None, "met_at": NOW}, "duty_met_in_order"),
        ({"met_earliest": NOW, "met_at": NOW - timedelta(days=1)}, "duty_met_in_order"),
    ],
)
def test_the_database_refuses_instants_out_of_order(db, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        projections.replace(make_record().id, SUMMARY, [replace(DUTY, **change)])


@pytest.mark.parametrize("opened", [None, NOW + timedelta(days=1)])
def test_an_episode_closes_after_it_opened(db, opened):
    closed = replace(SUMMARY, episode_opened_at=opened, episode_closed_at=NOW)
    with pytest.raises(IntegrityError, match="summary_closed_after_opened"), transaction.atomic():
        projections.replace(make_record().id, closed, [])


def test_no_state_is_stored():
    names = {field.name for field in DutyRow._meta.get_fields()}
    assert not names & {"state", "status", "overdue", "late"}
