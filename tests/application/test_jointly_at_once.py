"""Acts for several children by two writers at once: nobody waits for ever, nothing is written twice or lost."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connections
from tests.interfaces.web.views.children import view
from tests.people import made_up_staff
from tests.siblings import three

from cairn.application.drafting import save_draft
from cairn.application.jointly import JointRequest, OwnPart, Signed, sign_jointly
from cairn.application.ports import now

VISIT = "record-visit"


def request(actor, records, draft=None):
    draft = draft or uuid4()
    save_draft(actor, draft, VISIT, records[0], {"child": [str(one) for one in records]}, 0)
    parts = tuple(OwnPart(one, {"child_seen": True, "seen_alone": True}) for one in records)
    return JointRequest(VISIT, draft, {"account": actor.name}, now().isoformat(), parts)


def at_once(*works):
    done = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place, work):
        try:
            start.wait(timeout=10)
            done[place] = work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert all(isinstance(one, Signed) for one in done), done
    return done


def visits(record):
    return [one for one in view(record).standing.events if one.type == "visit.made"]


@pytest.fixture
def people(committed_database):
    return made_up_staff()


def test_two_writers_with_the_children_in_opposite_order_both_record(people):
    family = three(people)
    priya, ewan = people.actor("Priya Shah"), people.actor("Ewan Marsh")
    one, other = request(priya, family), request(ewan, family[::-1])
    done = at_once(lambda: sign_jointly(priya, one), lambda: sign_jointly(ewan, other))
    assert [len(each.done) for each in done] == [3, 3]
    for record in family:
        assert {visit.data["account"] for visit in visits(record)} == {"Priya Shah", "Ewan Marsh"}
        assert len(visits(record)) == 2


def test_the_same_form_sent_twice_at_once_is_one_visit_each(people):
    family = three(people)
    priya = people.actor("Priya Shah")
    wanted = request(priya, family)
    done = at_once(lambda: sign_jointly(priya, wanted), lambda: sign_jointly(priya, wanted))
    assert sorted(any(one.again for one in each.done.values()) for each in done) == [False, True]
    assert [len(visits(record)) for record in family] == [1, 1, 1]
