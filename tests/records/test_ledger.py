"""The ledger: numbers, versions, digests, and the way from rows to events and back."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, connections, transaction
from tests.records.conftest import RECORDED, make_event, make_record, make_staff

from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Author, Event
from cairn.records import ledger, register
from cairn.records.ledger import StoredEvent, VersionMoved
from cairn.records.models import EventContent, LedgerEvent, Record


def test_an_event_comes_back_as_it_was_written(db):
    author, record = make_staff(), make_record()
    opener = make_event(author, "assessment.started", data={"kind": "child_and_family"})
    act = uuid4()
    told = make_event(
        author,
        "child.seen",
        happened_at=Moment.on_day(date(2026, 7, 1)),
        data={
            "alone": True,
            "words": "“I like it at Nan’s” 😀",
            "people": ["Mum", None],
            "times": 2,
            "hours": 1.5,
        },
        strand=opener.id,
        act_id=act,
        schema_version=3,
    )
    ledger.append(record.id, [opener, told], expected_version=None)

    first, second = ledger.read_stream(record.id)

    assert (first.number, second.number) == (1, 2)
    assert second == Event(
        id=str(told.id),
        type="child.seen",
        happened_at=Moment.on_day(date(2026, 7, 1)),
        recorded_at=RECORDED,
        author=Author("Asha Worker", "social worker", str(author.pk)),
        data={
            "alone": True,
            "words": "“I like it at Nan’s” 😀",
            "people": ["Mum", None],
            "times": 2,
            "hours": 1.5,
        },
        strand=str(opener.id),
        number=2,
        act=str(act),
        schema_version=3,
    )


def test_what_append_gives_back_is_what_is_read(db):
    author, record = make_staff(), make_record()
    stored = ledger.append(record.id, [make_event(author, data={"count": 3.0})], expected_version=0)
    assert isinstance(stored, list)
    assert [each.event for each in stored] == ledger.read_stream(record.id)
    assert stored[0].event.data == {"count": 3}


def test_an_event_of_the_history_can_be_written_again(db):
    author, record, other = make_staff(), make_record(), make_record()
    ledger.append(record.id, [make_event(author, act_id=uuid4())], expected_version=None)
    (event,) = ledger.read_stream(record.id)
    again = ledger.NewEvent.of(event)
    assert again.id == UUID(event.id)
    copy = ledger.NewEvent.of(Event(**{**_fields(event), "id": str(uuid4())}))
    ledger.append(other.id, [copy], expected_version=None)
    assert ledger.read_stream(other.id)[0].data == event.data


def _fields(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in Event.__slots__}


def test_numbers_follow_on_and_are_the_version(db):
    author, record = make_staff(), make_record()
    assert record.version == 0
    for _ in range(3):
        ledger.append(record.id, [make_event(author), make_event(author)], expected_version=None)
    assert [event.number for event in ledger.read_stream(record.id)] == [1, 2, 3, 4, 5, 6]
    assert register.record(record.id).version == 6


def test_a_writer_who_saw_an_older_version_is_told_and_writes_nothing(db):
    author, record = make_staff(), make_record()
    ledger.append(record.id, [make_event(author)], expected_version=0)
    assert ledger.append(record.id, [make_event(author)], expected_version=0) == VersionMoved(0, 1)
    assert len(ledger.read_stream(record.id)) == 1
    assert isinstance(ledger.append(record.id, [make_event(author)], expected_version=1), list)


def test_sequence_orders_what_was_written_across_records(db):
    author, one, two = make_staff(), make_record(), make_record()
    written = [
        ledger.append(record.id, [make_event(author)], expected_version=None) for record in (one, two, one)
    ]
    sequences = [stored.sequence for batch in written for stored in batch]
    assert sequences == sorted(set(sequences))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"note": "a\x00b"}, ValueError),
        ({"note": "\ud800"}, ValueError),
        ({"people": ["\ud800"]}, ValueError),
        ({"a\x00b": 1}, ValueError),
        ({"hours": float("nan")}, ValueError),
        ({"hours": float("inf")}, ValueError),
        ({"day": date(2026, 1, 1)}, TypeError),
    ],
)
def test_events_that_cannot_be_stored_are_refused_and_nothing_is_written(db, data, fault):
    author, record = make_staff(), make_record()
    with pytest.raises(fault), transaction.atomic():
        ledger.append(record.id, [make_event(author), make_event(author, data=data)], expected_version=None)
    assert ledger.read_stream(record.id) == []
    assert register.record(record.id).version == 0


def test_the_ledger_row_holds_no_personal_text(db):
    author, record = make_staff(name="Canary Author"), make_record()
    ledger.append(record.id, [make_event(author, data={"words": "Canary words"})], expected_version=None)
    row = LedgerEvent.objects.filter(record_id=record.id).values().get()
    assert "Canary" not in repr(row)
    assert EventContent.objects.get(event__record_id=record.id).data == {"words": "Canary words"}


def test_a_batch_leaves_the_rows_that_single_writes_leave(db):
    author, one, two = make_staff(), make_record(), make_record()
    rounds = [
        [make_event(author, data={"round": number}), make_event(author, "child.seen", data={})]
        for number in range(3)
    ]
    for events in rounds:
        ledger.append(one.id, events, expected_version=None)
    again = [[_renamed(event) for event in events] for events in rounds]
    stored = ledger.append_many([(two.id, events) for events in again])

    assert [_without_id(event) for event in ledger.read_stream(one.id)] == [
        _without_id(event) for event in ledger.read_stream(two.id)
    ]
    assert [each.event.number for each in stored] == [1, 2, 3, 4, 5, 6]
    assert register.record(one.id).version == register.record(two.id).version
    assert ledger.verify_digests(two.id) == []


def _renamed(event: ledger.NewEvent) -> ledger.NewEvent:
    return ledger.NewEvent(
        **{
            **{name: getattr(event, name) for name in ledger.NewEvent.__slots__},
            "id": ledger.event_id(RECORDED),
        }
    )


def _without_id(event: Event) -> dict[str, object]:
    return {**_fields(event), "id": ""}


def test_many_streams_come_in_one_query(db, django_assert_num_queries):
    author = make_staff()
    records = [make_record() for _ in range(4)]
    ledger.append_many([(record.id, [make_event(author)] * 1) for record in records[:3]])
    with django_assert_num_queries(1):
        streams = ledger.read_streams([record.id for record in records])
    assert [len(streams[record.id]) for record in records] == [1, 1, 1, 0]
    assert streams[records[0].id] == ledger.read_stream(records[0].id)


def test_one_event_costs_few_statements(db, django_assert_num_queries):
    author, record = make_staff(), make_record()
    with django_assert_num_queries(2):
        ledger.append(record.id, [make_event(author)], expected_version=0)


def test_a_digest_is_found_to_differ_where_content_or_envelope_was_altered(db):
    author, record = make_staff(), make_record()
    (stored,) = ledger.append(record.id, [make_event(author)], expected_version=None)
    salt = bytes(EventContent.objects.get(event_id=stored.event.id).salt)
    assert ledger.digest_of(salt, record.id, stored.event) == stored.digest
    for change in (
        {"data": {"child_seen": False, "place": "home"}},
        {"author": Author("Somebody Else", "social worker", stored.event.author.id)},
        {"happened_at": Moment.exact(datetime(2026, 3, 2, 14, 16, tzinfo=UTC))},
        {"number": 2},
        {"type": "child.seen"},
        {"strand": str(uuid4())},
        {"recorded_at": datetime(2026, 3, 3, 9, 31, tzinfo=UTC)},
    ):
        altered = Event(**{**_fields(stored.event), **change})
        assert ledger.digest_of(salt, record.id, altered) != stored.digest, change
    assert ledger.digest_of(salt, uuid4(), stored.event) != stored.digest
    assert ledger.digest_of(b"another salt 16b", record.id, stored.event) != stored.digest


class Unguarded:
    """Someone who owns the database can take its guards off."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner

    def __enter__(self) -> None:
        self.owner.execute("ALTER TABLE records_eventcontent DISABLE TRIGGER content_never_changed")

    def __exit__(self, *_: object) -> None:
        self.owner.execute("ALTER TABLE records_eventcontent ENABLE TRIGGER content_never_changed")
        self.owner.commit()


def test_content_altered_behind_the_guards_is_named(owner, written):
    record_id, event_id = written
    assert ledger.verify_digests(record_id) == []
    with Unguarded(owner):
        owner.execute("UPDATE records_eventcontent SET data = '{}' WHERE event_id = %s", [event_id])
        owner.commit()
    try:
        assert ledger.verify_digests(record_id) == [event_id]
    finally:
        with Unguarded(owner):
            owner.execute(
                """UPDATE records_eventcontent SET data = '{"child_seen": true, "place": "home"}'
                   WHERE event_id = %s""",
                [event_id],
            )
            owner.commit()
    assert ledger.verify_digests(record_id) == []


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"number": 1}, "ledger_number_once_a_record"),
        ({"number": 0}, "ledger_number_positive"),
        ({"number": 2, "happened_earliest": datetime(2027, 1, 1, tzinfo=UTC)}, "ledger_happened_in_order"),
        ({"number": 2, "digest": b"short"}, "ledger_digest_whole"),
        ({"number": 2, "type": ""}, "ledger_names_not_blank"),
        ({"number": 2, "schema_version": 0}, "ledger_schema_version_positive"),
    ],
)
def test_the_database_refuses_rows_that_cannot_be(db, change, constraint):
    author, record = make_staff(), make_record()
    ledger.append(record.id, [make_event(author)], expected_version=None)
    row = LedgerEvent.objects.filter(record_id=record.id).values().get()
    row.pop("sequence")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LedgerEvent.objects.create(**{**row, "id": uuid4(), **change})


def test_an_event_needs_a_record_and_an_author_that_exist(db):
    author, record = make_staff(), make_record()
    with pytest.raises(KeyError), transaction.atomic():
        ledger.append(uuid4(), [make_event(author)], expected_version=None)
    ledger.append(record.id, [make_event(author, author_id=uuid4())], expected_version=None)
    with pytest.raises(IntegrityError, match="author_id"):
        connections["default"].check_constraints()


def test_two_who_write_at_once_get_numbers_in_turn_and_one_is_told(committed_database):
    author, record = make_staff(), make_record()
    together = threading.Barrier(2)
    answers: list[list[StoredEvent] | VersionMoved] = []

    def write() -> None:
        try:
            together.wait(timeout=10)
            answers.append(ledger.append(record.id, [make_event(author)], expected_version=0))
        finally:
            connections["default"].close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=20)

    assert sorted(type(answer).__name__ for answer in answers) == ["VersionMoved", "list"]
    assert [event.number for event in ledger.read_stream(record.id)] == [1]


def test_facts_written_at_once_are_all_kept(committed_database):
    author, record = make_staff(), make_record()
    together = threading.Barrier(4)

    def write() -> None:
        try:
            together.wait(timeout=10)
            for _ in range(5):
                ledger.append(record.id, [make_event(author), make_event(author)], expected_version=None)
        finally:
            connections["default"].close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=30)

    assert [event.number for event in ledger.read_stream(record.id)] == list(range(1, 41))
    assert Record.objects.get(pk=record.id).next_number == 41


def test_families_locked_in_any_order_do_not_wait_for_each_other(committed_database):
    author = make_staff()
    family = [make_record().id for _ in range(5)]
    together = threading.Barrier(4)
    faults: list[Exception] = []

    def write(order: list[UUID]) -> None:
        try:
            together.wait(timeout=10)
            for _ in range(5):
                ledger.append_many([(record_id, [make_event(author)]) for record_id in order])
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test shows it
            faults.append(fault)
        finally:
            connections["default"].close()

    orders = [family, family[::-1], family[2:] + family[:2], family[1:] + family[:1]]
    writers = [threading.Thread(target=write, args=(order,)) for order in orders]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=30)

    assert faults == []
    assert {len(stream) for stream in ledger.read_streams(family).values()} == {20}
