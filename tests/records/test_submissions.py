"""A form sent twice is taken once and answered alike."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connections, transaction
from tests.records.conftest import make_staff

from cairn.records import submissions
from cairn.records.submissions import Already, First, SomebodyElses

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def test_the_second_gets_the_answer_of_the_first(db):
    actor, key = make_staff(), uuid4()
    assert submissions.take(key, actor.pk, NOW, {"record": "r1"}) == First()
    assert submissions.take(key, actor.pk, NOW, {"record": "r2"}) == Already({"record": "r1"}, NOW)


def test_another_persons_key_is_refused_and_tells_nothing(db):
    key = uuid4()
    submissions.take(key, make_staff().pk, NOW, {"record": "r1"})
    assert submissions.take(key, make_staff().pk, NOW, {}) == SomebodyElses()


def test_work_that_was_rolled_back_may_be_sent_again(db):
    actor, key = make_staff(), uuid4()

    def fail():
        with transaction.atomic():
            submissions.take(key, actor.pk, NOW, {})
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert submissions.take(key, actor.pk, NOW, {}) == First()


def test_of_many_sent_at_once_one_does_the_work_and_all_get_its_answer(committed_database):
    actor, key = make_staff(), uuid4()
    together = threading.Barrier(6)
    results: list[str] = []
    firsts: list[str] = []

    def send(name: str) -> None:
        try:
            together.wait(timeout=10)
            with transaction.atomic():
                taken = submissions.take(key, actor.pk, NOW, {"by": name})
                if isinstance(taken, First):
                    firsts.append(name)
                    results.append(name)
                else:
                    results.append(taken.result["by"])
        finally:
            connections["default"].close()

    senders = [threading.Thread(target=send, args=(f"sender{number}",)) for number in range(6)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(timeout=20)

    assert len(firsts) == 1
    assert results == firsts * 6
