"""What is derived follows from the streams alone: deriving it again, on time or whole, changes nothing that is right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.application.made_up import (
    NOW,
    RULES,
    Step,
    a_case,
    a_worker,
    record_case,
    write_procedures,
)

from cairn.application import upkeep
from cairn.application.procedures import in_use_edition, in_use_hash
from cairn.application.verifying import verify
from cairn.records import editions, projections, staff
from cairn.records.models import DutyRow, LedgerEvent, NameKey, PersonName, Record, RecordSummary


def tables() -> dict[str, list[tuple]]:
    """Every derived row as it stands, without the numbers that the database gives and the time of deriving."""
    rows: dict[str, list[tuple]] = {}
    for table in ("recordsummary", "dutyrow", "namekey", "personname"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM records_{table}")  # noqa: S608 - a name of this list
            names = [column.name for column in cursor.description]
            kept = [place for place, name in enumerate(names) if name not in {"id", "derived_at"}]
            rows[table] = sorted(repr([row[place] for place in kept]) for row in cursor.fetchall())
    return rows


def spoil() -> None:
    """Make the derived tables wrong in every way."""
    RecordSummary.objects.update(stage="wrong", name="Wrong")
    first = DutyRow.objects.first()
    DutyRow.objects.exclude(pk=first.pk).delete()
    DutyRow.objects.update(due_latest=NOW, due_earliest=NOW)
    NameKey.objects.filter(key__startswith="s:").delete()
    NameKey.objects.update(key=Concat("key", Value("wrong")))


@pytest.fixture
def cases(db, made_up, clock):
    author = a_worker()
    return [record_case(a_case(number), author) for number in range(3)]


def test_rebuilding_gives_what_people_left(cases):
    before = tables()
    assert upkeep.rebuild().done == 3
    assert tables() == before


def test_rebuilding_mends_whatever_is_wrong(cases):
    before = tables()
    spoil()
    assert tables() != before
    upkeep.rebuild()
    assert tables() == before


def test_rebuilding_goes_in_batches_and_says_how_far_it_is(cases, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    told = []
    upkeep.rebuild(told.append)
    assert told == [2, 1]


def test_stopped_between_batches_it_can_be_run_again(cases, monkeypatch):
    before = tables()
    spoil()
    monkeypatch.setattr(upkeep, "BATCH", 1)

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upkeep.rebuild(stop)
    assert RecordSummary.objects.filter(stage="wrong").count() == 2
    upkeep.rebuild()
    assert tables() == before


DAYS = st.dates(date(2025, 9, 1), date(2026, 3, 30))
FOLLOWING = st.sampled_from(
    [
        "assessment.started",
        "plan.made",
        "child.seen",
        "referral.decided",
        "enquiry.started",
        "contact.received",
    ]
)


@st.composite
def made_up_cases(draw):
    begun = draw(DAYS)
    steps = [
        Step(
            "person.described", begun, {"name": draw(st.sampled_from(["Robin Example", "Łucja O'Made-up"]))}
        ),
        Step("referral.received", begun, {"not_known": draw(st.sampled_from([[], ["referral.decided"]]))}),
    ]
    for type_ in draw(st.lists(FOLLOWING, max_size=5)):
        on = max(begun, draw(DAYS))
        opener = None if type_ in {"child.seen", "contact.received"} else 1
        steps.append(Step(type_, on, {}, opener))
        if type_ == "plan.made":
            steps.append(Step("visit.made", max(on, draw(DAYS)), {}, len(steps) - 1))
    if draw(st.booleans()):
        steps.append(Step("case.closed", max(step.at for step in steps), {}, 1))
    return steps


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=made_up_cases())
def test_rebuilding_gives_what_any_case_left(db, made_up, clock, steps):
    author = a_worker_once()
    record_case(steps, author)
    before = tables()
    assert list(verify(NOW)) == []
    spoil()
    upkeep.rebuild()
    assert tables() == before
    assert list(verify(NOW)) == []


def a_worker_once():
    found = staff.active_staff("social worker")
    return found[0].id if found else a_worker()


def test_tick_derives_what_time_has_changed_and_nothing_else(cases, clock):
    due = projections.summary(cases[0]).next_change_at
    RecordSummary.objects.filter(pk=cases[2]).update(next_change_at=None)
    assert upkeep.tick(due - timedelta(seconds=1)) == upkeep.Kept(0)
    assert upkeep.tick(due) == upkeep.Kept(2)
    assert projections.summary(cases[0]).derived_at == due
    assert (projections.summary(cases[0]).next_change_at or datetime.max.replace(tzinfo=UTC)) > due
    assert projections.summary(cases[2]).derived_at == NOW
    assert upkeep.tick(due) == upkeep.Kept(0)


def test_tick_goes_in_batches_until_nothing_is_left(cases, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 1)
    told = []
    due = projections.summary(cases[0]).next_change_at
    assert upkeep.tick(due, told.append).done == 3
    assert told == [1, 1, 1]


def test_a_new_edition_of_the_procedures_is_kept_and_brings_every_record_up_to_it(
    cases, monkeypatch, tmp_path
):
    old = in_use_hash()
    write_procedures(tmp_path / "new", RULES.replace("10 working days", "20 working days"))
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "new"))
    assert in_use_hash() != old
    before = DutyRow.objects.get(record_id=cases[0], provision="assess").due_latest
    assert upkeep.tick(NOW) == upkeep.Kept(3)
    assert DutyRow.objects.get(record_id=cases[0], provision="assess").due_latest > before
    assert [each.hash for each in editions.all_procedures()] != [old]
    assert {each.hash for each in editions.all_procedures()} == {old, in_use_hash()}
    assert upkeep.tick(NOW) == upkeep.Kept(0)


def test_a_changed_calendar_is_another_edition(made_up, tmp_path, monkeypatch):
    old = in_use_edition()
    write_procedures(tmp_path / "new")
    calendar = tmp_path / "new" / "calendars" / "bank_holidays_england.csv"
    lines = calendar.read_text("utf-8").splitlines(keepends=True)
    calendar.write_text("".join(lines[:-1]), "utf-8")
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "new"))
    assert in_use_edition().hash != old.hash
    assert in_use_edition().calendar_hash != old.calendar_hash


def test_the_first_act_keeps_the_procedures_and_the_calendar_in_use(cases):
    (kept,) = editions.all_procedures()
    assert (kept.hash, kept.name, kept.known_from) == (in_use_hash(), "made-up", NOW)
    assert kept.adopted_on == date(2026, 3, 31)
    assert kept.compiled["protocol"]["rules"][0]["id"] == "decide"
    (calendar,) = editions.calendars()
    assert calendar.hash == kept.compiled["calendar"]
    assert "2026-12-25" in calendar.csv


def test_a_version_that_takes_open_clocks_over_is_a_change_to_come(db, clock, tmp_path, monkeypatch):
    longer = """
  - id: assess
    kind: duty
    title: Complete the assessment
    text: Complete it.
    source: {document: book, paragraph: "2 of the new edition"}
    in_force_from: 2026-04-01
    governs: every open clock
    starts: assessment.started
    met_by: assessment.approved
    within: 60 working days
    who: social worker
"""
    write_procedures(tmp_path / "new", RULES + longer)
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "new"))
    monkeypatch.setenv("CAIRN_PROTOCOL", "made-up")
    record = record_case(a_case(), a_worker())
    before = DutyRow.objects.get(record_id=record, provision="assess").due_latest
    begins = datetime(2026, 3, 31, 23, tzinfo=UTC)
    assert projections.summary(record).next_change_at == begins
    upkeep.tick(begins)
    assert DutyRow.objects.get(record_id=record, provision="assess").due_latest > before


def test_a_record_that_cannot_be_derived_holds_up_no_other(cases, monkeypatch, tmp_path):
    write_procedures(tmp_path / "new")
    events = tmp_path / "new" / "vocabulary" / "events.yaml"
    events.write_text(events.read_text("utf-8").replace("child.seen", "child.heard"), "utf-8")
    broken = record_case([*a_case(), Step("child.seen", date(2026, 3, 31), {})], a_worker_once())
    before = projections.summary(broken)
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "new"))
    monkeypatch.setattr(upkeep, "BATCH", 2)
    assert upkeep.tick(NOW) == upkeep.Kept(3, (broken,))
    assert projections.summary(broken) == before
    assert upkeep.rebuild() == upkeep.Kept(3, (broken,))
    assert [(each.record, each.problem) for each in verify(NOW)] == [(broken, "cannot be derived")]


def said(found) -> set[str]:
    return {f"{each.where}: {each.problem}" for each in found}


def test_verify_finds_nothing_where_all_is_as_derived(cases):
    assert list(verify(NOW)) == []


def test_verify_writes_nothing(cases):
    spoil()
    before = tables()
    assert list(verify(NOW))
    assert tables() == before


def test_verify_names_each_difference_and_nothing_personal(cases):
    DutyRow.objects.filter(record_id=cases[0], provision="assess").delete()
    DutyRow.objects.filter(record_id=cases[0], provision="decide").update(
        due_latest=F("due_latest") + timedelta(1)
    )
    duty = DutyRow.objects.get(record_id=cases[1], provision="assess")
    DutyRow.objects.create(
        record_id=cases[1], key="made-up:1", provision="x", title="x", who="x", started_at=duty.started_at
    )
    RecordSummary.objects.filter(pk=cases[2]).update(name="Somebody Else")
    PersonName.objects.filter(record_id=cases[2]).update(name="Somebody Else")
    NameKey.objects.filter(record_id=cases[2], key__startswith="b:").delete()
    found = list(verify(NOW))
    referral, assessment = (
        LedgerEvent.objects.get(record_id=cases[0], type=type_).pk
        for type_ in ("referral.received", "assessment.started")
    )
    assert said(found) == {
        f"duty assess:{assessment}: missing",
        f"duty decide:{referral}, due_latest: differs",
        "duty made-up:1: does not follow from the stream",
        "summary, name: differs",
        "names: differ from those it should be found under",
        "keys: differ from those it should be found under",
    }
    assert not any("Robin" in str(each) or "Somebody" in str(each) for each in found)


def test_verify_sees_a_summary_that_is_not_there(cases):
    RecordSummary.objects.filter(pk=cases[0]).delete()
    assert said(verify(NOW)) == {"summary: missing"}


def test_verify_sees_an_event_that_no_longer_fits_its_digest(committed_database, made_up, clock):
    import psycopg  # noqa: PLC0415 - only the owner can do this damage

    record = record_case(a_case(), a_worker())
    event = LedgerEvent.objects.get(record_id=record, type="referral.received").pk
    with psycopg.connect(committed_database.url()) as owner:
        owner.execute("ALTER TABLE records_eventcontent DISABLE TRIGGER USER")
        owner.execute("UPDATE records_eventcontent SET author_name = 'Nobody' WHERE event_id = %s", [event])
    assert said(verify(NOW)) == {f"event {event}: does not fit its digest"}


def test_verify_sees_a_stream_that_does_not_end_at_the_records_version(cases):
    Record.objects.filter(pk=cases[0]).update(next_number=F("next_number") + 1)
    assert said(verify(NOW)) == {
        "stream: its numbers have gaps, or do not end at the record's version",
    }


def test_what_only_waits_for_the_next_tick_is_no_difference(cases):
    later = projections.summary(cases[0]).next_change_at + timedelta(days=400)
    assert list(verify(later)) == []


def test_other_procedures_are_a_difference_until_the_next_tick(cases, monkeypatch, tmp_path):
    write_procedures(tmp_path / "new", RULES.replace("10 working days", "20 working days"))
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "new"))
    assert "summary, procedures_hash: differs" in said(verify(NOW))
    upkeep.tick(NOW)
    assert list(verify(NOW)) == []


def test_rows_hold_instants_and_never_a_state(db, clock, monkeypatch, tmp_path):
    """Whether 24 hours are over can't be told while the hour of the start isn't known: that is read, not kept."""
    write_procedures(tmp_path / "new", RULES.replace("1 working day", "24 hours"))
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "new"))
    monkeypatch.setenv("CAIRN_PROTOCOL", "made-up")
    record = record_case(a_case(), a_worker())
    duty = DutyRow.objects.get(record_id=record, provision="decide")
    assert duty.due_earliest < NOW < duty.due_latest
    assert duty.cannot_tell == ""
    assert list(verify(duty.due_latest + timedelta(seconds=1))) == []
