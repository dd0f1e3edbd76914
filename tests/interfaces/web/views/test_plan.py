"""The plan in a child's record: outcomes and actions with their state, words that are missing, versions and copies."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, main
from tests.plans import changed, planned


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def page(client, child, query=""):
    return client.get(reverse("plan", args=[child]) + query)


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", main(response)).split())


def test_where_there_is_no_plan_the_way_to_make_one_is_offered_to_who_may(people, client, child):
    assert reverse("make-plan", args=[child]) in main(page(client, child))
    assert "Make the plan" not in main(page(people.client("Dilys Penhale"), child))


def test_a_plan_shows_outcomes_who_does_what_and_how_it_stands(people, client, child, clock):
    planned(people, child)
    later(clock, days=25)
    rows = [{"action": "1", "state": "going_on", "effect": "Four came.", "says": "The school"}]
    judged = [{"outcome": "1", "progress": "some", "count": 3, "differs": "Gran counted four."}]
    record(people, ("Priya Shah", "record-progress", {"action_rows": rows, "outcome_rows": judged}), on=child)
    shown = text(page(client, child))
    assert "2 outcomes: 1 with some progress, 1 not judged yet. 1 action is late." in shown
    assert "1. Breakfast every day" in shown
    assert "Going on, since 18 December 2026 Four came. Told by The school" in shown
    assert "10 December 2026 8 days late" in shown
    assert "Seen differently: Gran counted four." in shown
    assert "“I want breakfast before school.”" in shown
    assert "The club is shut: Gran brings breakfast" in shown


def test_what_is_counted_is_drawn_with_the_same_in_words(people, client, child):
    planned(people, child)
    assert "c-chart" not in page(client, child).content.decode()
    for count in (2, 4):
        rows = [{"outcome": "1", "count": count}]
        record(people, ("Priya Shah", "record-progress", {"outcome_rows": rows}), on=child)
    shown = page(client, child).content.decode()
    assert 'role="img"' in shown
    assert "5 are wanted." in text(page(client, child))


def test_a_change_is_another_version_and_says_what_changed(people, client, child):
    planned(people, child)
    changed(people, child)
    shown = text(page(client, child))
    assert "Version 2 , 23 November 2026, Priya Shah: The clinic moved its day." in shown
    assert "At first by 10 December 2026" in shown
    strand = event(child, "plan.made").id
    told = text(client.get(reverse("plan-version", args=[child, strand, 2])))
    assert (
        "Changed: Who does what: 2. Ring the clinic By when Before 10 December 2026 Now 17 December 2026"
        in told
    )
    assert client.get(reverse("plan-version", args=[child, strand, 9])).status_code == 404


def test_a_plan_of_another_record_is_not_found_and_nothing_of_it_shown(people, client, child):
    planned(people, child)
    other = allocated(people)
    assert page(client, other, f"?plan={event(child, 'plan.made').id}").status_code == 404


def test_read_as_it_stood_before_the_change_nothing_can_be_done(people, client, child, clock):
    planned(people, child)
    later(clock, days=3)
    changed(people, child)
    then = page(client, child, "?on=2026-11-24")
    assert "Version 2" not in text(then)
    assert "Change the plan" not in main(then)


def test_who_may_not_open_the_record_sees_no_plan(people, child):
    assert page(people.client("Rosa Quill"), child).status_code == 403
    assert people.client("Priya Shah").post(reverse("plan", args=[child])).status_code == 405
