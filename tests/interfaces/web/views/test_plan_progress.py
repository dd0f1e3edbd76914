"""Recording how the plan goes: only what is answered is written, and what cannot be is named with nothing lost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, main, view
from tests.plans import planned


@pytest.fixture
def child(people):
    child = allocated(people)
    planned(people, child)
    return child


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def send(client, child, **form):
    sent = {name.replace("__", "-"): value for name, value in form.items()}
    return client.post(
        reverse("record-progress", args=[child]), {**sent, "key": str(uuid4()), "draft": str(uuid4())}
    )


def reports(child):
    types = ("action.progressed", "outcome.judged")
    return [(one.type, dict(one.data)) for one in view(child).standing.events if one.type in types]


def test_only_what_is_answered_is_written(client, child):
    done = send(
        client, child, **{"outcome-1-progress": "some", "outcome-1-count": "3", "action-2-state": "partly"}
    )
    assert done.url == reverse("plan", args=[child])
    assert sorted(reports(child), key=str) == [
        ("action.progressed", {"action": "2", "state": "partly"}),
        ("outcome.judged", {"outcome": "1", "progress": "some", "count": 3}),
    ]


def test_nothing_answered_is_nothing_recorded(client, child):
    refused = send(client, child)
    assert refused.status_code == 422
    assert "Nothing is answered yet" in main(refused)
    assert reports(child) == []


def test_what_cannot_be_taken_is_named_at_its_place_and_kept(client, child):
    refused = send(client, child, **{
        "action-1-effect": "Four came.", "action-2-state": "done", "action-2-done_on-day": "1",
        "action-2-done_on-month": "12", "action-2-done_on-year": "2026", "outcome-1-count": "many",
    })  # fmt: skip
    page = main(refused)
    assert refused.status_code == 422
    for said in (
        "Say how far it is",
        "That day has not come yet",
        'value="Four came."',
        'value="many"',
        "#outcome-1-count",
    ):
        assert said in page
    assert reports(child) == []


def test_how_many_is_asked_where_something_is_counted_alone(client, child):
    page = main(client.get(reverse("record-progress", args=[child])))
    assert "Breakfasts of 5 a week" in page
    assert 'name="outcome-1-count"' in page
    assert 'name="outcome-2-count"' not in page


def test_of_a_plan_that_ended_nothing_more_is_reported(people, client, child):
    record(people, ("Priya Shah", "end-plan", {"kind": "child_in_need", "reason": "Done."}), on=child)
    told = client.get(reverse("record-progress", args=[child]), follow=True)
    assert "No plan goes on on this record" in told.content.decode()
    assert send(client, child, **{"outcome-1-progress": "some"}).status_code == 404


def test_sent_twice_it_is_recorded_once(client, child):
    form = {"outcome-1-progress": "some", "key": str(uuid4()), "draft": str(uuid4())}
    for _ in range(2):
        client.post(reverse("record-progress", args=[child]), form)
    assert len(reports(child)) == 1


def test_who_may_not(people, child):
    assert people.client("Rosa Quill").get(reverse("record-progress", args=[child])).status_code == 403
