"""Allocating: by managers, to workers of their own team, with what each holds and what follows said before."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse
from tests.interfaces.web.views.children import allocated, decided, event, looks, main, view


def form(people, name, **more):
    return {"worker": str(people.ids[name]), "reason": "Knows the school.", "key": str(uuid4()), **more}


def test_the_page_says_who_holds_how_many_what_is_due_and_what_follows(people):
    allocated(people, "Ewan Marsh")
    page = main(people.client("Joanne Whitlock").get(reverse("allocate", args=[decided(people)])))
    assert "Ewan Marsh" in page
    assert "Social worker, Referral and Assessment. Holds 1 child." in page
    assert "Priya Shah" in page
    assert "Holds 0 children." in page
    assert "Rosa Quill" not in page
    assert "Gone Away" not in page
    assert "may open Wren Made-up’s record from then on" in page
    assert "Complete the assessment" in page


def test_the_worker_gets_the_child_and_its_dates(people):
    child = decided(people)
    assert people.client("Priya Shah").get(reverse("child", args=[child])).status_code == 200
    sent = people.client("Joanne Whitlock").post(
        reverse("allocate", args=[child]), form(people, "Priya Shah"), follow=True
    )
    assert "Allocated to Priya Shah." in main(sent)
    made = event(child, "allocation.made").data
    assert made["worker_id"] == str(people.ids["Priya Shah"])
    assert made["team_id"] == str(people.teams["Referral and Assessment"])
    assert made["reason"] == "Knows the school."
    work = main(people.client("Priya Shah").get(reverse("my-work")))
    assert "Wren Made-up" in work


def test_nobody_chosen_is_said_and_the_reason_kept(people):
    child = decided(people)
    sent = people.client("Joanne Whitlock").post(
        reverse("allocate", args=[child]), {"reason": "Knows the school."}
    )
    assert sent.status_code == 422
    assert "Choose who is to work with the child" in main(sent)
    assert "Knows the school.</textarea>" in main(sent)


def test_a_second_worker_needs_a_reason_and_is_named_beside_the_first(people):
    child = allocated(people)
    client = people.client("Joanne Whitlock")
    page = main(client.get(reverse("allocate", args=[child])))
    assert "Priya Shah works with Wren Made-up now." in page
    assert "They leave Priya Shah’s My work." in page
    without = client.post(reverse("allocate", args=[child]), form(people, "Ewan Marsh", reason=""))
    assert without.status_code == 422
    client.post(reverse("allocate", args=[child]), form(people, "Ewan Marsh"))
    assert event(child, "allocation.made").data["worker"] == "Ewan Marsh"
    assert "Wren Made-up" not in main(people.client("Priya Shah").get(reverse("my-work")))


def test_somebody_of_another_team_or_who_left_cannot_be_given_a_child(people):
    child = decided(people)
    client = people.client("Joanne Whitlock")
    for name in ("Rosa Quill", "Gone Away", "Joanne Whitlock"):
        assert client.post(reverse("allocate", args=[child]), form(people, name)).status_code == 422
    assert not [one for one in view(child).standing.events if one.type == "allocation.made"]


def test_sent_twice_it_is_done_once(people):
    child = decided(people)
    client = people.client("Joanne Whitlock")
    twice = form(people, "Priya Shah")
    for _ in range(2):
        assert client.post(reverse("allocate", args=[child]), twice).status_code == 302
    assert len([one for one in view(child).stream if one.type == "allocation.made"]) == 1


def test_who_does_not_allocate_is_refused(people):
    child = decided(people)
    for name in ("Priya Shah", "Dilys Penhale", "Tunde Bright"):
        client = people.client(name)
        assert client.get(reverse("allocate", args=[child])).status_code == 403
        assert client.post(reverse("allocate", args=[child]), form(people, "Priya Shah")).status_code == 403
    assert looks(child)[0] == ("act:allocate", "refused", False)
