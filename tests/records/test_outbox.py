"""The outbox: handed to one worker at a time, again until acknowledged, done once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections
from tests.records.conftest import make_record

from cairn.records import outbox
from cairn.records.models import Outbox
from cairn.records.outbox import Errand

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def make_errand(kind="notice", **more):
    return Errand(**{"kind": kind, "deduplication": str(uuid4()), "made_at": NOW, **more})


def test_what_was_put_is_claimed_with_all_it_says(db):
    record = make_record()
    errand = make_errand(record_id=record.id, payload={"event": str(uuid4()), "edition": "0a1b"})
    outbox.put(errand)
    (claimed,) = outbox.claim(10, NOW)
    assert (claimed.errand.record_id, claimed.errand.payload) == (record.id, errand.payload)
    assert (claimed.errand.kind, claimed.errand.deduplication) == (errand.kind, errand.deduplication)
    assert claimed.attempts == 1


def test_one_key_is_kept_once(db):
    outbox.put(make_errand(deduplication="letter:1"), make_errand(deduplication="letter:1"))
    outbox.put(make_errand(deduplication="letter:1", kind="another"))
    assert [each.errand.kind for each in outbox.claim(10, NOW)] == ["notice"]


@pytest.mark.parametrize("value", ["Robin Made-Up", "", "a b", "x" * 129, "Ünvented"])
def test_personal_text_is_refused(db, value):
    with pytest.raises(ValueError, match="identifiers only"):
        outbox.put(make_errand(payload={"child": value}))


def test_an_errand_waits_for_its_time_and_its_kind(db):
    outbox.put(make_errand("later", not_before=NOW + timedelta(hours=1)), make_errand("now"))
    assert outbox.claim(10, NOW, kinds=["later"]) == []
    assert [each.errand.kind for each in outbox.claim(10, NOW)] == ["now"]
    assert [each.errand.kind for each in outbox.claim(10, NOW + timedelta(hours=1), kinds=["later"])] == [
        "later"
    ]


def test_it_comes_again_after_the_lease_until_acknowledged(db):
    outbox.put(make_errand())
    (first,) = outbox.claim(10, NOW)
    assert outbox.claim(10, NOW + outbox.LEASE - timedelta(seconds=1)) == []
    (again,) = outbox.claim(10, NOW + outbox.LEASE)
    assert (again.id, again.attempts) == (first.id, 2)

    assert outbox.acknowledge(again.id, NOW)
    assert not outbox.acknowledge(first.id, NOW)
    assert outbox.claim(10, NOW + timedelta(days=1)) == []
    assert outbox.waiting_since(NOW + timedelta(days=1)) == (0, None)


def test_what_failed_comes_again_at_the_time_said(db):
    outbox.put(make_errand())
    (claimed,) = outbox.claim(10, NOW)
    outbox.fail(claimed.id, NOW + timedelta(hours=2))
    assert outbox.claim(10, NOW + timedelta(hours=1)) == []
    assert outbox.waiting_since(NOW + timedelta(hours=2)) == (1, NOW)
    assert [each.id for each in outbox.claim(10, NOW + timedelta(hours=2))] == [claimed.id]


def test_what_is_done_does_not_fail_afterwards(db):
    outbox.put(make_errand())
    (claimed,) = outbox.claim(10, NOW)
    outbox.acknowledge(claimed.id, NOW)
    outbox.fail(claimed.id, NOW)
    assert outbox.claim(10, NOW + timedelta(days=1)) == []


def test_two_workers_share_the_work_and_take_nothing_twice(committed_database):
    kind = f"test.{uuid4()}"
    outbox.put(*(make_errand(kind) for _ in range(40)))
    together = threading.Barrier(2)
    taken: list[list[int]] = [[], []]

    def work(mine: list[int]) -> None:
        try:
            together.wait(timeout=10)
            while claimed := outbox.claim(3, NOW, kinds=[kind]):
                mine.extend(each.id for each in claimed)
        finally:
            connections["default"].close()

    workers = [threading.Thread(target=work, args=(mine,)) for mine in taken]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=20)

    both = taken[0] + taken[1]
    assert len(both) == len(set(both)) == 40
    assert Outbox.objects.filter(kind=kind, attempts=1).count() == 40


def test_a_worker_does_not_wait_for_what_another_holds(committed_database, as_role):
    kind = f"test.{uuid4()}"
    outbox.put(make_errand(kind), make_errand(kind))
    other = as_role("cairn_app")
    held = other.execute(
        "SELECT id FROM records_outbox WHERE kind = %s ORDER BY id LIMIT 1 FOR UPDATE", [kind]
    ).fetchone()
    claimed = outbox.claim(10, NOW, kinds=[kind])
    assert len(claimed) == 1
    assert claimed[0].id != held[0]
