"""Many equal submits at once: one is taken, and everybody gets its answer."""

from __future__ import annotations

import threading
from uuid import uuid4

from django.db import connection
from tests.interfaces.web.views.children import DECISION, referral
from tests.people import made_up_staff

from cairn.application.recording import Recorded, Request, record_act
from cairn.records.models import LedgerEvent


def test_of_many_equal_submits_at_once_one_is_taken(committed_database):
    people = made_up_staff()
    child, key = referral(people), uuid4()
    answers: list[object] = []

    def submit() -> None:
        try:
            request = Request("decide-referral", DECISION, child, key=key)
            answers.append(record_act(people.actor("Martin Oyelaran"), request))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(answer, Recorded) for answer in answers)
    assert len({answer.events for answer in answers}) == 1
    assert LedgerEvent.objects.filter(record_id=child, type="referral.decided").count() == 1
