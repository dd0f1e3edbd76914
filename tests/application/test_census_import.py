"""A census return becomes records: once, whole or not at all, and never held against anybody as late."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from tests.adapters.test_census_file import BOMB, OUTER, QUADRATIC
from tests.application.made_up import Step, a_worker, record_case, write_procedures
from tests.core.returns.made_up_returns import (
    assessment,
    child,
    enquiry,
    episode,
    message,
    plan,
    protection_plan,
)

from cairn.application import census_import
from cairn.application.census_import import BUSY, Imported, import_return, read_return
from cairn.application.people import find_person
from cairn.application.projecting import consequences_of, teams_by_kind, write
from cairn.application.sign_in import Actor
from cairn.application.taken_over import event_id
from cairn.application.verifying import verify
from cairn.core.engine.instants import Instants, state_of
from cairn.core.people.particulars import Asked
from cairn.core.returns.census import FileRefused
from cairn.records import alone, ledger, projections, register, search, staff
from cairn.records.models import DutyRow, EventContent, LedgerEvent, Outbox, Record

MAY = datetime(2026, 5, 1, 9, tzinfo=UTC)
OPEN = child(
    episode(
        assessment("2026-03-09"),
        plan("2026-03-20"),
        enquiry("2026-03-12", "2026-03-25"),
        referred="2026-03-02",
    ),
    number="OPEN1",
    birth="<PersonBirthDate>2016-05-04</PersonBirthDate>",
)
CLOSED = child(
    episode(
        assessment("2025-06-03", "2025-06-20", ("2A",)),
        protection_plan("2025-07-01", "2025-11-01", reviews=("2025-09-15",)),
        referred="2025-06-02",
        closed="2025-12-01",
        reason="RC1",
    ),
    number="CLOSED1",
    birth="<PersonBirthDate>2012-01-31</PersonBirthDate>",
)
UNBORN = child(
    episode(referred="2026-02-02"),
    number="UNBORN1",
    birth="<ExpectedPersonBirthDate>2026-06-15</ExpectedPersonBirthDate>",
)
FAULTY = child(episode(), number="FAULTY1", birth="<PersonBirthDate>31/02/2016</PersonBirthDate>")
TABLES = (
    "record",
    "ledgerevent",
    "eventcontent",
    "recordsummary",
    "dutyrow",
    "namekey",
    "personname",
    "staff",
    "team",
    "outbox",
    "accessentry",
    "procedureedition",
    "calendaredition",
)


@pytest.fixture
def house(db, made_up, clock):
    clock.at = MAY
    return clock


@pytest.fixture
def file(tmp_path):
    """Writes a return to a file."""

    def written(*children):
        path = tmp_path / "return.xml"
        path.write_text(message(*children), "utf-8")
        return path

    return written


def take(path, **more) -> Imported:
    wanted = read_return(path)
    assert not isinstance(wanted, FileRefused), wanted
    imported = import_return(wanted, **more)
    assert isinstance(imported, Imported), imported
    return imported


def record_of(number: str):
    (record,) = search.records_under([f"n:{number}"])[f"n:{number}"]
    return record


def whole_database() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    rows = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT row::text FROM records_{table} AS row ORDER BY 1")  # noqa: S608 - of the list
            rows[table] = [text for (text,) in cursor.fetchall()]
    return rows


def test_children_come_in_with_their_episodes(house, file):
    imported = take(file(OPEN, CLOSED, UNBORN))
    assert (imported.new_records, imported.known_records) == (3, 0)
    assert (imported.new_events, imported.known_events) == (LedgerEvent.objects.count(), 0)
    types = [event.type for event in ledger.read_stream(record_of("CLOSED1"))]
    assert types == [
        "person.described",
        "referral.received",
        "assessment.started",
        "assessment.approved",
        "plan.made",
        "conference.held",
        "plan.ended",
        "case.closed",
    ]
    kinds = {record_of(number): number for number in ("OPEN1", "CLOSED1", "UNBORN1")}
    assert {kinds[row.pk]: row.kind for row in Record.objects.all()} == {
        "OPEN1": "child",
        "CLOSED1": "child",
        "UNBORN1": "unborn",
    }
    assert list(verify(MAY)) == []


def test_open_episodes_are_to_be_allocated_and_closed_ones_are_history(house, file):
    take(file(OPEN, CLOSED, UNBORN))
    stages = {
        number: projections.summary(record_of(number)).stage for number in ("OPEN1", "CLOSED1", "UNBORN1")
    }
    assert stages == {"OPEN1": "to be allocated", "CLOSED1": "closed", "UNBORN1": "to be allocated"}


def test_a_referral_made_here_still_waits_for_its_decision(house, file):
    record = record_case([Step("referral.received", date(2026, 4, 30), {})], a_worker())
    assert projections.summary(record).stage == "referral"


def test_what_the_return_cannot_know_is_never_overdue(house, file):
    take(file(OPEN))
    duty = DutyRow.objects.get(provision="decide")
    assert "cin-census 2026" in duty.cannot_tell
    assert duty.due_latest < MAY
    instants = Instants(duty.started_at, (duty.due_earliest, duty.due_latest), cannot_tell=duty.cannot_tell)
    assert state_of(instants, MAY + timedelta(days=900))[0] == "cannot_tell"


def test_events_are_of_day_precision_by_an_account_nobody_can_use(house, file):
    take(file(OPEN))
    event = next(one for one in ledger.read_stream(record_of("OPEN1")) if one.type == "referral.received")
    assert (event.happened_at.is_day, event.happened_at.day) == (True, date(2026, 3, 2))
    assert event.recorded_at == MAY
    assert (event.author.name, event.author.role) == ("Census import", "administrator")
    assert staff.person(census_import.ACCOUNT).is_active is False
    assert event.id == event_id("299", "OPEN1", key_of_referral(file(OPEN)))


def key_of_referral(path) -> str:
    (one,) = read_return(path).taken.children
    return one.open_referrals[0]


def test_the_same_file_twice_changes_nothing(house, file):
    path = file(OPEN, CLOSED, UNBORN, FAULTY)
    take(path)
    before = whole_database()
    house.at = MAY + timedelta(days=3)
    again = take(path)
    assert whole_database() == before
    assert (again.new_records, again.known_records, again.new_events) == (0, 3, 0)
    assert again.known_events == len(before["ledgerevent"])


def test_the_same_children_in_another_order_change_nothing(house, file):
    take(file(OPEN, CLOSED, UNBORN))
    before = whole_database()
    take(file(UNBORN, CLOSED, OPEN))
    assert whole_database() == before


def test_a_later_file_adds_only_what_is_new(house, file):
    take(file(OPEN, CLOSED))
    before = set(LedgerEvent.objects.values_list("pk", flat=True))
    closed_now = child(
        episode(
            assessment("2026-03-09", "2026-03-30"),
            plan("2026-03-20"),
            enquiry("2026-03-12", "2026-03-25"),
            referred="2026-03-02",
            closed="2026-03-31",
            reason="RC1",
        ),
        number="OPEN1",
    )
    later = take(file(closed_now, CLOSED, UNBORN))
    added = LedgerEvent.objects.exclude(pk__in=before)
    assert sorted(added.filter(record_id=record_of("OPEN1")).values_list("type", flat=True)) == [
        "assessment.approved",
        "case.closed",
    ]
    assert (later.new_records, later.known_records) == (1, 2)
    assert added.count() == later.new_events
    assert projections.summary(record_of("OPEN1")).stage == "closed"
    assert list(verify(MAY)) == []


def test_an_unborn_child_that_was_born_keeps_its_record(house, file):
    take(file(UNBORN))
    record = record_of("UNBORN1")
    take(
        file(
            child(
                episode(referred="2026-02-02"),
                number="UNBORN1",
                birth="<PersonBirthDate>2026-03-15</PersonBirthDate>",
            )
        )
    )
    assert Record.objects.get().kind == "child"
    assert projections.summary(record).born == date(2026, 3, 15)


def test_a_child_that_people_recorded_under_the_number_is_found(house, file):
    described = Step(
        "person.described", date(2026, 4, 1), {"authority_number": "OPEN1", "born": "2016-05-04"}
    )
    record = record_case([described], a_worker())
    imported = take(file(OPEN))
    assert (imported.new_records, imported.known_records) == (0, 1)
    assert projections.summary(record).stage == "to be allocated"
    assert list(verify(MAY)) == []


def test_a_child_born_on_another_day_is_not_taken_for_the_one_with_its_number(house, file):
    described = Step(
        "person.described", date(2026, 4, 1), {"authority_number": "OPEN1", "born": "2001-01-01"}
    )
    record = record_case([described], a_worker())
    imported = take(file(OPEN, CLOSED))
    assert [group.reason for group in imported.report.with_severity("not taken")] == [
        census_import.OTHER_CHILD.says
    ]
    assert imported.report.counts.children_taken == 1
    assert imported.report.counts.children_not_taken == 1
    assert imported.report.counts.episodes_not_taken == 1
    assert len(ledger.read_stream(record)) == 1
    assert record_of("CLOSED1")


def test_a_number_that_two_records_have_is_decided_by_nobody_but_people(house, file):
    for _ in range(2):
        record_case(
            [Step("person.described", date(2026, 4, 1), {"authority_number": "OPEN1"})], a_worker_again()
        )
    imported = take(file(OPEN))
    assert [group.reason for group in imported.report.with_severity("not taken")] == [
        census_import.SEVERAL_RECORDS.says
    ]
    assert imported.new_events == 0


def a_worker_again():
    found = staff.active_staff("social worker")
    return found[0].id if found else a_worker()


def test_data_errors_never_stop_the_rest(house, file):
    imported = take(file(FAULTY, OPEN, CLOSED))
    assert imported.new_records == 2
    assert imported.report.counts.children_not_taken == 1


def test_what_the_records_have_no_place_for_is_said(house, file, tmp_path, monkeypatch):
    write_procedures(tmp_path / "narrow")
    events = tmp_path / "narrow" / "vocabulary" / "events.yaml"
    text = events.read_text("utf-8").replace("- {name: factors, label: Factors, type: list}", "")
    text = text.replace(
        "{name: category, label: Category, type: text}",
        "{name: category, label: Category, type: choice, options: [{value: other, label: Other}]}",
    )
    events.write_text(text.replace("name: enquiry.started", "name: enquiry.begun"), "utf-8")
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "narrow"))
    imported = take(file(OPEN, CLOSED))
    said = {
        (finding.child, finding.element, finding.code)
        for group in imported.report.groups
        for finding in group.findings
    }
    assert ("CLOSED1", "assessment.approved, factors", "no-place") in said
    assert ("CLOSED1", "plan.made, category", "no-answer") in said
    assert ("CLOSED1", "plan.made, previous_plans", "no-place") in said
    # The conference belongs to the enquiry, and goes where it goes.
    assert ("OPEN1", "enquiry.started", "no-event") in said
    assert ("OPEN1", "conference.held", "no-event") in said
    plan_made = next(one for one in ledger.read_stream(record_of("CLOSED1")) if one.type == "plan.made")
    assert plan_made.data == {"kind": "child_protection"}


def test_a_dry_run_says_the_same_and_stores_nothing(house, file):
    path = file(OPEN, CLOSED, FAULTY)
    before = whole_database()
    dry = take(path, dry_run=True)
    assert whole_database() == before
    assert take(path) == dry


def test_nothing_is_sent_because_of_what_happened_elsewhere(house, file):
    take(file(OPEN, CLOSED))
    assert Outbox.objects.count() == 0


def test_it_goes_in_batches_and_says_how_far_it_is(house, file, monkeypatch):
    monkeypatch.setattr(census_import, "BATCH", 2)
    told = []
    take(file(OPEN, CLOSED, UNBORN), progress=told.append)
    assert told == [2, 1]
    assert Record.objects.count() == 3


def test_a_batch_leaves_the_rows_that_single_events_would(house, file):
    """The same events once as an import writes them, once one after the other as people do."""
    take(file(OPEN))
    imported = record_of("OPEN1")
    one_by_one = register.open_record("child", MAY).id
    renamed = {}
    for event in ledger.read_stream(imported):
        renamed[event.id] = str(ledger.event_id(MAY))
        strand = renamed[event.strand] if event.strand else None
        again = replace(event, id=renamed[event.id], strand=strand)
        ledger.append(one_by_one, [ledger.NewEvent.of(again)], expected_version=None)
        stream = ledger.read_stream(one_by_one)
        write([consequences_of(one_by_one, stream, MAY, teams_by_kind())], MAY)
    assert projections.summary(one_by_one) == projections.summary(imported)
    back = {new: old for old, new in renamed.items()}
    assert [renamed_duty(duty, back) for duty in projections.duties_of(one_by_one)] == projections.duties_of(
        imported
    )
    assert search.filings([one_by_one])[one_by_one].keys == search.filings([imported])[imported].keys
    assert envelopes(one_by_one, back) == envelopes(imported, {})


def renamed_duty(duty, back):
    key = duty.key
    for new, old in back.items():
        key = key.replace(new, old)
    return replace(duty, key=key)


def envelopes(record, back):
    return [
        replace(event, id=back.get(event.id, event.id), strand=back.get(event.strand, event.strand))
        for event in ledger.read_stream(record)
    ]


def test_children_taken_over_are_found_by_their_birth_date(house, file):
    take(file(OPEN, CLOSED))
    worker = Actor(id=a_worker(), name="Asha Worker", role="duty manager")
    found = find_person(worker, Asked(forename="", surname="", born=date(2016, 5, 4)))
    assert [person.record for person in found.people] == [record_of("OPEN1")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "document-type"),
        (QUADRATIC, "document-type"),
        (OUTER, "document-type"),
        ("<Return/>", "wrong-root"),
        (message(OPEN, CLOSED)[:-200], "broken-off"),
        ("", "empty"),
    ],
)
def test_a_hostile_or_half_file_is_refused_in_a_second_with_nothing_stored(house, tmp_path, content, code):
    path = tmp_path / "hostile.xml"
    path.write_text(content, "utf-8")
    before = whole_database()
    begun = time.monotonic()
    refused = read_return(path)
    assert time.monotonic() - begun < 1
    assert isinstance(refused, FileRefused)
    assert refused.code == code
    assert whole_database() == before


def test_a_failure_half_way_leaves_nothing(house, file, monkeypatch):
    path = file(OPEN, CLOSED, UNBORN)
    monkeypatch.setattr(census_import, "BATCH", 1)
    before = whole_database()

    def stop(_):
        if LedgerEvent.objects.filter(type="case.closed").exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        take(path, progress=stop)
    assert whole_database() == before


def test_two_imports_at_once_are_one_and_a_refusal(committed_database, made_up, clock, file):
    clock.at = MAY
    path = file(OPEN)
    at_work, go_on = threading.Event(), threading.Event()

    def other():
        with alone.only_one_at_a_time("census import") as taken:
            assert taken
            at_work.set()
            go_on.wait(30)
        connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    assert at_work.wait(30)
    assert import_return(read_return(path)) == BUSY
    go_on.set()
    thread.join(30)
    assert take(path).new_records == 1


def test_imported_events_fit_their_digests(house, file):
    take(file(OPEN, CLOSED))
    assert EventContent.objects.count() == LedgerEvent.objects.count()
    assert ledger.broken_digests(list(Record.objects.values_list("pk", flat=True))) == []
